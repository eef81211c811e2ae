import { queueAddress } from '#complaints/queue-views.ts'
import { typedDate } from '#complaints/staff-words.ts'
import type { Portal } from '#settings/portal.ts'
import { groupName } from '#statistics/names.ts'
import { daysOf, type Period } from '#statistics/period.ts'
import { formatNumber } from '#web/thai-format.ts'
import { MEASURES, measureAddress } from './addresses.ts'
import { type Measure, measuresOf } from './measures-store.ts'
import type { PlaceCounts, Recurring } from './recurrence.ts'
import type { Sight } from './sight.ts'
import { type SmallBars, smallBars } from './small-bars.ts'
import { placeName } from './village-table.ts'

/** A recurring problem as its line shows it. */
export interface ProblemLine {
  category: string
  place: string
  count: string
  /** What was told again on top of that. */
  repeats: string[]
  picture: SmallBars
  casesHref: string
  measures: { href: string; text: string }[]
  /** Null for whoever may not record one. */
  newMeasureHref: string | null
}

interface Source {
  portal: Pick<Portal, 'db' | 'settings'>
  period: Period
  /** What is drawn: the period, and months before it. */
  months: readonly string[]
  /** Read for all of the months. */
  places: readonly PlaceCounts[]
  sight: Sight
  mayPrevent: boolean
}

export interface Problems {
  lines: ProblemLine[]
  /** Complaints of the month with the highest bar. */
  largest: string
  /** Whether months before the period are drawn as well. */
  drawsBefore: boolean
}

/** The lines with their pictures, all of one scale. */
export function problemLines(found: readonly Recurring[], source: Source): Problems {
  const { portal, period, months, places, sight, mayPrevent } = source
  const { db, settings } = portal
  const codes = found.map(({ categoryCode }) => categoryCode)
  const measures = measuresOf(db, sight, codes)
  const drawn = found.map((problem) => ({
    problem,
    counts:
      places.find(
        ({ categoryCode, villageId }) =>
          categoryCode === problem.categoryCode && villageId === problem.villageId,
      )?.counts ?? new Map<string, number>(),
  }))
  const largest = Math.max(1, ...drawn.flatMap(({ counts }) => [...counts.values()]))
  const lines = drawn.map(({ problem, counts }) => ({
    category: groupName(settings, problem.categoryCode, 'th'),
    place: placeName(settings, problem.villageId),
    count: formatNumber(problem.count),
    repeats: repeatWords(problem),
    picture: smallBars(months, counts, period, largest),
    casesHref: casesAddress(problem, period),
    measures: measures.filter((measure) => holdsFor(measure, problem)).map(measureLink),
    newMeasureHref: mayPrevent
      ? `${MEASURES}/new?category=${problem.categoryCode}&village=${problem.villageId}`
      : null,
  }))
  return { lines, largest: formatNumber(largest), drawsBefore: months.at(0) !== period.from }
}

/** The cases behind a number, as far as whoever follows the link may see them. */
export function casesAddress(
  { categoryCode, villageId }: { categoryCode?: string; villageId?: number | null },
  period: Period,
): string {
  const { from, to } = daysOf(period)
  const days = { from: typedDate(from), to: typedDate(to) }
  return queueAddress({ view: 'all', category: categoryCode, village: villageId ?? undefined, ...days })
}

/** A measure for everywhere holds in every village. */
const holdsFor = (measure: Measure, { categoryCode, villageId }: Recurring): boolean =>
  measure.categoryCode === categoryCode && (measure.villageId ?? villageId) === villageId

const measureLink = ({ id, measure }: Measure) => ({ href: measureAddress(id), text: measure })

function repeatWords({ merged, reopened }: Recurring): string[] {
  return [
    ...(merged > 0 ? [`มีผู้แจ้งซ้ำและรวมเข้าเรื่องเดิมอีก ${formatNumber(merged)} เรื่อง`] : []),
    ...(reopened > 0 ? [`ผู้ร้องขอเปิดเรื่องอีกครั้ง ${formatNumber(reopened)} เรื่อง`] : []),
  ]
}
