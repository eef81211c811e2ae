import type { CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf, monthsOf } from '#domain/fiscal-year.ts'
import type { Database } from '#platform/database.ts'
import { formatDate, formatNumber } from '#web/thai-format.ts'
import { type HeatCell, heatCell } from './heat.ts'
import { complaintsByMonth } from './recurrence.ts'

const YEARS = 5

/** The complaints of a category month by month, one fiscal year beside the other: what comes every rainy season. */
export interface Calendar {
  years: number[]
  /** A cell is null for a month that has not begun. */
  rows: { month: string; cells: (HeatCell | null)[] }[]
  totals: string[]
}

/** The five fiscal years up to the one in which `month` lies; of one village, where it is given. */
export function calendarOf(
  db: Database,
  { categoryCode, villageId }: { categoryCode: string; villageId: number | null },
  month: string,
  today: CivilDate,
): Calendar {
  const last = fiscalYearOf(`${month}-01`)
  const years = Array.from({ length: YEARS }, (_, index) => last - YEARS + 1 + index)
  const months = years.map(monthsOf)
  const counts = complaintsByMonth(db, { categoryCode, villageId }, months.flat())
  const thisMonth = monthOf(today)
  const largest = Math.max(1, ...counts.values())
  return {
    years,
    rows: Array.from({ length: 12 }, (_, index) => ({
      month: monthName(months[0]?.[index] ?? ''),
      cells: months.map((year) => {
        const one = year[index] ?? ''
        return one > thisMonth ? null : heatCell(counts.get(one) ?? 0, largest)
      }),
    })),
    totals: months.map((year) => formatNumber(year.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0))),
  }
}

/** The month without its year: 'ตุลาคม'. */
const monthName = (month: string): string => formatDate(`${month}-01`, 'th').split(' ')[1] ?? ''
