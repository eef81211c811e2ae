import type { Portal } from '#settings/portal.ts'
import {
  BALANCED,
  type Balanced,
  type BalanceLine,
  type Breakdowns,
  type CountLine,
  readBreakdowns,
} from './breakdowns.ts'
import { HEADLINE_KIND } from './figures.ts'
import { findingOrder, outcomeOrder, valueOrder } from './names.ts'
import type { Period } from './period.ts'

/** The breakdowns of complaints in a period that has begun, every list in the office's order. */
export function breakdownsInOrder({ db, settings }: Portal, period: Period): Breakdowns {
  const read = readBreakdowns(db, HEADLINE_KIND, period)
  const ordered = (list: Balanced): BalanceLine[] =>
    inOrder(read.lists[list], (value) => valueOrder(settings, list, value))
  const lists = Object.fromEntries(BALANCED.map((list) => [list, ordered(list)]))
  return {
    ...read,
    lists: lists as Breakdowns['lists'],
    outcomes: inOrder(read.outcomes, outcomeOrder),
    findings: inOrder(read.findings, findingOrder),
  }
}

function inOrder<T extends CountLine | BalanceLine>(
  lines: readonly T[],
  orderOf: (value: string) => number,
): T[] {
  const rank = (a: T, b: T) => orderOf(a.value) - orderOf(b.value) || (a.value < b.value ? -1 : 1)
  return [...lines].sort(rank)
}
