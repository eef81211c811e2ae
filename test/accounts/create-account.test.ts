import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let admin: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterAll(() => office.close())

const PAGE = '/staff/admin/accounts/new'
const PASSWORD = 'ปลาทูนั่งรถไฟไปซื้อร่ม'

const newcomer = () => ({
  username: 'Wanna.P',
  displayName: 'วรรณา พิมพ์ดี',
  post: 'นักวิเคราะห์',
  email: 'wanna@example.com',
  unitId: String(office.cast.chai.unitId),
  roles: ['officer', 'unit_head'],
})

function count(): unknown {
  return office.portal.db.sqlite.prepare('select count(*) from staff').pluck().get()
}

it('an administrator adds a person and hands over a link that is shown once', async () => {
  const answer = await post(admin, PAGE, newcomer())
  expect(answer.status).toBe(200)
  const link = /http:\/\/localhost:3000(\/staff\/link\/[\w-]{22})/.exec(answer.text)?.[1] ?? ''
  const stored = JSON.stringify(office.portal.db.sqlite.prepare('select * from single_use_links').all())
  expect(stored).not.toContain(link.split('/').at(-1))
  expect((await admin.get('/staff/admin/accounts')).text).toContain('รอตั้งรหัสผ่าน')

  const agent = office.newAgent()
  const entered = await post(agent, link, { newPassword: PASSWORD, newPasswordAgain: PASSWORD })
  expect(entered.headers.location).toBe('/staff')
  const page = await agent.get('/staff/account')
  expect(page.text).toContain('เจ้าหน้าที่, หัวหน้าหน่วยงาน · กองช่าง')
  expect((await admin.get('/staff/admin/accounts')).text).not.toContain('รอตั้งรหัสผ่าน')
  expect(auditLines(office.portal, 'account.create').at(-1)).toMatchObject({
    actorName: office.cast.admin.displayName,
    after: { username: 'wanna.p', displayName: 'วรรณา พิมพ์ดี', roles: ['officer', 'unit_head'] },
  })
})

it('a form with mistakes comes back with everything typed and makes nobody', async () => {
  const before = count()
  const fields = {
    ...newcomer(),
    username: 'มี ช่องว่าง',
    displayName: ' ',
    post: 'ก'.repeat(101),
    email: 'a@b, c@d',
    roles: ['officer', 'unit_head'],
    unitId: '',
  }
  const answer = await post(admin, PAGE, fields)
  expect(answer.status).toBe(422)
  expect(errorsOf(answer).sort()).toEqual(['displayName', 'email', 'post', 'unitId', 'username'])
  expect(typedIn(answer, 'username')).toBe(fields.username)
  expect(typedIn(answer, 'email')).toBe(fields.email)
  expect(answer.text.match(/name="roles"[^>]* checked/g)).toHaveLength(2)
  expect(count()).toBe(before)
})

it('an empty form names every field that is needed', async () => {
  expect(errorsOf(await post(admin, PAGE)).sort()).toEqual(['displayName', 'roles', 'username'])
})

it.each([
  ['a taken user name', { username: 'NID' }, 'username'],
  ['a unit that is not there', { unitId: '9999' }, 'unitId'],
  ['a unit that is no number', { unitId: "1' or 1=1" }, 'unitId'],
  ['a role that is not there', { roles: ['god'] }, 'roles'],
  ['a mail address with a second line', { email: 'a@example.com\r\nBcc: all@example.com' }, 'email'],
])('%s is refused', async (_what, change, field) => {
  const answer = await post(admin, PAGE, { ...newcomer(), username: 'fresh', ...change })
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual([field])
})

it('fields that are not in the form change nothing', async () => {
  const extra = { id: '1', passwordHash: 'x', password_hash: 'x', disabledAt: '1', createdAt: '1' }
  await post(admin, PAGE, { ...newcomer(), ...extra, username: 'plain' })
  const row = office.portal.db.sqlite.prepare(`select * from staff where username = 'plain'`).get()
  expect(row).toMatchObject({ password_hash: null, disabled_at: null })
  expect(row).not.toMatchObject({ id: 1 })
})

it('somebody without the role is refused, and nobody is made', async () => {
  const before = count()
  const dao = await office.signIn('dao')
  expect((await post(dao, PAGE, { ...newcomer(), username: 'friend' })).status).toBe(403)
  expect((await post(office.newAgent(), PAGE, { ...newcomer(), username: 'friend' })).status).toBe(401)
  expect(count()).toBe(before)
})
