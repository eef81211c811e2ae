import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeeds } from '#sealed/audit-store.ts'
import { currentRecoveryKey, listRecoveryKeys } from '#sealed/channel-store.ts'
import { findOfficerOfAccount, listActiveOfficers } from '#sealed/officer-store.ts'
import { type Sealed, sealedOf } from '#sealed/open.ts'
import { isOpen } from '#sealed/recipients.ts'
import { listReportsFor } from '#sealed/report-store.ts'
import type { MemberName } from '../support/cast.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport } from './channel.ts'
import { wordsOf } from './officer.ts'

// One office, from nothing to an open channel: each test goes on where the one before stopped.
let office: TestPortal
let sealed: Sealed
let admin: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  sealed = sealedOf(office.portal)
  admin = await office.signIn('admin')
})
afterAll(() => office.close())

const ADMIN = '/staff/admin/sealed'
const CEREMONY = '/staff/sealed/ceremony'
const SHEETS = '/staff/sealed/sheets'
const PASSPHRASES: Partial<Record<MemberName, string>> = {
  nid: 'กระรอก ปั่นจักรยาน ข้ามสะพาน ไปซื้อ ปลาทู สีม่วง',
  dao: 'เมฆ ลอยต่ำ เหนือนาเกลือ ยามเช้า มีนกยาง สามตัว',
}
const CUSTODIANS = {
  custodian1: 'นายวิชัย มั่นคง ปลัด',
  custodian2: 'นางสาวพร ใสสะอาด หัวหน้าหน่วยตรวจสอบภายใน',
  custodian3: 'นายเดช ยุติธรรม ประธานสภา',
}

const agents: Partial<Record<MemberName, TestAgent>> = {}
const factors = new Map<MemberName, TOTP>()
let sheets: string[]

const stepsOn = (answer: Response): string[] =>
  [...answer.text.matchAll(/sg-ready__title">([^<]*)<strong[^>]*>([^<]*)</g)].map(
    ([, title, state]) => `${title?.trim()}: ${state}`,
  )

const officerIdOf = (name: MemberName): string =>
  findOfficerOfAccount(sealed.db, office.cast[name].id)?.id ?? ''

const nameIt = (name: MemberName, post_: string, concerns: string[] = []) =>
  post(admin, `${ADMIN}/officers/new`, { accountId: String(office.cast[name].id), post: post_, concerns })

async function makeVault(name: MemberName): Promise<void> {
  const agent = await office.signIn(name)
  const page = await agent.get('/staff/sealed/vault')
  const secret = /sg-factor__secret"[^>]*>([A-Z2-7 ]+)</.exec(page.text)?.[1]?.replaceAll(' ', '') ?? ''
  const factor = new TOTP({ secret: Secret.fromBase32(secret) })
  factors.set(name, factor)
  const passphrase = PASSPHRASES[name] ?? ''
  const made = await post(agent, '/staff/sealed/vault', {
    ...{ newPassphrase: passphrase, newPassphraseAgain: passphrase, otp: codeOf(name) },
  })
  if (made.status !== 303) throw new Error(`no vault: ${wordsOf(made)}`)
  office.clock.addMinutes(1)
  agents[name] = agent
}

const codeOf = (name: MemberName): string =>
  factors.get(name)?.generate({ timestamp: office.clock.now().getTime() }) ?? ''

/** The officer's browser with the vault open, opened anew where it has locked itself. */
async function at(name: MemberName): Promise<TestAgent> {
  const agent = agents[name] ?? (await office.signIn(name))
  if ((await agent.get('/staff/sealed/vault')).status === 200) return agent
  const otp = codeOf(name)
  const opened = await post(agent, '/staff/sealed/unlock', { passphrase: PASSPHRASES[name] ?? '', otp })
  if (opened.status !== 303) throw new Error(`locked: ${wordsOf(opened)}`)
  office.clock.addMinutes(1)
  return agent
}

const sheetsOn = (answer: Response): string[] =>
  [...answer.text.matchAll(/<ul class="sg-sheet__groups"[^>]*>(.*?)<\/ul>/gs)].map(([, list]) =>
    [...(list ?? '').matchAll(/<li>([^<]*)<\/li>/g)].map(([, group]) => group).join('-'),
  )

describe('the opening ceremony', () => {
  it('begins with an order and names, which the administrator writes down', async () => {
    expect(stepsOn(await admin.get(ADMIN))).toEqual([
      'กรอกคำสั่งแต่งตั้งเจ้าหน้าที่: ทำขั้นนี้',
      'ระบุชื่อเจ้าหน้าที่ตามคำสั่ง: ยังไม่ถึง',
      'เจ้าหน้าที่แต่ละคนสร้างตู้นิรภัยของตน: ยังไม่ถึง',
      'ทำกุญแจกู้คืนและพิมพ์แผ่นกู้คืนสามแผ่น: ยังไม่ถึง',
      'ตรวจแผ่นกู้คืน โดยพิมพ์สองแผ่น: ยังไม่ถึง',
      'เปิดรับเรื่อง: ยังไม่ถึง',
    ])
    const wrong = await post(admin, `${ADMIN}/order`, { orderNo: '', orderOn: '1/1/2599' })
    expect([wrong.status, errorsOf(wrong)]).toEqual([422, ['orderNo', 'orderOn']])
    const order = await post(admin, `${ADMIN}/order`, { orderNo: '12/2570', orderOn: '๑/๑๐/๒๕๖๙' })
    expect(order.headers.location).toBe(`${ADMIN}?saved`)
    expect((await nameIt('nid', 'นิติกร', ['receiving'])).headers.location).toBe(`${ADMIN}?saved`)
    const one = wordsOf(await admin.get(ADMIN))
    expect(one).toContain('คำสั่งที่ 12/2570 ลงวันที่ 1 ตุลาคม 2569')
    expect(one).toContain('ต้องมี 2–4 คน ขณะนี้มี 1 คน')
    await nameIt('dao', 'รองปลัด')
    expect(stepsOn(await admin.get(ADMIN)).slice(0, 3)).toEqual([
      'กรอกคำสั่งแต่งตั้งเจ้าหน้าที่: เสร็จแล้ว',
      'ระบุชื่อเจ้าหน้าที่ตามคำสั่ง: เสร็จแล้ว',
      'เจ้าหน้าที่แต่ละคนสร้างตู้นิรภัยของตน: ทำขั้นนี้',
    ])
  })

  it('goes on with the vaults of two officers, and tells who is missing', async () => {
    await makeVault('nid')
    const nid = await at('nid')
    const waiting = await nid.get(CEREMONY)
    expect(wordsOf(waiting)).toContain('สร้างแล้ว: นิด รับเรื่อง · ยังไม่ได้สร้าง: ดาว หัวหน้าศูนย์')
    expect(waiting.text).not.toContain(`href="${SHEETS}"`)
    const early = await post(nid, `${CEREMONY}/open`, { compared: 'yes', passphrase: PASSPHRASES.nid ?? '' })
    expect(early.status).toBe(409)
    await makeVault('dao')
    expect(wordsOf(await nid.get(CEREMONY))).toContain('สร้างแล้ว: นิด รับเรื่อง, ดาว หัวหน้าศูนย์')
    expect(isOpen(sealed)).toBe(false)
  })

  it('takes three keepers of sheets, none of them an officer or an administrator', async () => {
    const nid = await at('nid')
    const send = (change: Record<string, string>) =>
      post(nid, SHEETS, { ...CUSTODIANS, passphrase: PASSPHRASES.nid ?? '', ...change })
    expect(errorsOf(await send({ custodian2: 'นางดาว  หัวหน้าศูนย์ รองปลัด' }))).toEqual(['custodian2'])
    expect(errorsOf(await send({ custodian1: 'นายอารีย์ ดูแลระบบ' }))).toEqual(['custodian1'])
    expect(errorsOf(await send({ custodian3: CUSTODIANS.custodian1 }))).toEqual(['custodian3'])
    const refused = await send({ custodian3: '', passphrase: 'ผิด' })
    expect([refused.status, errorsOf(refused)]).toEqual([422, ['custodian3', 'passphrase']])
    expect(typedIn(refused, 'custodian1')).toBe(CUSTODIANS.custodian1)
    expect(listRecoveryKeys(sealed.db)).toEqual([])
  })

  it('shows three sheets once, and keeps them nowhere', async () => {
    const nid = await at('nid')
    const form = { ...CUSTODIANS, passphrase: PASSPHRASES.nid ?? '' }
    // The first set is printed badly, and made again.
    const first = sheetsOn(await post(nid, SHEETS, form))
    const made = await post(nid, SHEETS, form)
    sheets = sheetsOn(made)
    expect(made.status).toBe(200)
    expect(made.headers['cache-control']).toBe('no-store')
    expect(sheets).toHaveLength(3)
    for (const sheet of sheets) expect(sheet).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){11}[0-9A-HJKMNP-TV-Z]$/)
    expect(new Set([...first, ...sheets]).size).toBe(6)
    expect(wordsOf(made)).toContain('ชุดที่ 2')
    for (const name of Object.values(CUSTODIANS)) expect(wordsOf(made)).toContain(name)
    expect((await nid.get(SHEETS)).text).not.toContain(sheets[0]?.slice(0, 11))
    const stored = Buffer.concat(
      readdirSync(office.dataDir, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => readFileSync(join(file.parentPath, file.name))),
    )
    for (const sheet of sheets) {
      expect(stored.includes(sheet.slice(0, 11))).toBe(false)
      expect(stored.includes(sheet.replaceAll('-', '').slice(0, 12))).toBe(false)
    }
  })

  it('asks for two sheets, and tells which of them was mistyped', async () => {
    const nid = await at('nid')
    const verify = (sheetA: string, sheetB: string) => post(nid, `${SHEETS}/verify`, { sheetA, sheetB })
    const [one = '', two = '', three = ''] = sheets
    const mistyped = two.replace(/.$/, (last) => (last === '0' ? '8' : '0'))
    expect(errorsOf(await verify(one, mistyped))).toEqual(['sheetB'])
    expect(errorsOf(await verify('', three))).toEqual(['sheetA'])
    const twice = await verify(one, one.toLowerCase().replaceAll('-', ' '))
    expect(wordsOf(twice)).toContain('พิมพ์แผ่นเดียวกันสองครั้ง')
    expect(currentRecoveryKey(sealed.db)).toBeUndefined()
    const blocked = await nid.get(CEREMONY)
    expect(stepsOn(blocked)[4]).toBe('ตรวจแผ่นกู้คืน โดยพิมพ์สองแผ่น: ทำขั้นนี้')
    expect(blocked.text).not.toContain('action="/staff/sealed/ceremony/open"')
    const right = await verify(three.toLowerCase(), ` ${one.replaceAll('-', '')} `)
    expect([right.status, right.headers.location]).toEqual([303, CEREMONY])
    expect(currentRecoveryKey(sealed.db)?.version).toBe(2)
  })

  it('ends when everybody has compared the vaults, with the passphrase again', async () => {
    const dao = await at('dao')
    const page = await dao.get(CEREMONY)
    const own = /sg-fingerprint">([\d ]+)</.exec((await dao.get('/staff/sealed/vault')).text)?.[1] ?? '?'
    expect(wordsOf(page)).toContain(`ดาว หัวหน้าศูนย์ ${own}`)
    const empty = await post(dao, `${CEREMONY}/open`)
    expect([empty.status, errorsOf(empty)]).toEqual([422, ['compared', 'passphrase']])
    expect(isOpen(sealed)).toBe(false)
    const form = { compared: 'yes', passphrase: PASSPHRASES.dao ?? '' }
    const both = await Promise.all([post(dao, `${CEREMONY}/open`, form), post(dao, `${CEREMONY}/open`, form)])
    for (const answer of both) expect(answer.headers.location).toBe(`${CEREMONY}?opened`)
    expect(isOpen(sealed)).toBe(true)
    expect(listActiveOfficers(sealed.db).map(({ displayName }) => displayName)).toEqual([
      'นิด รับเรื่อง',
      'ดาว หัวหน้าศูนย์',
    ])
    expect(stepsOn(await dao.get(CEREMONY)).every((step) => step.endsWith('เสร็จแล้ว'))).toBe(true)
  })

  it('has opened the channel: a report is sealed to both officers', async () => {
    const { reportId } = await fileReport(office)
    for (const name of ['nid', 'dao'] as const) {
      expect(listReportsFor(sealed.db, officerIdOf(name)).map(({ id }) => id)).toEqual([reportId])
    }
  })

  it('left a line of every step in the log, by whom', () => {
    const deeds = listDeeds(sealed.db, [], 100)
      .reverse()
      .filter(({ action }) => !action.startsWith('vault.'))
    expect(deeds.map(({ action, actor }) => `${actor}: ${action}`)).toEqual([
      'ผู้ดูแลระบบ อารีย์ ดูแลระบบ: channel.order',
      'ผู้ดูแลระบบ อารีย์ ดูแลระบบ: officer.name',
      'ผู้ดูแลระบบ อารีย์ ดูแลระบบ: officer.name',
      'นิด รับเรื่อง: recovery.make',
      'นิด รับเรื่อง: recovery.make',
      'นิด รับเรื่อง: recovery.verify',
      'ดาว หัวหน้าศูนย์: channel.open',
    ])
  })

  it('cannot be held again by who is named afterwards and takes no part', async () => {
    await nameIt('somsri', 'นักวิชาการ')
    PASSPHRASES.somsri = 'ลำธาร ซ่อนหิน ใต้ใบบัว ตอนพลบค่ำ กบร้อง สองตัว'
    await makeVault('somsri')
    const somsri = await at('somsri')
    const open = await post(somsri, `${CEREMONY}/open`, { compared: 'yes', passphrase: PASSPHRASES.somsri })
    expect(open.status).toBe(403)
    expect((await somsri.get(SHEETS)).status).toBe(403)
    const made = await post(somsri, SHEETS, { ...CUSTODIANS, passphrase: PASSPHRASES.somsri })
    expect(made.status).toBe(403)
    expect((await somsri.get(`${SHEETS}/verify`)).status).toBe(403)
    expect(listActiveOfficers(sealed.db)).toHaveLength(2)
  })
})
