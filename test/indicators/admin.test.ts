import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COUNTED_INDICATORS } from '#domain/indicators.ts'
import { readInputs, readSets } from '#indicators/store.ts'
import { updateCategory } from '#settings/store.ts'
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

const ADMIN = '/staff/admin/indicators'

const setOf = (year: number, id: string): string[] =>
  readSets(office.portal.db)
    .filter(({ fiscalYear, indicator }) => fiscalYear === year && indicator === id)
    .map(({ categoryCode }) => categoryCode)
    .sort()

describe('the table of categories', () => {
  it('begins with what the plan was read to mean, for every year', async () => {
    for (const year of [2566, 2570]) {
      for (const { id, measure } of COUNTED_INDICATORS) {
        expect(setOf(year, id)).toEqual([...measure.categories].sort())
      }
    }
    expect((await admin.get(ADMIN)).headers.location).toBe(`${ADMIN}/2570`)
    const { text } = await admin.get(`${ADMIN}/2570`).expect(200)
    expect(text).toContain('K5 ทุจริตการบริหารงานบุคคล')
    expect(text).toContain(`href="${ADMIN}/2570/sets/17.2"`)
  })

  it('changes for one indicator and year, with a line in the trail, and the public page with it', async () => {
    const before = (await office.agent.get('/indicators/2570.json')).body
    const sent = { 'codes-S': ['S1', 'S3'], 'codes-A': 'A9', 'codes-OP': 'OP1', other: 'S2' }
    const answer = await post(admin, `${ADMIN}/2570/sets/13`, sent)
    expect(answer.headers.location).toBe(`${ADMIN}/2570?saved`)
    expect(setOf(2570, '13')).toEqual(['S1', 'S3'])
    expect(setOf(2569, '13')).toEqual(['S1'])
    expect(setOf(2570, '14.2')).toEqual(['S1'])
    expect(auditLines(office.portal, 'indicators.set')).toMatchObject([
      { subject: 'indicators:2570', before: { 13: ['S1'] }, after: { 13: ['S1', 'S3'] } },
    ])
    const after = (await office.agent.get('/indicators/2570.json')).body
    const partsOf = (body: typeof after) =>
      body.indicators
        .find(({ id }: { id: string }) => id === '13')
        .parts.map(({ code }: { code: string }) => code)
    expect([partsOf(before), partsOf(after)]).toEqual([['S1'], ['S1', 'S3']])
  })

  it('sent as it is writes nothing', async () => {
    await post(admin, `${ADMIN}/2570/sets/13`, { 'codes-S': 'S1' })
    expect(auditLines(office.portal, 'indicators')).toEqual([])
  })

  it.each([
    ['13', {}],
    ['17.2', { 'codes-S': 'S1' }],
    ['17.2', { 'codes-K': ['K1', 'K2'] }],
  ])('of %s cannot be one that would always be met: %j', async (id, sent) => {
    const answer = await post(admin, `${ADMIN}/2570/sets/${id}`, sent)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toHaveLength(1)
    expect(auditLines(office.portal, 'indicators')).toEqual([])
  })

  it('keeps a category that is out of use until it is taken out', async () => {
    updateCategory(office.portal.db, 'S1', { retiredAt: office.portal.now() })
    office.portal.settings.changed()
    const { text } = await admin.get(`${ADMIN}/2570/sets/13`).expect(200)
    expect(text).toContain('ประเภทที่เลิกใช้แล้ว')
    expect(text).toMatch(/name="codes-retired"[^>]*value="S1" checked/)
    await post(admin, `${ADMIN}/2570/sets/13`, { 'codes-retired': 'S1', 'codes-S': 'S2' })
    expect(setOf(2570, '13')).toEqual(['S1', 'S2'])
  })

  it('is taken over from the year before, and put back to the beginning', async () => {
    office.clock.set(new Date('2025-11-16T03:00:00Z'))
    const then = await office.signIn('admin')
    await post(then, `${ADMIN}/2569/sets/13`, { 'codes-S': ['S1', 'S2'] })
    await post(then, `${ADMIN}/2569/sets/8`, { 'codes-H': 'H2', 'codes-K': 'K5' })
    expect((await post(then, `${ADMIN}/2570/copy`)).status).toBe(303)
    expect([setOf(2570, '13'), setOf(2570, '8')]).toEqual([
      ['S1', 'S2'],
      ['H2', 'K5'],
    ])
    expect((await post(then, `${ADMIN}/2570/defaults`)).status).toBe(303)
    expect([setOf(2570, '13'), setOf(2570, '8')]).toEqual([['S1'], ['H2']])
    expect(auditLines(office.portal, 'indicators').map(({ action }) => action)).toEqual([
      ...['indicators.set', 'indicators.set', 'indicators.copy', 'indicators.defaults'],
    ])
    await post(then, `${ADMIN}/2566/copy`).then(({ status }) => expect([404, 409]).toContain(status))
  })

  it('of a year that is over stands: the page says so, and forms that came too late change nothing', async () => {
    const { text } = await admin.get(`${ADMIN}/2569`).expect(200)
    expect(text).toContain('ปีงบประมาณนี้สิ้นสุดแล้ว ประเภทเรื่องที่นับจึงเปลี่ยนไม่ได้')
    expect(text).not.toContain('/2569/sets/')
    for (const path of ['sets/13', 'copy', 'defaults']) {
      expect((await post(admin, `${ADMIN}/2569/${path}`, { 'codes-S': 'S2' })).status).toBe(409)
    }
    await admin.get(`${ADMIN}/2569/sets/13`).expect(409)
    expect(setOf(2569, '13')).toEqual(['S1'])
  })

  it.each(['2565/sets/13', '2571/sets/13', '2570/sets/9', '2570/sets/99', '2571', 'x'])(
    'has nothing at %s',
    async (path) => {
      await admin.get(`${ADMIN}/${path}`).expect(404)
    },
  )
})

describe('typed-in results', () => {
  const ita = { ita: '๘๕.๕', source: 'ประกาศสำนักงาน ป.ป.ช. 15 ส.ค. 2569' }

  it('are kept with their document, and shown to the public with it', async () => {
    expect((await post(admin, `${ADMIN}/2569/values/ita`, ita)).headers.location).toBe(`${ADMIN}/2569?saved`)
    expect(readInputs(office.portal.db)).toMatchObject([
      { fiscalYear: 2569, key: 'ita', value: 85.5, source: ita.source, enteredBy: 'อารีย์ ดูแลระบบ' },
    ])
    expect(auditLines(office.portal, 'indicators.values')).toMatchObject([
      { subject: 'indicators:2569:ita', before: {}, after: { ita: 85.5, source: ita.source } },
    ])
    const { text } = await office.agent.get('/indicators/2569')
    expect(text).toContain('85.5 คะแนน')
    expect(text).toContain(ita.source)
    expect(typedIn(await admin.get(`${ADMIN}/2569/values/ita`), 'ita')).toBe('85.5')
  })

  it.each([
    ['2569/values/ita', { ...ita, ita: '100.01' }, ['ita']],
    ['2569/values/ita', { ...ita, ita: '-1' }, ['ita']],
    ['2569/values/ita', { ...ita, ita: '85,5,5x' }, ['ita']],
    ['2569/values/ita', { ...ita, source: ' ' }, ['source']],
    ['2569/values/ita', {}, ['ita', 'source']],
    ['2569/values/cases', { cases: '1.5', source: 'ก' }, ['cases']],
    ['2569/values/conduct', { K1: '0', K2: '0', source: 'ก' }, ['K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9']],
    ['2569/values/register', { source: 'ก' }, ['register']],
  ])('of %s are refused: %j', async (path, sent, wrong) => {
    const answer = await post(admin, `${ADMIN}/${path}`, sent)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(wrong)
    expect(readInputs(office.portal.db)).toEqual([])
    if ('source' in sent) expect(typedIn(answer, 'source')).toBe(sent.source)
  })

  it('are changed and taken back', async () => {
    await post(admin, `${ADMIN}/2569/values/ita`, ita)
    await post(admin, `${ADMIN}/2569/values/ita`, { ...ita, ita: '86' })
    expect(readInputs(office.portal.db)).toMatchObject([{ value: 86 }])
    await post(admin, `${ADMIN}/2569/values/ita`, { ...ita, ita: '86' })
    expect((await post(admin, `${ADMIN}/2569/values/ita/remove`)).status).toBe(303)
    expect(readInputs(office.portal.db)).toEqual([])
    expect(auditLines(office.portal, 'indicators.values')).toHaveLength(3)
  })

  it('of the base year are its cases, its reports and its register, and of years to come none', async () => {
    const { text } = await admin.get(`${ADMIN}/2565`).expect(200)
    const offered = [...text.matchAll(/\/2565\/values\/(\w+)"/g)].map(([, id]) => id)
    expect(offered).toEqual(['register', 'cases', 'conduct'])
    office.clock.set(new Date('2024-11-16T03:00:00Z'))
    const then = await office.signIn('admin')
    const future = await then.get(`${ADMIN}/2570`).expect(200)
    expect(future.text).toContain('ปีนี้ยังไม่มีตัวเลขที่ต้องบันทึก')
    await then.get(`${ADMIN}/2570/values/ita`).expect(404)
  })

  it('of corruption wait for the end of the year', async () => {
    await admin.get(`${ADMIN}/2570/values/cases`).expect(404)
    await admin.get(`${ADMIN}/2570/values/ita`).expect(200)
    await admin.get(`${ADMIN}/2569/values/cases`).expect(200)
    await admin.get(`${ADMIN}/2570/values/register`).expect(404)
  })

  it('that say the register is complete make a year known', async () => {
    const zeroOf = async () =>
      (await office.agent.get('/indicators/2569.json')).body.indicators.find(
        ({ id }: { id: string }) => id === '13',
      ).years[3].series[0].value
    expect(await zeroOf()).toBeNull()
    const sent = { register: 'yes', source: 'นำเข้าทะเบียนปี 2569 เมื่อ 1 พ.ย. 2569' }
    expect((await post(admin, `${ADMIN}/2569/values/register`, sent)).status).toBe(303)
    expect(await zeroOf()).toBe(0)
  })
})
