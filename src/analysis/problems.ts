import { queueAddress } from '#complaints/queue-views.ts'
import { typedDate } from '#complaints/staff-words.ts'
import type { Database } from '#platform/database.ts'
import type { Settings } from '#settings/store.ts'
import { groupName } from '#statistics/names.ts'
import { daysOf, type Period } from '#statistics/period.ts'
import { formatNumber } from '#web/thai-format.ts'
import { MEASURES, measureAddress } from './addresses.ts'
import { type Measure, measuresFor } from './measures-store.ts'
import { complaintsByMonth, type Recurring } from './recurrence.ts'
import type { Sight } from './sight.ts'
import { drawnMonths, type SmallBars, smallBars } from './small-bars.ts'
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
  db: Database
  settings: Settings
  period: Period
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
  const { db, settings, period, sight, mayPrevent } = source
  const months = drawnMonths(period)
  const drawn = found.map((problem) => ({ problem, counts: complaintsByMonth(db, problem, months) }))
  const largest = Math.max(1, ...drawn.flatMap(({ counts }) => [...counts.values()]))
  const lines = drawn.map(({ problem, counts }) => ({
    category: groupName(settings, problem.categoryCode, 'th'),
    place: placeName(settings, problem.villageId),
    count: formatNumber(problem.count),
    repeats: repeatWords(problem),
    picture: smallBars(months, counts, period, largest),
    casesHref: casesAddress(problem, period),
    measures: measuresFor(db, sight, problem).map(measureLink),
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

const measureLink = ({ id, measure }: Measure) => ({ href: measureAddress(id), text: measure })

function repeatWords({ merged, reopened }: Recurring): string[] {
  return [
    ...(merged > 0 ? [`มีผู้แจ้งซ้ำและรวมเข้าเรื่องเดิมอีก ${formatNumber(merged)} เรื่อง`] : []),
    ...(reopened > 0 ? [`ผู้ร้องขอเปิดเรื่องอีกครั้ง ${formatNumber(reopened)} เรื่อง`] : []),
  ]
}
