import { KINDS } from '#domain/vocabulary.ts'
import type { Settings } from '#settings/store.ts'
import { csvText } from '#web/csv.ts'
import { type Language, type MessageKey, t } from '#web/languages.ts'
import { formatMonth } from '#web/thai-format.ts'
import { BALANCED, type CountLine } from './breakdowns.ts'
import { onTimeShare } from './duties-view.ts'
import { type Balance, HEADLINE_KIND } from './figures.ts'
import { findingName, groupName, kindName, outcomeName, valueName } from './names.ts'
import { PARTS, type Part } from './period.ts'
import type { PublishedPart, PublishedYear } from './published.ts'

/** A line of the flat table: a balance, or a single value. */
interface CsvLine {
  table: string
  code: string
  item: string
  balance?: Partial<Balance> | null
  value?: number | null
  part: Part
  source?: string
}

/**
 * Everything that is published of a year as one flat table. A month that has not begun has empty cells. Lines of a
 * half-year carry its name in the table's, so that whoever adds up a table of the year adds nothing twice.
 */
export function figuresCsv(year: PublishedYear, settings: Settings, lang: Language): string {
  const words: Words = { settings, lang, t: (key) => t(lang, key) }
  const lines = [
    ...PARTS.flatMap((part) => {
      const published = year.parts[part]
      return published ? partLines(published, part, words) : []
    }),
    ...serviceLines(year, words),
    ...papersLines(year, words),
    ...surveyLines(year, words),
  ]
  return csvText(
    headings(words),
    lines.map(({ table, code, item, balance, value, part, source }) => [
      ...[year.fiscalYear, table, code, item],
      ...[balance?.broughtForward, balance?.received, balance?.finished, balance?.inProgress],
      ...[words.t(`sx.part.${part}`), value, source],
    ]),
  )
}

interface Words {
  settings: Settings
  lang: Language
  t(key: MessageKey): string
}

function headings({ t }: Words): string[] {
  return [
    ...[t('sx.csv.year'), t('sx.csv.table'), t('sx.csv.code'), t('sx.csv.item')],
    ...[t('sx.col.brought'), t('sx.col.received'), t('sx.col.done'), t('sx.col.ongoing')],
    ...[t('sx.csv.part'), t('sx.csv.value'), t('sx.csv.source')],
  ]
}

function partLines({ figures, breakdowns }: PublishedPart, part: Part, words: Words): CsvLine[] {
  const { settings, lang, t } = words
  const table = (key: MessageKey) => (part === 'year' ? t(key) : `${t(key)} (${t(`sx.part.${part}`)})`)
  const wholeTable = table(part === 'year' ? 'sx.csv.wholeYear' : 'sx.csv.wholePart')
  const whole = { table: wholeTable, code: HEADLINE_KIND, item: t('sx.total') }
  const months = figures.months.map(({ month, balance }) => ({
    ...{ table: t('sx.csv.months'), code: month, item: formatMonth(month, lang), balance, part },
  }))
  const groups = figures.groups.map(({ group, balance }) => ({
    ...{ table: table('sx.csv.categories'), code: group, item: groupName(settings, group, lang) },
    ...{ balance, part },
  }))
  const kinds = figures.otherKinds.map(({ kind, balance }) => ({
    ...{ table: table('sx.csv.otherKinds'), code: kind, item: kindName(kind, lang), balance, part },
  }))
  const lists = BALANCED.flatMap((list) =>
    breakdowns.lists[list].map(({ value, balance }) => ({
      ...{ table: table(`sx.csv.${list}`), code: value, item: valueName(settings, list, value, lang) },
      ...{ balance, part },
    })),
  )
  return [
    { ...whole, balance: figures.year, part },
    // A month is the same in the year and in its half.
    ...(part === 'year' ? months : []),
    ...groups,
    ...kinds,
    ...lists,
    ...countLines(breakdowns.outcomes, table('sx.csv.outcomes'), part, (value) => outcomeName(value, lang)),
    ...countLines(breakdowns.findings, table('sx.csv.findings'), part, (value) => findingName(value, lang)),
    ...valueLines({ breakdowns }, part, words, table),
  ]
}

function countLines(
  lines: readonly CountLine[],
  table: string,
  part: Part,
  nameOf: (value: string) => string,
): CsvLine[] {
  return lines.map(({ value, count }) => ({ table, code: value, item: nameOf(value), value: count, part }))
}

const STATES = ['due', 'met', 'explained', 'late', 'running', 'void'] as const

function valueLines(
  { breakdowns }: Pick<PublishedPart, 'breakdowns'>,
  part: Part,
  { t }: Words,
  table: (key: MessageKey) => string,
): CsvLine[] {
  const { timeliness, days } = breakdowns
  const line = (of: MessageKey, code: string, item: MessageKey, value: number | null): CsvLine => ({
    ...{ table: table(of), code, item: t(item), value, part },
  })
  return [
    line('sx.csv.received', 'accepted', 'sx.accepted', breakdowns.accepted),
    line('sx.csv.received', 'grounds', 'sx.grounds', breakdowns.grounds),
    ...STATES.map((state) => line('sx.csv.time', state, `sx.time.${state}`, timeliness[state])),
    line('sx.csv.time', 'onTimeShare', 'sx.csv.share', onTimeShare(timeliness)),
    line('sx.csv.days', 'finished', 'sx.csv.daysOf', days.finished),
    line('sx.csv.days', 'median', 'sx.days.median', days.median),
    line('sx.csv.days', 'percentile90', 'sx.days.percentile90', days.percentile90),
  ]
}

function serviceLines({ eService }: PublishedYear, { lang, t }: Words): CsvLine[] {
  return eService.flatMap(({ month, counts }) =>
    KINDS.map((kind) => ({
      ...{ table: t('sx.csv.service'), code: `${month} ${kind}`, part: 'year' as const },
      ...{ item: `${formatMonth(month, lang)} ${kindName(kind, lang)}`, value: counts?.[kind] ?? null },
    })),
  )
}

function papersLines({ papers }: PublishedYear, { settings, lang, t }: Words): CsvLine[] {
  const table = t('sx.csv.papers')
  return (papers?.categories ?? []).flatMap(({ code, received, finished, grounds, source }) => {
    const line = { code, item: groupName(settings, code, lang), part: 'year' as const, source }
    return [
      { ...line, table, balance: { received, finished } },
      { ...line, table: `${table} (${t('sx.grounds')})`, value: grounds },
    ]
  })
}

function surveyLines({ surveys }: PublishedYear, { t }: Words): CsvLine[] {
  return surveys.map(({ code, percent, source }) => ({
    ...{ table: t('sx.csv.survey'), code, item: t(`sx.survey.${code}`), part: 'year' as const },
    ...{ value: percent, source },
  }))
}
