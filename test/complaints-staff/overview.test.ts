import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { disableAccount } from '#accounts/store.ts'
import { clocksOf, recordJobRun, setAside } from '#clock/clock-store.ts'
import { COUNTED, countOpenWork } from '#complaints/overview-store.ts'
import { countQueue } from '#complaints/queue-store.ts'
import { NONE } from '#complaints/queue-views.ts'
import type { QueueContext } from '#complaints/queue-walk-store.ts'
import { isOpen } from '#domain/case-status.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { oversightOf } from '#domain/permissions.ts'
import { holidays } from '#settings/tables.ts'
import type { MemberName } from '../support/cast.ts'
import { plansOf } from '../support/plans.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, done, fileCase, type TestCase, tickClocks, viewerFor, wordsOf } from './desk.ts'
import { fillAtRandom } from './random-office.ts'

const OVERVIEW = '/staff/overview'
const OVERSEERS = ['wit', 'nayok', 'dao', 'malee'] as const

let office: TestPortal

const contextOf = (name: MemberName): QueueContext => ({
  viewer: viewerFor(office, name),
  today: civilDateOf(office.portal.now()),
  nearDays: 3,
})

/** Every number that leads somewhere, with where. */
function numbersOn({ text }: Response): { count: number; href: string }[] {
  const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''
  return [...main.matchAll(/<a class="govuk-link[^"]*" href="(\/staff\?view[^"]*)">([\d,]+)/g)].map(
    ([, href, count]) => ({
      count: Number(`${count}`.replaceAll(',', '')),
      href: `${href}`.replaceAll('&amp;', '&'),
    }),
  )
}

const casesOn = ({ text }: Response): number => [...text.matchAll(/class="sg-queue__number"/g)].length

describe('the overview of an office with random histories', () => {
  let testCases: TestCase[]
  beforeAll(async () => {
    office = await startTestPortal()
    testCases = fillAtRandom(office, 160, 2571)
    office.clock.addDays(3)
    office.clock.addMinutes(180)
    await tickClocks(office)
  })
  afterAll(() => office.close())

  it('counts for every unit and officer what their lists hold', () => {
    const { db } = office.portal
    for (const name of OVERSEERS) {
      const context = contextOf(name)
      const lines = countOpenWork(db, context, oversightOf(context.viewer))
      expect(lines.length, name).toBeGreaterThan(1)
      for (const line of lines) {
        const filters = { unit: line.unitId ?? NONE, officer: line.officerId ?? NONE } as const
        for (const view of COUNTED) {
          const what = `${name} ${view} ${JSON.stringify(filters)}`
          expect(line[view], what).toBe(countQueue(db, context, view, filters))
        }
      }
    }
  })

  it('leads from every number to a list of just as many cases', async () => {
    for (const name of OVERSEERS) {
      const agent = await office.signIn(name)
      const numbers = numbersOn(await agent.get(OVERVIEW))
      expect(numbers.length, name).toBeGreaterThan(5)
      const known = new Map<string, number>()
      for (const { count, href } of numbers) {
        expect(known.get(href) ?? count, href).toBe(count)
        known.set(href, count)
      }
      for (const [href, count] of known) expect(await lengthOf(agent, href), `${name} ${href}`).toBe(count)
    }
  })

  it('adds up: every open case is in one line, and the late ones are explained or not', () => {
    const open = testCases.map((testCase) => testCase.row()).filter((row) => isOpen(row.status))
    const lines = countOpenWork(office.portal.db, contextOf('wit'), 'every_unit')
    const sum = (view: (typeof COUNTED)[number]) => lines.reduce((total, line) => total + line[view], 0)
    expect(sum('open')).toBe(open.length)
    expect(sum('late')).toBe(sum('over') + sum('delayed'))
    for (const view of COUNTED) expect(sum(view), view).toBeGreaterThan(0)
  })

  it('names the most overdue first and leads to the rest', async () => {
    const page = await (await office.signIn('wit')).get(OVERVIEW)
    const days = [...page.text.matchAll(/sg-late__due[\s\S]*?เกินกำหนด (\d+) วัน/g)].map(([, n]) => Number(n))
    expect(days).toHaveLength(20)
    expect(days).toEqual([...days].sort((a, b) => b - a))
    const count = countQueue(office.portal.db, contextOf('wit'), 'over', {})
    expect(count).toBeGreaterThan(20)
    expect(wordsOf(page)).toContain(`ดูทั้งหมด ${count} เรื่อง`)
    expect(page.text).toContain('href="/staff?view=over"')
  })

  it('of a unit’s head is of that unit alone', async () => {
    const page = await (await office.signIn('malee')).get(OVERVIEW)
    expect(wordsOf(page)).toContain('ภาพรวมของกองช่าง')
    expect(wordsOf(page)).not.toContain('กองคลัง')
    expect(wordsOf(page)).not.toContain('สมศรี')
    const { unitId } = office.cast.malee
    for (const { href } of numbersOn(page)) expect(href).toContain(`unit=${unitId}`)
  })

  it('does not say more of matters about staff than the reader may see', () => {
    const { viewer, ...context } = contextOf('malee')
    const lines = (roles: typeof viewer.roles) =>
      countOpenWork(office.portal.db, { ...context, viewer: { ...viewer, roles } }, 'every_unit')
    const sum = (counted: ReturnType<typeof lines>) => counted.reduce((total, { open }) => total + open, 0)
    const rows = testCases.map((testCase) => testCase.row())
    const ofUnit = rows.filter((row) => isOpen(row.status) && row.unitId === viewer.unitId)
    const unrestricted = ofUnit.filter((row) => !row.restricted)
    expect(sum(lines(['unit_head']))).toBe(ofUnit.length)
    expect(sum(lines(['officer']))).toBe(unrestricted.length)
    expect(ofUnit.length).toBeGreaterThan(unrestricted.length)
  })

  it('looks at open cases only, however many lie behind them', () => {
    for (const name of OVERSEERS) {
      const context = contextOf(name)
      const { db } = office.portal
      const work = () => countOpenWork(db, context, oversightOf(context.viewer))
      const [{ sql, plan } = { sql: '', plan: '' }] = plansOf(db, work)
      const looks = plan.split('\n').filter((step) => /\b(?:SCAN|SEARCH)\b/.test(step))
      expect(looks[0], sql).toMatch(/(?:SCAN|SEARCH) cases USING (?:COVERING )?INDEX cases_open_unit/)
      for (const step of looks.slice(1))
        expect(step, sql).toContain('SEARCH letters USING INDEX letters_waiting')
    }
  })
})

describe('GET /staff/overview', () => {
  beforeEach(async () => {
    office = await startTestPortal()
  })
  afterEach(() => office.close())

  /** In the hands of chai and five days over. */
  const lateCase = () => caseIn(office, 'in_progress', { receivedAt: new Date('2026-10-27T03:00:00Z') })

  it('is for the working group, the executive and heads of units', async () => {
    for (const name of OVERSEERS) {
      const agent = await office.signIn(name)
      const page = await agent.get(OVERVIEW)
      expect(page.status, name).toBe(200)
      expect(page.text, name).toContain(`href="${OVERVIEW}" aria-current="page"`)
    }
    for (const name of ['nid', 'chai', 'somsri', 'admin'] as const) {
      const agent = await office.signIn(name)
      expect((await agent.get(OVERVIEW)).status, name).toBe(403)
      expect((await agent.get('/staff/account')).text, name).not.toContain(OVERVIEW)
    }
    expect((await office.agent.get(OVERVIEW)).status).toBe(303)
  })

  it('shows units without work too, and work that no unit and no officer has', async () => {
    fileCase(office)
    const testCase = caseIn(office, 'assigned')
    office.portal.db.sqlite.prepare('update cases set officer_id = null where id = ?').run(testCase.id)
    const words = wordsOf(await (await office.signIn('wit')).get(OVERVIEW))
    for (const { name } of office.portal.settings.units()) expect(words).toContain(name)
    expect(words).toContain('ยังไม่มอบหมายหน่วยงาน 1 ยังไม่แล้วเสร็จ')
    expect(words).toContain('กองช่าง 1 เรื่อง')
    expect(words).toContain('ยังไม่มีผู้รับผิดชอบ 1 ยังไม่แล้วเสร็จ')
  })

  it('leads to the form that presses for a case, and tells when that was done', async () => {
    const testCase = lateCase()
    const urgeForm = `href="${testCase.address}/urge"`
    const before = await (await office.signIn('wit')).get(OVERVIEW)
    expect(before.text).toContain(urgeForm)
    expect(wordsOf(before)).toContain('ยังไม่เคยเร่งรัด')
    done(office, testCase, 'wit', 'urge', { text: 'ขอผลภายในวันนี้' })
    const after = await (await office.signIn('wit')).get(OVERVIEW)
    expect(after.text).not.toContain(urgeForm)
    expect(wordsOf(after)).toContain('เร่งรัดล่าสุด 16 พฤศจิกายน 2569')
    office.clock.addDays(1)
    const tomorrow = await (await office.signIn('nayok')).get(OVERVIEW)
    expect(tomorrow.text).toContain(urgeForm)
    expect(wordsOf(tomorrow)).toContain('เร่งรัดล่าสุด 16 พฤศจิกายน 2569')
  })

  it('offers to press only for cases that the reader may press for', async () => {
    const testCase = lateCase()
    const page = await (await office.signIn('dao')).get(OVERVIEW)
    expect(page.text).toContain(testCase.address)
    expect(page.text).not.toContain(`${testCase.address}/urge`)
  })

  it('marks officers whose account is closed, so that their work is given to others', async () => {
    caseIn(office, 'in_progress')
    disableAccount(office.portal.db, office.cast.chai.id, office.clock.now())
    expect(wordsOf(await (await office.signIn('wit')).get(OVERVIEW))).toContain('ชัย ช่างโยธา (ปิดบัญชีแล้ว)')
  })

  it('warns where there are no holidays for the next year, from November on', async () => {
    const warning = async () => wordsOf(await (await office.signIn('wit')).get(OVERVIEW))
    addHoliday('2026-12-31')
    office.clock.set(new Date('2026-10-31T03:00:00Z'))
    expect(await warning()).not.toContain('วันหยุดราชการ')
    office.clock.set(new Date('2026-11-01T03:00:00Z'))
    expect(await warning()).toContain('ยังไม่มีวันหยุดราชการของปี 2570')
    addHoliday('2027-01-01')
    expect(await warning()).not.toContain('วันหยุดราชการ')
  })

  it('warns when the clocks were not looked at for more than five minutes', async () => {
    const warned = async () =>
      wordsOf(await (await office.signIn('nayok')).get(OVERVIEW)).includes('ระบบติดตามกำหนดหยุดทำงาน')
    expect(await warned()).toBe(true)
    recordJobRun(office.portal.db, 'tick', { okAt: office.clock.now() })
    office.clock.addMinutes(5)
    expect(await warned()).toBe(false)
    office.clock.addMinutes(1)
    expect(await warned()).toBe(true)
  })

  it('names cases whose clock was set aside, with links for who may open them', async () => {
    const restricted = fileCase(office, { categoryCode: 'H1' })
    const own = caseIn(office, 'in_progress')
    const number = ({ row }: TestCase) => `รท ${String(row().seq).padStart(4, '0')}/2570`
    for (const testCase of [restricted, own]) {
      const [clock] = clocksOf(office.portal.db, testCase.id)
      setAside(office.portal.db, clock?.id ?? 0, office.clock.now(), 'bad row')
    }
    const wit = await (await office.signIn('wit')).get(OVERVIEW)
    for (const testCase of [restricted, own]) {
      expect(wit.text).toContain(`href="${testCase.address}">${number(testCase)}<`)
    }
    const malee = await (await office.signIn('malee')).get(OVERVIEW)
    expect(malee.text).toContain(own.address)
    expect(malee.text).not.toContain(restricted.address)
    expect(malee.text).not.toContain(number(restricted))
  })

  it('warns of units that have work and no head, and of mail without a server', async () => {
    const page = async () => wordsOf(await (await office.signIn('wit')).get(OVERVIEW))
    expect(await page()).not.toContain('กองสาธารณสุขและสิ่งแวดล้อมมีเรื่องค้าง')
    expect(await page()).toContain('ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล')
    const testCase = caseIn(office, 'registered')
    done(office, testCase, 'nid', 'assign', { unit: String(office.cast.somsri.unitId) })
    expect(await page()).toContain('กองสาธารณสุขและสิ่งแวดล้อมมีเรื่องค้างแต่ยังไม่มีหัวหน้าหน่วยงานในระบบ')
    expect(wordsOf(await (await office.signIn('malee')).get(OVERVIEW))).not.toContain('กองสาธารณสุข')
  })
})

/** How many cases the list holds, by walking it to its end. */
async function lengthOf(agent: TestAgent, href: string): Promise<number> {
  let length = 0
  for (let next: string | undefined = href; next; ) {
    const page: Response = await agent.get(next)
    length += casesOn(page)
    next = /rel="next" href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&')
  }
  return length
}

function addHoliday(day: string): void {
  const { db, settings, now } = office.portal
  db.orm.insert(holidays).values({ day, name: 'วันหยุด', source: 'ทดสอบ', addedAt: now() }).run()
  settings.changed()
}
