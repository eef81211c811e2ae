import type { Settings } from '#settings/store.ts'
import type { Language } from '#web/languages.ts'
import { formatNumber } from '#web/thai-format.ts'
import type { Ui } from '#web/views.ts'
import type { Figure } from './count-figure.ts'
import type { GeneralCount } from './counts.ts'
import { type IndicatorFigures, type Part, type Series, sourcesOf, type YearLine } from './figures.ts'
import { changeText, countText, figureText, measureText, partName, shownText, targetText } from './words.ts'

interface Row {
  key: string
  value: string
}

const FEW = 4

/** What stands above the table: the measure, and the year in full words. */
export function rowsOf(
  { id, measure, parts, opinions }: IndicatorFigures,
  line: YearLine,
  settings: Settings,
  ui: Ui,
): Row[] {
  const { t, lang } = ui
  const fy = line.fiscalYear
  if (measure.kind === 'uncounted') {
    const unknown = { key: t('ix.row.unknown'), value: measureText(id, measure, lang) }
    if (!opinions) return [unknown]
    const { count, villages } = opinions
    const told = t('ix.value.opinions', { n: formatNumber(count), villages: formatNumber(villages) })
    return [unknown, { key: t('ix.row.opinions', { fy }), value: told }]
  }
  const counted = countedText(parts, settings, lang)
  const sources = sourcesOf(line)
  const several = line.series.length > 1
  const text = (figure: Figure, { code }: Series) =>
    several
      ? `${t(`ix.series.${code}`)}: ${shownText(figure.shown, lang)}`
      : figureText(figure, measure, code, lang)
  const lines = (of: (series: Series) => string[]) => line.series.flatMap(of).join('\n')
  const [first] = line.series
  return [
    { key: t('ix.row.how'), value: measureText(id, measure, lang) },
    ...(counted ? [{ key: t('ix.row.counted'), value: counted }] : []),
    { key: t('ix.row.target', { fy }), value: targetText(line.target, measure, lang) },
    { key: t('ix.row.result', { fy }), value: lines((series) => [text(series.now, series)]) },
    ...(first?.base
      ? [
          {
            key: t('ix.row.base', { fy: first.baseYear ?? '' }),
            value: lines((series) => (series.base ? [text(series.base, series)] : [])),
          },
          { key: t('ix.row.change'), value: lines((series) => [changeText(series, lang)]) },
        ]
      : []),
    ...(line.general ? [{ key: t('ix.row.three'), value: threeText(line.general) }] : []),
    ...(sources.length > 0 ? [{ key: t('ix.row.source'), value: sources.join('\n') }] : []),
  ]
}

const threeText = ({ received, accepted, grounds }: GeneralCount): string =>
  [received, accepted, grounds].map(countText).join(' / ')

/** Few categories by name, many by code: their names stand in the table below. */
function countedText(parts: readonly Part[], settings: Settings, lang: Language): string {
  const own = parts.filter(({ kind }) => kind === 'category' || kind === 'conduct')
  if (own.length > FEW) return own.map(({ code }) => code).join(', ')
  return own.map((part) => partName(part, settings, lang)).join('\n')
}
