import { setImmediate as pause } from 'node:timers/promises'
import { publicStage } from '#domain/case-status.ts'
import { daysBetween } from '#domain/civil-date.ts'
import { monthOf, monthsOf } from '#domain/fiscal-year.ts'
import { HEADLINE_KIND } from '#statistics/figures.ts'
import { isShown, type Places, readPlaces } from '#statistics/places.ts'
import type { SqliteHandle } from '#statistics/store.ts'
import { type CountedCase, readCasesOfMonth } from './cases-store.ts'
import type { Row } from './fields.ts'

/** Rows that are read, or written, before anybody else gets a turn. */
const SLICE = 250
/** Rows sorted at once. */
const SORTED = 2_000

/**
 * The cases received in a fiscal year, month by month, without their villages where a small number would show. In
 * a month they are sorted by what they say, so that their order tells nothing of when they came. Read it on a
 * snapshot: what is told of a village must be decided by the cases that are told.
 */
export async function* caseRows(db: SqliteHandle, fiscalYear: number): AsyncGenerator<Row[]> {
  const places = readPlaces(db, fiscalYear)
  for (const month of monthsOf(fiscalYear)) {
    let rows: Row[] = []
    for (const text of inOrder(await sortedLists(db, month, places))) {
      rows.push(JSON.parse(text))
      if (rows.length < SLICE) continue
      yield rows
      rows = []
      await pause()
    }
    yield rows
  }
}

/** The month's rows as JSON texts, in lists of which each is sorted. */
async function sortedLists(db: SqliteHandle, month: string, places: Places): Promise<string[][]> {
  const lists: string[][] = []
  let list: string[] = []
  let read = 0
  for (const one of readCasesOfMonth(db, { from: month, to: month })) {
    list.push(JSON.stringify(rowOf(one, places)))
    if (list.length === SORTED) {
      lists.push(list.sort())
      list = []
    }
    read += 1
    if (read % SLICE === 0) await pause()
  }
  return [...lists, list.sort()]
}

/** All texts of sorted lists, in order. */
function* inOrder(lists: readonly string[][]): Generator<string> {
  const reached = lists.map(() => 0)
  for (;;) {
    let next: { text: string; list: number } | undefined
    for (const [list, texts] of lists.entries()) {
      const text = texts[reached[list] ?? 0]
      if (text !== undefined && (next === undefined || text < next.text)) next = { text, list }
    }
    if (!next) return
    reached[next.list] = (reached[next.list] ?? 0) + 1
    yield next.text
  }
}

function rowOf(one: CountedCase, places: Places): Row {
  const { kind, categoryGroup, category, receivedOn, channel, status, finishedOn, finding } = one
  const village = String(one.village)
  const isTold = kind === HEADLINE_KIND && isShown(places, category, village)
  return [
    ...[kind, categoryGroup, category, monthOf(receivedOn), channel, String(one.unit)],
    ...[isTold ? village : null, !isTold],
    ...[publicStage(status), finishedOn && monthOf(finishedOn)],
    finishedOn && daysBetween(receivedOn, finishedOn),
    finishedOn && (one.outcome ?? status),
    finding,
    status !== 'submitted' && status !== 'not_accepted',
  ]
}
