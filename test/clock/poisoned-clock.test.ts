import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clocksAside } from '#clock/clock-store.ts'
import { previewRecalculation, requestRecalculation, runRecalculations } from '#clock/recalculate.ts'
import { CLOCKWORK } from '#clock/settle.ts'
import { DEFAULT_DEADLINES } from '#settings/documents.ts'
import { writeDocument } from '#settings/store.ts'
import type { TestCase } from '../complaints-staff/desk.ts'
import {
  briefly,
  type ClockOffice,
  caseOfChai,
  clockOf,
  eventsOfClock,
  listenFor,
  openClockOffice,
  query,
  tickAt,
} from './clock-office.ts'

let office: ClockOffice
let poisoned: TestCase
let policy: string
let reported: { clock?: number }[]

const log = {
  info: () => undefined,
  error: (facts: object) => {
    reported.push(facts)
  },
}

beforeEach(async () => {
  office = await openClockOffice()
  poisoned = caseOfChai(office)
  reported = []
  policy =
    query<{ policy: string }>(office, `select policy from case_clocks where id = ${clockId()}`)[0]?.policy ??
    ''
  writePolicy('{"targetDays": 15, "notices": [')
})
afterEach(() => office.close())

const clockId = () => clockOf(office, poisoned).id

function writePolicy(text: string): void {
  office.portal.db.sqlite.prepare('update case_clocks set policy = ? where id = ?').run(text, clockId())
}

describe('a clock that cannot be read', () => {
  it('is set aside and reported, and the others go on', async () => {
    const before = caseOfChai(office)
    const after = caseOfChai(office)
    const [listenBefore, listenAfter] = [listenFor(office, before), listenFor(office, after)]
    expect(await tickAt(office, '2026-11-28 09:00', log)).toEqual({ fired: 2, aside: 1 })
    for (const listen of [listenBefore, listenAfter]) {
      expect(briefly(listen())).toEqual(['chai near', 'malee near'])
    }
    expect(reported).toMatchObject([{ job: 'tick', clock: clockId() }])
    expect(clocksAside(office.portal.db)).toMatchObject([
      { fiscalYear: 2570, seq: 1, reason: expect.stringContaining('JSON') },
    ])
  })

  it('is tried and reported once an hour, not every minute', async () => {
    for (let minute = 0; minute < 60; minute += 1) {
      await tickAt(office, `2026-11-28 09:${String(minute).padStart(2, '0')}`, log)
    }
    expect(reported).toHaveLength(1)
    await tickAt(office, '2026-11-28 10:00', log)
    await tickAt(office, '2026-11-28 10:01', log)
    expect(reported).toHaveLength(2)
  })

  it('leaves nothing half done', async () => {
    const rows = () => query(office, 'select * from clock_events')
    const before = rows()
    await tickAt(office, '2026-11-28 09:00', log)
    expect(rows()).toEqual(before)
    expect(query(office, 'select * from notices')).toEqual([])
  })

  it('catches up once it is mended', async () => {
    const listen = listenFor(office, poisoned)
    await tickAt(office, '2026-12-02 09:00', log)
    writePolicy(policy)
    await tickAt(office, '2026-12-02 10:00', log)
    expect(briefly(listen())).toEqual(['chai over', 'malee over', 'wit over'])
    const clock = clockOf(office, poisoned)
    expect(clock).toMatchObject({ aside_until: null, aside_reason: null })
    expect(eventsOfClock(office, clock).map(({ type }) => type)).toContain('breached')
    expect(clocksAside(office.portal.db)).toEqual([])
  })
})

describe('a change of the calendar', () => {
  it('is shown and followed by all clocks but the one that cannot be read, which is set aside', async () => {
    const others = [caseOfChai(office), caseOfChai(office)]
    const deadlines = { ...DEFAULT_DEADLINES, targetDays: 10 }
    const { portal } = office
    expect((await previewRecalculation(portal, { deadlines })).total).toBe(2)
    portal.db.inTransaction(() => {
      requestRecalculation(portal.db, { reason: 'ทดสอบ', actor: CLOCKWORK, at: portal.now() })
      writeDocument(portal.db, 'deadlines', deadlines, portal.now())
    })
    portal.settings.changed()
    expect(await runRecalculations(portal)).toEqual({ moved: 2 })
    expect(others.map((other) => clockOf(office, other).due_on)).toEqual(['2026-11-26', '2026-11-26'])
    expect(clockOf(office, poisoned)).toMatchObject({
      due_on: '2026-12-01',
      aside_reason: expect.any(String),
    })
    expect(query(office, 'select 1 from recalculations where finished_at is null')).toEqual([])
  })
})

describe('a clock that fails half-way', () => {
  it('has written nothing of what it began, and the clocks of the same moment have', async () => {
    writePolicy(policy)
    const sound = caseOfChai(office)
    // The event is written after the notice: what came before it has to go as well.
    office.portal.db.sqlite.exec(`create trigger broken before insert on clock_events
      when NEW.clock_id = ${clockId()} begin select raise(abort, 'a fault of the test'); end`)
    const [listen, listenSound] = [listenFor(office, poisoned), listenFor(office, sound)]
    expect(await tickAt(office, '2026-11-28 09:00', log)).toEqual({ fired: 1, aside: 1 })
    expect(listen()).toEqual([])
    expect(briefly(listenSound())).toEqual(['chai near', 'malee near'])
    expect(clockOf(office, poisoned).aside_reason).toContain('a fault of the test')
    office.portal.db.sqlite.exec('drop trigger broken')
    await tickAt(office, '2026-11-28 10:00', log)
    expect(briefly(listen())).toEqual(['chai near', 'malee near'])
  })
})
