import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Report, reportById } from '#reports/store.ts'
import { summaryReports } from '#reports/tables.ts'
import { stateOf, wordsOf } from '../complaints-staff/desk.ts'
import { fileCase } from '../statistics/office.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { draftReport, fileCases, forgetReports, notedReport, publishedReport, THOUGHTS } from './office.ts'

const REPORTS = '/staff/reports'

let office: TestPortal
let wit: TestAgent
let nayok: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  fileCases(office)
  wit = await office.signIn('wit')
  nayok = await office.signIn('nayok')
})
afterEach(() => forgetReports(office))
afterAll(() => office.close())

const addressOf = ({ id }: Pick<Report, 'id'>): string => `${REPORTS}/${id}`
const rowOf = ({ id }: Pick<Report, 'id'>): Report => reportById(office.portal.db, id) as Report

/** How many complaints a page says were received. */
const receivedOn = (answer: Response): number => Number(/รับใหม่ (\d+) เรื่อง/.exec(wordsOf(answer))?.[1])

/** Presses a button of the report's page as it is now. */
async function press(agent: TestAgent, report: Report, action: string, typed = {}): Promise<Response> {
  return await post(agent, `${addressOf(report)}/${action}`, { rev: String(rowOf(report).rev), ...typed })
}

describe('beginning a report', () => {
  it.each([
    ['h1', { fiscalYear: '2570' }, '2570-1'],
    ['year', { fiscalYear: '๒๕๗๐' }, '2570'],
    ['h2', { fiscalYear: '2569' }, '2569-2'],
    ['months', { from: '10/2569', to: '1/2570' }, '2026-10_2027-01'],
    ['months', { from: '10/2569', to: '9/2570' }, '2570'],
    ['months', { from: '๑๑/๒๕๖๙', to: '2026-11' }, '2026-11_2026-11'],
  ])('of %s %j gives it the address %s', async (span, typed, slug) => {
    const answer = await post(wit, `${REPORTS}/new`, { span, ...typed })
    expect(answer.status).toBe(303)
    const [row] = office.portal.db.orm.select().from(summaryReports).all()
    expect(row).toMatchObject({ slug, version: 1, state: 'draft', figures: null })
    expect(answer.headers.location).toBe(`${REPORTS}/${row?.id}`)
    expect(row?.texts.s3).toContain('http://localhost:3000/')
    expect(auditLines(office.portal, 'report.').at(-1)).toMatchObject({
      ...{ action: 'report.begin', actorName: 'วิทย์ คณะทำงาน', after: { slug } },
    })
  })

  it.each([
    [{}, ['span']],
    [{ span: 'year', fiscalYear: '2600' }, ['fiscalYear']],
    [{ span: 'h2', fiscalYear: '2570' }, ['span']],
    [{ span: 'months', from: 'ตุลา', to: '1/2570' }, ['from']],
    [{ span: 'months', from: '10/2569', to: '13/2569' }, ['to']],
    [{ span: 'months', from: '12/2569', to: '1/2570' }, ['from']],
    [{ span: 'months', from: '11/2569', to: '10/2569' }, ['to']],
    [{ span: 'months', from: '10/2560', to: '10/2569' }, ['to']],
  ])('refuses %j and keeps what was typed', async (typed: Record<string, string>, errors) => {
    const answer = await post(wit, `${REPORTS}/new`, typed)
    expect([answer.status, errorsOf(answer)]).toEqual([422, errors])
    for (const field of ['from', 'to']) expect(typedIn(answer, field)).toBe(typed[field] ?? '')
    expect(office.portal.db.orm.select().from(summaryReports).all()).toEqual([])
  })

  it('of a period that has one leads to it', async () => {
    draftReport(office)
    const answer = await post(wit, `${REPORTS}/new`, { span: 'h1', fiscalYear: '2570' })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['span']])
  })
})

describe('writing a report', () => {
  it('saves the words of every section, and shows them as they will be read', async () => {
    const draft = draftReport(office)
    const typed = { title: 'รายงานรอบแรก', s4: 'ข้อสังเกต <b>', s8: '- สายไฟเก่า\n- หลอดหมดอายุ' }
    const answer = await press(wit, draft, 'edit', { ...draft.texts, ...typed, step: 'preview' })
    expect(answer.headers.location).toBe(`${addressOf(draft)}/preview`)
    expect(rowOf(draft)).toMatchObject({
      title: 'รายงานรอบแรก',
      texts: { s4: 'ข้อสังเกต <b>', s9: THOUGHTS.s9 },
    })
    const preview = await wit.get(`${addressOf(draft)}/preview`)
    expect(preview.text).toContain('ข้อสังเกต &lt;b&gt;')
    expect(preview.text).toContain('<li>สายไฟเก่า</li>')
    expect(receivedOn(preview)).toBe(7)
    expect(wordsOf(preview)).toContain('ยังไม่ได้เสนอผู้บริหารทราบ')
  })

  it('refuses what is too long or has no title, and keeps everything typed', async () => {
    const draft = draftReport(office)
    const long = 'ก'.repeat(20_001)
    const answer = await press(wit, draft, 'edit', { title: ' ', s9: long, s10: 'สั้น' })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['title', 's9']])
    expect([typedIn(answer, 's9'), typedIn(answer, 's10')]).toEqual([long, 'สั้น'])
    expect(rowOf(draft)).toEqual(draft)
  })

  it('answers 409 when somebody else has saved it, shows what was typed, and saves it when sent again', async () => {
    const draft = draftReport(office)
    await press(wit, draft, 'edit', { title: 'ของคนอื่น' })
    const mine = { rev: String(draft.rev), title: 'ของฉัน', s9: 'ข้อความของฉัน' }
    const answer = await post(wit, `${addressOf(draft)}/edit`, mine)
    expect([answer.status, typedIn(answer, 's9')]).toEqual([409, 'ข้อความของฉัน'])
    expect(rowOf(draft).title).toBe('ของคนอื่น')
    const again = await post(wit, `${addressOf(draft)}/edit`, { ...mine, rev: `${typedIn(answer, 'rev')}` })
    expect([again.status, rowOf(draft).title]).toEqual([303, 'ของฉัน'])
  })
})

describe('the executive’s note', () => {
  it('is typed in by the writer, with who and when, and lets the figures stand still', async () => {
    const draft = draftReport(office)
    const answer = await press(wit, draft, 'note', { by: 'นายสมหมาย นายก อบต.', on: '16/11/2569' })
    expect(answer.headers.location).toBe(`${addressOf(draft)}?told=noted`)
    expect(rowOf(draft)).toMatchObject({
      state: 'noted',
      notedOn: '2026-11-16',
      notedBy: 'นายสมหมาย นายก อบต.',
    })
    const before = receivedOn(await wit.get(`${addressOf(draft)}/preview`))
    fileCase(office.portal)
    expect(receivedOn(await wit.get(`${addressOf(draft)}/preview`))).toBe(before)
    expect(auditLines(office.portal, 'report.note').at(-1)).toMatchObject({
      actorName: 'วิทย์ คณะทำงาน',
      after: { state: 'noted', notedBy: 'นายสมหมาย นายก อบต.' },
    })
  })

  it('is given by the executive with a button', async () => {
    const draft = draftReport(office)
    expect((await nayok.get(addressOf(draft))).text).toContain('รับทราบรายงานนี้')
    await press(nayok, draft, 'note', { own: 'yes' })
    expect(rowOf(draft)).toMatchObject({ state: 'noted', notedOn: '2026-11-16', notedBy: 'นายกสมหมาย' })
  })

  it('of another name, or by somebody who is not the executive, is refused', async () => {
    const draft = draftReport(office)
    expect((await press(nayok, draft, 'note', { by: 'คนอื่น', on: '16/11/2569' })).status).toBe(403)
    expect((await press(wit, draft, 'note', { own: 'yes' })).status).toBe(403)
    expect(rowOf(draft)).toEqual(draft)
  })

  it('waits until all sections that the office writes are written', async () => {
    const draft = draftReport(office, undefined, { s9: '', s10: '[กรอกแนวทาง]', s11: 'มี' })
    const answer = await press(wit, draft, 'note', { by: 'นายสมหมาย', on: '16/11/2569' })
    expect([answer.status, errorsOf(answer), typedIn(answer, 'by')]).toEqual([
      422,
      ['s9', 's10'],
      'นายสมหมาย',
    ])
    expect(rowOf(draft)).toEqual(draft)
  })

  it.each([
    [{ by: '', on: '16/11/2569' }, ['by']],
    [{ by: 'ก', on: '31/2/2569' }, ['on']],
    [{ by: 'ก', on: '17/11/2569' }, ['on']],
    [{ by: 'ก', on: '30/9/2569' }, ['on']],
  ])('needs who and when: %j', async (typed, errors) => {
    const draft = draftReport(office)
    const answer = await press(wit, draft, 'note', typed)
    expect([answer.status, errorsOf(answer), typedIn(answer, 'on')]).toEqual([422, errors, typed.on])
  })

  it('is void when the report is changed once more', async () => {
    const noted = notedReport(office)
    expect((await wit.get(`${addressOf(noted)}/edit`)).status).toBe(409)
    await press(wit, noted, 'revise')
    expect(rowOf(noted)).toMatchObject({ state: 'draft', notedOn: null, notedBy: null, figures: null })
    const before = receivedOn(await wit.get(`${addressOf(noted)}/preview`))
    fileCase(office.portal)
    expect(receivedOn(await wit.get(`${addressOf(noted)}/preview`))).toBe(before + 1)
  })
})

describe('publishing', () => {
  it('makes it public with the figures that were noted, and tells the trail', async () => {
    const noted = notedReport(office)
    expect((await office.agent.get('/reports/2570-1')).status).toBe(404)
    await press(wit, noted, 'publish')
    expect((await office.agent.get('/reports/2570-1')).status).toBe(200)
    expect(auditLines(office.portal, 'report.publish').at(-1)).toMatchObject({
      after: { state: 'published' },
    })
  })

  it('is not to be had before the executive took note', async () => {
    const draft = draftReport(office)
    expect((await press(wit, draft, 'publish')).status).toBe(409)
    expect(rowOf(draft)).toEqual(draft)
  })

  it('leaves nothing to change, by page or by hand', async () => {
    const report = publishedReport(office)
    for (const action of ['edit', 'note', 'revise', 'publish', 'discard'])
      expect((await press(wit, report, action, { title: 'x' })).status, action).toBe(409)
    const { sqlite } = office.portal.db
    for (const change of [
      "title = 'x'",
      "figures = '{}'",
      "texts = '{}'",
      "state = 'draft', published_at = null",
    ])
      expect(() => sqlite.exec(`update summary_reports set ${change}`), change).toThrow(/not changed/)
    expect(() => sqlite.exec('delete from summary_reports')).toThrow(/kept/)
    expect(rowOf(report)).toEqual(report)
  })

  it('of a correction puts it in the place of the version before, which stays', async () => {
    const report = publishedReport(office)
    const answer = await wit.post(`${addressOf(report)}/version`)
    expect(answer.status).toBe(303)
    expect((await wit.post(`${addressOf(report)}/version`)).status).toBe(409)
    const next = { id: Number(`${answer.headers.location}`.split('/').at(-1)) } as Report
    expect(rowOf(next)).toMatchObject({ version: 2, state: 'draft', texts: report.texts })
    fileCase(office.portal)
    await press(wit, next, 'note', { by: 'นายก', on: '16/11/2569' })
    await press(wit, next, 'publish')
    expect([rowOf(report).state, rowOf(next).state]).toEqual(['replaced', 'published'])
    const [old, current] = [
      await office.agent.get('/reports/2570-1/1'),
      await office.agent.get('/reports/2570-1'),
    ]
    expect(wordsOf(old)).toContain('ฉบับนี้มีฉบับแก้ไขแทนแล้ว')
    expect(receivedOn(current)).toBe(receivedOn(old) + 1)
  })

  it('can be preceded by throwing the draft away', async () => {
    const draft = draftReport(office)
    const answer = await press(wit, draft, 'discard')
    expect(answer.headers.location).toBe(`${REPORTS}?told=discarded`)
    expect(reportById(office.portal.db, draft.id)).toBeUndefined()
  })
})

it('a button that was looked at before somebody else changed the report does nothing', async () => {
  const [draft, noted] = [draftReport(office), notedReport(office, { from: '2026-10', to: '2026-10' })]
  const before = stateOf(office)
  for (const [report, action] of [
    [draft, 'note'],
    [draft, 'discard'],
    [noted, 'revise'],
    [noted, 'publish'],
  ] as const) {
    const answer = await post(wit, `${addressOf(report)}/${action}`, { rev: String(report.rev - 1), by: 'ก' })
    expect(answer.status, action).toBe(409)
  }
  expect(stateOf(office)).toEqual(before)
})

it('strangers are asked to sign in, other roles are refused, and the executive reads', async () => {
  const draft = draftReport(office)
  expect((await office.agent.get(addressOf(draft))).status).toBe(303)
  for (const name of ['admin', 'nid', 'malee', 'dao'] as const) {
    const agent = await office.signIn(name)
    for (const path of [REPORTS, addressOf(draft), `${addressOf(draft)}/preview`, `${addressOf(draft)}/pdf`])
      expect((await agent.get(path)).status, `${name} ${path}`).toBe(403)
  }
  for (const path of [REPORTS, addressOf(draft), `${addressOf(draft)}/preview`])
    expect((await nayok.get(path)).status).toBe(200)
  for (const path of [`${REPORTS}/new`, `${addressOf(draft)}/edit`])
    expect((await nayok.get(path)).status).toBe(403)
  expect((await press(nayok, draft, 'edit', { title: 'x' })).status).toBe(403)
  expect((await wit.get(`${REPORTS}/999`)).status).toBe(404)
  expect((await wit.get(`${addressOf(draft)}/note`)).status).toBe(404)
})
