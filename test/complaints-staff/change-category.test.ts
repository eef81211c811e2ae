import { expect, it } from 'vitest'
import { updateCategory } from '#settings/store.ts'
import { errorsOf, post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, done, fileCase, openForm, tickClocks, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'change-category',
  member: 'nid',
  status: 'registered',
  typed: () => ({ category: 'A1' }),
  required: ['category'],
  wrongRole: 'nayok',
})

const clockOf = (id: number) =>
  desk.office.portal.db.sqlite
    .prepare(
      "select due_on as dueOn, policy ->> 'targetDays' as targetDays from case_clocks where case_id = ? and duty = 'resolve'",
    )
    .get(id)

function promise(code: string, targetDays: number | null): void {
  updateCategory(desk.office.portal.db, code, { targetDays })
  desk.office.portal.settings.changed()
}

it('moves the case and its group, and the figures with it', async () => {
  const { address, row } = caseIn(desk.office, 'registered')
  const form = await openForm(desk.agent, address, 'change-category')
  await post(desk.agent, `${address}/change-category`, { ...form, category: 'C2' })
  expect(row()).toMatchObject({
    categoryCode: 'C2',
    categoryGroup: 'C',
    status: 'registered',
    restricted: false,
  })
})

it('brings the due date forward where the new category promises fewer days', () => {
  promise('A3', 5)
  const testCase = fileCase(desk.office)
  expect(testCase.row().dueOn).toBe('2026-12-01')
  done(desk.office, testCase, 'nid', 'change-category', { category: 'A3' })
  expect(testCase.row().dueOn).toBe('2026-11-21')
  expect(clockOf(testCase.id)).toEqual({
    dueOn: '2026-11-21',
    targetDays: 5,
  })
  promise('A3', null)
})

it('never pushes the due date back', () => {
  promise('A4', 3)
  const testCase = fileCase(desk.office, { categoryCode: 'A4' })
  expect(testCase.row().dueOn).toBe('2026-11-19')
  done(desk.office, testCase, 'nid', 'change-category', { category: 'A1' })
  expect(testCase.row().dueOn).toBe('2026-11-19')
  expect(clockOf(testCase.id)).toMatchObject({ dueOn: '2026-11-19' })
  promise('A4', null)
})

it('makes a matter about staff restricted, and takes it out of sight of whoever may not see such', async () => {
  const { address, row } = fileCase(desk.office)
  const form = await openForm(desk.agent, address, 'change-category')
  const answer = await post(desk.agent, `${address}/change-category`, { ...form, category: 'H1' })
  expect(answer.headers.location).toBe('/staff?done=change-category')
  expect(row().restricted).toBe(true)
  expect((await desk.agent.get(address)).status).toBe(404)
  const head = await desk.office.signIn('dao')
  expect(wordsOf(await head.get(address))).toContain('จำกัดสิทธิ์ดู')
})

it('offers categories of the same kind only, and refuses others and the one it has', async () => {
  const { address } = fileCase(desk.office)
  const page = await desk.agent.get(`${address}/change-category`)
  expect(page.text).not.toContain('value="OP3"')
  const form = await openForm(desk.agent, address, 'change-category')
  for (const category of ['OP3', 'A2', 'A', 'ZZ9', "A1' or 1=1"]) {
    const answer = await post(desk.agent, `${address}/change-category`, { ...form, category })
    expect(answer.status, category).toBe(422)
    expect(errorsOf(answer)).toEqual(['category'])
  }
})

it('reminds at once of a date that has come nearer than its thresholds', async () => {
  const testCase = fileCase(desk.office)
  desk.office.clock.addDays(10)
  promise('A3', 5)
  done(desk.office, testCase, 'nid', 'change-category', { category: 'A3' })
  expect(testCase.row().dueOn).toBe('2026-11-26')
  await tickClocks(desk.office)
  const told = desk.office.portal.db.sqlite
    .prepare(
      "select mark from clock_events where case_id = ? and type = 'warned' and mark like '%@2026-11-26'",
    )
    .all(testCase.id)
  expect(told).toEqual([{ mark: 'warn:0@2026-11-26' }])
  promise('A3', null)
  desk.office.clock.addDays(-10)
})
