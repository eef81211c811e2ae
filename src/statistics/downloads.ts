import type { Settings } from '#settings/store.ts'
import { csvText } from '#web/csv.ts'
import { type Language, t } from '#web/languages.ts'
import { formatMonth } from '#web/thai-format.ts'
import { type Balance, HEADLINE_KIND, type YearFigures } from './figures.ts'
import { groupName, kindName } from './names.ts'

/** The year's figures as one flat table. A month that has not begun has empty cells. */
export function figuresCsv(figures: YearFigures, settings: Settings, lang: Language): string {
  const lines: CsvLine[] = [
    [t(lang, 'sx.csv.wholeYear'), HEADLINE_KIND, t(lang, 'sx.total'), figures.year],
    ...figures.months.map(
      ({ month, balance }): CsvLine => [t(lang, 'sx.csv.months'), month, formatMonth(month, lang), balance],
    ),
    ...figures.groups.map(
      ({ group, balance }): CsvLine => [
        t(lang, 'sx.csv.categories'),
        group,
        groupName(settings, group, lang),
        balance,
      ],
    ),
    ...figures.otherKinds.map(
      ({ kind, balance }): CsvLine => [t(lang, 'sx.csv.otherKinds'), kind, kindName(kind, lang), balance],
    ),
  ]
  return csvText(
    headings(lang),
    lines.map(([table, code, item, balance]) => [
      figures.fiscalYear,
      table,
      code,
      item,
      balance?.broughtForward,
      balance?.received,
      balance?.finished,
      balance?.inProgress,
    ]),
  )
}

type CsvLine = [table: string, code: string, item: string, balance: Balance | null]

function headings(lang: Language): string[] {
  return [
    t(lang, 'sx.csv.year'),
    t(lang, 'sx.csv.table'),
    t(lang, 'sx.csv.code'),
    t(lang, 'sx.csv.item'),
    t(lang, 'sx.col.brought'),
    t(lang, 'sx.col.received'),
    t(lang, 'sx.col.done'),
    t(lang, 'sx.col.ongoing'),
  ]
}

/**
 * The same figures for programs. The field names are a contract: fields may be added, none is renamed.
 * `definitions` says what each figure counts. A month that has not begun is null.
 */
export function figuresJson(
  figures: YearFigures,
  changedAt: number,
  settings: Settings,
  lang: Language,
): string {
  return JSON.stringify({
    fiscalYear: figures.fiscalYear,
    from: figures.from,
    to: figures.to,
    countedTo: figures.countedTo,
    lastUpdated: changedAt > 0 ? new Date(changedAt).toISOString() : null,
    kind: HEADLINE_KIND,
    year: figures.year,
    months: figures.months.map(({ month, balance }) => ({ month, ...(balance ?? UNKNOWN) })),
    categories: figures.groups.map(({ group, balance }) => ({
      code: group,
      name: groupName(settings, group, 'th'),
      nameEn: groupName(settings, group, 'en'),
      ...balance,
    })),
    otherKinds: figures.otherKinds.map(({ kind, balance }) => ({ kind, ...balance })),
    definitions: {
      broughtForward: t(lang, 'sx.means.brought'),
      received: t(lang, 'sx.means.received'),
      finished: t(lang, 'sx.means.done'),
      inProgress: t(lang, 'sx.means.ongoing'),
      balance: t(lang, 'sx.how.sum'),
      months: t(lang, 'sx.how.month'),
      merged: t(lang, 'sx.how.merged'),
      moved: t(lang, 'sx.how.moved'),
      kinds: t(lang, 'sx.how.kinds'),
    },
  })
}

const UNKNOWN = { broughtForward: null, received: null, finished: null, inProgress: null }
