import type { CivilDate } from '#domain/civil-date.ts'
import type { Settings } from '#settings/store.ts'
import { formatDate } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { daysOf, PARTS, type Part, periodOf } from './period.ts'
import type { PublishedYear } from './published.ts'
import { type SurveyLine, surveyLines } from './surveys.ts'
import { type PapersTable, papersTable } from './tables-view.ts'

export interface PageSource {
  years: readonly number[]
  today: CivilDate
  /** Milliseconds; 0 where nothing was ever counted. */
  changedAt: number
  settings: Settings
  publicUrl: string
}

/** What every page of a year has around its figures. */
export interface Frame {
  fiscalYear: number
  title: string
  /** 'ครึ่งปีแรก', or null on the page of the whole year. */
  half: string | null
  period: string
  parts: { text: string; href: string; isHere: boolean }[]
  otherYears: { fiscalYear: number; href: string }[]
  /** The page with the whole of it. */
  main: string
  csv: string
  json: string
  /** For paper: where the page stands, and of which day it is. */
  address: string
}

/** Addresses of a year's or half-year's two pages. */
export const partPath = (fiscalYear: number, part: Part): string =>
  `/statistics/${fiscalYear}${part === 'year' ? '' : `/${part}`}`
export const detailsPath = (fiscalYear: number, part: Part): string => `${partPath(fiscalYear, part)}/details`

export function frameOf(
  { years, today, publicUrl }: PageSource,
  { fiscalYear, parts }: PublishedYear,
  { part, isDetails = false }: { part: Part; isDetails?: boolean },
  ui: Ui,
): Frame {
  const { lang, t } = ui
  const base = ui.path(`/statistics/${fiscalYear}`)
  const addressOf = (one: Part) => ui.path((isDetails ? detailsPath : partPath)(fiscalYear, one))
  const { from, to } = daysOf(periodOf(fiscalYear, part))
  const half = part === 'year' ? null : t(`sx.part.${part}`)
  return {
    fiscalYear,
    title: half ? t('sx.titleHalf', { half, fy: fiscalYear }) : t('sx.titleYear', { fy: fiscalYear }),
    half,
    period: t('sx.period', { from: formatDate(from, lang), to: formatDate(to, lang) }),
    parts: parts.year
      ? PARTS.map((one) => ({ text: t(`sx.part.${one}`), href: addressOf(one), isHere: one === part }))
      : [],
    otherYears: years
      .filter((year) => year !== fiscalYear)
      .map((year) => ({ fiscalYear: year, href: ui.path(`/statistics/${year}`) })),
    main: ui.path(partPath(fiscalYear, part)),
    csv: `${base}.csv`,
    json: `${base}.json`,
    address: t('sx.address', { url: `${publicUrl}${addressOf(part)}`, date: formatDate(today, lang) }),
  }
}

export const comingPage = page<{ frame: Frame; text: string }>('statistics/coming', ['frame', 'text'])

/** A half that has not begun: nothing is known of it, which is said in words. */
export function comingPageData(
  source: PageSource,
  year: PublishedYear,
  part: Part,
  ui: Ui,
): { frame: Frame; text: string } {
  const frame = frameOf(source, year, { part }, ui)
  const { from } = daysOf(periodOf(year.fiscalYear, part))
  const date = formatDate(from, ui.lang)
  return { frame, text: ui.t('sx.coming', { half: frame.half ?? '', fy: year.fiscalYear, date }) }
}

interface PapersPage {
  frame: Frame
  papers: PapersTable
  surveys: SurveyLine[]
}

export const papersPage = page<PapersPage>('statistics/papers', ['frame', 'papers', 'surveys'])

/** A year of before the portal. */
export function papersPageData(
  source: PageSource,
  year: PublishedYear & { papers: NonNullable<PublishedYear['papers']> },
  ui: Ui,
): PapersPage {
  return {
    frame: frameOf(source, year, { part: 'year' }, ui),
    papers: papersTable(source.settings, year.papers, ui),
    surveys: surveyLines(year.surveys, ui),
  }
}
