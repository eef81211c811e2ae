import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeOfficer } from '#sealed/keys.ts'
import { findOfficer } from '#sealed/officer-store.ts'
import { deleteReport, findReport, listHolders } from '#sealed/report-store.ts'
import { changePassphrase, confirmsPassphrase, unlockVault } from '#sealed/unlock.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { openMailboxOf } from './reporter.ts'

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

describe('while a passphrase is being derived', () => {
  it('a vault does not open with the passphrase that it had before', async () => {
    const { malee } = channel.officers
    const before = malee.row()
    const changing = changePassphrase(channel.sealed, before, malee.passphrase, 'ถ้อยคำใหม่ ที่ยาวพอ 2570 ปี')
    // The change derives twice, one after the other: asked for in between, the opening comes last.
    await confirmsPassphrase(before, malee.passphrase)
    const opening = unlockVault(channel.sealed, before, 'session', malee.passphrase, malee.code())
    expect([await changing, await opening]).toEqual([true, false])
    expect(channel.sealed.vaults.of('session')).toBeUndefined()
    office.clock.addMinutes(1)
  })
})

describe('while a receipt is being derived', () => {
  it('an officer who is removed gets no key to the report', async () => {
    const filing = fileReport(office)
    removeOfficer(channel.sealed, 'ผู้ดูแลระบบ', channel.officers.malee.row())
    const { reportId } = await filing
    expect(listHolders(channel.sealed.db, reportId)).toContain(channel.officers.dao.id)
    expect(listHolders(channel.sealed.db, reportId)).not.toContain(channel.officers.malee.id)
  })
})

describe('while a mailbox is open', () => {
  it('a report that is destroyed is told of as any that is gone, also when its contact is to be erased', async () => {
    const { reportId, receipt } = await fileReport(office)
    const { agent } = await openMailboxOf(office, receipt)
    channel.sealed.db.inTransaction(() => deleteReport(channel.sealed.db, reportId))
    const answer = await post(agent, '/safe/mailbox/erase')
    expect(answer.status).toBe(403)
    expect(findReport(channel.sealed.db, reportId)).toBeUndefined()
  })
})

describe('all officers removed while a report is being sealed', () => {
  it('nothing is stored, and no file is left', async () => {
    const { sealed } = channel
    const count = () => sealed.db.sqlite.prepare('select count(*) from reports').pluck().get()
    const before = count()
    const content = Buffer.from('หลักฐาน')
    const clean = { mime: 'text/plain' as const, extension: 'txt', content }
    const filing = fileReport(office, {}, undefined, [{ clean, original: null }])
    for (const { id } of Object.values(channel.officers)) {
      const row = findOfficer(sealed.db, id)
      if (row) removeOfficer(sealed, 'ผู้ดูแลระบบ', row)
    }
    await expect(filing).rejects.toThrow()
    expect(count()).toBe(before)
    const root = join(office.dataDir, 'sealed', 'files')
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 10)
    expect(files).toEqual([])
    // Nor the hour, in the times of the folders.
    for (const folder of readdirSync(root)) {
      const { mtime } = statSync(join(root, folder))
      expect(mtime.getTime() % 86_400_000).toBe(17 * 3_600_000)
    }
  })
})
