import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeeds } from '#sealed/audit-store.ts'
import { readChannel } from '#sealed/channel-store.ts'
import { findOfficerOfAccount, listOfficers } from '#sealed/officer-store.ts'
import { listReportsFor } from '#sealed/report-store.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { expectNobodysAddress } from './nobody.ts'
import { addressOf, atDesk, declare, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let admin: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  admin = await office.signIn('admin')
})
afterAll(() => office.close())

const ADMIN = '/staff/admin/sealed'

const nameIt = (accountId: number, rest: Record<string, string | string[]> = {}) =>
  post(admin, `${ADMIN}/officers/new`, { accountId: String(accountId), post: 'นิติกร', ...rest })

/** Every route of the channel for staff, with ids that are really there. */
function routesBelow(prefix: string, reportId: string): { method: 'GET' | 'POST'; address: string }[] {
  return office.app.routeTable
    .filter(({ url }) => url === prefix || url.startsWith(`${prefix}/`))
    .map(({ method, url }) => ({
      method: method as 'GET' | 'POST',
      address: url
        .replace('/reports/:id', `/reports/${reportId}`)
        .replace('/people/:id', `/people/${channel.officers.dao.id}`)
        .replace(':verb', 'accept')
        .replace(/:\w+/g, 'x'),
    }))
}

describe('whoever is no officer', () => {
  it.each(['admin', 'chai', 'wit', 'nayok'] as const)(
    'finds nothing at any address of the officers: %s',
    async (name) => {
      const { reportId } = await fileReport(office)
      const agent = await office.signIn(name)
      const routes = routesBelow('/staff/sealed', reportId)
      expect(routes.length).toBeGreaterThan(35)
      const before = listDeeds(channel.sealed.db, [reportId], 1000).length
      for (const { method, address } of routes) await expectNobodysAddress(agent, address, method)
      expect(listDeeds(channel.sealed.db, [reportId], 1000)).toHaveLength(before)
    },
  )

  it('and no administrator, is kept out of the administrator’s pages, an officer too', async () => {
    for (const name of ['nid', 'wit', 'nayok'] as const) {
      const agent = await office.signIn(name)
      for (const { method, address } of routesBelow(ADMIN, 'x')) {
        const answer = await (method === 'GET' ? agent.get(address) : post(agent, address, { reason: 'ก' }))
        expect(answer.status, `${name} ${address}`).toBe(403)
      }
    }
    expect(listOfficers(channel.sealed.db)).toHaveLength(3)
  })
})

describe('an administrator', () => {
  it('has pages to name, to end and to set, and none to read, grant or make a vault', async () => {
    const urls = office.app.routeTable.filter(({ url }) => url.startsWith(ADMIN)).map(({ url }) => url)
    expect([...new Set(urls)].sort()).toEqual([
      ADMIN,
      `${ADMIN}/log`,
      `${ADMIN}/officers/:id/end`,
      `${ADMIN}/officers/new`,
      `${ADMIN}/order`,
      `${ADMIN}/settings`,
    ])
  })

  it('opens nothing by resetting an officer’s password', async () => {
    const { reportId } = await fileReport(office, { what: 'ตรวจรับถนนบาง' })
    const { nid } = channel.officers
    const link = await post(admin, `/staff/admin/accounts/${office.cast.nid.id}/link`)
    const path = new URL(/class="sg-link">([^<]+)</.exec(link.text)?.[1] ?? '').pathname
    const password = 'แมวดำ นั่งมอง ฝนตกหนัก'
    const intruder = office.newAgent()
    const chosen = await post(intruder, path, { newPassword: password, newPasswordAgain: password })
    expect(chosen.status).toBe(303)
    for (const { method, address } of routesBelow('/staff/sealed', reportId)) {
      if (/\/(lock|unlock|vault|vault\/lost)$/.test(address)) continue
      const answer = await (method === 'GET' ? intruder.get(address) : post(intruder, address, { x: 'ก' }))
      expect([303, 403], `${method} ${address}`).toContain(answer.status)
      if (answer.status === 303)
        expect(answer.headers.location).toMatch(/^\/staff\/sealed(\/unlock|\?show=open)/)
      expect(answer.text).not.toContain('ถนน')
    }
    const guess = await post(intruder, '/staff/sealed/unlock', { passphrase: password, otp: '123456' })
    expect(guess.status).toBe(422)
    expect(listReportsFor(channel.sealed.db, nid.id).map(({ id }) => id)).toContain(reportId)
    expect(listDeeds(channel.sealed.db, [], 1)[0]).toMatchObject({ action: 'vault.refuse' })
  })

  it('names no administrator, himself or another, and is told why', async () => {
    const page = await admin.get(`${ADMIN}/officers/new`)
    expect(page.text).not.toContain(`value="${office.cast.admin.id}"`)
    const refused = await nameIt(office.cast.admin.id)
    expect([refused.status, errorsOf(refused)]).toEqual([422, ['accountId']])
    expect(wordsOf(refused)).toContain('ผู้ดูแลระบบเป็นเจ้าหน้าที่ตามคำสั่งไม่ได้')
    expect(typedIn(refused, 'post')).toBe('นิติกร')
    expect(findOfficerOfAccount(channel.sealed.db, office.cast.admin.id)).toBeUndefined()
  })

  it('names two to four, each once, with what a report may concern', async () => {
    expect(errorsOf(await nameIt(office.cast.nid.id))).toEqual(['accountId'])
    expect(errorsOf(await nameIt(9999))).toEqual(['accountId'])
    expect(errorsOf(await nameIt(office.cast.somsri.id, { post: ' ' }))).toEqual(['post'])
    expect(errorsOf(await post(admin, `${ADMIN}/officers/new`))).toEqual(['accountId', 'post'])
    const named = await nameIt(office.cast.somsri.id, { concerns: ['receiving', 'chief', 'nonsense'] })
    expect(named.headers.location).toBe(`${ADMIN}?saved`)
    expect(findOfficerOfAccount(channel.sealed.db, office.cast.somsri.id)).toMatchObject({
      ...{ displayName: 'สมศรี สาธารณสุข', post: 'นิติกร', publicKey: null, grantedAt: null },
      ...{ isReceiving: true, isSuperior: false, isChief: true },
    })
    const fifth = await nameIt(office.cast.chai.id)
    expect(wordsOf(fifth)).toContain('มีเจ้าหน้าที่ครบ 4 คนแล้ว')
    expect((await admin.get(ADMIN)).text).not.toContain('ระบุชื่อเจ้าหน้าที่เพิ่ม')
  })

  it('is told of accounts that do not fit any more', async () => {
    const accounts = '/staff/admin/accounts'
    const { dao, somsri } = office.cast
    await post(admin, `${accounts}/${somsri.id}/disable`)
    const roles = ['unit_head', 'administrator']
    await post(admin, `${accounts}/${dao.id}`, {
      displayName: dao.displayName,
      roles,
      unitId: String(dao.unitId),
    })
    const page = wordsOf(await admin.get(ADMIN))
    expect(page).toContain('บัญชีถูกปิดใช้งาน จึงเข้าสู่ระบบไม่ได้')
    expect(page).toContain('บัญชีนี้เป็นผู้ดูแลระบบด้วย')
    await post(admin, `${accounts}/${dao.id}`, {
      ...{ displayName: dao.displayName, roles: 'unit_head', unitId: String(dao.unitId) },
    })
    await post(admin, `${accounts}/${somsri.id}/enable`)
  })

  it('ends an officer’s naming with a reason: the keys are gone at once, and change at the next unlocking', async () => {
    const { malee, dao } = channel.officers
    const { db } = channel.sealed
    const { reportId } = await fileReport(office)
    const hers = await atDesk(office, malee)
    const address = `${ADMIN}/officers/${malee.id}/end`
    expect(wordsOf(await admin.get(address))).toContain('แจ้งให้เปิดโดยเร็ว')
    expect(errorsOf(await post(admin, address, { reason: ' ' }))).toEqual(['reason'])
    const ended = await post(admin, address, { reason: 'คำสั่งที่ 15/2570' })
    expect([ended.status, ended.headers.location]).toEqual([303, `${ADMIN}?ended`])
    await expectNobodysAddress(hers, '/staff/sealed/people')
    expect(listReportsFor(db, malee.id)).toEqual([])
    const report = () =>
      db.sqlite.prepare('select rotation_due due, epoch from reports where id = ?').get(reportId)
    expect(report()).toEqual({ due: 1, epoch: 1 })
    await atDesk(office, dao)
    expect(report()).toEqual({ due: 0, epoch: 2 })
    expect(listDeeds(db, [], 20).map(({ actor, detail }) => `${actor}: ${detail}`)).toContain(
      'ผู้ดูแลระบบ อารีย์ ดูแลระบบ: มาลี ผู้อำนวยการกองช่าง: คำสั่งที่ 15/2570',
    )
    expect((await post(admin, address, { reason: 'อีกครั้ง' })).status).toBe(404)
  })

  it('is warned before nobody is left', async () => {
    const { nid, dao } = channel.officers
    const nidEnd = `${ADMIN}/officers/${nid.id}/end`
    expect(wordsOf(await admin.get(nidEnd))).toContain('จะเหลือเจ้าหน้าที่ที่เปิดเรื่องได้เพียงคนเดียว')
    await post(admin, nidEnd, { reason: 'ลาออก' })
    expect(wordsOf(await admin.get(`${ADMIN}/officers/${dao.id}/end`))).toContain('ช่องทางจะปิดรับเรื่องทันที')
    expect(wordsOf(await admin.get(ADMIN))).toContain('เหลือเจ้าหน้าที่ที่เปิดเรื่องได้เพียงคนเดียว')
  })

  it('sees of the log what concerns no report', async () => {
    const { reportId } = await fileReport(office)
    const dao = await atDesk(office, channel.officers.dao)
    await declare(dao, reportId)
    expect((await dao.get(addressOf(reportId))).status).toBe(200)
    const own = wordsOf(await dao.get('/staff/sealed/log'))
    expect(own).toContain(`เปิดอ่านเรื่อง เรื่อง ${reportId.slice(0, 8)}`)
    const page = await admin.get(`${ADMIN}/log`)
    expect(wordsOf(page)).toContain('ครบถ้วน')
    expect(wordsOf(page)).toContain('เปิดตู้นิรภัย')
    expect(wordsOf(page)).not.toContain('เปิดอ่านเรื่อง')
    expect(page.text).not.toContain(reportId.slice(0, 8))
  })

  it('sets the days within their limits, and each change is in the log', async () => {
    const page = await admin.get(`${ADMIN}/settings`)
    const fields = {
      ...{ acknowledgeDays: '3', checkDays: '15', inquiryDays: '30', extensionDays: '30' },
      ...{ visitDays: '7', keepDays: '90', mailHour: '9' },
    }
    for (const [name, value] of Object.entries(fields)) expect(typedIn(page, name)).toBe(value)
    const wrong = await post(admin, `${ADMIN}/settings`, {
      ...fields,
      checkDays: '61',
      mailHour: '24',
      keepDays: 'x',
    })
    expect([wrong.status, errorsOf(wrong)]).toEqual([422, ['checkDays', 'keepDays', 'mailHour']])
    expect(typedIn(wrong, 'checkDays')).toBe('61')
    const saved = await post(admin, `${ADMIN}/settings`, { ...fields, checkDays: '๑๐', extensionDays: '0' })
    expect(saved.headers.location).toBe(`${ADMIN}?saved`)
    const { settings } = readChannel(channel.sealed.db)
    expect(settings).toMatchObject({ acknowledgeDays: 3, checkDays: 10, extensionDays: 0, keepDays: 90 })
    const [line] = listDeeds(channel.sealed.db, [], 1)
    expect(line).toMatchObject({
      action: 'channel.settings',
      detail: 'ตรวจสอบเบื้องต้น (วัน) จาก 15 เป็น 10, ขยายเวลา (วัน) จาก 30 เป็น 0',
    })
    await post(admin, `${ADMIN}/settings`, { ...fields, checkDays: '10', extensionDays: '0' })
    expect(listDeeds(channel.sealed.db, [], 1)[0]?.id).toBe(line?.id)
  })
})
