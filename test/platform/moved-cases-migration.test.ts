import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'

let root: string
let before: { cases: unknown[]; totals: unknown[]; next: unknown }
let upgraded: Database
let fresh: Database

const CASE = `insert into cases (fiscal_year, seq, submission_key, tracking_hash, kind, category_code,
  category_group, restricted, subject, detail, channel, language, privacy_version, received_at, received_on,
  recorded_at, status, due_on, promised_on, merged_into_id, updated_at) values
  (2570, @seq, 'key ' || @seq, 'hash ' || @seq, 'complaint', 'A1', 'A', 0, 'เรื่อง', 'รายละเอียด', 'web', 'th', '1', 1,
    '2026-11-16', 1, @status, '2026-12-01', @promised, @into, 1)`

/** An office as it was before cases could be moved. */
function openOld(file: string, migrations: string): Sqlite.Database {
  const db = new Sqlite(file)
  db.function('thai_words', (text) => text)
  migrate(drizzle(db), { migrationsFolder: migrations })
  db.exec(`insert into categories (code, kind, name, name_en, sort) values ('A1', 'complaint', 'ก', 'A', 1)`)
  const file1 = db.prepare(CASE)
  file1.run({ seq: 1, status: 'submitted', promised: '2026-12-10', into: null })
  file1.run({ seq: 2, status: 'merged', promised: null, into: 1 })
  file1.run({ seq: 3, status: 'in_progress', promised: null, into: null })
  db.exec(`insert into case_contacts (case_id, reply_by, withhold_name) values (1, 'self', 0)`)
  db.exec(`insert into case_events (case_id, at, type, actor_kind, actor_name, audience)
    values (1, 1, 'submitted', 'citizen', 'ก', 'public')`)
  return db
}

const read = (db: Sqlite.Database) => ({
  cases: db
    .prepare('select id, seq, subject, status, due_on, promised_on, queue_on, merged_into_id from cases')
    .all(),
  totals: [
    ...db.prepare('select * from month_totals').all(),
    ...db.prepare('select * from unit_totals').all(),
    ...db.prepare('select version from figures_version').all(),
  ],
  next: db.prepare("select seq from sqlite_sequence where name = 'cases'").get(),
})

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'siang-test-'))
  const migrations = join(root, 'migrations')
  cpSync(resolve('migrations/portal'), migrations, { recursive: true })
  const journal = join(migrations, 'meta/_journal.json')
  const { entries, ...rest } = JSON.parse(readFileSync(journal, 'utf8'))
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, 4) }))
  const old = openOld(join(root, 'old.sqlite'), migrations)
  before = read(old)
  old.close()
  upgraded = openDatabase(join(root, 'old.sqlite'), 'portal')
  fresh = openDatabase(join(root, 'fresh.sqlite'), 'portal')
})
afterAll(() => {
  upgraded.close()
  fresh.close()
  rmSync(root, { recursive: true, force: true })
})

it('keeps every case, number and total, and everything that refers to a case', () => {
  expect(before.cases).toHaveLength(3)
  expect(read(upgraded.sqlite)).toEqual(before)
  expect(upgraded.sqlite.pragma('foreign_key_check')).toEqual([])
  expect(upgraded.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
})

it('has foreign keys on afterwards, and goes on counting', () => {
  expect(upgraded.sqlite.pragma('foreign_keys', { simple: true })).toBe(1)
  expect(() => upgraded.sqlite.exec('update case_contacts set case_id = 99')).toThrow('FOREIGN KEY')
  upgraded.sqlite.exec(
    "update cases set status = 'withdrawn', finished_on = '2026-11-17', updated_at = 2 where id = 3",
  )
  expect(upgraded.sqlite.prepare('select received, finished from month_totals').all()).toEqual([
    { received: 2, finished: 1 },
  ])
})

it('comes to the very tables, indexes and triggers of a new office', () => {
  const objects = ({ sqlite }: Database) =>
    sqlite.prepare('select type, name, tbl_name, sql from sqlite_master order by type, name').all()
  expect(objects(upgraded)).toEqual(objects(fresh))
})
