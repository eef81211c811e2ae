import { formatNumber } from '#web/thai-format.ts'
import type { Ui } from '#web/views.ts'
import { barsWithLimit, type Segment, segments } from './bars.ts'
import type { Breakdowns, DaysFigures, TimelinessFigures } from './breakdowns.ts'
import { findingName, outcomeName } from './names.ts'

/** A figure with its definition beside it. */
export interface Tally {
  name: string
  means: string
  value: string
  /** Which of the drawing's colours is its own. */
  colour?: 'done' | 'told' | 'late'
  isTotal?: boolean
}

export interface TimelinessView {
  /** Undefined where nothing has fallen due. */
  share: { text: string; parts: string; segments: Segment[] } | undefined
  tallies: Tally[]
}

/** The share on time in percent with one decimal; null where nothing has fallen due. */
export function onTimeShare({ met, explained, due }: TimelinessFigures): number | null {
  return due === 0 ? null : Math.round(((met + explained) / due) * 1_000) / 10
}

export function timelinessView(figures: TimelinessFigures, { t }: Ui, period: string): TimelinessView {
  const { met, explained, late, due } = figures
  const share = onTimeShare(figures)
  const parts = { met: formatNumber(met), explained: formatNumber(explained), due: formatNumber(due) }
  const tally = (state: 'met' | 'explained' | 'late' | 'running' | 'void'): Tally => ({
    ...{ name: t(`sx.time.${state}`), means: t(`sx.time.${state}.means`, { period }) },
    value: formatNumber(figures[state]),
  })
  return {
    share:
      share === null
        ? undefined
        : {
            text: t('sx.time.share', { share }),
            parts: t('sx.time.parts', parts),
            segments: segments([met, explained, late], due),
          },
    tallies: [
      { ...tally('met'), colour: 'done' },
      { ...tally('explained'), colour: 'told' },
      { ...tally('late'), colour: 'late' },
      { name: t('sx.time.due'), means: '', value: formatNumber(due), isTotal: true },
      tally('running'),
      tally('void'),
    ],
  }
}

export interface DaysView {
  note: string
  /** Undefined where nothing has been finished. */
  chart: { widths: number[]; limit: number } | undefined
  tallies: Tally[]
}

export function daysView(
  { finished, median, percentile90 }: DaysFigures,
  limit: number,
  { t }: Ui,
  period: string,
): DaysView {
  if (median === null || percentile90 === null)
    return { note: t('sx.days.nothing', { period }), chart: undefined, tallies: [] }
  const tally = (name: 'median' | 'percentile90', days: number): Tally => ({
    ...{ name: t(`sx.days.${name}`), means: t(`sx.days.${name}.means`) },
    value: t('sx.days.n', { n: formatNumber(days) }),
  })
  return {
    note: t('sx.days.note', { n: formatNumber(finished), period }),
    chart: barsWithLimit([median, percentile90], limit),
    tallies: [tally('median', median), tally('percentile90', percentile90)],
  }
}

export function receivedTallies(breakdowns: Breakdowns, { t }: Ui, period: string): Tally[] {
  return (['accepted', 'grounds'] as const).map((name) => ({
    ...{ name: t(`sx.${name}`), means: t(`sx.${name}.means`, { period }) },
    value: formatNumber(breakdowns[name]),
  }))
}

export function endTallies(breakdowns: Breakdowns, { lang }: Ui): Record<'outcomes' | 'findings', Tally[]> {
  const counted = (name: string, count: number): Tally => ({ name, means: '', value: formatNumber(count) })
  return {
    outcomes: breakdowns.outcomes.map(({ value, count }) => counted(outcomeName(value, lang), count)),
    findings: breakdowns.findings.map(({ value, count }) => counted(findingName(value, lang), count)),
  }
}
