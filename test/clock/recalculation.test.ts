import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clockEventsOf, clocksOf, dueClockIds, runningClock } from '#clock/clock-store.ts'
import { stopClocks } from '#clock/clocks.ts'
import { explainClock } from '#clock/explain.ts'
import { pauseClock, resumeClock } from '#clock/pause.ts'
import { previewRecalculation, requestRecalculation, runRecalculations } from '#clock/recalculate.ts'
import { tick } from '#clock/tick.ts'
import { createCase } from '#complaints/create.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { DEFAULT_DEADLINES, type Deadlines } from '#settings/documents.ts'
import { deleteHoliday, insertHoliday } from '#settings/holiday-store.ts'
import { updateCategory, writeDocument } from '#settings/store.ts'
import { auditLines } from '../support/audit.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'

const ADMIN = { kind: 'staff', id: 1, name: 'อารีย์ ดูแลระบบ' } as const
const WORKING: Deadlines = { ...DEFAULT_DEADLINES, countMode: 'working' }

let folder: TestFolder
// Monday, 16 November 2026: fifteen working days end on Monday, 7 December.
beforeEach(() => {
  folder = openTestFolder()
  writeDocument(folder.portal.db, 'deadlines', WORKING, folder.portal.now())
  folder.portal.settings.changed()
})
afterEach(() => folder.close())

const act = () => ({ at: folder.portal.now(), actor: ADMIN })
const days = (n: number) => folder.travel(n * 24 * 60)

function file(categoryCode = 'A2'): number {
  const texts = { subject: 'ไฟทางดับ', detail: 'ไฟทางดับหน้าวัด', wish: null, place: null }
  const contact = { name: null, phone: null, email: null, address: null, withholdName: false }
  return createCase(folder.portal, {
    ...{ kind: 'complaint', categoryCode, ...texts, happenedOn: null, urgent: false, villageId: null },
    ...{ latitude: null, longitude: null, channel: 'web', language: 'th', receivedAt: folder.portal.now() },
    ...{ contact: { ...contact, replyBy: 'self' }, actor: { kind: 'citizen' }, submissionKey: newToken() },
  }).id
}

/** Writes settings and has the clocks follow, as the administrator's pages do. */
function request(write: () => void, reason = 'เพิ่มวันหยุด'): void {
  const { db, settings } = folder.portal
  db.inTransaction(() => {
    requestRecalculation(db, { ...act(), reason })
    write()
  })
  settings.changed()
}
const addHoliday = (day: CivilDate) => () =>
  insertHoliday(folder.portal.db, {
    ...{ day, name: 'วันหยุดพิเศษ', substitute: false, source: 'มติ', addedAt: folder.portal.now() },
  })
const set = (deadlines: Deadlines) => () => writeDocument(folder.portal.db, 'deadlines', deadlines, act().at)
const follow = async (write: () => void, reason?: string) => {
  request(write, reason)
  return await runRecalculations(folder.portal)
}

const clockOf = (id: number) => clocksOf(folder.portal.db, id).at(-1)
const moves = (id: number) =>
  clockEventsOf(folder.portal.db, id)
    .filter(({ type }) => type === 'recalculated')
    .map(({ dueBefore, dueAfter }) => `${dueBefore} ${dueAfter}`)
const caseRow = (id: number) =>
  folder.portal.db.sqlite
    .prepare<[number], { due_on: string; rev: number }>('select due_on, rev from cases where id = ?')
    .get(id)

describe('a new holiday', () => {
  it('moves the date of a running clock, with its event, its line in the trail and a new revision', async () => {
    const id = file()
    expect(caseRow(id)).toEqual({ due_on: '2026-12-07', rev: 1 })
    days(1)
    expect(await follow(addHoliday('2026-12-07'), 'เพิ่มวันหยุด 7 ธันวาคม 2569')).toEqual({ moved: 1 })
    expect(caseRow(id)).toEqual({ due_on: '2026-12-08', rev: 2 })
    expect(clockOf(id)).toMatchObject({ dueOn: '2026-12-08', policy: { countMode: 'working' } })
    expect(clockOf(id)?.skipped).toContainEqual({ on: '2026-12-07', name: 'วันหยุดพิเศษ' })
    expect(clockOf(id)?.nextFireAt).toEqual(new Date('2026-12-05T00:00:00+07:00'))
    expect(clockEventsOf(folder.portal.db, id).at(-1)).toMatchObject({
      ...{ type: 'recalculated', dueBefore: '2026-12-07', dueAfter: '2026-12-08', actorName: ADMIN.name },
      detail: { reason: 'เพิ่มวันหยุด 7 ธันวาคม 2569' },
    })
    expect(auditLines(folder.portal, 'clock.recalculated')).toMatchObject([
      { subject: `case:${id}`, actorName: ADMIN.name, before: { dueOn: '2026-12-07' } },
    ])
  })

  it('moves the clock for taking the case up as well, and not the date of the case for it', async () => {
    const id = file()
    expect(await follow(addHoliday('2026-11-17'))).toEqual({ moved: 2 })
    expect(runningClock(folder.portal.db, id, 'acknowledge')?.dueOn).toBe('2026-11-18')
    expect(caseRow(id)).toEqual({ due_on: '2026-12-08', rev: 2 })
  })

  it('that is taken away again moves the date back', async () => {
    const id = file()
    await follow(addHoliday('2026-12-01'))
    await follow(() => deleteHoliday(folder.portal.db, '2026-12-01'), 'นำวันหยุดออก')
    expect(moves(id)).toEqual(['2026-12-07 2026-12-08', '2026-12-08 2026-12-07'])
    expect(clockOf(id)?.skipped).toHaveLength(6)
  })
})

describe('the preview', () => {
  it('tells what will move by number and date, and writes nothing', async () => {
    const id = file()
    const before = [clockOf(id), caseRow(id)]
    const holidays = new Map([['2026-11-17', 'วันหยุดพิเศษ']])
    expect(await previewRecalculation(folder.portal, { holidays })).toEqual({
      moved: [
        { number: 'รท 0001/2570', duty: 'resolve', from: '2026-12-07', to: '2026-12-08' },
        { number: 'รท 0001/2570', duty: 'acknowledge', from: '2026-11-17', to: '2026-11-18' },
      ],
      total: 2,
      unchanged: 0,
    })
    expect([clockOf(id), caseRow(id)]).toEqual(before)
  })

  it('of a category touches its cases alone', async () => {
    file('A1')
    file('A2')
    const preview = await previewRecalculation(folder.portal, { category: { code: 'A1', targetDays: 5 } })
    expect(preview).toMatchObject({
      moved: [{ number: 'รท 0001/2570', from: '2026-12-07', to: '2026-11-23' }],
      ...{ total: 1, unchanged: 3 },
    })
  })

  it('lists fifty and counts all', async () => {
    for (let n = 0; n < 60; n += 1) file()
    const preview = await previewRecalculation(folder.portal, { deadlines: DEFAULT_DEADLINES })
    expect(preview).toMatchObject({ total: 60, unchanged: 60 })
    expect(preview.moved).toHaveLength(50)
  })
})

describe('what does not move', () => {
  it('is a clock that was missed, explained, stopped, or is over', async () => {
    const { db } = folder.portal
    const [late, explained, met] = [file(), file(), file()]
    stopClocks(db, met, 'done', act())
    explainClock(db, clockOf(explained)?.id ?? 0, '2026-12-25', '2026-11-16', act())
    days(22)
    // Nobody has looked at the clock since: that it was missed stands nowhere yet.
    expect(clockOf(late)).toMatchObject({ dueOn: '2026-12-07', breachedAt: null })
    expect(await follow(addHoliday('2026-12-01'))).toEqual({ moved: 0 })
    await tick(folder.portal, { draft: () => undefined })
    expect(clockOf(late)).toMatchObject({
      dueOn: '2026-12-07',
      breachedAt: new Date('2026-12-08T00:00:00+07:00'),
    })
    expect(await follow(addHoliday('2026-12-02'))).toEqual({ moved: 0 })
    expect([late, explained, met].flatMap(moves)).toEqual([])
  })

  it('is anything, for more days than were promised', async () => {
    await follow(set({ ...WORKING, targetDays: 10 }))
    const id = file()
    expect(await follow(set(WORKING))).toEqual({ moved: 0 })
    expect(clockOf(id)?.policy.targetDays).toBe(10)
  })
})

describe('fewer days', () => {
  it('of a category bring the dates of its cases forward, to today at the earliest', async () => {
    const [roads, lights] = [file('A1'), file('A2')]
    days(10)
    const fewer = () => updateCategory(folder.portal.db, 'A1', { targetDays: 3 })
    expect(await follow(fewer, 'ประเภทเรื่อง')).toEqual({ moved: 1 })
    expect(clockOf(roads)).toMatchObject({ dueOn: '2026-11-26', policy: { targetDays: 3 } })
    expect(clockOf(lights)?.dueOn).toBe('2026-12-07')
  })

  it('have the people told at the next tick of what is due by now', async () => {
    const id = file('A1')
    days(9)
    await tick(folder.portal, { draft: () => undefined })
    await follow(() => updateCategory(folder.portal.db, 'A1', { targetDays: 9 }))
    expect(clockOf(id)?.dueOn).toBe('2026-11-27')
    expect(dueClockIds(folder.portal.db, folder.portal.now(), 10)).toContain(clockOf(id)?.id)
    await tick(folder.portal, { draft: () => undefined })
    const told = clockEventsOf(folder.portal.db, id).filter(({ type }) => type === 'warned')
    expect(told.map(({ mark }) => mark)).toEqual(['warn:3@2026-11-27'])
  })
})

describe('a clock that stood still', () => {
  const PAUSES = { ...WORKING, pausesOnAsk: true }

  it('follows the new way of counting when it goes on', async () => {
    await follow(set(PAUSES))
    const id = file()
    pauseClock(folder.portal.db, id, '2026-11-30', act())
    days(1)
    await follow(set({ ...PAUSES, countMode: 'calendar' }), 'นับตามปฏิทิน')
    expect(clockOf(id)).toMatchObject({ dueOn: '2026-12-07', policy: { countMode: 'calendar' } })
    days(1)
    resumeClock(folder.portal.db, id, act())
    // Fifteen calendar days, of which the 17th and 18th were not counted; but waiting makes nothing sooner.
    expect(clockOf(id)?.dueOn).toBe('2026-12-07')
    expect(clockOf(id)?.skipped.map(({ on }) => on)).toEqual(['2026-11-17', '2026-11-18'])
  })

  it('keeps the days of waiting when a holiday moves it afterwards', async () => {
    await follow(set(PAUSES))
    const id = file()
    pauseClock(folder.portal.db, id, '2026-11-30', act())
    days(3)
    resumeClock(folder.portal.db, id, act())
    expect(clockOf(id)?.dueOn).toBe('2026-12-10')
    await follow(addHoliday('2026-12-07'))
    expect(moves(id)).toEqual(['2026-12-10 2026-12-11'])
  })

  it('loses no day to a holiday that was announced while it waited', async () => {
    await follow(set(PAUSES))
    const id = file()
    pauseClock(folder.portal.db, id, '2026-11-30', act())
    await follow(addHoliday('2026-11-18'))
    days(3)
    resumeClock(folder.portal.db, id, act())
    expect(clockOf(id)?.dueOn).toBe('2026-12-10')
  })

  it('whose waiting is over goes on by the calendar of before, whether or not a tick has come', async () => {
    await follow(set(PAUSES))
    const id = file()
    pauseClock(folder.portal.db, id, '2026-11-18', act())
    days(4)
    await follow(addHoliday('2026-12-07'))
    const dated = clockEventsOf(folder.portal.db, id).filter(({ dueBefore }) => dueBefore !== null)
    expect(dated.map(({ type, dueAfter }) => `${type} ${dueAfter}`)).toEqual([
      'resumed 2026-12-10',
      'recalculated 2026-12-11',
    ])
  })
})

describe('the work', () => {
  it('that broke off in the middle goes on from there after a restart, and does nothing twice', async () => {
    const ids = Array.from({ length: 250 }, () => file())
    const { db } = folder.portal
    const victim = clockOf(ids[220] ?? 0)?.id ?? 0
    db.sqlite.exec(`create trigger power_out before update on case_clocks when old.id = ${victim}
      begin select raise(abort, 'the power went out'); end`)
    request(addHoliday('2026-12-07'))
    await expect(runRecalculations(folder.portal)).rejects.toThrow('the power went out')
    const movedSoFar = ids.filter((id) => moves(id).length > 0).length
    expect(movedSoFar).toBeGreaterThan(0)
    expect(movedSoFar).toBeLessThan(250)

    folder.reopen()
    folder.portal.db.sqlite.exec('drop trigger power_out')
    expect(await runRecalculations(folder.portal)).toEqual({ moved: 250 - movedSoFar })
    expect(await runRecalculations(folder.portal)).toEqual({ moved: 0 })
    expect(new Set(ids.map((id) => moves(id).join()))).toEqual(new Set(['2026-12-07 2026-12-08']))
    const job = folder.portal.db.sqlite.prepare('select moved, finished_at from recalculations').get()
    expect(job).toEqual({ moved: 250, finished_at: folder.portal.now().getTime() })
  })

  it('is done once where two do it at the same time', async () => {
    const ids = Array.from({ length: 210 }, () => file())
    request(addHoliday('2026-12-07'))
    const both = await Promise.all([runRecalculations(folder.portal), runRecalculations(folder.portal)])
    expect(both.reduce((sum, { moved }) => sum + moved, 0)).toBe(210)
    expect(new Set(ids.map((id) => moves(id).length))).toEqual(new Set([1]))
  })

  it('is not held up by a clock that cannot be counted', async () => {
    const [broken, sound] = [file(), file()]
    const { sqlite } = folder.portal.db
    sqlite
      .prepare(`update case_clocks set policy = json_set(policy, '$.targetDays', 0) where case_id = ?`)
      .run(broken)
    const holidays = new Map([['2026-12-07', 'วันหยุดพิเศษ']])
    expect(await previewRecalculation(folder.portal, { holidays })).toMatchObject({ total: 1, unchanged: 3 })
    expect(await follow(addHoliday('2026-12-07'))).toEqual({ moved: 1 })
    expect(moves(sound)).toHaveLength(1)
    expect(clockOf(broken)?.asideReason).toContain('target days')
  })

  it('of two requests is done in the order in which they came', async () => {
    const id = file()
    request(addHoliday('2026-12-07'), 'วันหยุดแรก')
    request(addHoliday('2026-12-08'), 'วันหยุดที่สอง')
    expect(await runRecalculations(folder.portal)).toEqual({ moved: 1 })
    expect(moves(id)).toEqual(['2026-12-07 2026-12-09'])
  })
})
