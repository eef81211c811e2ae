import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileAndKeepSlip, type Slip, wordsOf } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { deadlineFields } from './deadline-fields.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const LIST = '/staff/admin/categories'

const healthUnit = () => String(office.cast.somsri.unitId)

const roads = (change: Record<string, string> = {}) => ({
  name: 'ถนนชำรุด',
  nameEn: 'Roads',
  unitId: healthUnit(),
  targetDays: '7',
  ...change,
})

it('the list shows every category with its unit and days', async () => {
  const page = await admin.get(LIST)
  expect(page.status).toBe(200)
  for (const { code, name } of office.portal.settings.categories()) {
    expect(page.text).toContain(`href="${LIST}/${code}">${name}</a>`)
  }
})

it('words, unit and days of a category change; its code, kind and restriction never', async () => {
  const before = office.portal.settings.category('A1')
  const extra = { code: 'Z9', kind: 'praise', restricted: '1', groupCode: 'B', sort: '0' }
  expect((await post(admin, `${LIST}/A1`, { ...roads(), ...extra })).status).toBe(303)
  expect(office.portal.settings.category('A1')).toEqual({
    ...before,
    name: 'ถนนชำรุด',
    nameEn: 'Roads',
    unitId: office.cast.somsri.unitId,
    targetDays: 7,
  })
  expect(office.portal.settings.category('Z9')).toBeUndefined()
  expect(auditLines(office.portal, 'settings.category.change')).toMatchObject([
    { subject: 'category:A1', before: { targetDays: null }, after: { targetDays: 7, name: 'ถนนชำรุด' } },
  ])
})

it('days left out are those of the office', async () => {
  await post(admin, `${LIST}/A1`, roads())
  await post(admin, `${LIST}/A1`, roads({ targetDays: '' }))
  expect(office.portal.settings.category('A1')?.targetDays).toBeNull()
})

it('mistakes are refused and what was typed is kept', async () => {
  for (const [change, field] of [
    [{ targetDays: '16' }, 'targetDays'],
    [{ targetDays: '0' }, 'targetDays'],
    [{ targetDays: '7 วัน' }, 'targetDays'],
    [{ name: '' }, 'name'],
    [{ unitId: '' }, 'unitId'],
    [{ unitId: '999' }, 'unitId'],
  ] as const) {
    const answer = await post(admin, `${LIST}/A1`, roads({ nameEn: '<Roads>', ...change }))
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual([field])
    expect(typedIn(answer, 'nameEn')).toBe('<Roads>')
    expect(office.portal.settings.category('A1')?.nameEn).not.toBe('<Roads>')
  }
})

it('a category never promises more days than the office', async () => {
  await post(admin, '/staff/admin/deadlines', deadlineFields({ targetDays: '5' }))
  expect((await post(admin, `${LIST}/A1`, roads({ targetDays: '6' }))).status).toBe(422)
  expect((await post(admin, `${LIST}/A1`, roads({ targetDays: '๕' }))).status).toBe(303)
})

it('a category is taken out of use and back; a group only gets new words', async () => {
  expect((await post(admin, `${LIST}/A1/retire`)).status).toBe(303)
  const choices = () => office.portal.settings.categoryTree().flatMap(({ children }) => children)
  expect(choices().map(({ code }) => code)).not.toContain('A1')
  expect(office.portal.settings.category('A1')?.name).toBeDefined()
  expect((await admin.get(`${LIST}/A1`)).text).toContain('นำกลับมาใช้')
  expect((await post(admin, `${LIST}/A1/restore`)).status).toBe(303)
  expect(choices().map(({ code }) => code)).toContain('A1')

  expect((await post(admin, `${LIST}/A/retire`)).status).toBe(422)
  const group = await post(admin, `${LIST}/A`, roads({ name: 'โครงสร้าง', targetDays: '3' }))
  expect(group.status).toBe(303)
  expect(office.portal.settings.category('A')).toMatchObject({ name: 'โครงสร้าง', targetDays: null })
})

it('the last category in use stays', async () => {
  office.portal.db.sqlite
    .prepare(`update categories set retired_at = 1 where group_code is not null and code <> 'A1'`)
    .run()
  office.portal.settings.changed()
  expect((await post(admin, `${LIST}/A1/retire`)).status).toBe(422)
  expect(office.portal.settings.categories()).toHaveLength(1)
})

it('a category whose unit is gone comes back only with another unit', async () => {
  await post(admin, `${LIST}/A1/retire`)
  const unitId = office.portal.settings.category('A1')?.unitId
  office.portal.db.sqlite.prepare('update units set retired_at = 1 where id = ?').run(unitId)
  office.portal.settings.changed()
  const answer = await post(admin, `${LIST}/A1/restore`)
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['unitId'])
  await post(admin, `${LIST}/A1`, roads())
  expect((await post(admin, `${LIST}/A1/restore`)).status).toBe(303)
})

it('an address that names no category is not found', async () => {
  for (const code of ['ZZ', 'a1', '%20', 'A1%00']) {
    expect((await admin.get(`${LIST}/${code}`)).status).toBe(404)
    for (const action of ['', '/retire', '/restore']) {
      expect((await post(admin, `${LIST}/${code}${action}`, roads())).status).toBe(404)
    }
  }
  expect((await admin.get(`${LIST}/A1/retire`)).status).toBe(404)
})

it('categories are changed by administrators only', async () => {
  const wit = await office.signIn('wit')
  for (const page of [`${LIST}/A1`, `${LIST}/A1/retire`, `${LIST}/A1/restore`]) {
    expect((await post(wit, page, roads())).status).toBe(403)
    expect((await post(office.newAgent(), page, roads())).status).toBe(401)
  }
  expect(office.portal.settings.category('A1')?.nameEn).not.toBe('Roads')
})

describe('fewer days for a category', () => {
  const file = () => fileAndKeepSlip(office, { category: 'A1' })
  const due = (slip: Slip) => caseOf(office, slip).dueOn

  it('bring its open cases forward, shown before it is done', async () => {
    const [slip, other] = [await file(), await fileAndKeepSlip(office, { category: 'A2' })]
    const asked = await post(admin, `${LIST}/A1`, roads())
    expect(asked.status).toBe(200)
    expect(wordsOf(asked.text)).toContain('จาก 15 วัน เป็น 7 วัน')
    expect(wordsOf(asked.text)).toContain(slip.number)
    expect(wordsOf(asked.text)).not.toContain(other.number)
    expect(typedIn(asked, 'nameEn')).toBe('Roads')
    expect(office.portal.settings.category('A1')?.targetDays).toBeNull()

    const saved = await post(admin, `${LIST}/A1`, roads({ step: 'save' }))
    expect(saved.headers.location).toBe(`${LIST}?saved=1`)
    expect((await admin.get(`${LIST}?saved=1`)).text).toContain('วันครบกำหนดเปลี่ยน 1 รายการ')
    expect([due(slip), due(other)]).toEqual(['2026-11-23', '2026-12-01'])
  })

  it('that are given back move nothing: no date moves later', async () => {
    await post(admin, `${LIST}/A1`, roads())
    const slip = await file()
    const answer = await post(admin, `${LIST}/A1`, roads({ targetDays: '' }))
    expect(answer.headers.location).toBe(`${LIST}?saved=0`)
    expect(due(slip)).toBe('2026-11-23')
  })

  it('are taken back to the form with everything typed', async () => {
    await file()
    const answer = await post(admin, `${LIST}/A1`, roads({ step: 'edit', nameEn: '<Roads>' }))
    expect(answer.status).toBe(200)
    expect([typedIn(answer, 'nameEn'), typedIn(answer, 'targetDays')]).toEqual(['<Roads>', '7'])
    expect(office.portal.settings.category('A1')?.targetDays).toBeNull()
  })
})
