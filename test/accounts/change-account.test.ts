import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const pageOf = (name: keyof TestPortal['cast']) => `/staff/admin/accounts/${office.cast[name].id}`

const nidAs = (change: Record<string, string | string[]>) => ({
  displayName: office.cast.nid.displayName,
  post: '',
  email: '',
  unitId: String(office.cast.nid.unitId),
  roles: ['officer'],
  ...change,
})

it('unit and roles change at once, also for who is signed in', async () => {
  const nid = await office.signIn('nid')
  const change = { unitId: '', roles: ['administrator', 'working_group'] }
  const answer = await post(admin, pageOf('nid'), nidAs(change))
  expect(answer.status).toBe(303)
  expect((await admin.get(answer.headers.location ?? '')).text).toContain('บันทึกแล้ว')
  expect((await nid.get('/staff/admin')).status).toBe(200)
  expect((await nid.get('/staff/account')).text).toContain('คณะทำงาน, ผู้ดูแลระบบ')
  expect(auditLines(office.portal, 'account.change')).toMatchObject([
    {
      subject: `account:${office.cast.nid.id}`,
      actorName: office.cast.admin.displayName,
      before: { unitId: office.cast.nid.unitId, roles: ['officer'] },
      after: { unitId: null, roles: ['working_group', 'administrator'] },
    },
  ])
})

it('saving without a change leaves no line in the trail', async () => {
  expect((await post(admin, pageOf('nid'), nidAs({}))).status).toBe(303)
  expect(auditLines(office.portal, 'account.change')).toEqual([])
})

it('mistakes come back with what was typed; the user name never changes', async () => {
  const answer = await post(admin, pageOf('nid'), nidAs({ displayName: '', post: '<i>', username: 'hacked' }))
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['displayName'])
  expect(typedIn(answer, 'post')).toBe('<i>')
  await post(admin, pageOf('nid'), nidAs({ username: 'hacked', id: '1' }))
  expect((await admin.get(pageOf('nid'))).text).toContain('nid')
  expect((await admin.get('/staff/admin/accounts')).text).not.toContain('hacked')
})

it('the last administrator keeps the role', async () => {
  const fields = { displayName: 'อารีย์', post: '', email: '', unitId: '', roles: ['executive'] }
  const answer = await post(admin, pageOf('admin'), fields)
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['roles'])
  expect((await admin.get('/staff/admin')).status).toBe(200)
})

it('an administrator who has chosen no password yet does not count as another one', async () => {
  const spare = { username: 'spare', displayName: 'สำรอง', roles: 'administrator' }
  await post(admin, '/staff/admin/accounts/new', spare)
  const fields = { displayName: 'อารีย์', post: '', email: '', unitId: '', roles: ['executive'] }
  expect((await post(admin, pageOf('admin'), fields)).status).toBe(422)
})

it('with another administrator the role can be given up', async () => {
  await post(admin, pageOf('nid'), nidAs({ roles: ['officer', 'administrator'] }))
  const fields = { displayName: 'อารีย์', post: '', email: '', unitId: '', roles: ['executive'] }
  expect((await post(admin, pageOf('admin'), fields)).status).toBe(303)
  expect((await admin.get('/staff/admin')).status).toBe(403)
})

it('two administrators who strip each other side by side leave one', async () => {
  await post(admin, pageOf('nid'), nidAs({ roles: ['officer', 'administrator'] }))
  const nid = await office.signIn('nid')
  const plain = { displayName: 'ก', post: '', email: '', unitId: '', roles: ['executive'] }
  await Promise.all([post(admin, pageOf('nid'), plain), post(nid, pageOf('admin'), plain)])
  const left = office.portal.db.sqlite.prepare(
    `select count(*) from staff_roles where role = 'administrator'`,
  )
  expect(left.pluck().get()).toBe(1)
})

it('a person of a retired unit can be saved and keeps it, but nobody else gets it', async () => {
  const { chai, nid } = office.cast
  office.portal.db.sqlite.prepare('update units set retired_at = 1 where id = ?').run(chai.unitId)
  office.portal.settings.changed()
  const own = { displayName: 'ชัย', post: '', email: '', unitId: String(chai.unitId), roles: ['officer'] }
  expect((await post(admin, pageOf('chai'), own)).status).toBe(303)
  const other = await post(admin, `/staff/admin/accounts/${nid.id}`, nidAs({ unitId: String(chai.unitId) }))
  expect(errorsOf(other)).toEqual(['unitId'])
})

it('an address that names no account is not found', async () => {
  for (const id of ['0', '999', 'abc', '1e0', '01', '-1', '1%20', '99999999999999999999']) {
    const page = `/staff/admin/accounts/${id}`
    expect((await admin.get(page)).status).toBe(404)
    for (const action of ['', '/disable', '/enable', '/link']) {
      expect((await post(admin, page + action)).status).toBe(404)
    }
  }
})

it('somebody without the role can neither see nor change an account', async () => {
  const dao = await office.signIn('dao')
  expect((await dao.get(pageOf('nid'))).status).toBe(403)
  expect((await post(dao, pageOf('dao'), nidAs({ roles: ['administrator'] }))).status).toBe(403)
  expect((await dao.get('/staff/admin')).status).toBe(403)
})
