import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { done, type TestCase } from '../complaints-staff/desk.ts'
import { type ClockOffice, caseOfChai, clockOf, openClockOffice, query, tickAt } from './clock-office.ts'

let office: ClockOffice
let testCase: TestCase
beforeEach(async () => {
  office = await openClockOffice()
  testCase = caseOfChai(office)
})
afterEach(() => office.close())

/** What anybody with a hand on the database might try. */
const attempt = (change: string) => () =>
  office.portal.db.sqlite.exec(`${change} where id = ${clockOf(office, testCase).id}`)

const conclude = () => done(office, testCase, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })

describe('the database itself', () => {
  it('keeps every event as it was written', () => {
    for (const change of [
      'update clock_events set at = at',
      "update clock_events set type = 'met'",
      'delete from clock_events',
    ]) {
      expect(() => office.portal.db.sqlite.exec(change), change).toThrow('clock_events is append-only')
    }
  })

  it('takes no breach back, and moves none', async () => {
    await tickAt(office, '2026-12-02 09:00')
    expect(clockOf(office, testCase).breached_at).not.toBeNull()
    for (const change of ['breached_at = null', 'breached_at = breached_at + 1']) {
      expect(attempt(`update case_clocks set ${change}`), change).toThrow('a breach is not taken back')
    }
  })

  it('lets a date move only beside an event that tells from what to what', () => {
    const SILENT = 'a due date moves only with its event'
    const { id, due_on } = clockOf(office, testCase)
    const move = attempt("update case_clocks set due_on = '2026-12-24'")
    const promise = attempt("update case_clocks set promised_on = '2026-12-24'")
    const tell = (before: string, after: string) =>
      office.portal.db.sqlite.exec(`insert into clock_events (clock_id, case_id, type, due_before, due_after, at, actor_name)
        values (${id}, ${testCase.id}, 'extended', '${before}', '${after}', 0, 'ก')`)
    expect(move).toThrow(SILENT)
    expect(promise).toThrow(SILENT)
    tell(due_on, '2026-12-23')
    tell('2026-11-30', '2026-12-24')
    expect(move).toThrow(SILENT)
    expect(promise).toThrow(SILENT)
    tell(due_on, '2026-12-24')
    expect(promise).not.toThrow()
    expect(attempt('update case_clocks set promised_on = null')).toThrow(SILENT)
    expect(move).not.toThrow()
  })

  it('leaves a stopped clock as it is', () => {
    conclude()
    const before = clockOf(office, testCase)
    for (const change of [
      "started_on = '2026-11-01'",
      "verdict = 'met'",
      'verdict = null, stopped_on = null',
      "stopped_on = '2026-11-20'",
      'breached_at = null',
      "aside_reason = 'x'",
      'next_fire_at = 1',
    ]) {
      expect(attempt(`update case_clocks set ${change}`), change).toThrow('a stopped clock is not changed')
    }
    expect(clockOf(office, testCase)).toEqual(before)
  })

  it('keeps clocks, and lets none be stopped by halves', () => {
    expect(attempt('delete from case_clocks')).toThrow('clocks are kept')
    for (const change of ["verdict = 'met'", "stopped_on = '2026-11-20'"]) {
      expect(attempt(`update case_clocks set ${change}`)).toThrow('case_clocks_stopped')
    }
    const firing = "verdict = 'met', stopped_on = '2026-11-20', next_fire_at = 1"
    expect(attempt(`update case_clocks set ${firing}`)).toThrow('case_clocks_no_fire')
  })

  it('writes what happens once only once, and tells nobody twice of the same cause', async () => {
    await tickAt(office, '2026-11-28 09:00')
    const again = (table: string) => () =>
      office.portal.db.sqlite.exec(
        `insert into ${table} select ${columnsBut(table)} from ${table} where mark is not null`,
      )
    expect(again('clock_events')).toThrow('UNIQUE constraint failed: clock_events.clock_id')
    expect(again('notices')).toThrow('UNIQUE constraint failed: notices.mark')
  })
})

/** Every column of the table, with a new id. */
const columnsBut = (table: string): string =>
  query<{ name: string }>(office, `select name from pragma_table_info('${table}')`)
    .map(({ name }) => (name === 'id' ? 'null' : name))
    .join(', ')
