import { monthOf } from '#domain/fiscal-year.ts'
import type { Conduct, SealedOutcome } from '#domain/sealed-status.ts'
import { LEAST_SHOWN, type Published } from '#domain/small-cells.ts'
import { type Language, t } from '#web/languages.ts'
import { formatMonthShort, formatNumber } from '#web/thai-format.ts'
import type { PeriodFigures } from './figures.ts'

export function periodName({ code, from, to }: PeriodFigures, lang: Language): string {
  if (code === 'year') return t(lang, 'cf.wholeYear')
  return t(lang, `cf.${code}`, {
    from: formatMonthShort(monthOf(from), lang),
    to: formatMonthShort(monthOf(to), lang),
  })
}

/** What is to be said of a period in words, '' where its numbers say it all. */
export function noteOf({ balance, missing }: PeriodFigures, lang: Language): string {
  if (missing) return t(lang, `cf.${missing}`)
  if (!balance || balance.received > 0) return ''
  return t(lang, balance.broughtForward > 0 ? 'cf.noneNew' : 'cf.none')
}

export const outcomeName = (code: SealedOutcome, lang: Language): string => t(lang, `cf.outcome.${code}`)

export const conductName = (code: Conduct, lang: Language): string => t(lang, `wb.type.${code}`)

export function publishedText(count: Published, lang: Language): string {
  if (typeof count === 'number') return formatNumber(count)
  return count === 'small' ? t(lang, 'cf.small', { min: LEAST_SHOWN }) : t(lang, 'cf.withheld')
}
