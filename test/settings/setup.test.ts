import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { firstAdministratorLink } from '#accounts/first-administrator.ts'
import { post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal({ unseeded: true })
  const link = `${firstAdministratorLink(office.portal)}`.replace('http://localhost:3000', '')
  admin = office.newAgent()
  const password = 'ปลาทูนั่งรถไฟไปซื้อร่ม'
  const person = { username: 'aree', displayName: 'อารีย์', newPassword: password, newPasswordAgain: password }
  await post(admin, link, person)
})
afterEach(() => office.close())

/** What the setup page calls the next step, and where it leads. */
async function nextStep(): Promise<string | undefined> {
  const page = await admin.get('/staff/admin/setup')
  return /class="govuk-button" href="([^"]+)"/.exec(page.text)?.[1]
}

it('a new office is led step by step until citizens can come', async () => {
  expect(await nextStep()).toBe('/staff/admin/office')
  expect((await admin.get('/staff/admin')).text).toContain('ยังตั้งค่าเริ่มต้นไม่ครบ')

  const form = await admin.get('/staff/admin/office')
  expect(typedIn(form, 'orgName')).toBe('องค์การบริหารส่วนตำบลเมืองใหม่')
  expect(typedIn(form, 'phone')).toBe('')
  const names = [...form.text.matchAll(/<input[^>]* name="(\w+)"/g)].map(([, name]) => `${name}`)
  const fields = Object.fromEntries(names.map((name) => [name, typedIn(form, name) ?? '']))
  expect((await post(admin, '/staff/admin/office', fields)).status).toBe(422)
  expect(office.portal.settings.isSetUp()).toBe(false)
  const saved = await post(admin, '/staff/admin/office', { ...fields, phone: '038 123 456' })
  expect(saved.headers.location).toBe('/staff/admin/setup')
  expect(office.portal.settings.isSetUp()).toBe(true)

  expect(await nextStep()).toBe('/staff/admin/villages')
  await post(admin, '/staff/admin/villages', { number: '1', name: 'บ้านเหนือ', nameEn: '' })

  expect(await nextStep()).toBe('/staff/admin/accounts')
  const unitId = String(office.portal.settings.units()[0]?.id)
  const officer = { username: 'nid', displayName: 'นิด', unitId, roles: 'officer' }
  await post(admin, '/staff/admin/accounts/new', officer)

  expect(await nextStep()).toBeUndefined()
  expect((await admin.get('/staff/admin/setup')).text).toContain('ประชาชนแจ้งเรื่องได้')
  expect((await admin.get('/staff/admin')).text).not.toContain('ยังตั้งค่าเริ่มต้นไม่ครบ')
})

it('the usual units and categories are there from the start', async () => {
  const page = await admin.get('/staff/admin/setup')
  expect(page.text).toContain('เตรียมไว้แล้ว 7 หน่วยงาน')
  expect(office.portal.settings.categories().length).toBeGreaterThan(30)
})

it('every place of the settings opens from the overview', async () => {
  const page = await admin.get('/staff/admin')
  const links = [...page.text.matchAll(/href="(\/staff\/admin\/\w+)"/g)].map(([, href]) => `${href}`)
  expect(new Set(links).size).toBeGreaterThanOrEqual(6)
  for (const link of links) expect((await admin.get(link).redirects(1)).status).toBe(200)
})
