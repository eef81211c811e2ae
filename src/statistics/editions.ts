import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'
import { type Language, localPath } from '#web/languages.ts'
import { createUi, render, type Ui } from '#web/views.ts'
import { detailsPage, detailsPageData } from './details-page.ts'
import { statisticsPage, statisticsPageData } from './page.ts'
import {
  comingPage,
  comingPageData,
  detailsPath,
  type PageSource,
  papersPage,
  papersPageData,
  partPath,
} from './page-frame.ts'
import type { Part } from './period.ts'
import { type PublishedYear, readFigures } from './published.ts'
import { openFiguresVersion } from './store.ts'
import type { Surveys } from './surveys.ts'
import { figuresCsv } from './year-csv.ts'
import { figuresJson } from './year-json.ts'
import { yearLines, yearsPage, yearsPageData } from './years-page.ts'

/** The figures as they stand, with whatever has been asked of them in this state. */
export interface Edition {
  /** Newest first; the first is the present one. */
  years: readonly number[]
  /** The page of one of `years` or of a half of it. @throws AppError not_found for a half of a year of papers */
  page(fiscalYear: number, part: Part): KeptAnswer
  /** Every single line of it, on a page of its own. */
  details(fiscalYear: number, part: Part): KeptAnswer
  file(fiscalYear: number, format: 'csv' | 'json'): KeptAnswer
  /** All years side by side. */
  comparison(): KeptAnswer
}

/**
 * The current edition in one language. A change of a figure or a setting and the turn of the day begin a new
 * one at once; until then every answer is made once and kept.
 */
export function openEditions(portal: Portal, lang: Language, surveys: Surveys): () => Edition {
  const version = openFiguresVersion(portal.db)
  let state = ''
  let edition: Edition | undefined
  return () => {
    const figures = version()
    const today = civilDateOf(portal.now())
    const found = `${figures.version} ${portal.settings.version()} ${today}`
    if (!edition || found !== state) {
      edition = newEdition(portal, lang, figures.changedAt, surveys)
      state = found
    }
    return edition
  }
}

function newEdition(portal: Portal, lang: Language, changedAt: number, surveys: Surveys): Edition {
  const { settings, config } = portal
  const figures = readFigures(portal, surveys)
  const { years, today } = figures
  const source: PageSource = { years, today, changedAt, settings, publicUrl: config.publicUrl }
  const answers = new Map<string, KeptAnswer>()
  const kept = (key: string, make: () => KeptAnswer): KeptAnswer => {
    const answer = answers.get(key) ?? make()
    answers.set(key, answer)
    return answer
  }
  const ui = (path: string) => uiOf(portal, lang, path)
  return {
    years,
    page: (fiscalYear, part) =>
      kept(`${fiscalYear} ${part}`, () => {
        const page = ui(partPath(fiscalYear, part))
        return keepPage(yearPage(source, figures.year(fiscalYear), part, page))
      }),
    details: (fiscalYear, part) =>
      kept(`${fiscalYear} ${part} details`, () => {
        const page = ui(detailsPath(fiscalYear, part))
        const year = figures.year(fiscalYear)
        const published = year.parts[part]
        if (!published && !year.parts.year) throw new AppError('not_found', 'fiscal_year')
        if (!published) return keepPage(yearPage(source, year, part, page))
        return keepPage(render(detailsPage, page, detailsPageData(source, year, published, page)))
      }),
    file: (fiscalYear, format) =>
      kept(`${fiscalYear} ${format}`, () => {
        const year = figures.year(fiscalYear)
        return format === 'csv'
          ? keepAnswer('csv', figuresCsv(year, settings, lang), `complaints-${fiscalYear}.csv`)
          : keepAnswer('json', figuresJson(year, source, lang))
      }),
    comparison: () =>
      kept('years', () => {
        const lines = yearLines(years.map(figures.year))
        const page = ui('/statistics/years')
        return keepPage(render(yearsPage, page, yearsPageData(source, lines, page)))
      }),
  }
}

/** Without the templates' indents: on a phone every kilobyte counts. */
const keepPage = (html: string): KeptAnswer => keepAnswer('html', html.replace(/\s*\n\s*/g, '\n'))

function yearPage(source: PageSource, year: PublishedYear, part: Part, ui: Ui): string {
  const { parts, papers } = year
  const published = parts[part]
  if (published) return render(statisticsPage, ui, statisticsPageData(source, year, published, ui))
  if (parts.year) return render(comingPage, ui, comingPageData(source, year, part, ui))
  if (part !== 'year' || !papers) throw new AppError('not_found', 'fiscal_year')
  return render(papersPage, ui, papersPageData(source, { ...year, papers }, ui))
}

/** Pages are kept for everybody, so each is made for its own address and not for the one that was typed. */
function uiOf(portal: Portal, lang: Language, path: string): Ui {
  return createUi({
    url: localPath(lang, path),
    zone: 'public',
    office: portal.office(),
    assets: portal.assets.urls,
    now: portal.now(),
  })
}
