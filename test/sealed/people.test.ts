import { readdirSync, readFileSync } from 'node:fs'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeeds } from '#sealed/audit-store.ts'
import { deedWords } from '#sealed/deed-words.ts'
import { vaultFingerprint } from '#sealed/fingerprint.ts'
import { changeOfficer, listActiveOfficers } from '#sealed/officer-store.ts'
import { findReport, listReportsFor } from '#sealed/report-store.ts'
import { createVault } from '#sealed/unlock.ts'
import { errorsOf, post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, nameOfficer, openTestChannel, type TestChannel, type TestOfficer } from './channel.ts'
import { expectNobodysAddress } from './nobody.ts'
import { addressOf, atDesk, declare, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

const PEOPLE = '/staff/sealed/people'
const LOG = '/staff/sealed/log'

const own = (officer: TestOfficer): string[] =>
  listReportsFor(channel.sealed.db, officer.id).map(({ id }) => id)

const fingerprintOf = (officer: TestOfficer): string =>
  vaultFingerprint(officer.row().publicKey ?? Buffer.alloc(32))

/** Somebody new: named, and with a vault of their own. */
async function newcomer(name: 'somsri' | 'chai' | 'wit'): Promise<TestOfficer> {
  const officer = nameOfficer(office, name)
  await createVault(channel.sealed, officer.row(), officer.passphrase, officer.totp)
  return officer
}

describe('a grant', () => {
  let somsri: TestOfficer
  let nid: TestAgent
  beforeAll(async () => {
    somsri = await newcomer('somsri')
    nid = await atDesk(office, channel.officers.nid)
  })

  const grant = (agent: TestAgent, typed: Record<string, string>) =>
    post(agent, `${PEOPLE}/${somsri.id}/grant`, typed)

  it('is offered for who waits, and to nobody who takes no part', async () => {
    expect((await nid.get(PEOPLE)).text).toContain(`${PEOPLE}/${somsri.id}/grant`)
    const hers = await atDesk(office, somsri)
    const page = await hers.get(PEOPLE)
    expect(page.status).toBe(200)
    expect(page.text).not.toMatch(/\/(grant|remove)"/)
    const { passphrase } = somsri
    const form = { fingerprint: fingerprintOf(channel.officers.dao), passphrase, reason: 'ลอง' }
    for (const [id, act] of [
      [channel.officers.dao.id, 'grant'],
      [channel.officers.dao.id, 'remove'],
    ]) {
      expect((await hers.get(`${PEOPLE}/${id}/${act}`)).status).toBe(403)
      expect((await post(hers, `${PEOPLE}/${id}/${act}`, form)).status).toBe(403)
    }
    // Nor to herself.
    expect((await post(hers, `${PEOPLE}/${somsri.id}/grant`, form)).status).toBe(403)
    expect(somsri.row().grantedAt).toBeNull()
    expect(channel.officers.dao.row().grantedAt).not.toBeNull()
  })

  it('needs the number of the newcomer’s vault, read out in person, and the passphrase', async () => {
    const { passphrase } = channel.officers.nid
    expect(errorsOf(await grant(nid, {}))).toEqual(['fingerprint', 'passphrase'])
    const others = fingerprintOf(channel.officers.malee)
    const wrong = await grant(nid, { fingerprint: others, passphrase })
    expect([wrong.status, errorsOf(wrong)]).toEqual([422, ['fingerprint']])
    const noWords = await grant(nid, { fingerprint: fingerprintOf(somsri), passphrase: 'ผิด' })
    expect(errorsOf(noWords)).toEqual(['passphrase'])
    expect(own(somsri)).toEqual([])
  })

  it('is for no vault that was put in place of the one that was read out', async () => {
    const heard = fingerprintOf(somsri)
    // Somebody signs in with a password that was reset, and makes the vault anew.
    await createVault(channel.sealed, somsri.row(), somsri.passphrase, somsri.totp)
    const { passphrase } = channel.officers.nid
    expect(errorsOf(await grant(nid, { fingerprint: heard, passphrase }))).toEqual(['fingerprint'])
    expect(somsri.row().grantedAt).toBeNull()
  })

  it('shares what the granter can open, tells how much and what is damaged, and is in the log', async () => {
    const shared = [await fileReport(office), await fileReport(office, { involved: ['superior'] })]
    const hidden = await fileReport(office, { involved: ['receiving'] })
    const broken = await fileReport(office)
    const { db } = channel.sealed
    db.sqlite.prepare('update messages set body = zeroblob(1200) where report_id = ?').run(broken.reportId)
    const { passphrase } = channel.officers.nid
    const typed = fingerprintOf(somsri).replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[+digit] ?? '')
    const done = await grant(nid, { fingerprint: typed, passphrase })
    expect(done.status).toBe(200)
    expect(wordsOf(done)).toContain('แบ่งกุญแจให้ 2 เรื่อง')
    expect(wordsOf(done)).toContain('มี 1 เรื่องที่ข้อมูลเสียหาย')
    expect(own(somsri).sort()).toEqual(shared.map(({ reportId }) => reportId).sort())
    expect(listDeeds(db, [], 1)[0]).toMatchObject({
      actor: 'นิด รับเรื่อง',
      action: 'officer.grant',
      detail: 'สมศรี สาธารณสุข',
    })
    // What the first granter could not open comes from another.
    const dao = await atDesk(office, channel.officers.dao)
    const again = await grant(dao, {
      fingerprint: fingerprintOf(somsri),
      passphrase: channel.officers.dao.passphrase,
    })
    expect(again.status).toBe(200)
    expect(own(somsri)).toContain(hidden.reportId)
  })

  it('lets new reports come to the newcomer as well', async () => {
    const { reportId } = await fileReport(office)
    expect(own(somsri)).toContain(reportId)
  })

  it('is not for somebody without a vault, nor for nobody', async () => {
    const wit = nameOfficer(office, 'wit')
    const fresh = await atDesk(office, channel.officers.nid)
    expect((await fresh.get(`${PEOPLE}/${wit.id}/grant`)).status).toBe(409)
    expect((await fresh.get(`${PEOPLE}/x/grant`)).status).toBe(404)
    const { nid: me } = channel.officers
    expect((await fresh.get(`${PEOPLE}/${me.id}/remove`)).status).toBe(404)
  })
})

describe('removing an officer', () => {
  it('takes every page away at once, renews the keys, and says what cannot be taken back', async () => {
    const chai = await newcomer('chai')
    changeOfficer(channel.sealed.db, chai.id, { grantedAt: office.clock.now() })
    const { reportId } = await fileReport(office)
    const his = await atDesk(office, chai)
    expect((await his.get(PEOPLE)).status).toBe(200)
    const nid = await atDesk(office, channel.officers.nid)
    const address = `${PEOPLE}/${chai.id}/remove`
    expect(wordsOf(await nid.get(address))).toContain('สิ่งที่คนนี้อ่านหรือบันทึกไว้แล้วเรียกคืนไม่ได้')
    expect(errorsOf(await post(nid, address))).toEqual(['reason', 'passphrase'])
    const { passphrase } = channel.officers.nid
    const done = await post(nid, address, { reason: 'คำสั่งที่ 14/2570', passphrase })
    expect([done.status, done.headers.location]).toEqual([303, `${PEOPLE}?removed`])
    expect(findReport(channel.sealed.db, reportId)).toMatchObject({ epoch: 2, rotationDue: false })
    // His browser, with the vault that was open a moment ago, is at an address that nobody has.
    for (const path of [PEOPLE, LOG, '/staff/sealed', '/staff/sealed/unlock', '/staff/sealed/vault']) {
      await expectNobodysAddress(his, path)
    }
    expect(wordsOf(await nid.get(LOG))).toContain('ชัย ช่างโยธา: คำสั่งที่ 14/2570')
  })

  it('warns when one is left, and when reports concern all who are left', async () => {
    const { nid, dao, malee } = channel.officers
    const agent = await atDesk(office, dao)
    const others = listActiveOfficers(channel.sealed.db).filter(({ id }) => id !== dao.id)
    for (const { id, displayName } of others) {
      const isLast = id === others.at(-1)?.id
      const page = wordsOf(await agent.get(`${PEOPLE}/${id}/remove`))
      expect(page.includes('จะเหลือท่านคนเดียว'), displayName).toBe(isLast)
      await post(agent, `${PEOPLE}/${id}/remove`, { reason: 'ลาออก', passphrase: dao.passphrase })
    }
    expect(wordsOf(await agent.get(PEOPLE))).toContain('เหลือเจ้าหน้าที่ที่เปิดเรื่องได้เพียงคนเดียว')
    const admin = await office.signIn('admin')
    expect(wordsOf(await admin.get('/staff/admin/sealed'))).toContain('เพียงคนเดียว')
    for (const officer of [nid, malee]) {
      const [name, involvement] =
        officer === nid ? (['nid', 'receiving'] as const) : (['malee', 'chief'] as const)
      const again = nameOfficer(office, name, involvement)
      await createVault(channel.sealed, again.row(), again.passphrase, again.totp)
      changeOfficer(channel.sealed.db, again.id, { grantedAt: office.clock.now() })
      Object.assign(officer, again)
    }
    expect(wordsOf(await agent.get(PEOPLE))).not.toContain('ควร')
    changeOfficer(channel.sealed.db, dao.id, { isSuperior: true })
    expect(wordsOf(await agent.get(PEOPLE))).toContain('จะไม่มีใครรับเรื่องได้')
    changeOfficer(channel.sealed.db, dao.id, { isSuperior: false })
  })
})

describe('the log', () => {
  it('is the same, byte for byte, before and after a report that concerns the reader', async () => {
    const { nid, dao } = channel.officers
    const hers = await atDesk(office, dao)
    const his = await atDesk(office, nid)
    const pages = async () => {
      const shown = []
      for (const path of [LOG, `${LOG}?page=2`, PEOPLE]) shown.push((await his.get(path)).text)
      return shown
    }
    const before = await pages()
    const { reportId } = await fileReport(office, { involved: ['receiving'] })
    await declare(hers, reportId)
    expect((await hers.get(addressOf(reportId))).status).toBe(200)
    expect(wordsOf(await hers.get(LOG))).toContain(`เรื่อง ${reportId.slice(0, 8)}`)
    expect(await pages()).toEqual(before)
  })

  it('turns pages without numbering lines', async () => {
    const { db } = channel.sealed
    const agent = await atDesk(office, channel.officers.dao)
    const shown = [wordsOf(await agent.get(LOG))]
    expect(shown[0]).not.toContain('หน้าถัดไป')
    const add = db.sqlite.prepare(
      `insert into audit_lines (at, actor, action, detail, previous, digest) values (0, 'ระบบ', 'report.open', ?, '', '')`,
    )
    db.sqlite.exec('begin')
    for (let n = 1; n <= 150; n += 1) add.run(`line-${n}-`)
    const first = await agent.get(LOG)
    const second = await agent.get(`${LOG}?page=2`)
    db.sqlite.exec('rollback')
    expect(first.text).toContain('line-150-')
    expect(first.text).toContain('line-51-')
    expect(first.text).not.toContain('line-50-')
    expect(second.text).toContain('line-50-')
    expect(second.text).toContain(`href="${LOG}?page=1"`)
  })

  it('says loudly that a line was changed', async () => {
    const { db } = channel.sealed
    const agent = await atDesk(office, channel.officers.dao)
    const admin = await office.signIn('admin')
    expect(wordsOf(await agent.get(LOG))).toContain('ครบถ้วน')
    const trigger = db.sqlite
      .prepare("select sql from sqlite_master where name = 'audit_lines_no_update'")
      .get() as { sql: string }
    db.sqlite.exec('drop trigger audit_lines_no_update')
    const id = (db.sqlite.prepare('select min(id) id from audit_lines').get() as { id: number }).id
    const actor = (value: string) =>
      db.sqlite.prepare('update audit_lines set actor = ? where id = ?').run(value, id)
    const { actor: real } = db.sqlite.prepare('select actor from audit_lines where id = ?').get(id) as {
      actor: string
    }
    actor('คนอื่น')
    for (const page of [await agent.get(LOG), await admin.get('/staff/admin/sealed/log')]) {
      expect(page.text).toContain('role="alert"')
      expect(wordsOf(page)).toContain('บันทึกถูกแก้ไข ลบ หรือแทรก')
    }
    actor(real)
    db.sqlite.exec(trigger.sql)
    expect(wordsOf(await agent.get(LOG))).toContain('ครบถ้วน')
  })

  it('has words for every deed that the channel records', () => {
    const code = readdirSync('src/sealed')
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(`src/sealed/${file}`, 'utf8'))
      .join('\n')
    const named = [
      ...code.matchAll(
        /'((?:channel|officer|vault|recovery|report|register|keys|file|interest|disclosures)\.[a-z_]+)'/g,
      ),
    ]
    const verbs = [...code.matchAll(/action: '([a-z_]+)'/g)].map(([, verb]) => `report.${verb}`)
    const actions = new Set([...named.map(([, action]) => `${action}`), ...verbs, 'report.note'])
    expect(actions.size).toBeGreaterThan(25)
    expect([...actions].filter((action) => deedWords(action) === action)).toEqual([])
  })
})
