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

const LIST = '/staff/admin/villages'

function villages(): [number, string][] {
  return office.portal.settings.villages().map(({ number, name }) => [number, name])
}

it('a village is added under the next number, in Thai digits too', async () => {
  expect(typedIn(await admin.get(LIST), 'number')).toBe('6')
  expect((await post(admin, LIST, { number: '๖', name: 'บ้านสวน', nameEn: 'Ban Suan' })).status).toBe(303)
  expect((await post(admin, LIST, { number: '7', name: 'บ้านไร่', nameEn: '' })).status).toBe(303)
  expect(villages().slice(-2)).toEqual([
    [6, 'บ้านสวน'],
    [7, 'บ้านไร่'],
  ])
  expect(office.portal.settings.villages().at(-1)?.nameEn).toBe('บ้านไร่')
  expect(auditLines(office.portal, 'settings.village.create')).toMatchObject([
    { after: { number: 6, name: 'บ้านสวน', nameEn: 'Ban Suan' } },
    { after: { number: 7 } },
  ])
})

it('a village that was typed wrong is put right, number and all', async () => {
  const { id } = office.portal.settings.villages().at(-1) ?? { id: 0 }
  expect((await admin.get(`${LIST}/${id}`)).text).toContain('หมู่ที่ 5 บ้านท่าน้ำ')
  const fields = { number: '9', name: 'บ้านท่าใหม่', nameEn: 'Ban Tha Mai' }
  expect((await post(admin, `${LIST}/${id}`, fields)).status).toBe(303)
  expect(villages().at(-1)).toEqual([9, 'บ้านท่าใหม่'])
  expect(auditLines(office.portal, 'settings.village.change')).toMatchObject([
    { subject: `village:${id}`, before: { number: 5, name: 'บ้านท่าน้ำ' }, after: { number: 9 } },
  ])
})

it('a number or name that is none is refused and kept as typed', async () => {
  for (const [number, name, field] of [
    ['', 'บ้าน', 'number'],
    ['0', 'บ้าน', 'number'],
    ['1.5', 'บ้าน', 'number'],
    ['1000', 'บ้าน', 'number'],
    ['หก', 'บ้าน', 'number'],
    ['3', 'บ้าน', 'number'],
    ['6', ' ', 'name'],
    ['6', 'ก'.repeat(151), 'name'],
  ] as const) {
    const answer = await post(admin, LIST, { number, name, nameEn: '"x"' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual([field])
    expect(typedIn(answer, 'number')).toBe(number)
    expect(typedIn(answer, 'nameEn')).toBe('"x"')
    expect(villages()).toHaveLength(5)
  }
})

it('the number of another village cannot be taken', async () => {
  const { id } = office.portal.settings.villages()[0] ?? { id: 0 }
  const answer = await post(admin, `${LIST}/${id}`, { number: '2', name: 'บ้านเหนือ', nameEn: '' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('มีหมู่ที่ 2 อยู่แล้ว (บ้านใต้)')
})

it('a village is taken out of use and back, and never removed', async () => {
  const { id } = office.portal.settings.villages()[2] ?? { id: 0 }
  expect((await post(admin, `${LIST}/${id}/retire`)).status).toBe(303)
  expect(villages()).toHaveLength(4)
  expect(office.portal.settings.village(id)?.name).toBe('บ้านกลาง')
  const again = await post(admin, LIST, { number: '3', name: 'บ้านกลาง', nameEn: '' })
  expect(again.text).toContain('เลิกใช้แล้ว นำกลับมาใช้ได้จากรายการ')
  expect((await admin.get(`${LIST}/${id}`)).text).toContain('นำกลับมาใช้')
  expect((await post(admin, `${LIST}/${id}/restore`)).status).toBe(303)
  expect(villages()).toHaveLength(5)
  expect(auditLines(office.portal, 'settings.village.re')).toHaveLength(2)
})

it('an address that names no village is not found', async () => {
  for (const page of ['999', 'x', '1/retire']) expect((await admin.get(`${LIST}/${page}`)).status).toBe(404)
  for (const action of ['', '/retire', '/restore']) {
    expect((await post(admin, `${LIST}/999${action}`, { number: '8', name: 'ก' })).status).toBe(404)
  }
})

it('villages are changed by administrators only', async () => {
  const nid = await office.signIn('nid')
  for (const page of [LIST, `${LIST}/1`, `${LIST}/1/retire`, `${LIST}/1/restore`]) {
    expect((await post(nid, page, { number: '8', name: 'ใหม่' })).status).toBe(403)
    expect((await post(office.newAgent(), page, { number: '8', name: 'ใหม่' })).status).toBe(401)
  }
  expect(villages()).toHaveLength(5)
})
