import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeeds } from '#sealed/audit-store.ts'
import { recoveryHolder } from '#sealed/channel-store.ts'
import { newRecoveryKey } from '#sealed/crypto/recovery.ts'
import { removeOfficer } from '#sealed/keys.ts'
import { changeOfficer } from '#sealed/officer-store.ts'
import { isOpen } from '#sealed/recipients.ts'
import { findContact, listContactKeys, listHolders, listReportsFor } from '#sealed/report-store.ts'
import { openContact, openContactKey } from '#sealed/seal.ts'
import { createVault } from '#sealed/unlock.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import {
  fileReport,
  nameOfficer,
  openTestChannel,
  type TestChannel,
  type TestOfficer,
  unlock,
} from './channel.ts'
import { atDesk, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let oldSheets: string[]
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

const RECOVERY = '/staff/sealed/recovery'
const SHEETS = '/staff/sealed/sheets'
const CUSTODIANS = { custodian1: 'ปลัดสมพร', custodian2: 'นางพร ตรวจสอบภายใน', custodian3: 'นายเดช ประธานสภา' }

const own = (officer: TestOfficer): string[] =>
  listReportsFor(channel.sealed.db, officer.id).map(({ id }) => id)

const typeSheets = (agent: TestAgent, sheetA = '', sheetB = '') => post(agent, RECOVERY, { sheetA, sheetB })

const sheetsOn = (answer: Response): string[] =>
  [...answer.text.matchAll(/<ul class="sg-sheet__groups"[^>]*>(.*?)<\/ul>/gs)].map(([, list]) =>
    [...(list ?? '').matchAll(/<li>([^<]*)<\/li>/g)].map(([, group]) => group).join('-'),
  )

async function newVault(officer: TestOfficer): Promise<TestAgent> {
  await createVault(channel.sealed, officer.row(), officer.passphrase, officer.totp)
  return await atDesk(office, officer)
}

/** What the sheets of a set are still needed for, as this officer's page says. */
async function needOf(agent: TestAgent, version: number): Promise<string> {
  const page = (await agent.get(SHEETS)).text
  const [, section = ''] = new RegExp(`id="set-${version}">(.*?)</section>`, 's').exec(page) ?? []
  return section.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

describe('new sheets, while the channel works', () => {
  it('are used only once they are verified, and then seal everything anew', async () => {
    const { sealed, officers } = channel
    const { reportId } = await fileReport(office, {}, { name: 'นางแดง', contact: '081' })
    const hidden = await fileReport(office, { involved: ['superior'] })
    const nid = await atDesk(office, officers.nid)
    const malee = await atDesk(office, officers.malee)
    const made = await post(malee, SHEETS, { ...CUSTODIANS, passphrase: officers.malee.passphrase })
    const [first = '', , third = ''] = sheetsOn(made)
    expect(wordsOf(await malee.get(SHEETS))).toContain('ชุดที่ 2 ยังไม่ได้ตรวจ ยังไม่ใช้')
    // Filed meanwhile: still under the old ones.
    const meanwhile = await fileReport(office)
    expect(listHolders(sealed.db, meanwhile.reportId)).toContain(recoveryHolder(1))
    const verified = await post(malee, `${SHEETS}/verify`, { sheetA: first, sheetB: third })
    expect([verified.status, verified.headers.location]).toEqual([303, `${SHEETS}?verified`])
    for (const id of [reportId, meanwhile.reportId]) {
      expect(listHolders(sealed.db, id).filter((holder) => holder.startsWith('recovery-'))).toEqual([
        recoveryHolder(2),
      ])
    }
    // Malee sees no report that concerns her, and who alone may learn the names has not come yet.
    expect(await needOf(malee, 1)).toContain('เหลือ 2 เรื่อง')
    expect(listHolders(sealed.db, hidden.reportId)).toContain(recoveryHolder(1))
    expect(await needOf(nid, 1)).toContain('เหลือ 3 เรื่อง')
    await post(nid, '/staff/sealed/lock')
    const back = await atDesk(office, officers.nid)
    expect(listHolders(sealed.db, hidden.reportId)).not.toContain(recoveryHolder(1))
    expect(listContactKeys(sealed.db, reportId).map(({ holder }) => holder)).toContain(recoveryHolder(2))
    for (const agent of [back, malee]) expect(await needOf(agent, 1)).toContain('จึงทำลายทั้งสามแผ่นได้')
    oldSheets = channel.sheets
    channel.sheets = sheetsOn(made)
  })

  it('are not verified with sheets of another set', async () => {
    const nid = await atDesk(office, channel.officers.nid)
    await post(nid, SHEETS, { ...CUSTODIANS, passphrase: channel.officers.nid.passphrase })
    const [sheetA = '', sheetB = ''] = channel.sheets
    const answer = await post(nid, `${SHEETS}/verify`, { sheetA, sheetB })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['sheetA']])
    expect(wordsOf(answer)).toContain('ไม่ได้มาจากชุดที่ 3 ทั้งคู่')
    expect(typedIn(answer, 'sheetA')).toBe(sheetA)
  })
})

describe('the recovery drill: every officer is gone', () => {
  let newcomer: TestOfficer
  let agent: TestAgent
  const filed: string[] = []
  beforeAll(async () => {
    filed.push((await fileReport(office, {}, { name: 'นางดำ', contact: '082' })).reportId)
    filed.push((await fileReport(office, { involved: ['receiving'] })).reportId)
    for (const officer of Object.values(channel.officers)) {
      removeOfficer(channel.sealed, 'ผู้ดูแลระบบ', officer.row(), 'พ้นหน้าที่')
    }
    newcomer = nameOfficer(office, 'somsri', 'receiving')
    agent = await newVault(newcomer)
  })

  it('the channel takes no reports, and the newcomer reads nothing', async () => {
    expect(isOpen(channel.sealed)).toBe(false)
    expect(own(newcomer)).toEqual([])
    expect(wordsOf(await agent.get('/staff/sealed/ceremony'))).toContain('ใช้แผ่นกู้คืน ก่อน')
  })

  it('one sheet opens nothing, however it is typed', async () => {
    const [one = '', two = ''] = channel.sheets
    const stranger = (await newRecoveryKey()).sheets
    expect(errorsOf(await typeSheets(agent, one, ''))).toEqual(['sheetB'])
    expect(errorsOf(await typeSheets(agent, one, one))).toEqual(['sheetB'])
    expect(errorsOf(await typeSheets(agent, one.slice(0, -2), two))).toEqual(['sheetA'])
    const foreign = await typeSheets(agent, one, stranger[1])
    expect([foreign.status, errorsOf(foreign)]).toEqual([422, ['sheetA']])
    // Nor two of a set that was followed by another: they may be in the wrong hands.
    expect(errorsOf(await typeSheets(agent, oldSheets[0], oldSheets[1]))).toEqual(['sheetA'])
    expect(own(newcomer)).toEqual([])
    expect(newcomer.row().grantedAt).toBeNull()
  })

  it('two sheets open everything that does not concern the newcomer, contacts too, and it is in the log', async () => {
    const [, two = '', three = ''] = channel.sheets
    const done = await typeSheets(agent, three.toLowerCase().replaceAll('-', ' '), two)
    expect(done.status).toBe(200)
    expect(wordsOf(done)).toContain('ทำแผ่นกู้คืนชุดใหม่')
    const { db } = channel.sealed
    expect(own(newcomer)).toContain(filed[0])
    expect(own(newcomer)).not.toContain(filed[1])
    expect(listDeeds(db, [], 1)[0]).toMatchObject({ actor: 'สมศรี สาธารณสุข', action: 'recovery.use' })
    const vault = await unlock(office, newcomer)
    const id = filed[0] ?? ''
    const key = openContactKey(channel.sealed, newcomer.id, vault.keys, id)
    const contact = key && openContact(key, id, findContact(db, id) ?? Buffer.alloc(0))
    expect(contact).toMatchObject({ name: 'นางดำ' })
  })

  it('the channel is open again, and the newcomer grants others', async () => {
    expect(isOpen(channel.sealed)).toBe(true)
    const { reportId } = await fileReport(office)
    expect(own(newcomer)).toContain(reportId)
    expect((await agent.get('/staff/sealed/people')).status).toBe(200)
    expect((await typeSheets(agent, oldSheets[0], oldSheets[2])).status).toBe(200)
  })
})

describe('when officers and sheets are lost', () => {
  it('officers who are named anew open the channel for what comes, and for nothing that was', async () => {
    const { sealed } = channel
    for (const { id } of sealed.db.sqlite.prepare('select id from officers').all() as { id: string }[]) {
      changeOfficer(sealed.db, id, { removedAt: office.clock.now(), publicKey: null, grantedAt: null })
    }
    const chai = nameOfficer(office, 'chai', 'receiving')
    const wit = nameOfficer(office, 'wit')
    await createVault(sealed, wit.row(), wit.passphrase, wit.totp)
    const agent = await newVault(chai)
    const page = await agent.get('/staff/sealed/ceremony')
    expect(wordsOf(page)).toContain('เปิดได้เฉพาะเรื่องที่แจ้งหลังจากนี้')
    const opened = await post(agent, '/staff/sealed/ceremony/open', {
      ...{ compared: 'yes', passphrase: chai.passphrase },
    })
    expect(opened.headers.location).toBe('/staff/sealed/ceremony?opened')
    expect(own(chai)).toEqual([])
    const { reportId } = await fileReport(office)
    expect(own(chai)).toEqual([reportId])
    expect(own(wit)).toEqual([reportId])
  })
})
