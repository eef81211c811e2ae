import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditLines } from '../support/audit.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const pageOf = (name: keyof TestPortal['cast']) => `/staff/admin/accounts/${office.cast[name].id}`

async function newLink(name: keyof TestPortal['cast']): Promise<string> {
  const answer = await post(admin, `${pageOf(name)}/link`)
  expect(answer.status).toBe(200)
  return /http:\/\/localhost:3000(\/staff\/link\/[\w-]{22})/.exec(answer.text)?.[1] ?? ''
}

async function signInStatus(username: string): Promise<number> {
  return (await post(office.newAgent(), '/staff/sign-in', { username, password: PASSWORD })).status
}

describe('disabling an account', () => {
  it('ends its sessions and links at once, and enabling it brings none of them back', async () => {
    const nid = await office.signIn('nid')
    const link = await newLink('nid')
    expect((await post(admin, `${pageOf('nid')}/disable`)).status).toBe(303)
    expect((await nid.get('/staff/account')).status).toBe(303)
    expect((await office.agent.get(link)).status).toBe(404)
    expect(await signInStatus('nid')).toBe(422)

    expect((await admin.get('/staff/admin/accounts')).text).toContain('ปิดใช้งาน')
    expect((await post(admin, `${pageOf('nid')}/enable`)).status).toBe(303)
    expect((await nid.get('/staff/account')).status).toBe(303)
    expect((await office.agent.get(link)).status).toBe(404)
    expect(await signInStatus('nid')).toBe(303)
    expect(auditLines(office.portal, 'account.').filter(({ action }) => /able$/.test(action))).toMatchObject([
      { action: 'account.disable', subject: `account:${office.cast.nid.id}`, after: { disabled: true } },
      { action: 'account.enable', subject: `account:${office.cast.nid.id}`, after: { disabled: false } },
    ])
  })

  it('twice changes nothing the second time', async () => {
    await post(admin, `${pageOf('nid')}/disable`)
    expect((await post(admin, `${pageOf('nid')}/disable`)).status).toBe(303)
    expect(auditLines(office.portal, 'account.disable')).toHaveLength(1)
  })

  it('is refused for the last administrator', async () => {
    const answer = await post(admin, `${pageOf('admin')}/disable`)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('ผู้ดูแลระบบคนสุดท้าย')
    expect((await admin.get('/staff/admin')).status).toBe(200)
  })

  it('needs the role', async () => {
    const dao = await office.signIn('dao')
    for (const action of ['disable', 'enable', 'link']) {
      expect((await post(dao, `${pageOf('nid')}/${action}`)).status).toBe(403)
      expect((await post(office.newAgent(), `${pageOf('nid')}/${action}`)).status).toBe(401)
      expect((await admin.get(`${pageOf('nid')}/${action}`)).status).toBe(404)
    }
    expect(await signInStatus('nid')).toBe(303)
  })
})

describe('a new link for the password', () => {
  it('replaces the one before; the old password works until the new one is chosen', async () => {
    const first = await newLink('nid')
    const second = await newLink('nid')
    expect((await office.agent.get(first)).status).toBe(404)
    expect((await office.agent.get(second)).status).toBe(200)
    expect(await signInStatus('nid')).toBe(303)
    expect(auditLines(office.portal, 'account.password_link')).toHaveLength(2)
  })

  it('is not made for a disabled account', async () => {
    await post(admin, `${pageOf('nid')}/disable`)
    expect((await post(admin, `${pageOf('nid')}/link`)).status).toBe(409)
    const page = await admin.get(pageOf('nid'))
    expect(page.text).not.toContain('สร้างลิงก์')
    expect(page.text).toContain('เปิดใช้งานอีกครั้ง')
  })
})
