import { afterEach, beforeEach, expect, it } from 'vitest'
import { makePasswordLink } from '#accounts/links.ts'
import { auditLines } from '../support/audit.ts'
import { PASSWORD } from '../support/cast.ts'
import { errorsOf, post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

const PAGE = '/staff/account'
const NEW = 'ปลาทูนั่งรถไฟไปซื้อร่ม'
const good = { oldPassword: PASSWORD, newPassword: NEW, newPasswordAgain: NEW }

it('a person changes the own password; this device stays signed in, every other one is out', async () => {
  const here = await office.signIn('nid')
  const there = await office.signIn('nid')
  const answer = await post(here, PAGE, good)
  expect(answer.status).toBe(303)
  const page = await here.get(answer.headers.location ?? '')
  expect(page.status).toBe(200)
  expect(page.text).toContain('เปลี่ยนรหัสผ่านแล้ว')
  expect((await there.get(PAGE)).status).toBe(303)
  const old = await post(office.newAgent(), '/staff/sign-in', { username: 'nid', password: PASSWORD })
  expect(old.status).toBe(422)
  const line = auditLines(office.portal, 'account.change_password')
  expect(line).toMatchObject([{ subject: `account:${office.cast.nid.id}`, before: null, after: null }])
})

it('the page tells who one is and what one may do', async () => {
  const malee = await office.signIn('malee')
  const page = await malee.get(PAGE)
  expect(page.text).toContain('มาลี ผู้อำนวยการกองช่าง')
  expect(page.text).toContain('หัวหน้าหน่วยงาน · กองช่าง')
})

it('the old password is needed', async () => {
  const nid = await office.signIn('nid')
  for (const oldPassword of ['', 'wrong password 123', NEW]) {
    const answer = await post(nid, PAGE, { ...good, oldPassword })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['oldPassword'])
  }
  expect((await post(nid, PAGE, good)).status).toBe(303)
})

it('a stolen session may guess the old password five times only', async () => {
  const nid = await office.signIn('nid')
  for (let time = 1; time <= 5; time += 1) await post(nid, PAGE, { ...good, oldPassword: 'wrong' })
  const answer = await post(nid, PAGE, good)
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('กรุณารอ 15 นาที')
})

it('an easy or mistyped new password is refused and no password is shown again', async () => {
  const nid = await office.signIn('nid')
  for (const change of [
    { newPassword: 'นิดรับเรื่อง2569', newPasswordAgain: 'นิดรับเรื่อง2569' },
    { newPasswordAgain: 'something else entirely' },
  ]) {
    const answer = await post(nid, PAGE, { ...good, ...change })
    expect(answer.status).toBe(422)
    expect(answer.text).not.toContain(PASSWORD)
    expect(answer.text).not.toContain(NEW)
  }
})

it('the password of somebody else cannot be named', async () => {
  const nid = await office.signIn('nid')
  const fields = { ...good, id: String(office.cast.admin.id), username: 'admin', staffId: '1' }
  expect((await post(nid, PAGE, fields)).status).toBe(303)
  await office.signIn('admin')
})

it('changing the password voids a link that was handed out before', async () => {
  const link = makePasswordLink(office.portal, office.cast.nid.id).replace('http://localhost:3000', '')
  const nid = await office.signIn('nid')
  await post(nid, PAGE, good)
  expect((await office.agent.get(link)).status).toBe(404)
})

it('two changes side by side: one wins, the other is told', async () => {
  const first = await office.signIn('nid')
  const second = await office.signIn('nid')
  const other = 'ช้างขี่จักรยานข้ามสะพานแดง'
  const answers = await Promise.all([
    post(first, PAGE, good),
    post(second, PAGE, { ...good, newPassword: other, newPasswordAgain: other }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
})
