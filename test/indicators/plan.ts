import { instantOf } from '#domain/civil-date.ts'
import type { IndicatorId, PlanYear } from '#domain/indicators.ts'
import { CONDUCTS, type Conduct } from '#domain/sealed-status.ts'
import type { CorruptionCounts } from '#indicators/corruption-counts.ts'
import { readCounts } from '#indicators/counts.ts'
import { planFigures, type YearLine } from '#indicators/figures.ts'
import { writeInput } from '#indicators/store.ts'
import type { Portal } from '#settings/portal.ts'
import { writeHistoryLine } from '#statistics/history-store.ts'
import { fileCase } from '../statistics/office.ts'

/** A complaint of a category, received late in the evening of a day. */
export const complain = (portal: Portal, categoryCode: string, on: string): number =>
  fileCase(portal, { categoryCode, receivedAt: instantOf(on, 23, 30) }).id

export function typeIn(portal: Portal, fiscalYear: number, values: Record<string, number>): void {
  const rest = { source: 'รายงานประจำปี', enteredAt: portal.now(), enteredBy: 'อารีย์ ดูแลระบบ' }
  for (const [key, value] of Object.entries(values))
    writeInput(portal.db, { fiscalYear, key, value, ...rest })
}

/** Years before the portal, as the office's papers have them. */
export function fromPapers(
  portal: Portal,
  fiscalYear: number,
  received: Record<string, number>,
  grounds: number | null = null,
): void {
  const rest = { source: `ทะเบียนปี ${fiscalYear}`, enteredAt: portal.now(), enteredBy: 'อารีย์ ดูแลระบบ' }
  for (const [categoryCode, count] of Object.entries(received)) {
    const row = { fiscalYear, categoryCode, received: count, finished: count, grounds, ...rest }
    writeHistoryLine(portal.db, row)
  }
}

/** Brings a case to the confidential register: from then on it is counted nowhere. */
export function moveAway({ db: { sqlite } }: Portal, id: number): void {
  sqlite
    .prepare(
      "insert into case_moves (case_id, state, asked_at, actor_id, actor_name) values (?, 'asked', 1, 1, 'วิทย์')",
    )
    .run(id)
  sqlite.prepare("update cases set status = 'moved', finished_on = null where id = ?").run(id)
}

/** Ends the move: nothing of the case is left in the general register. */
export function eraseMoved({ db }: Portal, id: number): void {
  const { sqlite } = db
  const rows = ['case_contacts', 'case_files', 'outbox', 'notices', 'letters', 'clock_events', 'case_events']
  db.inTransaction(() => {
    sqlite.prepare('update case_moves set permit = -case_id where case_id = ?').run(id)
    sqlite
      .prepare('delete from letter_deliveries where letter_id in (select id from letters where case_id = ?)')
      .run(id)
    for (const table of rows) sqlite.prepare(`delete from ${table} where case_id = ?`).run(id)
    sqlite.prepare('update audit_lines set before = null, after = null where subject = ?').run(`case:${id}`)
    sqlite
      .prepare("update cases set subject = '', detail = '', village_id = null, due_on = null where id = ?")
      .run(id)
    sqlite
      .prepare(
        "update case_clocks set verdict = 'void', stopped_on = '2026-11-16', next_fire_at = null where case_id = ?",
      )
      .run(id)
    sqlite.prepare("update case_moves set state = 'erased', permit = null where case_id = ?").run(id)
  })
}

/** Nine numbers, for K1 to K9. */
export const conductRecord = (list: readonly number[]): Record<Conduct, number> =>
  Object.fromEntries(CONDUCTS.map((conduct, index) => [conduct, list[index] ?? 0])) as Record<Conduct, number>

/** A sealed channel with these reports by year, K1 to K9. */
export function channelWith(
  lists: Record<number, readonly number[]>,
  cases: Record<number, number> = {},
): CorruptionCounts {
  return {
    conduct: (fiscalYear) => lists[fiscalYear] && conductRecord(lists[fiscalYear]),
    cases: (fiscalYear) => cases[fiscalYear],
  }
}

/** An indicator's line of a year, as anybody would see it on the day. */
export function lineOf(
  portal: Portal,
  id: IndicatorId,
  fiscalYear: PlanYear,
  { today, channel }: { today: string; channel?: CorruptionCounts },
): YearLine {
  const figures = planFigures(readCounts(portal.db, channel), fiscalYear, today)
  const line = figures.indicators
    .find((one) => one.id === id)
    ?.years.find((one) => one.fiscalYear === fiscalYear)
  if (!line) throw new Error(`no line of ${id} in ${fiscalYear}`)
  return line
}
