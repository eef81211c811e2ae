import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { finishMoves, moveCase } from '#complaints/move-case.ts'
import { findMove } from '#complaints/moves-store.ts'
import { track, wordsOf } from '../complaints/citizen.ts'
import {
  eventfulCase,
  type FakeRegister,
  MARKS,
  type MoveOffice,
  marksLeft,
  move,
  numberOf,
  openMoveOffice,
} from './confidential-office.ts'
import { caseIn, fileCase, type TestCase, tickClocks, viewerFor } from './desk.ts'

let office: MoveOffice
let register: FakeRegister
let testCase: TestCase
/** What could not be done, as the log is told of it. */
let reported: unknown[]
beforeEach(async () => {
  office = await openMoveOffice()
  register = office.register
  testCase = await eventfulCase(office)
  reported = []
})
afterEach(() => office.close())

const report = (_id: number, error: unknown) => reported.push(error)
const start = () =>
  moveCase(
    office.portal,
    register,
    { row: testCase.row(), viewer: viewerFor(office, 'nid'), excluded: ['chief'] },
    report,
  )

/** What the timetable does after a restart. */
const finish = () => finishMoves(office.portal, register, report)
const stateOf = () => findMove(office.portal.db, testCase.id)?.state

const never = () => new Promise<never>(() => undefined)
const until = async (what: () => boolean) => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** Begins, and gets no answer from the register. */
async function startAndHang(): Promise<void> {
  let isAsked = false
  register.onReceive = () => {
    isAsked = true
    return never()
  }
  void start()
  await until(() => isAsked)
}

/** The process ends wherever it is, and another comes up on the same folder. */
async function restart(): Promise<void> {
  const { portal } = office
  const { openPortal } = await import('../../src/open-portal.ts')
  const again = openPortal(portal.config, portal.now)
  Object.assign(portal, { db: again.db, settings: again.settings, files: again.files })
}

async function expectDone(): Promise<void> {
  expect(stateOf()).toBe('done')
  expect(register.received).toHaveLength(1)
  expect(register.received[0]?.text).toContain(MARKS.detail)
  expect(register.received[0]?.files).toHaveLength(1)
  expect(register.received[0]?.excluded).toEqual(['chief'])
  expect(register.forgotten.at(-1)).toBe(register.received[0]?.token)
  expect(marksLeft(office)).toEqual([])
  expect(await finish()).toBe(0)
  expect(register.received).toHaveLength(1)
}

describe('a move that is cut off', () => {
  it('before the register has it: the case is out of sight, and is taken there once the process is up again', async () => {
    await startAndHang()
    await restart()
    expect(testCase.row().status).toBe('moved')
    expect(testCase.row().detail).toContain(MARKS.detail)
    register.onReceive = async () => undefined
    expect(await finish()).toBe(1)
    await expectDone()
  })

  it('right after the register has it: it is not taken there twice, and erased here', async () => {
    const receive = register.receive
    register.receive = async (sealed) => {
      await receive(sealed)
      return await never()
    }
    void start()
    await until(() => register.received.length === 1)
    await restart()
    register.receive = receive
    expect(await finish()).toBe(1)
    await expectDone()
  })

  it('in the midst of erasing: nothing is erased by halves, and all of it the next time', async () => {
    office.portal.db.sqlite.exec(
      "create trigger fault before delete on case_contacts begin select raise(abort, 'the disk is full'); end",
    )
    await start()
    expect(String(reported[0])).toContain('the disk is full')
    expect(stateOf()).toBe('asked')
    expect(marksLeft(office)).toHaveLength(Object.keys(MARKS).length)
    await restart()
    office.portal.db.sqlite.exec('drop trigger fault')
    expect(await finish()).toBe(1)
    await expectDone()
  })

  it('while a file is removed: the rest of it is removed the next time', async () => {
    const { files } = office.portal
    office.portal.files = {
      ...files,
      removeFile: async () => {
        throw new Error('the disk is gone')
      },
    }
    await start()
    expect(stateOf()).toBe('erased')
    expect(marksLeft(office).map(([mark]) => mark)).toEqual([MARKS.file])
    expect(register.forgotten).toEqual([])
    await restart()
    expect(await finish()).toBe(1)
    await expectDone()
  })

  it('before the token is forgotten: it is forgotten the next time', async () => {
    register.onForget = () => {
      throw new Error('the register is busy')
    }
    await start()
    expect(stateOf()).toBe('erased')
    register.onForget = () => undefined
    await restart()
    expect(await finish()).toBe(1)
    await expectDone()
  })

  it('while somebody reads an older state of the database: it is cleaned up once they have finished', async () => {
    const { default: Sqlite } = await import('better-sqlite3')
    const reader = new Sqlite(office.portal.db.sqlite.name)
    reader.exec('begin')
    reader.prepare('select * from cases').all()
    await start()
    expect([stateOf(), register.forgotten]).toEqual(['erased', []])
    reader.close()
    expect(await finish()).toBe(1)
    await expectDone()
  })
})

describe('a case that waits to be taken by the register', () => {
  beforeEach(async () => {
    await startAndHang()
    await restart()
  })

  it('is seen by nobody: not by its complainant, not in a list, not in a search, and nothing can be added', async () => {
    const slip = { number: numberOf(testCase), code: testCase.trackingCode }
    const citizen = await track(office, slip)
    const page = wordsOf((await citizen.get('/track/case')).text)
    expect(page).not.toContain('kanari')
    expect(page).toContain('จะถูกลบออกจากระบบเรื่องร้องเรียนทั่วไปเมื่อทะเบียนลับได้รับแล้ว')
    expect((await citizen.post('/track/message').type('form').send({ rev: '1', text: 'x' })).status).toBe(409)
    for (const name of ['nid', 'dao', 'chai', 'malee', 'wit', 'nayok'] as const) {
      const agent = await office.enter(name)
      for (const path of [
        `/staff?q=${MARKS.subject}`,
        '/staff?view=all',
        '/staff?view=open',
        '/staff/notices',
      ]) {
        const { text } = await agent.get(path)
        const seen = text.replaceAll(`value="${MARKS.subject}"`, '').replaceAll(`“${MARKS.subject}”`, '')
        expect([name, path, seen.includes('kanari'), text.includes(testCase.address)]).toEqual([
          name,
          path,
          false,
          false,
        ])
      }
      const { text } = await agent.get(testCase.address)
      expect(text).not.toContain('kanari')
    }
    const dao = await office.enter('dao')
    expect(wordsOf((await dao.get(testCase.address)).text)).toContain('ทะเบียนลับยังไม่ได้รับเรื่องนี้')
    const file = office.portal.db.sqlite.prepare('select id from case_files').pluck().get()
    expect((await dao.get(`/staff/files/${file}`)).status).toBe(404)
  })

  it('is finished with what its clock did in the meantime, and the rest of the office goes on', async () => {
    office.clock.addDays(40)
    await tickClocks(office)
    const neighbour = fileCase(office)
    register.onReceive = async () => undefined
    expect(await finish()).toBe(1)
    await expectDone()
    expect(neighbour.row().status).toBe('submitted')
  })

  it('waits on while the register refuses it, and is told of in the log each time', async () => {
    register.onReceive = async () => {
      throw new Error('no officer has a key')
    }
    expect(await finish()).toBe(0)
    expect(String(reported[0])).toContain('no officer has a key')
    expect([stateOf(), testCase.row().status]).toEqual(['asked', 'moved'])
  })

  it('holds up no other case that is moved', async () => {
    const other = caseIn(office, 'in_progress')
    register.onReceive = async ({ text }) => {
      if (text.includes(MARKS.detail)) throw new Error('not this one')
    }
    expect((await move(await office.enter('nid'), other)).status).toBe(303)
    expect(findMove(office.portal.db, other.id)?.state).toBe('done')
    expect(stateOf()).toBe('asked')
  })
})

it('two moves of one case that wait for each other are one move and one conflict', async () => {
  const act = { row: testCase.row(), viewer: viewerFor(office, 'nid'), excluded: [] }
  const both = [1, 2].map(() => moveCase(office.portal, register, act, report))
  const [first, second] = await Promise.allSettled(both)
  expect(first?.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'conflict', code: 'case_changed' } })
  expect([register.received.length, stateOf()]).toEqual([1, 'done'])
})

it('a file that the disk has lost does not keep its case here', async () => {
  const { db, files } = office.portal
  const name = String(db.sqlite.prepare('select stored_name from case_files').pluck().get())
  await files.removeFile(name)
  expect(existsSync(`${office.dataDir}/files/${name.slice(0, 2)}/${name}`)).toBe(false)
  await start()
  expect(stateOf()).toBe('done')
  expect(register.received[0]?.files).toEqual([])
  expect(register.received[0]?.text).toContain('ไฟล์หายจากเครื่องแม่ข่าย')
})
