import { type CivilDate, daysBetween } from '#domain/civil-date.ts'
import { fiscalYearOf, halfOf, monthOf } from '#domain/fiscal-year.ts'
import type { RawCase, RawClock, RunningTotal } from './store.ts'

/**
 * The figures as the cases themselves add up to: counted anew in plain code, as an independent reader would,
 * beside the running totals that the database keeps.
 */
export class RawTally {
  readonly #counts = new Map<string, number>()

  addCase(row: RawCase): void {
    if (row.status === 'merged' || row.status === 'moved') return
    const village = row.villageId ?? 0
    const received = monthOf(row.receivedOn)
    this.#count('month_totals', received, 'received', row.kind, row.categoryGroup)
    const count = (dimension: string, value: string | number): void =>
      this.#count('figure_totals', received, 'received', row.kind, dimension, value)
    count('category', row.categoryCode)
    count('channel', row.channel)
    count('unit', row.unitId ?? 0)
    count('village', village)
    const end = row.finishedOn === null ? '' : endHalf(row.finishedOn)
    count('category_village', `${row.categoryCode}|${village}|${end}`)
    if (row.status !== 'submitted' && row.status !== 'not_accepted') count('accepted', row.categoryCode)
    if (row.finding === 'yes' || row.finding === 'part') count('grounds', row.categoryCode)
    if (row.finishedOn !== null) this.#addEnd(row, row.finishedOn)
  }

  #addEnd(row: RawCase, finishedOn: string): void {
    const finished = monthOf(finishedOn)
    this.#count('month_totals', finished, 'finished', row.kind, row.categoryGroup)
    this.#count('days_totals', finished, row.kind, daysBetween(row.receivedOn, finishedOn))
    const count = (dimension: string, value: string | number): void =>
      this.#count('figure_totals', finished, 'finished', row.kind, dimension, value)
    count('category', row.categoryCode)
    count('channel', row.channel)
    count('unit', row.unitId ?? 0)
    count('village', row.villageId ?? 0)
    count('outcome', row.outcome ?? row.status)
    count('finding', row.finding ?? 'none')
  }

  addClock({ kind, dueOn, breachedAt, verdict, explainedOn }: RawClock): void {
    const unstopped = explainedOn === null ? 'running' : 'explained'
    const state = breachedAt === null ? (verdict ?? unstopped) : 'late'
    this.#count('timeliness_totals', monthOf(dueOn), kind, state)
  }

  #count(...names: (string | number)[]): void {
    const key = names.join(' ')
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** Where the running totals say something else. */
  differences(kept: readonly RunningTotal[]): Difference[] {
    const keptByKey = new Map(kept.map(({ key, count }) => [key, count]))
    return [...new Set([...keptByKey.keys(), ...this.#counts.keys()])]
      .sort()
      .map((key) => ({ total: key, kept: keptByKey.get(key) ?? 0, counted: this.#counts.get(key) ?? 0 }))
      .filter((pair) => pair.kept !== pair.counted)
  }
}

/** The half of the fiscal year (named in C.E. here) of a day, such as `2027-1`. */
function endHalf(on: CivilDate): string {
  return `${fiscalYearOf(on) - 543}-${halfOf(on)}`
}

/** A running total that is not what the cases themselves add up to. */
export interface Difference {
  /** Table and key, such as `month_totals 2026-10 received complaint A`. */
  total: string
  kept: number
  counted: number
}
