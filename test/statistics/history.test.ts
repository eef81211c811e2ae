import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readHistory } from '#indicators/store.ts'
import { updateCategory } from '#settings/store.ts'
import { type AuditLine, auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileCase } from './office.ts'

let office: TestPortal
let admin: TestAgent
/** Lines of the trail that earlier tests left. */
let before: number
beforeAll(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterAll(() => office.close())
beforeEach(() => {
  office.portal.db.sqlite.exec(
    'delete from history_figures; update figures_version set version = version + 1',
  )
  before = auditLines(office.portal, 'history').length
})
const trail = (): AuditLine[] => auditLines(office.portal, 'history').slice(before)

const HISTORY = '/staff/admin/history'
const YEAR = `${HISTORY}/2567`
const SOURCE = 'รายงานผลประจำปี 2567 ลงวันที่ 15 ตุลาคม 2567'
const ONE = { code: 'A2', received: '31', finished: '30', grounds: '', source: SOURCE }

/** The form as it was opened, with this typed into it. */
async function open(path: string): Promise<Record<string, string>> {
  const answer = await admin.get(path).expect(200)
  return { seen: typedIn(answer, 'seen') ?? '' }
}
const add = async (typed: Record<string, string> = {}) =>
  await post(admin, `${YEAR}/new`, { ...(await open(`${YEAR}/new`)), ...ONE, ...typed })
const paste = async (lines: string, source = SOURCE) =>
  await post(admin, YEAR, { ...(await open(YEAR)), source, lines })
const kept = () =>
  readHistory(office.portal.db).map(({ categoryCode, received, grounds }) => [
    categoryCode,
    received,
    grounds,
  ])

describe('a line of a year before the portal', () => {
  it('is added with its source, in the trail, and is on the public pages at once', async () => {
    await office.agent.get('/statistics/2567').expect(404)
    const answer = await add({ received: '๑,๒๓๔' })
    expect(answer.headers.location).toBe(`${YEAR}?saved`)
    expect(kept()).toEqual([['A2', 1234, null]])
    expect(trail()).toMatchObject([
      {
        subject: 'history:2567',
        actorName: office.cast.admin.displayName,
        before: {},
        after: { A2: { received: 1234, finished: 30, grounds: null, source: SOURCE } },
      },
    ])
    const { text } = await office.agent.get('/statistics/2567').expect(200)
    expect(text).toContain(`จากเอกสาร · ที่มา: ${SOURCE}`)
    expect(text).toContain('1,234')
    const json = (await office.agent.get('/statistics/2567.json').expect(200)).body
    expect(json.papers).toMatchObject({ received: 1234, finished: 30, sources: [SOURCE] })
    expect((await admin.get(HISTORY).expect(200)).text).toContain(SOURCE)
  })

  it('is changed where it stands', async () => {
    await add()
    const seen = await open(`${YEAR}/A2`)
    await post(admin, `${YEAR}/A2`, { ...seen, ...ONE, received: '32', grounds: '4' })
    expect(kept()).toEqual([['A2', 32, 4]])
    const [, change] = trail()
    expect(change).toMatchObject({ before: { A2: { received: 31 } }, after: { A2: { received: 32 } } })
  })

  it('sent as it is writes nothing', async () => {
    await add()
    await post(admin, `${YEAR}/A2`, { ...(await open(`${YEAR}/A2`)), ...ONE })
    expect(trail()).toHaveLength(1)
  })

  it.each([
    [{ received: '' }, 'received'],
    [{ received: '-3' }, 'received'],
    [{ finished: '1.5' }, 'finished'],
    [{ received: '100000' }, 'received'],
    [{ grounds: '32' }, 'grounds'],
    [{ grounds: 'สาม' }, 'grounds'],
    [{ source: '  ' }, 'source'],
    [{ code: 'K1' }, 'code'],
    [{ code: 'A' }, 'code'],
    [{ code: 'OP1' }, 'code'],
  ] as [Record<string, string>, string][])(
    'with %j is refused, and what was typed stays',
    async (typed, field) => {
      const answer = await add(typed)
      expect(answer.status).toBe(422)
      expect(errorsOf(answer)).toEqual([field])
      expect(typedIn(answer, 'finished')).toBe(typed.finished ?? '30')
      expect(kept()).toEqual([])
    },
  )

  it('of a category that has one already is changed there, not added again', async () => {
    await add()
    const answer = await add({ received: '99' })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['code']])
    expect(kept()).toEqual([['A2', 31, null]])
  })

  it('that somebody else changed meanwhile is not overwritten unseen', async () => {
    await add()
    const opened = await open(`${YEAR}/A2`)
    await post(admin, `${YEAR}/A2`, { ...opened, ...ONE, received: '40' })
    const late = await post(admin, `${YEAR}/A2`, { ...opened, ...ONE, received: '50' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('ตอนนี้คือ รับใหม่ 40')
    expect(typedIn(late, 'received')).toBe('50')
    expect(kept()).toEqual([['A2', 40, null]])
    await post(admin, `${YEAR}/A2`, { ...ONE, received: '50', seen: typedIn(late, 'seen') ?? '' })
    expect(kept()).toEqual([['A2', 50, null]])
  })

  it('is removed without its neighbour, and says when the figures changed', async () => {
    await add()
    await add({ code: 'E1' })
    office.clock.addMinutes(1)
    const seen = await open(`${YEAR}/A2`)
    await post(admin, `${YEAR}/A2/remove`, { ...seen, sure: 'yes' })
    expect(kept()).toEqual([['E1', 31, null]])
    const { body } = await office.agent.get('/statistics/2567.json').expect(200)
    expect(body.lastUpdated).toBe(office.clock.now().toISOString())
    office.clock.addMinutes(1)
    await add()
    const { body: anew } = await office.agent.get('/statistics/2567.json').expect(200)
    expect(anew.lastUpdated).toBe(office.clock.now().toISOString())
  })

  it('is removed when that is confirmed, and the year with it', async () => {
    await add()
    const seen = await open(`${YEAR}/A2`)
    const unsure = await post(admin, `${YEAR}/A2/remove`, seen)
    expect([unsure.status, errorsOf(unsure)]).toEqual([422, ['sure']])
    expect((await post(admin, `${YEAR}/A2/remove`, { sure: 'yes', seen: 'old' })).status).toBe(409)
    await office.agent.get('/statistics/2567').expect(200)
    await post(admin, `${YEAR}/A2/remove`, { ...seen, sure: 'yes' })
    expect(kept()).toEqual([])
    await office.agent.get('/statistics/2567').expect(404)
    expect(trail().at(-1)).toMatchObject({ before: { A2: {} }, after: {} })
  })
})

describe('a year that is pasted', () => {
  it('adds and replaces what it names, and leaves the rest', async () => {
    await add()
    await add({ code: 'E1', received: '2', finished: '2' })
    expect((await paste('a2, 44, 40, 3\nB1\t17\t๑๕\n\nS1;3;3')).status).toBe(303)
    expect(kept()).toEqual([
      ['A2', 44, 3],
      ['B1', 17, null],
      ['E1', 2, null],
      ['S1', 3, null],
    ])
  })

  it('with slips is told line by line, and nothing of it is kept', async () => {
    const lines = 'A2,1,1\nรวม,9,9\nB1,5\nB2,1,1,7\nA2,2,2'
    const answer = await paste(lines)
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['lines']])
    expect(typedIn(answer, 'lines')).toBe(lines)
    expect(typedIn(answer, 'source')).toBe(SOURCE)
    const told = [...answer.text.matchAll(/sg-line">([^<]*)<br><strong>([^<]*)</g)]
    expect(told.map(([, text, problem]) => [text, problem?.slice(0, 12)])).toEqual([
      ['รวม,9,9', 'ไม่พบรหัสประ'],
      ['B1,5', 'ต้องมีรหัส จ'],
      ['B2,1,1,7', 'จำนวนที่มีมู'],
      ['A2,2,2', 'รหัส A2 ซ้ำก'],
    ])
    expect(kept()).toEqual([])
  })

  it('without a source or a line is refused', async () => {
    expect(errorsOf(await paste('', ''))).toEqual(['source', 'lines'])
  })

  it('over what somebody else has entered meanwhile waits for a second look', async () => {
    const opened = await open(YEAR)
    await add()
    const late = await post(admin, YEAR, { ...opened, source: SOURCE, lines: 'A2,1,1' })
    expect(late.status).toBe(409)
    expect(typedIn(late, 'lines')).toBe('A2,1,1')
    expect(kept()).toEqual([['A2', 31, null]])
  })
})

describe('papers on the public pages', () => {
  it('stand beside what was counted, marked, in a year that has both', async () => {
    fileCase(office.portal)
    const year = `${HISTORY}/2570`
    const sent = { ...(await open(year)), source: SOURCE, lines: 'A2,7,6' }
    await post(admin, year, sent)
    const { text } = await office.agent.get('/statistics/2570').expect(200)
    expect(text).toContain('มีข้อมูลจากเอกสารด้วย')
    const { body } = await office.agent.get('/statistics/2570.json').expect(200)
    expect([body.year.received, body.papers.received]).toEqual([1, 7])
    const { text: compared } = await office.agent.get('/statistics/years').expect(200)
    const [years = ''] = compared.split('id="balances"')
    const lines = years
      .split('<tr role="row">')
      .slice(2)
      .map((row) => [row.includes('sg-tag'), ...[...row.matchAll(/<td[^>]*>([^<]*)</g)].map(([, n]) => n)])
    expect(lines).toEqual([
      [true, '7', '6', '–', '–'],
      [false, '1', '0', '–', '–'],
    ])
    expect(years).toMatch(/stroke-dasharray/)
  })

  it('have no halves, and keep the name of a category that is out of use', async () => {
    await add()
    updateCategory(office.portal.db, 'A2', { retiredAt: office.portal.now() })
    office.portal.settings.changed()
    const { name } = office.portal.settings.category('A2') ?? { name: '' }
    expect((await office.agent.get('/statistics/2567').expect(200)).text).toContain(name)
    await office.agent.get('/statistics/2567/h1').expect(404)
    await office.agent.get('/en/statistics/2567').expect(200)
    expect((await admin.get(`${YEAR}/A2`).expect(200)).text).toContain(name)
    updateCategory(office.portal.db, 'A2', { retiredAt: null })
    office.portal.settings.changed()
  })
})

describe('whoever is not an administrator', () => {
  it('sees and changes nothing', async () => {
    await add()
    for (const name of ['nid', 'wit', 'nayok'] as const) {
      const agent = await office.signIn(name)
      await agent.get(HISTORY).expect(403)
      expect((await post(agent, `${YEAR}/A2`, ONE)).status).toBe(403)
      expect((await post(agent, `${YEAR}/A2/remove`, { sure: 'yes' })).status).toBe(403)
    }
    expect((await post(office.newAgent(), YEAR, {})).status).toBe(401)
    expect(kept()).toHaveLength(1)
  })

  it.each(['2564', '2571', 'x', '2567/K1', '2567/B1'])('finds no %s', async (address) => {
    await admin.get(`${HISTORY}/${address}`).expect(404)
  })
})
