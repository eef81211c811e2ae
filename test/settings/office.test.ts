import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { OFFICE_FIELDS, officeValues } from '#settings/office-forms.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { OFFICE, startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const PAGE = '/staff/admin/office'
const values = (change: Record<string, string> = {}) => ({ ...officeValues(OFFICE), ...change })

describe('the office', () => {
  it('shows what is stored and saves what is typed, at once for every page', async () => {
    const page = await admin.get(PAGE)
    for (const name of OFFICE_FIELDS) expect(typedIn(page, name)).toBe(officeValues(OFFICE)[name])
    const change = { orgShort: 'ทต.เมืองใหม่', lineId: '@mueangmai', website: 'https://mueangmai.example' }
    const answer = await post(admin, PAGE, values(change))
    expect(answer.status).toBe(303)
    expect((await admin.get(answer.headers.location ?? '')).text).toContain('บันทึกแล้ว')
    expect(office.portal.office()).toMatchObject({ ...change, facebook: null })
    expect((await office.agent.get('/staff/sign-in')).text).toContain('ทต.เมืองใหม่')
    expect(auditLines(office.portal, 'settings.')).toMatchObject([
      {
        action: 'settings.office',
        subject: 'settings:office',
        actorName: office.cast.admin.displayName,
        before: { orgShort: 'อบต.เมืองใหม่', lineId: null },
        after: { orgShort: 'ทต.เมืองใหม่', lineId: '@mueangmai' },
      },
    ])
  })

  it('stays as it was after a restart', async () => {
    await post(admin, PAGE, values({ phone: '038 999 999 ต่อ 12' }))
    office = await office.restart()
    expect(office.portal.office().phone).toBe('038 999 999 ต่อ 12')
  })

  it('leaves no line in the trail when nothing was changed', async () => {
    expect((await post(admin, PAGE, values())).status).toBe(303)
    expect(auditLines(office.portal, 'settings.')).toEqual([])
  })

  it('names every field that is needed and keeps the rest as typed', async () => {
    const fields = values({ orgName: ' ', phone: '', hoursTh: '', address: '99 <หมู่> "1"' })
    const answer = await post(admin, PAGE, fields)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['orgName', 'phone', 'hoursTh'])
    expect(typedIn(answer, 'address')).toBe('99 <หมู่> "1"')
    expect(office.portal.office()).toEqual(OFFICE)
    expect(errorsOf(await post(admin, PAGE))).toContain('centreNameEn')
  })

  it('refuses addresses that are none and texts without end', async () => {
    for (const [field, text] of [
      ['website', 'javascript:alert(1)'],
      ['website', 'www.example.go.th'],
      ['email', 'office@example'],
      ['email', 'a@example.com, b@example.com'],
      ['dpo', 'ก'.repeat(301)],
    ] as const) {
      const answer = await post(admin, PAGE, values({ [field]: text }))
      expect(answer.status).toBe(422)
      expect(errorsOf(answer)).toEqual([field])
    }
  })

  it('is changed by administrators only', async () => {
    const dao = await office.signIn('dao')
    expect((await post(dao, PAGE, values({ phone: '1' }))).status).toBe(403)
    expect((await post(office.newAgent(), PAGE, values({ phone: '1' }))).status).toBe(401)
    expect(office.portal.office()).toEqual(OFFICE)
  })
})
