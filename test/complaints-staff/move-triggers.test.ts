import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { eventfulCase, type MoveOffice, openMoveOffice } from './confidential-office.ts'
import { caseIn, fileCase, type TestCase } from './desk.ts'

let office: MoveOffice
/** A case with everything that a case can have, and another that nobody moves. */
let testCase: TestCase
let other: TestCase
beforeAll(async () => {
  office = await openMoveOffice()
  testCase = await eventfulCase(office)
  other = caseIn(office, 'in_progress')
})
beforeEach(() => office.portal.db.sqlite.exec('begin'))
// A commit that was refused has ended the transaction as well.
afterEach(() => {
  if (office.portal.db.sqlite.inTransaction) office.portal.db.sqlite.exec('rollback')
})
afterAll(() => office.close())

const exec = (sql: string) => office.portal.db.sqlite.exec(sql)

const ask = (id = testCase.id) => {
  exec(`insert into case_moves (case_id, token, state, asked_at, actor_id, actor_name, excluded)
    values (${id}, 'token ${id}', 'asked', 0, 1, 'ก', '[]')`)
}
const leave = (id = testCase.id) =>
  exec(`update cases set status = 'moved', finished_on = null, merged_into_id = null where id = ${id}`)
const permit = (id = testCase.id) => exec(`update case_moves set permit = -case_id where case_id = ${id}`)

/** What is kept for ever, of one case. */
const kept = (id: number): [string, string][] => [
  [`delete from case_events where case_id = ${id}`, 'case_events is append-only'],
  [`delete from clock_events where case_id = ${id}`, 'clock_events is append-only'],
  [
    `delete from letter_deliveries where letter_id in (select id from letters where case_id = ${id})`,
    'append-only',
  ],
  [`delete from letters where case_id = ${id}`, 'letters are kept'],
  [
    `update audit_lines set before = null, after = null where subject = 'case:${id}'`,
    'audit_lines is append-only',
  ],
]

/** What nobody may do, with a permit either. */
const never = (id: number): [string, string][] => [
  [`delete from cases where id = ${id}`, 'cases are kept'],
  [`delete from case_clocks where case_id = ${id}`, 'clocks are kept'],
  [`update case_clocks set verdict = 'met' where case_id = ${id} and verdict is not null`, 'a stopped clock'],
  [`update case_events set text = '' where case_id = ${id}`, 'case_events is append-only'],
  [`update clock_events set detail = null where case_id = ${id}`, 'clock_events is append-only'],
  [
    `update letter_deliveries set note = '' where letter_id in (select id from letters where case_id = ${id})`,
    'append-only',
  ],
  [`delete from audit_lines where subject = 'case:${id}'`, 'audit_lines is append-only'],
  [
    `update audit_lines set actor_name = 'ข', before = null, after = null where subject = 'case:${id}'`,
    'append-only',
  ],
  [`update audit_lines set at = 0, before = null, after = null where subject = 'case:${id}'`, 'append-only'],
  [
    `update audit_lines set action = 'x', before = null, after = null where subject = 'case:${id}'`,
    'append-only',
  ],
  [`update audit_lines set before = '{}', after = null where subject = 'case:${id}'`, 'append-only'],
]

describe('without a permit', () => {
  it.each(['nothing begun', 'a move asked for', 'a case out of sight'])(
    'nothing of a case is erased: %s',
    (stage) => {
      if (stage !== 'nothing begun') ask()
      if (stage === 'a case out of sight') leave()
      for (const [sql, message] of [...kept(testCase.id), ...never(testCase.id)]) {
        expect(() => exec(sql), sql).toThrow(message)
      }
    },
  )

  it('a case does not become a tombstone, and none is made', () => {
    expect(() => leave()).toThrow('a case is moved by its move')
    const columns = office.portal.db.sqlite
      .prepare<[], { name: string }>("select name from pragma_table_info('cases') where name <> 'id'")
      .all()
      .map(({ name }) => name)
    const copied = columns.map(
      (name) => ({ seq: '99', submission_key: "'x'", status: "'moved'" })[name] ?? name,
    )
    expect(() =>
      exec(`insert into cases (${columns}) select ${copied} from cases where id = ${other.id}`),
    ).toThrow('a case is moved by its move')
  })

  it('no move begins in the middle, and none is given for a case that is still to be seen', () => {
    for (const state of ['erased', 'done']) {
      expect(() =>
        exec(`insert into case_moves (case_id, state, asked_at, actor_id, actor_name)
          values (${testCase.id}, '${state}', 0, 1, 'ก')`),
      ).toThrow('a move begins by being asked for')
    }
    ask()
    expect(() => permit()).toThrow('a move goes forward only')
    for (const state of ['erased', 'done']) {
      const sql = `update case_moves set state = '${state}', token = null`
      expect(() => exec(sql), sql).toThrow(/a move goes forward only|something of the moved case is left/)
    }
  })
})

describe('under the permit of its move', () => {
  beforeEach(() => {
    ask()
    leave()
    permit()
  })

  it('a case loses what is kept otherwise, and that alone', () => {
    for (const [sql, message] of never(testCase.id)) expect(() => exec(sql), sql).toThrow(message)
    exec(`delete from case_files where case_id = ${testCase.id}`)
    const [events, clockEvents, deliveries, letters, lines] = kept(testCase.id)
    for (const step of [deliveries, letters, clockEvents, events, lines]) exec(`${step?.[0]}`)
  })

  it('nobody else loses anything, also where another case is asked for as well', () => {
    ask(other.id)
    leave(other.id)
    for (const [sql, message] of [...kept(other.id), ...never(other.id)]) {
      expect(() => exec(sql), sql).toThrow(message)
    }
  })

  it('the transaction cannot end: a permit does not outlive its erasing', () => {
    expect(() => exec('commit')).toThrow('FOREIGN KEY constraint failed')
  })

  it('it is given for the case of the move alone', () => {
    exec(`update case_moves set state = 'asked' where 0`)
    for (const value of [testCase.id, -other.id, 0]) {
      expect(() => exec(`update case_moves set permit = ${value}`)).toThrow(
        /goes forward only|case_moves_permit/,
      )
    }
  })

  it('the move does not come to its end while anything of the case is left', () => {
    const end = () => exec("update case_moves set state = 'erased', permit = null, excluded = null")
    expect(end).toThrow('something of the moved case is left')
  })
})

describe('what was moved', () => {
  it('is taken back only before anything is erased, and together with its case', () => {
    const status = testCase.row().status
    ask()
    leave()
    const forget = () => exec(`delete from case_moves where case_id = ${testCase.id}`)
    expect(forget).toThrow('moves are kept')
    exec(`update cases set status = '${status}' where id = ${testCase.id}`)
    expect(forget).not.toThrow()
  })

  it('is never changed again, and neither is the fact that it was moved', async () => {
    exec('rollback')
    const { moveCase } = await import('#complaints/move-case.ts')
    const { viewerFor } = await import('./desk.ts')
    const gone = fileCase(office)
    const act = { row: gone.row(), viewer: viewerFor(office, 'nid'), excluded: [] }
    await moveCase(office.portal, office.register, act, (_id, error) => {
      throw error
    })
    for (const change of ["status = 'submitted'", "subject = 'x'", 'unit_id = 1', 'rev = 99']) {
      expect(() => exec(`update cases set ${change} where id = ${gone.id}`)).toThrow(
        'a case is moved by its move',
      )
    }
    for (const change of [
      "state = 'asked'",
      "state = 'erased'",
      'permit = -case_id',
      "token = 'x'",
      'asked_at = 1',
    ]) {
      const sql = `update case_moves set ${change} where case_id = ${gone.id}`
      expect(() => exec(sql), sql).toThrow('a move goes forward only')
    }
    expect(() => exec(`delete from case_moves where case_id = ${gone.id}`)).toThrow('moves are kept')
    for (const [sql] of kept(gone.id).slice(0, 4))
      expect(office.portal.db.sqlite.prepare(sql).run().changes).toBe(0)
  })
})
