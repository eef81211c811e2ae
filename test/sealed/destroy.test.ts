import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { destroyOld, sweepBlobs } from '#sealed/destroy.ts'
import { addReply, openMailbox } from '#sealed/mailbox.ts'
import { findReport, listFiles, listMessages } from '#sealed/report-store.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type Filed, fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { atDesk, declare, did, reportOf, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let nid: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  nid = await atDesk(office, channel.officers.nid)
})
afterAll(() => office.close())

const FILE = { mime: 'text/plain' as const, extension: 'txt', content: Buffer.from('หลักฐาน') }

async function referred(): Promise<Filed> {
  const filed = await fileReport(office, {}, undefined, [{ clean: FILE, original: null }])
  await declare(nid, filed.reportId)
  await did(nid, filed.reportId, 'accept', { conduct: 'K2' })
  await did(nid, filed.reportId, 'refer', { body: 'nacc', basis: 'ก', text: 'ก' })
  return filed
}

const exists = ({ reportId }: Filed): boolean => findReport(channel.sealed.db, reportId) !== undefined
const setDay = (column: string, day: string, { reportId }: Filed) =>
  channel.sealed.db.sqlite.prepare(`update reports set ${column} = ? where id = ?`).run(day, reportId)
const blobPath = (id: string) => join(office.dataDir, 'sealed/files', id.slice(0, 2), id)

/** The database and its log, byte by byte. */
function bytesOfDatabase(): Buffer {
  const folder = join(office.dataDir, 'sealed')
  const files = readdirSync(folder).filter((name) => name.startsWith('sealed.sqlite'))
  return Buffer.concat(files.map((name) => readFileSync(join(folder, name))))
}

describe('the destruction of old reports', () => {
  it('takes a report on its day, with keys, texts and files, and leaves the figures', async () => {
    const filed = await referred()
    const { db } = channel.sealed
    const months = db.sqlite.prepare('select * from month_counts').all()
    const outcomes = db.sqlite.prepare('select * from outcome_counts').all()
    const messages = listMessages(db, filed.reportId)
    const [file] = listFiles(db, filed.reportId)
    const { casePublicKey } = reportOf(channel, filed.reportId)
    expect(existsSync(blobPath(file?.id ?? ''))).toBe(true)
    expect(bytesOfDatabase().includes(casePublicKey)).toBe(true)

    setDay('destroy_on', '2026-11-17', filed)
    expect(await destroyOld(channel.sealed)).toBe(0)
    setDay('destroy_on', '2026-11-16', filed)
    expect(await destroyOld(channel.sealed)).toBe(1)
    expect(exists(filed)).toBe(false)
    for (const table of [
      'report_keys',
      'contact_keys',
      'contacts',
      'messages',
      'files',
      'duties',
      'interests',
    ]) {
      const left = db.sqlite
        .prepare(`select count(*) n from ${table} where report_id = ?`)
        .get(filed.reportId)
      expect(left, table).toEqual({ n: 0 })
    }
    expect(existsSync(blobPath(file?.id ?? ''))).toBe(false)
    // Freed pages and the log of the database hold nothing of it either.
    const bytes = bytesOfDatabase()
    for (const part of [
      casePublicKey,
      ...messages.flatMap(({ body, caseKey }) => [body.subarray(0, 64), caseKey]),
    ]) {
      expect(bytes.includes(part)).toBe(false)
    }
    expect(db.sqlite.prepare('select * from month_counts').all()).toEqual(months)
    expect(db.sqlite.prepare('select * from outcome_counts').all()).toEqual(outcomes)
    expect(await openMailbox(channel.sealed, filed.receipt)).toBeUndefined()
    // That something was disclosed stays known to who disclosed it.
    expect(wordsOf(await nid.get('/staff/sealed/disclosures'))).toContain('เรื่องที่ทำลายแล้ว')
  })

  it('never takes an open report, whatever day stands beside it', async () => {
    const open = await fileReport(office)
    await declare(nid, open.reportId)
    await did(nid, open.reportId, 'accept', { conduct: 'K2' })
    setDay('destroy_on', '2026-01-01', open)
    const reopened = await referred()
    await did(nid, reopened.reportId, 'reopen', { text: 'พบเอกสารใหม่' })
    expect(await destroyOld(channel.sealed)).toBe(0)
    expect([exists(open), exists(reopened)]).toEqual([true, true])
  })

  it('never takes one that nobody opened', async () => {
    const unread = await fileReport(office)
    for (const [column, value] of [
      ['status', 'closed'],
      ['finished_on', '2026-01-01'],
      ['destroy_on', '2026-04-01'],
    ] as const) {
      setDay(column, value, unread)
    }
    expect(await destroyOld(channel.sealed)).toBe(0)
    expect(exists(unread)).toBe(true)
  })

  it('waits for a message that nobody has answered, and keeps the report a month after it came', async () => {
    const filed = await referred()
    setDay('destroy_on', '2026-11-20', filed)
    await addReply(channel.sealed, filed.reportId, 'พบหลักฐานใหม่', [])
    expect(reportOf(channel, filed.reportId).destroyOn).toBe('2026-12-16')
    setDay('destroy_on', '2026-11-16', filed)
    expect(await destroyOld(channel.sealed)).toBe(0)
    const list = wordsOf(await nid.get('/staff/sealed?show=finished'))
    expect(list).toContain('ถึงวันทำลายแล้ว รอเจ้าหน้าที่อ่านข้อความใหม่')
    await did(nid, filed.reportId, 'note', { text: 'อ่านแล้ว ไม่มีสิ่งใหม่' })
    expect(await destroyOld(channel.sealed)).toBe(1)
  })

  it('comes ninety days after the end, and ninety more where an officer holds it back', async () => {
    const filed = await referred()
    expect(reportOf(channel, filed.reportId).destroyOn).toBe('2027-02-14')
    await did(nid, filed.reportId, 'hold', { text: 'ป.ป.ช. ขอให้เก็บไว้' })
    office.clock.set(new Date('2027-05-14T10:00:00+07:00'))
    await destroyOld(channel.sealed)
    expect(exists(filed)).toBe(true)
    office.clock.set(new Date('2027-05-15T02:00:00+07:00'))
    await destroyOld(channel.sealed)
    expect(exists(filed)).toBe(false)
  })
})

describe('the sweep of sealed files', () => {
  it('removes what a crash left without a row, but nothing that may be on its way', async () => {
    const { reportId } = await fileReport(office, {}, undefined, [{ clean: FILE, original: null }])
    const [known] = listFiles(channel.sealed.db, reportId)
    const old = '0a000000-0000-4000-8000-000000000000'
    const fresh = '0a000000-0000-4000-8000-000000000001'
    await channel.sealed.blobs.write(old, Buffer.from('x'), '2027-05-13')
    await channel.sealed.blobs.write(fresh, Buffer.from('x'), '2027-05-14')
    writeFileSync(`${blobPath(old)}.part`, 'x')
    utimesSync(`${blobPath(old)}.part`, new Date('2027-05-12T10:00:00Z'), new Date('2027-05-12T10:00:00Z'))
    const before = readdirSync(join(office.dataDir, 'sealed/files'), { recursive: true }).length
    expect(await sweepBlobs(channel.sealed)).toBe(2)
    expect(existsSync(blobPath(fresh))).toBe(true)
    expect(existsSync(blobPath(known?.id ?? ''))).toBe(true)
    expect(readdirSync(join(office.dataDir, 'sealed/files'), { recursive: true })).toHaveLength(before - 2)
  })
})
