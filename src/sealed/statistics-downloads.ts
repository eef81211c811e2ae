import { fiscalYearRange } from '#domain/fiscal-year.ts'
import { LEAST_SHOWN, type Published } from '#domain/small-cells.ts'
import { csvText } from '#web/csv.ts'
import { type Language, t } from '#web/languages.ts'
import type { CorruptionFigures, PeriodFigures } from './figures.ts'
import { conductName, noteOf, outcomeName, periodName, publishedText } from './statistics-words.ts'

/** The year's figures as one flat table; what is not known is an empty cell, what is not told is a word. */
export function corruptionCsv(figures: CorruptionFigures, lang: Language): string {
  const { fiscalYear, year, halves, quarters, endings } = figures
  const period = (table: string) => (one: PeriodFigures) => [
    ...[fiscalYear, table, one.code, periodName(one, lang), one.from, one.to, one.countedTo],
    ...[one.balance?.broughtForward, one.balance?.received, one.balance?.finished, one.balance?.inProgress],
    noteOf(one, lang),
  ]
  const ending = (table: string, code: string, name: string, count: Published) => [
    ...[fiscalYear, table, code, name, year.from, year.to, endings?.asOf],
    ...[null, null, typeof count === 'number' ? count : publishedText(count, lang), null, ''],
  ]
  return csvText(
    [
      ...[t(lang, 'sx.csv.year'), t(lang, 'sx.csv.table'), t(lang, 'sx.csv.code'), t(lang, 'sx.csv.item')],
      ...[t(lang, 'cf.csv.from'), t(lang, 'cf.csv.to'), t(lang, 'cf.csv.countedTo')],
      ...[t(lang, 'sx.col.brought'), t(lang, 'sx.col.received'), t(lang, 'sx.col.done')],
      ...[t(lang, 'sx.col.ongoing'), t(lang, 'cf.csv.note')],
    ],
    [
      period(t(lang, 'cf.wholeYear'))(year),
      ...halves.map(period(t(lang, 'cf.byHalf'))),
      ...quarters.map(period(t(lang, 'cf.byQuarter'))),
      ...(endings?.outcomes ?? []).map(({ code, count }) =>
        ending(t(lang, 'cf.outcomes'), code, outcomeName(code, lang), count),
      ),
      ...(endings?.conducts ?? []).map(({ code, count }) =>
        ending(t(lang, 'cf.conducts'), code, conductName(code, lang), count),
      ),
    ],
  )
}

/**
 * The same figures for programs. The field names are a contract: fields may be added, none is renamed. A number
 * that is not told is null, with `masked` saying why.
 */
export function corruptionJson(figures: CorruptionFigures, lang: Language): string {
  const { fiscalYear, openedOn, year, halves, quarters, endings } = figures
  return JSON.stringify({
    fiscalYear,
    ...fiscalYearRange(fiscalYear),
    countedTo: year.countedTo,
    openedOn,
    year: inJson(year),
    halves: halves.map(inJson),
    quarters: quarters.map(inJson),
    leastShown: LEAST_SHOWN,
    finishedBy: endings && {
      asOf: endings.asOf,
      total: endings.total,
      outcomes: endings.outcomes.map(({ code, count }) => ({
        ...{ code, name: outcomeName(code, 'th'), nameEn: outcomeName(code, 'en') },
        ...maskedInJson(count),
      })),
      conducts: endings.conducts.map(({ code, count }) => ({
        ...{ code, name: conductName(code, 'th'), nameEn: conductName(code, 'en') },
        ...maskedInJson(count),
      })),
    },
    definitions: {
      broughtForward: t(lang, 'sx.means.brought'),
      received: t(lang, 'sx.means.received'),
      finished: t(lang, 'cf.means.done'),
      inProgress: t(lang, 'sx.means.ongoing'),
      countedTo: t(lang, 'cf.how.frozen'),
      balance: t(lang, 'cf.how.sum'),
      register: t(lang, 'cf.how.received'),
      past: t(lang, 'cf.how.past'),
      finishedBy: t(lang, 'cf.how.small', { min: LEAST_SHOWN }),
    },
  })
}

function inJson({ balance, ...period }: PeriodFigures): object {
  const unknown = { broughtForward: null, received: null, finished: null, inProgress: null }
  return { ...period, ...(balance ?? unknown) }
}

function maskedInJson(count: Published): { count: number | null; masked: string | null } {
  if (typeof count === 'number') return { count, masked: null }
  return { count: null, masked: count === 'small' ? `fewer_than_${LEAST_SHOWN}` : 'withheld' }
}
