import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'
import { eraseInTransaction, leaveNoRemains } from '#platform/erasing.ts'
import { randomFrom } from '../bench/random.ts'

let folder: string
let db: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siang-test-'))
  db = openDatabase(join(folder, 'portal.sqlite'), 'portal')
  db.sqlite.exec('create table words (id integer primary key, text text, more text)')
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const ROWS = 300
const markOf = (id: number): string => `kanari${id}x`
const contents = (): Buffer[] =>
  ['portal.sqlite', 'portal.sqlite-wal'].map((name) => readFileSync(join(folder, name)))
const found = (ids: readonly number[]): number[] =>
  ids.filter((id) => contents().some((content) => content.includes(markOf(id))))

/** Rows that grow and shrink, as those of a case do that is worked on; every tenth is then erased. */
function liveAndErase(): number[] {
  const random = randomFrom(1)
  const text = (id: number, most: number) => `${markOf(id)} `.repeat(1 + random.below(most))
  const { sqlite } = db
  for (let id = 1; id <= ROWS; id += 1) {
    sqlite.prepare('insert into words values (?, ?, null)').run(id, text(id, 200))
  }
  for (let time = 0; time < 1_000; time += 1) {
    const id = 1 + random.below(ROWS)
    sqlite.prepare('update words set more = ? where id = ?').run(text(id, 200), id)
  }
  const erased = Array.from({ length: ROWS / 10 }, (_, index) => 10 * (index + 1))
  eraseInTransaction(db, () => {
    for (const id of erased) sqlite.prepare("update words set text = '', more = null where id = ?").run(id)
  })
  return erased
}

it('leaves nothing of what was erased, of earlier versions either, and everything else as it was', () => {
  const erased = liveAndErase()
  db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  // What is deleted is overwritten, but not what earlier changes have left: the reason for the rest.
  expect(found(erased)).not.toEqual([])
  const kept = () => db.sqlite.prepare("select * from words where text <> ''").all()
  const before = kept()
  expect(leaveNoRemains(db)).toBe(true)
  expect(found(erased)).toEqual([])
  expect(kept()).toEqual(before)
})

it('overwrites what is deleted in the transaction, and no longer than that', () => {
  const setting = () => db.sqlite.pragma('secure_delete', { simple: true })
  const during = eraseInTransaction(db, () => Number(setting()))
  expect([during, setting()]).toEqual([1, 0])
  expect(() =>
    eraseInTransaction(db, () => {
      throw new Error('no')
    }),
  ).toThrow('no')
  expect(setting()).toBe(0)
})

it('says that it is not done while somebody reads an older state, and is done afterwards', () => {
  const reader = new Sqlite(join(folder, 'portal.sqlite'))
  reader.exec('begin')
  reader.prepare('select * from words').all()
  const erased = liveAndErase()
  expect(leaveNoRemains(db)).toBe(false)
  expect(found(erased)).not.toEqual([])
  reader.exec('commit')
  expect(leaveNoRemains(db)).toBe(true)
  expect(found(erased)).toEqual([])
  expect(db.sqlite.pragma('busy_timeout', { simple: true })).toBe(5000)
  reader.close()
})
