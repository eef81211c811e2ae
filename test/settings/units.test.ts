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

const LIST = '/staff/admin/units'

function unitNamed(name: string): { id: number; nameEn: string; isCentre: boolean } {
  const unit = office.portal.settings.units().find((candidate) => candidate.name === name)
  if (!unit) throw new Error(`no unit ${name}`)
  return unit
}

it('a unit is added at the end, with its Thai name where the English one is left out', async () => {
  const answer = await post(admin, LIST, { name: '  กองการ   เจ้าหน้าที่ ', nameEn: '' })
  expect(answer.status).toBe(303)
  expect(office.portal.settings.units().at(-1)).toMatchObject({
    name: 'กองการ เจ้าหน้าที่',
    nameEn: 'กองการ เจ้าหน้าที่',
    isCentre: false,
  })
  const { id } = unitNamed('กองการ เจ้าหน้าที่')
  expect(auditLines(office.portal, 'settings.unit.create')).toMatchObject([
    { subject: `unit:${id}`, after: { name: 'กองการ เจ้าหน้าที่', isCentre: false } },
  ])
})

it('a unit is renamed and made a complaint centre, which its people notice at once', async () => {
  const chai = await office.signIn('chai')
  const { id } = unitNamed('กองช่าง')
  const fields = { name: 'สำนักช่าง', nameEn: 'Works', isCentre: 'yes' }
  expect((await post(admin, `${LIST}/${id}`, fields)).status).toBe(303)
  expect(unitNamed('สำนักช่าง')).toMatchObject({ id, nameEn: 'Works', isCentre: true })
  expect((await chai.get('/staff/account')).text).toContain('เจ้าหน้าที่ · สำนักช่าง')
  expect(auditLines(office.portal, 'settings.unit.change')).toMatchObject([
    { subject: `unit:${id}`, before: { name: 'กองช่าง', isCentre: false }, after: { isCentre: true } },
  ])
})

it('an empty, taken or endless name is refused and what was typed is kept', async () => {
  for (const name of ['', 'กองช่าง', 'ก'.repeat(151)]) {
    const answer = await post(admin, LIST, { name, nameEn: 'Typed <already>', isCentre: 'yes' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['name'])
    expect(typedIn(answer, 'nameEn')).toBe('Typed <already>')
    expect(answer.text).toMatch(/name="isCentre"[^>]* checked/)
  }
  const page = `${LIST}/${unitNamed('กองคลัง').id}`
  const answer = await post(admin, page, { name: 'กองช่าง', nameEn: 'X' })
  expect(answer.status).toBe(422)
  expect(typedIn(answer, 'nameEn')).toBe('X')
  expect(unitNamed('กองคลัง').nameEn).toBe('Finance Division')
})

it('the only complaint centre stays one', async () => {
  const { id } = unitNamed('สำนักปลัด')
  const answer = await post(admin, `${LIST}/${id}`, { name: 'สำนักปลัด', nameEn: '' })
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['isCentre'])
  const retired = await post(admin, `${LIST}/${id}/retire`)
  expect(retired.status).toBe(422)
  expect(retired.text).toContain('ต้องมีหน่วยงานที่เป็นศูนย์รับเรื่อง')
  expect(unitNamed('สำนักปลัด').isCentre).toBe(true)
})

it('a unit to which categories lead is kept until they lead elsewhere', async () => {
  const answer = await post(admin, `${LIST}/${unitNamed('กองช่าง').id}/retire`)
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['retire'])
  expect(answer.text).toContain('ยังมีประเภทเรื่องที่ส่งให้หน่วยงานนี้')
})

it('a unit is taken out of use and back, and never removed', async () => {
  await post(admin, LIST, { name: 'กองชั่วคราว', nameEn: '' })
  const { id } = unitNamed('กองชั่วคราว')
  expect((await post(admin, `${LIST}/${id}/retire`)).status).toBe(303)
  expect(office.portal.settings.units().map((unit) => unit.id)).not.toContain(id)
  expect(office.portal.settings.unit(id)?.name).toBe('กองชั่วคราว')
  expect((await admin.get(LIST)).text).toContain('เลิกใช้')
  const again = await post(admin, LIST, { name: 'กองชั่วคราว', nameEn: '' })
  expect(again.text).toContain('นำกลับมาใช้ได้จากรายการ')
  expect((await post(admin, `${LIST}/${id}/restore`)).status).toBe(303)
  expect(office.portal.settings.units().map((unit) => unit.id)).toContain(id)
  await post(admin, `${LIST}/${id}/restore`)
  expect(auditLines(office.portal, 'settings.unit.re').map(({ action }) => action)).toEqual([
    'settings.unit.retire',
    'settings.unit.restore',
  ])
})

it('an address that names no unit is not found, and nothing is changed by looking', async () => {
  for (const id of ['0', '999', 'x', '1x', '%20']) {
    expect((await admin.get(`${LIST}/${id}`)).status).toBe(404)
    for (const action of ['', '/retire', '/restore']) {
      expect((await post(admin, `${LIST}/${id}${action}`, { name: 'ก' })).status).toBe(404)
    }
  }
  expect((await admin.get(`${LIST}/1/retire`)).status).toBe(404)
})

it('units are changed by administrators only', async () => {
  const malee = await office.signIn('malee')
  const before = office.portal.settings.units()
  for (const page of [LIST, `${LIST}/1`, `${LIST}/1/retire`, `${LIST}/1/restore`]) {
    expect((await post(malee, page, { name: 'ใหม่' })).status).toBe(403)
    expect((await post(office.newAgent(), page, { name: 'ใหม่' })).status).toBe(401)
  }
  expect(office.portal.settings.units()).toEqual(before)
})
