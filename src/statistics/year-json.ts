import { fiscalYearRange } from '#domain/fiscal-year.ts'
import type { Settings } from '#settings/store.ts'
import { type Language, t } from '#web/languages.ts'
import { BALANCED, type Balanced } from './breakdowns.ts'
import { onTimeShare } from './duties-view.ts'
import { HEADLINE_KIND, type MonthFigures, type YearFigures } from './figures.ts'
import { findingName, groupName, outcomeName, valueName } from './names.ts'
import type { PageSource } from './page-frame.ts'
import { daysOf, PARTS, type Part, periodOf } from './period.ts'
import type { PublishedPart, PublishedYear } from './published.ts'

/**
 * The same figures for programs. The field names are a contract: fields may be added, none is renamed.
 * `definitions` says what each figure counts. What is not known is null: a month or a half that has not begun, and
 * what papers of before the portal do not tell.
 */
export function figuresJson(
  year: PublishedYear,
  { changedAt, settings, today }: Pick<PageSource, 'changedAt' | 'settings' | 'today'>,
  lang: Language,
): string {
  const { fiscalYear, parts, eService, papers, surveys } = year
  const figures = parts.year?.figures
  const { from, to } = fiscalYearRange(fiscalYear)
  return JSON.stringify({
    ...{ fiscalYear, from, to, countedTo: figures?.countedTo ?? (to < today ? to : today) },
    lastUpdated: changedAt > 0 ? new Date(changedAt).toISOString() : null,
    kind: HEADLINE_KIND,
    year: figures?.year ?? UNKNOWN,
    months: (figures?.months ?? []).map(monthLine),
    categories: groupLines(figures, settings),
    otherKinds: (figures?.otherKinds ?? []).map(({ kind, balance }) => ({ kind, ...balance })),
    parts: Object.fromEntries(PARTS.map((part) => [part, partJson(fiscalYear, part, parts[part], settings)])),
    eService: eService.map(({ month, counts }) => ({ month, counts })),
    papers: papers
      ? {
          ...papers,
          categories: papers.categories.map(({ code, ...counts }) => ({
            ...{ code, ...namesOf((one) => groupName(settings, code, one)), ...counts },
          })),
        }
      : null,
    surveys,
    definitions: definitions(settings, lang),
  })
}

const UNKNOWN = { broughtForward: null, received: null, finished: null, inProgress: null }

const monthLine = ({ month, balance }: MonthFigures) => ({ month, ...(balance ?? UNKNOWN) })

const namesOf = (nameIn: (lang: Language) => string) => ({ name: nameIn('th'), nameEn: nameIn('en') })

function groupLines(figures: YearFigures | undefined, settings: Settings): object[] {
  return (figures?.groups ?? []).map(({ group, balance }) => ({
    ...{ code: group, ...namesOf((lang) => groupName(settings, group, lang)), ...balance },
  }))
}

const LIST_FIELDS = {
  category: 'categories',
  channel: 'channels',
  unit: 'units',
  village: 'villages',
} as const

function partJson(
  fiscalYear: number,
  part: Part,
  published: PublishedPart | null,
  settings: Settings,
): object {
  const range = daysOf(periodOf(fiscalYear, part))
  if (!published) return { ...range, countedTo: null, balance: null }
  const { figures, breakdowns } = published
  const lines = (list: Balanced) =>
    breakdowns.lists[list].map(({ value, balance }) => ({
      ...{ code: value, ...namesOf((lang) => valueName(settings, list, value, lang)), ...balance },
    }))
  const counts = (list: 'outcomes' | 'findings', nameOf: (value: string, lang: Language) => string) =>
    breakdowns[list].map(({ value, count }) => ({
      ...{ code: value, ...namesOf((lang) => nameOf(value, lang)), count },
    }))
  return {
    ...{ ...range, countedTo: figures.countedTo, balance: figures.year },
    months: figures.months.map(monthLine),
    groups: groupLines(figures, settings),
    ...Object.fromEntries(BALANCED.map((list) => [LIST_FIELDS[list], lines(list)])),
    otherKinds: figures.otherKinds.map(({ kind, balance }) => ({ kind, ...balance })),
    outcomes: counts('outcomes', outcomeName),
    findings: counts('findings', findingName),
    accepted: breakdowns.accepted,
    grounds: breakdowns.grounds,
    timeliness: { ...breakdowns.timeliness, onTimeShare: onTimeShare(breakdowns.timeliness) },
    days: breakdowns.days,
  }
}

function definitions(settings: Settings, lang: Language): Record<string, string> {
  const period = t(lang, 'sx.this.year')
  const days = settings.deadlines().targetDays
  return {
    broughtForward: t(lang, 'sx.means.brought'),
    received: t(lang, 'sx.means.received'),
    finished: t(lang, 'sx.means.done'),
    inProgress: t(lang, 'sx.means.ongoing'),
    balance: t(lang, 'sx.how.sum'),
    months: t(lang, 'sx.how.month'),
    merged: t(lang, 'sx.how.merged'),
    moved: t(lang, 'sx.how.moved'),
    kinds: t(lang, 'sx.how.kinds'),
    channels: t(lang, 'sx.byChannel.note'),
    units: t(lang, 'sx.byUnit.note'),
    villages: t(lang, 'sx.byVillage.note'),
    accepted: t(lang, 'sx.accepted.means', { period }),
    grounds: t(lang, 'sx.grounds.means', { period }),
    timeliness: t(lang, 'sx.time.note', { days, period }),
    met: t(lang, 'sx.time.met.means'),
    explained: t(lang, 'sx.time.explained.means'),
    late: t(lang, 'sx.time.late.means'),
    running: t(lang, 'sx.time.running.means', { period }),
    void: t(lang, 'sx.time.void.means'),
    onTimeShare: t(lang, 'sx.means.share'),
    median: t(lang, 'sx.days.median.means'),
    percentile90: t(lang, 'sx.days.percentile90.means'),
    eService: t(lang, 'sx.service.note'),
    papers: t(lang, 'sx.papers.note'),
    surveys: t(lang, 'ix.measure.survey'),
  }
}
