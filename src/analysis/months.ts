import { addDays } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import type { Period } from '#statistics/period.ts'

/** The months of a period, one by one. */
export function monthsIn({ from, to }: Period): string[] {
  const months: string[] = []
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month)
  return months
}

export function monthAfter(month: string): string {
  return monthOf(addDays(`${month}-01`, 31))
}

export function monthBefore(month: string): string {
  return monthOf(addDays(`${month}-01`, -1))
}

/** The month so many before (or, negative, after) another. */
export function monthsBack(month: string, count: number): string {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - count
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`
}
