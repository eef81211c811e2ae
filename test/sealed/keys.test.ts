import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyDeeds } from '#sealed/audit-store.ts'
import type { ReportBody } from '#sealed/bodies.ts'
import { listRecoveryKeys, recoveryHolder } from '#sealed/channel-store.ts'
import { deriveVaultKey } from '#sealed/crypto/derive.ts'
import { recover } from '#sealed/crypto/recovery.ts'
import { decryptJson, openSealed, SealBroken } from '#sealed/crypto/sodium.ts'
import { grantOfficer, holderOf, recoverFor, removeOfficer, renewKeys } from '#sealed/keys.ts'
import { addReply, openMailbox, readMailbox } from '#sealed/mailbox.ts'
import {
  findReport,
  findReportFor,
  listFiles,
  listMessages,
  listReportsFor,
  type Report,
} from '#sealed/report-store.ts'
import { openCaseKeys, openFile, openMessage, storeMessage } from '#sealed/seal.ts'
import { createVault, unlockVault } from '#sealed/unlock.ts'
import type { OpenVault } from '#sealed/vaults.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, nameOfficer, openTestChannel, type TestChannel, unlock } from './channel.ts'

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

const FILE = Buffer.from('ใบเสร็จปลอม'.repeat(9000))

function reportOf(vault: OpenVault, id: string): Report {
  const report = findReportFor(channel.sealed.db, vault.officerId, id)
  if (!report) throw new Error('no such report for this officer')
  return report
}

function textsOf(vault: OpenVault, id: string): string[] {
  const { sealed } = channel
  const report = reportOf(vault, id)
  const keys = openCaseKeys(sealed, vault.officerId, vault.keys, report)
  return listMessages(sealed.db, id).map((row) => {
    const body = openMessage(keys, row)
    return body.kind === 'report' ? body.what : body.text
  })
}

function answer(id: string, text: string): void {
  const { sealed } = channel
  const report = findReport(sealed.db, id)
  if (report) storeMessage(sealed, report, 'out', { kind: 'answer', day: sealed.today(), text })
}

const answersFor = async (receipt: string): Promise<string[] | undefined> => {
  const token = await openMailbox(channel.sealed, receipt)
  const visit = token && channel.sealed.visits.of(token)
  return visit ? readMailbox(channel.sealed, visit)?.answers.map(({ text }) => text) : undefined
}

describe('a sealed report', () => {
  it('is read by the officers, with its files, and by nobody with its receipt', async () => {
    const evidence = {
      clean: { mime: 'text/plain' as const, extension: 'txt', content: FILE },
      original: null,
    }
    const { reportId, receipt } = await fileReport(office, { what: 'รับเงินใต้โต๊ะ' }, undefined, [evidence])
    const nid = await unlock(office, channel.officers.nid)
    expect(textsOf(nid, reportId)).toEqual(['รับเงินใต้โต๊ะ'])
    const keys = openCaseKeys(channel.sealed, nid.officerId, nid.keys, reportOf(nid, reportId))
    const [row] = listFiles(channel.sealed.db, reportId)
    if (!row) throw new Error('no file')
    const { meta, content } = await openFile(channel.sealed, keys, row)
    expect(meta).toMatchObject({ name: 'ไฟล์ 1.txt', bytes: FILE.length, isOriginal: false })
    expect(content.equals(FILE)).toBe(true)

    const token = (await openMailbox(channel.sealed, receipt)) ?? ''
    const visit = channel.sealed.visits.of(token)
    if (!visit) throw new Error('no visit')
    const [message] = listMessages(channel.sealed.db, reportId)
    if (!message) throw new Error('no message')
    expect(() => openMessage(visit.keys, message)).toThrow(SealBroken)
    expect(readMailbox(channel.sealed, visit)?.answers).toEqual([])
  })

  it('carries a conversation both ways', async () => {
    const { reportId, receipt } = await fileReport(office)
    answer(reportId, 'โครงการชื่ออะไร')
    expect(await answersFor(receipt)).toEqual(['โครงการชื่ออะไร'])
    await addReply(channel.sealed, reportId, 'ถนนสาย 4', [])
    const dao = await unlock(office, channel.officers.dao)
    expect(textsOf(dao, reportId)).toContain('ถนนสาย 4')
  })

  it('opens with the receipt as people type it, and with nothing else', async () => {
    const { reportId, receipt } = await fileReport(office)
    answer(reportId, 'ขอบคุณ')
    const thai = receipt.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)] ?? '')
    expect(await answersFor(`${thai.slice(0, 7)} - ${thai.slice(7)}`)).toEqual(['ขอบคุณ'])
    const wrong = `${receipt.slice(0, -1)}${(Number(receipt.at(-1)) + 1) % 10}`
    expect(await answersFor(wrong)).toBeUndefined()
  })

  it('does not open where a part was moved or changed', async () => {
    const first = await fileReport(office, { what: 'เรื่องที่หนึ่ง' })
    const second = await fileReport(office, { what: 'เรื่องที่สอง' })
    const nid = await unlock(office, channel.officers.nid)
    const { sqlite } = channel.sealed.db
    const take = sqlite.prepare('select body, case_key from messages where report_id = ?')
    const moved = take.get(first.reportId) as { body: Buffer; case_key: Buffer }
    sqlite
      .prepare('update messages set body = ?, case_key = ? where report_id = ?')
      .run(moved.body, moved.case_key, second.reportId)
    expect(() => textsOf(nid, second.reportId)).toThrow(SealBroken)
    expect(textsOf(nid, first.reportId)).toEqual(['เรื่องที่หนึ่ง'])
  })

  it('gives no key to an officer whom it concerns', async () => {
    const { nid, dao, malee } = channel.officers
    const { reportId } = await fileReport(office, { involved: ['receiving'] })
    const { db } = channel.sealed
    expect(findReportFor(db, nid.id, reportId)).toBeUndefined()
    expect(findReportFor(db, dao.id, reportId)).toBeDefined()
    const both = await fileReport(office, { involved: ['receiving', 'superior', 'chief'] })
    expect(findReportFor(db, malee.id, both.reportId)).toBeUndefined()
    expect(findReportFor(db, dao.id, both.reportId)).toBeDefined()
  })

  it('is refused, and leaves nothing, where it concerns every officer', async () => {
    const { sealed, officers } = channel
    const { db } = sealed
    const before = db.sqlite.prepare('select count(*) c from reports').get()
    const files = readdirSync(join(office.dataDir, 'sealed/files'), { recursive: true }).length
    db.sqlite.prepare('update officers set is_chief = 1 where id = ?').run(officers.dao.id)
    const evidence = {
      clean: { mime: 'text/plain' as const, extension: 'txt', content: FILE },
      original: null,
    }
    const involved: ReportBody['involved'] = ['receiving', 'superior', 'chief']
    await expect(fileReport(office, { involved }, undefined, [evidence])).rejects.toMatchObject({
      kind: 'conflict',
      code: 'nobody_impartial',
    })
    db.sqlite.prepare('update officers set is_chief = 0 where id = ?').run(officers.dao.id)
    expect(db.sqlite.prepare('select count(*) c from reports').get()).toEqual(before)
    expect(readdirSync(join(office.dataDir, 'sealed/files'), { recursive: true })).toHaveLength(files)
  })
})

describe('a vault', () => {
  it('opens with passphrase and a code that was not used before', async () => {
    const { malee } = channel.officers
    const code = malee.code()
    const { sealed } = channel
    expect(await unlockVault(sealed, malee.row(), 's1', `  ${malee.passphrase} \u200B`, code)).toBe(true)
    expect(await unlockVault(sealed, malee.row(), 's2', malee.passphrase, code)).toBe(false)
    office.clock.addMinutes(1)
    expect(await unlockVault(sealed, malee.row(), 's2', 'ผิดแน่นอน', malee.code())).toBe(false)
    expect(sealed.vaults.of('s2')).toBeUndefined()
    expect(await unlockVault(sealed, malee.row(), 's2', malee.passphrase, malee.code())).toBe(true)
  })

  it('locks itself after ten idle minutes', async () => {
    const { malee } = channel.officers
    office.clock.addMinutes(2)
    await unlockVault(channel.sealed, malee.row(), 's3', malee.passphrase, malee.code())
    office.clock.addMinutes(9)
    expect(channel.sealed.vaults.of('s3')).toBeDefined()
    office.clock.addMinutes(10)
    expect(channel.sealed.vaults.of('s3')).toBeUndefined()
  })
})

describe('officers come and go', () => {
  it('and one who was removed reads nothing that is written afterwards, even with an old copy', async () => {
    const { sealed } = channel
    const leaving = nameOfficer(office, 'somsri')
    await createVault(sealed, leaving.row(), leaving.passphrase, leaving.totp)
    const nid = await unlock(office, channel.officers.nid)
    const { reportId, receipt } = await fileReport(office, { what: 'ก่อนออก' })
    // The report that was damaged above stands in nobody's way.
    expect(grantOfficer(sealed, channel.officers.nid.row(), holderOf(nid), leaving.row())).toEqual({
      shared: expect.any(Number),
      damaged: 1,
    })
    const hers = await unlock(office, leaving)
    expect(textsOf(hers, reportId)).toEqual(['ก่อนออก'])

    // Her copy of yesterday's database, and her passphrase.
    const copy = join(office.dataDir, 'yesterday.sqlite')
    sealed.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(join(office.dataDir, 'sealed/sealed.sqlite'), copy)
    const oldRow = leaving.row()

    removeOfficer(sealed, 'นิด รับเรื่อง', leaving.row())
    expect(renewKeys(sealed, holderOf(nid)).rotated).toBeGreaterThan(0)
    expect(findReport(sealed.db, reportId)).toMatchObject({ epoch: 2, rotationDue: false })
    await addReply(sealed, reportId, 'หลังออก', [])
    answer(reportId, 'ถามต่อ')

    const key = await deriveVaultKey(leaving.passphrase, oldRow.vaultSalt ?? Buffer.alloc(0))
    const content = decryptJson<{ secretKey: string }>(
      key,
      oldRow.vault ?? Buffer.alloc(0),
      `officer-sk|v1|${leaving.id}`,
    )
    const own = {
      publicKey: oldRow.publicKey ?? Buffer.alloc(0),
      secretKey: Buffer.from(content.secretKey, 'base64'),
    }
    const old = new Sqlite(copy, { readonly: true })
    const wrap = old
      .prepare('select sealed_key from report_keys where report_id = ? and holder = ?')
      .get(reportId, leaving.id) as { sealed_key: Buffer }
    const oldPublic = old.prepare('select case_public_key from reports where id = ?').get(reportId) as {
      case_public_key: Buffer
    }
    old.close()
    const oldCase = { publicKey: oldPublic.case_public_key, secretKey: openSealed(own, wrap.sealed_key) }
    const rows = listMessages(sealed.db, reportId)
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(() => openMessage(oldCase, row)).toThrow(SealBroken)
    expect(textsOf(nid, reportId)).toEqual(['ก่อนออก', 'หลังออก', 'ถามต่อ'])
    expect(await answersFor(receipt)).toEqual(['ถามต่อ'])
    // Her share is not only forgotten but overwritten.
    const bytes = readFileSync(join(office.dataDir, 'sealed/sealed.sqlite'))
    expect(bytes.includes(wrap.sealed_key)).toBe(false)
  })

  it('and two sheets, never one, open everything for a newcomer', async () => {
    const { sealed, sheets } = channel
    const { reportId } = await fileReport(office, { what: 'กู้คืน' }, { name: 'นางแดง', contact: '081' })
    const newcomer = nameOfficer(office, 'chai')
    await createVault(sealed, newcomer.row(), newcomer.passphrase, newcomer.totp)
    const [key] = listRecoveryKeys(sealed.db)
    if (!key) throw new Error('no recovery key')
    await expect(recover([sheets[0] ?? ''], key.publicKey)).rejects.toThrow(SealBroken)
    await expect(recover([sheets[0] ?? '', sheets[0] ?? ''], key.publicKey)).rejects.toThrow(SealBroken)
    const keys = await recover([sheets[2] ?? '', (sheets[0] ?? '').toLowerCase()], key.publicKey)
    const holder = { holder: recoveryHolder(key.version), keys }
    expect(recoverFor(sealed, holder, newcomer.id, 'ผู้ดูแลระบบ').shared).toBeGreaterThan(0)
    expect(textsOf(await unlock(office, newcomer), reportId)).toEqual(['กู้คืน'])
  })

  it('and a newcomer gets no report that concerns him', async () => {
    const { sealed } = channel
    const { reportId } = await fileReport(office, { involved: ['chief'] })
    const newcomer = nameOfficer(office, 'nayok', 'chief')
    await createVault(sealed, newcomer.row(), newcomer.passphrase, newcomer.totp)
    const dao = await unlock(office, channel.officers.dao)
    grantOfficer(sealed, channel.officers.dao.row(), holderOf(dao), newcomer.row())
    const his = listReportsFor(sealed.db, newcomer.id).map(({ id }) => id)
    expect(his.length).toBeGreaterThan(0)
    expect(his).not.toContain(reportId)
  })

  it('and the chain of what they did proves itself', () => {
    expect(verifyDeeds(channel.sealed.db)).toBe(true)
  })
})
