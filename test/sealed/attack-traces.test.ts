import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findReportKey, listMessages } from '#sealed/report-store.ts'
import { createVault } from '#sealed/unlock.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

/** The database and its log, as a thief of the disk would have them. */
const onDisk = (): Buffer =>
  Buffer.concat(
    ['sealed.sqlite', 'sealed.sqlite-wal']
      .map((name) => join(office.dataDir, 'sealed', name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path)),
  )

describe('a vault that was made anew because its passphrase was lost', () => {
  it('leaves neither the old vault nor its shares, which the old passphrase opens, on the disk', async () => {
    const { sealed, officers } = channel
    const { reportId } = await fileReport(office)
    const old = officers.dao.row().vault ?? Buffer.alloc(0)
    const share = findReportKey(sealed.db, reportId, officers.dao.id)?.sealedKey ?? Buffer.alloc(0)
    // A line of the database may be cut by the end of a page.
    const parts = [old.subarray(100, 300), share.subarray(0, 40)]
    expect(parts.map((part) => part.length > 30 && onDisk().includes(part))).toEqual([true, true])
    await createVault(sealed, officers.dao.row(), officers.dao.passphrase, officers.dao.totp)
    expect(parts.map((part) => onDisk().includes(part))).toEqual([false, false])
    expect(onDisk().includes(listMessages(sealed.db, reportId)[0]?.body.subarray(0, 40) ?? '')).toBe(true)
  })
})
