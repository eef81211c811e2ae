import type { Indicator, IndicatorId } from '#domain/indicators.ts'
import { LEAST_SHOWN } from '#domain/small-cells.ts'
import type { Settings } from '#settings/store.ts'
import { type Language, type MessageKey, t } from '#web/languages.ts'
import { formatNumber } from '#web/thai-format.ts'
import type { Figure, Shown } from './count-figure.ts'
import { isConduct } from './counts.ts'
import type { Part, Result, Series, Target } from './figures.ts'

/** `โครงการที่ 17 (2)`: the project, and which of its outcomes where there are several. */
export function indicatorTitle(id: string, lang: Language): string {
  const [number = '', outcome] = id.replace(/^g/, '').split('.')
  const title = t(lang, id.startsWith('g') ? 'ix.goal' : 'ix.project', { n: number })
  return outcome ? `${title} (${outcome})` : title
}

export const outcomeText = (id: IndicatorId, lang: Language): string => t(lang, `ix.outcome.${id}`)

export const resultText = (result: Result, lang: Language): string => t(lang, `ix.result.${result}`)

/** How the indicator is measured, with its formula; for what is not measured, why not. */
export function measureText(id: IndicatorId, measure: Indicator['measure'], lang: Language): string {
  switch (measure.kind) {
    case 'zero':
      return t(lang, 'ix.measure.zero')
    case 'fewer':
      if (measure.apart) return t(lang, 'ix.measure.apart')
      return t(lang, measure.cases ? 'ix.measure.withCases' : 'ix.measure.fewer')
    case 'cases':
      return t(lang, measure.base === 'previous' ? 'ix.measure.cases' : 'ix.measure.goal')
    case 'typed':
      return t(lang, measure.result === 'ita' ? 'ix.measure.ita' : 'ix.measure.survey')
    case 'uncounted':
      return t(lang, `ix.unknown.${id}` as MessageKey)
  }
}

export function targetText(target: Target | null, measure: Indicator['measure'], lang: Language): string {
  if (!target) return t(lang, 'ix.target.none')
  if (target.kind === 'cut') return t(lang, 'ix.target.cut', { n: target.percent })
  if (target.kind !== 'least') return t(lang, `ix.target.${target.kind}`)
  const isPoints = measure.kind === 'typed' && measure.result === 'ita'
  return t(lang, isPoints ? 'ix.target.leastPoints' : 'ix.target.leastPercent', { n: target.value })
}

/** A number as it stands in a narrow column; what is not told is a word. */
export function shownText(shown: Shown, lang: Language): string {
  if (typeof shown === 'number') return decimals(shown)
  return t(lang, `ix.shown.${shown}`, { n: LEAST_SHOWN })
}

/** The same with its unit, in a sentence of its own. */
export function figureText(
  { shown, soFar }: Figure,
  measure: Indicator['measure'],
  code: Series['code'],
  lang: Language,
): string {
  if (shown === 'later' && soFar !== null) return t(lang, 'ix.shown.sofar', { n: formatNumber(soFar) })
  if (typeof shown !== 'number') return shownText(shown, lang)
  const n = decimals(shown)
  if (measure.kind === 'typed') {
    return t(lang, measure.result === 'ita' ? 'ix.value.points' : 'ix.value.percent', { n })
  }
  return t(lang, code === 'cases' ? 'ix.value.cases' : 'ix.value.complaints', { n })
}

/** Rounded here and nowhere else. */
export function changeText({ change, now, base, verdict }: Series, lang: Language): string {
  if (base === null || verdict === 'open') return '–'
  if (typeof now.shown !== 'number' || typeof base.shown !== 'number') return t(lang, 'ix.change.none')
  if (change === null) return t(lang, 'ix.change.zeroBase')
  if (change === 0) return t(lang, 'ix.change.same')
  return t(lang, change < 0 ? 'ix.change.less' : 'ix.change.more', { n: oneDecimal(Math.abs(change)) })
}

export function partName({ kind, code }: Part, settings: Settings, lang: Language): string {
  if (kind === 'added' || kind === 'taken') return t(lang, `ix.parts.${kind}`)
  return `${code} ${codeName(code, settings, lang)}`
}

/** A category or a kind of conduct in words. */
export function codeName(code: string, settings: Settings, lang: Language): string {
  if (isConduct(code)) return t(lang, `ix.conduct.${code}`)
  const category = settings.category(code)
  if (!category) return code
  return lang === 'en' ? category.nameEn : category.name
}

export const countText = (count: number | null): string => (count === null ? '–' : formatNumber(count))

const DECIMALS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const ONE_DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const decimals = (value: number): string => DECIMALS.format(value)
const oneDecimal = (value: number): string => ONE_DECIMAL.format(value)
