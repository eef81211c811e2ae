import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordMeasure } from '#analysis/record-measure.ts'
import { instantOf } from '#domain/civil-date.ts'
import { caseSlug } from '#domain/reference.ts'
import { viewerFor } from '../complaints-staff/desk.ts'
import { fileCase, setStatus } from '../statistics/office.ts'
import type { MemberName } from '../support/cast.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let agents: Record<'wit' | 'chai' | 'malee' | 'dao' | 'nid', TestAgent>
let last: { fiscalYear: number; seq: number }
beforeAll(async () => {
  office = await startTestPortal()
  const { portal } = office
  const complain = (categoryCode: string, villageId: number | null, on: string) =>
    fileCase(portal, { categoryCode, villageId, receivedAt: instantOf(on, 9, 0) })
  for (const on of ['2026-10-02', '2026-10-20', '2026-11-03', '2026-11-10']) last = complain('A2', 2, on)
  for (const on of ['2026-10-02', '2026-10-20']) complain('A1', 2, on)
  for (const on of ['2025-12-02', '2025-12-20', '2026-01-05']) complain('C1', 3, on)
  for (const on of ['2026-10-02', '2026-10-20', '2026-11-03']) complain('H1', 4, on)
  complain('A2', null, '2026-11-01')
  const merged = complain('A2', 2, '2026-11-04')
  setStatus(portal, merged.id, 'merged')
  const solved = complain('A2', 2, '2026-11-05')
  setStatus(portal, solved.id, 'closed', '2026-11-06')
  portal.db.sqlite
    .prepare('update cases set cause = ?, prevention = ?, unit_id = ? where id = ?')
    .run('หม้อแปลงเก่า', 'เปลี่ยนหม้อแปลง', office.cast.somsri.unitId, solved.id)
  agents = {
    ...{ wit: await office.signIn('wit'), chai: await office.signIn('chai') },
    ...{ malee: await office.signIn('malee'), dao: await office.signIn('dao') },
    nid: await office.signIn('nid'),
  }
})
afterAll(() => office.close())

/** The page without tags, and with single blanks. */
const read = async (name: keyof typeof agents, query = ''): Promise<string> => {
  const { text } = await agents[name].get(`/staff/analysis${query}`)
  return text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}

describe('the analysis', () => {
  it('lists what recurs in this fiscal year, with what was told again, and leads on', async () => {
    const { text } = await agents.wit.get('/staff/analysis')
    expect(text).toMatch(/<strong>5<\/strong> เรื่อง/)
    expect(text).toContain('มีผู้แจ้งซ้ำและรวมเข้าเรื่องเดิมอีก 1 เรื่อง')
    expect(text).toContain(
      'href="/staff?view=all&amp;category=A2&amp;village=2&amp;from=1%2F10%2F2569&amp;to=30%2F11%2F2569"',
    )
    expect(text).toContain('href="/staff/measures/new?category=A2&amp;village=2"')
    expect(text).toContain('หม้อแปลงเก่า')
    expect(text).toContain('เปลี่ยนหม้อแปลง')
    const words = await read('wit')
    expect(words).toContain('จำนวนเรื่องรายเดือน: ตุลาคม 2569 2 เรื่อง, พฤศจิกายน 2569 3 เรื่อง')
    // Two complaints do not make it recurring; three of last year do, in their year.
    expect(words).not.toContain('หมู่ที่ 3 บ้านกลาง 3 เรื่อง')
  })

  it('leads to as many cases as it counts', async () => {
    const { text } = await agents.wit.get(
      '/staff?view=all&category=A2&village=2&from=1/10/2569&to=30/11/2569',
    )
    // The one that was merged is in the list, and not in the count.
    expect(text).toContain('6 เรื่อง ตามตัวกรอง')
  })

  it('looks at the months it is asked for', async () => {
    const words = await read('wit', '?from=2025-10&to=2026-09')
    expect(words).toContain('เดือนตุลาคม 2568 ถึงเดือนกันยายน 2569')
    expect(words).toMatch(/หมู่ที่ 3 บ้านกลาง 3 เรื่อง/)
    expect(words).not.toContain('มีผู้แจ้งซ้ำ')
  })

  it('is narrowed to a category and a village', async () => {
    const { text } = await agents.wit.get('/staff/analysis?from=2025-10&to=2026-11&category=C1&village=3')
    expect(text).toContain('/staff/measures/new?category=C1&amp;village=3')
    expect(text).not.toContain('/staff/measures/new?category=A2')
    expect(text).toContain('ปฏิทินห้าปี')
    const nothing = await agents.wit.get('/staff/analysis?category=Z9&village=77')
    expect(nothing.status).toBe(200)
  })

  it.each([
    '?from=2026-13&to=2026-11',
    '?from=2026-11',
    '?from=2026-11&to=2026-10',
    '?from=2010-01&to=2026-11',
    '?from=2027-01&to=2027-02',
  ])('cannot look at %s, and shows this year instead', async (query) => {
    const answer = await agents.wit.get(`/staff/analysis${query}`)
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('href="#from"')
    expect(answer.text).toMatch(/<strong>5<\/strong> เรื่อง/)
  })

  it('tells of a measure where there is one', async () => {
    const fields = {
      ...{ categoryCode: 'A2', villageId: null, problem: 'ก', measure: 'ตรวจสายไฟทุกหมู่', owner: 'กองช่าง' },
      ...{ startsOn: '2026-10-01', dueOn: null, doneOn: null, abandonedOn: null, result: null },
    }
    const id = recordMeasure(office.portal, viewerFor(office, 'wit'), fields)
    const { text } = await agents.chai.get('/staff/analysis')
    expect(text).toContain(`href="/staff/measures/${id}"`)
    expect(text).not.toContain('/staff/measures/new')
  })

  it.each(['wit', 'dao'] as const)('shows %s how many complaints about staff there are', async (name) => {
    const { text } = await agents[name].get('/staff/analysis')
    expect(text).toMatch(/category=H1&amp;village=4/)
    expect(text).not.toContain('ไม่รวมเรื่องที่จำกัดสิทธิ์ดู')
  })

  it.each(['chai', 'malee', 'nid'] as const)('tells %s nothing of complaints about staff', async (name) => {
    const { text } = await agents[name].get('/staff/analysis?category=H1')
    expect(text).not.toMatch(/category=H1/)
    expect(text).not.toContain('value="H1"')
    const group = office.portal.settings.category('H')?.name ?? ''
    expect(group).not.toBe('')
    expect(text).not.toContain(group)
    expect(text).toContain('ไม่รวมเรื่องที่จำกัดสิทธิ์ดู')
  })

  it('shows the causes of other units’ cases to those alone who may read them', async () => {
    expect(await read('nid')).toContain('หม้อแปลงเก่า')
    expect(await read('chai')).not.toContain('หม้อแปลงเก่า')
    expect(await read('chai')).toContain('แสดงเฉพาะเรื่องที่ท่านมีสิทธิ์ดู')
  })

  it('is not for the administrator', async () => {
    const admin = await office.signIn('admin')
    expect((await admin.get('/staff/analysis')).status).toBe(403)
    expect((await admin.get('/staff/measures')).status).toBe(403)
    expect((await admin.get('/staff/account')).text).not.toContain('/staff/analysis')
  })
})

describe('beside a case', () => {
  const seen = async (name: MemberName, given: Parameters<typeof fileCase>[1]) => {
    const { fiscalYear, seq } = given ? fileCase(office.portal, given) : last
    const agent = await office.signIn(name)
    return (await agent.get(`/staff/cases/${caseSlug(fiscalYear, seq)}`)).text
  }

  it('stands how often the same was told from there in twelve months, besides this once', async () => {
    const text = await seen('nid', undefined)
    expect(text).toContain('ใน 12 เดือนล่าสุดมีเรื่องประเภทนี้จากหมู่บ้านเดียวกันอีก 4 เรื่อง')
    expect(text).toContain('href="/staff/analysis?category=A2&amp;village=2&amp;from=2025-12&amp;to=2026-11"')
  })

  it('stands nothing where it is the first, is no complaint, or has no place', async () => {
    for (const given of [
      { villageId: 5 },
      { villageId: null },
      { villageId: 2, kind: 'question' as const },
    ]) {
      expect(await seen('nid', given)).not.toContain('ใน 12 เดือนล่าสุด')
    }
  })
})
