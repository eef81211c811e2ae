import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { preventiveMeasures } from '#analysis/tables.ts'
import { auditLines } from '#audit/tables.ts'
import { instantOf } from '#domain/civil-date.ts'
import { fileCase } from '../statistics/office.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let head: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  head = await office.signIn('malee')
})
beforeEach(() => office.portal.db.orm.delete(preventiveMeasures).run())
afterAll(() => office.close())

const MEASURE = {
  ...{ category: 'A2', village: '2', problem: 'ไฟทางดับทุกฤดูฝน', measure: 'เปลี่ยนสายใต้ดิน' },
  ...{ owner: 'กองช่าง', startsOn: '1/10/2569', dueOn: '30/9/2570' },
}

const rows = () => office.portal.db.orm.select().from(preventiveMeasures).all()
const trail = () =>
  office.portal.db.orm
    .select()
    .from(auditLines)
    .all()
    .filter(({ action }) => action.startsWith('measure.'))

async function recorded(fields: Record<string, string> = {}): Promise<string> {
  const answer = await post(head, '/staff/measures', { ...MEASURE, ...fields })
  expect(answer.status).toBe(303)
  return (answer.headers.location ?? '').replace('?saved', '')
}

describe('recording a preventive measure', () => {
  it('begins from the problem, keeps it with an audit line, and shows it to every officer', async () => {
    const form = await head.get('/staff/measures/new?category=A2&village=2')
    expect(form.text).toMatch(/<option value="A2" selected>/)
    expect(form.text).toMatch(/<option value="2" selected>/)
    expect(form.text).toContain('value="16/11/2569"')
    const before = trail().length
    const address = await recorded()
    expect(rows()).toMatchObject([
      {
        ...{ categoryCode: 'A2', villageId: 2, owner: 'กองช่าง', startsOn: '2026-10-01' },
        ...{ dueOn: '2027-09-30', doneOn: null, createdBy: 'มาลี ผู้อำนวยการกองช่าง', rev: 1 },
      },
    ])
    const lines = trail().slice(before)
    expect(lines).toMatchObject([{ action: 'measure.record', after: { categoryCode: 'A2' } }])
    expect(lines[0]?.subject).toBe(`measure:${address.split('/').at(-1)}`)
    const officer = await office.signIn('chai')
    const list = await officer.get('/staff/measures')
    expect(list.text).toContain('เปลี่ยนสายใต้ดิน')
    expect(list.text).not.toContain('บันทึกมาตรการใหม่')
    const page = await officer.get(address)
    expect(page.text).toContain('ไฟทางดับทุกฤดูฝน')
    expect(page.text).not.toContain(`${address}/edit`)
  })

  it('twice in one breath is recording it once', async () => {
    expect(await recorded()).toBe(await recorded())
    expect(rows()).toHaveLength(1)
  })

  it('may hold everywhere', async () => {
    await recorded({ village: '' })
    expect(rows()[0]?.villageId).toBeNull()
  })

  it.each([
    ['category', { category: '' }, 'กรุณาเลือกประเภทเรื่อง'],
    ['category', { category: 'Z9' }, 'กรุณาเลือกประเภทเรื่อง'],
    ['category', { category: 'H1' }, 'กรุณาเลือกประเภทเรื่อง'],
    ['village', { village: '77' }, 'กรุณาเลือกหมู่บ้าน'],
    ['measure', { measure: ' ' }, 'กรุณากรอกมาตรการป้องกัน'],
    ['startsOn', { startsOn: '31/2/2570' }, 'กรุณากรอกวันที่ให้ถูกต้อง'],
    ['dueOn', { dueOn: '30/9/2569' }, 'กำหนดแล้วเสร็จต้องไม่ก่อนวันที่เริ่ม'],
  ])('keeps what was typed where %s is wrong: %o', async (field, wrong, message) => {
    const answer = await post(head, '/staff/measures', { ...MEASURE, ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(message)
    expect(answer.text).toContain(`href="#${field}"`)
    expect(answer.text).toContain('ไฟทางดับทุกฤดูฝน')
    expect(rows()).toEqual([])
  })

  it.each(['chai', 'nayok', 'admin'] as const)('is not for %s', async (name) => {
    const agent = await office.signIn(name)
    expect((await agent.get('/staff/measures/new')).status).toBe(403)
    expect((await post(agent, '/staff/measures', MEASURE)).status).toBe(403)
    expect(rows()).toEqual([])
  })
})

describe('changing a measure', () => {
  it('tells what became of it; the list follows', async () => {
    const address = await recorded()
    const group = await office.signIn('wit')
    const change = { ...MEASURE, rev: '1', state: 'done', endedOn: '10/11/2569', result: 'ไฟไม่ดับอีก' }
    const answer = await post(group, `${address}/edit`, change)
    expect(answer.headers.location).toBe(`${address}?saved`)
    expect(rows()).toMatchObject([{ doneOn: '2026-11-10', abandonedOn: null, result: 'ไฟไม่ดับอีก', rev: 2 }])
    expect(trail().at(-1)).toMatchObject({
      ...{ action: 'measure.change', before: { doneOn: null, result: null } },
      after: { doneOn: '2026-11-10', result: 'ไฟไม่ดับอีก' },
    })
    expect((await group.get('/staff/measures')).text).not.toContain('เปลี่ยนสายใต้ดิน')
    expect((await group.get('/staff/measures?state=done')).text).toContain('เปลี่ยนสายใต้ดิน')
  })

  it('is overdue after its day, and given up only with a reason', async () => {
    const address = await recorded({ dueOn: '15/11/2569' })
    expect((await head.get('/staff/measures?state=overdue')).text).toContain('เปลี่ยนสายใต้ดิน')
    const change = { ...MEASURE, rev: '1', state: 'abandoned', endedOn: '16/11/2569' }
    const refused = await post(head, `${address}/edit`, change)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('กรุณากรอกเหตุที่ยกเลิก')
    await post(head, `${address}/edit`, { ...change, result: 'ไม่มีงบประมาณ' })
    expect(rows()).toMatchObject([{ abandonedOn: '2026-11-16', doneOn: null }])
    expect((await head.get('/staff/measures?state=overdue')).text).not.toContain('เปลี่ยนสายใต้ดิน')
    expect((await head.get('/staff/measures?state=abandoned')).text).toContain('เปลี่ยนสายใต้ดิน')
  })

  it.each([
    [{ state: 'done' }, 'กรุณากรอกวันที่แล้วเสร็จหรือวันที่ยกเลิก'],
    [{ state: 'open', endedOn: '16/11/2569' }, 'กรุณาเลือกว่าแล้วเสร็จหรือยกเลิก'],
    [{ state: 'done', endedOn: '17/11/2569' }, 'วันที่ต้องไม่เกิน'],
    [{ state: 'done', endedOn: '30/9/2569' }, 'วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม'],
  ])('refuses %o', async (wrong, message) => {
    const address = await recorded()
    const answer = await post(head, `${address}/edit`, { ...MEASURE, rev: '1', ...wrong })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain(message)
    expect(rows()).toMatchObject([{ doneOn: null, rev: 1 }])
  })

  it('that somebody else changed meanwhile is 409, shows what is kept, and keeps what was typed', async () => {
    const address = await recorded()
    await post(head, `${address}/edit`, { ...MEASURE, rev: '1', state: 'open', owner: 'สำนักปลัด' })
    const late = { ...MEASURE, state: 'open', measure: 'ตัดกิ่งไม้' }
    const answer = await post(head, `${address}/edit`, { ...late, rev: '1' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('สำนักปลัด')
    expect(answer.text).toContain('ตัดกิ่งไม้')
    expect(answer.text).toContain('name="rev" value="2"')
    expect(rows()).toMatchObject([{ owner: 'สำนักปลัด', measure: 'เปลี่ยนสายใต้ดิน', rev: 2 }])
    expect((await post(head, `${address}/edit`, { ...late, rev: '2' })).status).toBe(303)
    expect(rows()).toMatchObject([{ owner: 'กองช่าง', measure: 'ตัดกิ่งไม้', rev: 3 }])
  })

  it('by nothing writes nothing', async () => {
    const address = await recorded()
    const before = trail().length
    await post(head, `${address}/edit`, { ...MEASURE, rev: '1', state: 'open' })
    expect(trail()).toHaveLength(before)
    expect(rows()[0]?.rev).toBe(1)
  })

  it('about restricted matters is for those alone who may count them', async () => {
    const group = await office.signIn('wit')
    const { headers } = await post(group, '/staff/measures', { ...MEASURE, category: 'H1', village: '' })
    const address = String(headers.location).replace('?saved', '')
    expect((await group.get(address)).status).toBe(200)
    expect((await head.get(address)).status).toBe(404)
    expect((await head.get(`${address}/edit`)).status).toBe(404)
    const change = { ...MEASURE, rev: '1', state: 'open' }
    expect((await post(head, `${address}/edit`, change)).status).toBe(404)
    expect((await head.get('/staff/measures')).text).not.toContain('เปลี่ยนสายใต้ดิน')
  })

  it.each(['/staff/measures/9999', '/staff/measures/x', '/staff/measures/9999/edit'])(
    '%s is not there',
    async (address) => {
      const group = await office.signIn('wit')
      expect((await group.get(address)).status).toBe(404)
    },
  )
})

it('shows complaints before and after, and goes through long lists page by page', async () => {
  for (let n = 0; n < 31; n += 1) await recorded({ measure: `มาตรการที่ ${n}`, dueOn: '' })
  for (const day of ['2026-08-10', '2026-09-10', '2026-09-11', '2026-10-10']) {
    fileCase(office.portal, { categoryCode: 'A2', villageId: 2, receivedAt: instantOf(day, 9, 0) })
  }
  const first = await head.get('/staff/measures')
  expect(first.text).toContain(
    'ก่อน <strong>2</strong> เรื่อง <span aria-hidden="true">→</span> หลัง <strong>1</strong> เรื่อง',
  )
  expect(first.text).toContain('จำนวนน้อยเกินไป ยังสรุปผลของมาตรการไม่ได้')
  expect(first.text).toContain('มาตรการที่ 30<')
  expect(first.text).not.toContain('มาตรการที่ 0<')
  expect((await head.get('/staff/measures?state=open&page=2')).text).toContain('มาตรการที่ 0<')
  expect((await head.get('/staff/measures?state=open&page=99')).text).toContain('มาตรการที่ 0<')
})
