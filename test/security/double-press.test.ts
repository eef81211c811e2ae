import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseIn, openForm } from '../complaints-staff/desk.ts'
import { DELAY, lettersIn } from '../complaints-staff/explanations.ts'
import type { MemberName } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const BY_POST = { contact: { address: '12 หมู่ 1', replyBy: 'post' } } as const

/** A form that is sent twice as it stands, and once more with other words. */
async function pressTwice(name: MemberName, path: string, fields: Record<string, string>) {
  const testCase = caseIn(office, 'in_progress', BY_POST)
  const agent = await office.signIn(name)
  const form = await openForm(agent, testCase.address, path)
  const send = (changes: Record<string, string> = {}) =>
    post(agent, `${testCase.address}/${path}`, { ...form, ...fields, ...changes, step: 'send' })
  const answers = await Promise.all([send(), send()])
  const other = await send({ text: 'ข้อความอื่น' })
  const events = office.portal.db.sqlite
    .prepare<[number]>("select 1 from case_events where case_id = ? and type in ('explain', 'urge')")
    .all(testCase.id)
  return { testCase, events: events.length, statuses: [...answers, other].map(({ status }) => status) }
}

it('an explanation approved with two presses is one letter, and both presses say that it is done', async () => {
  const { testCase, statuses, events } = await pressTwice('malee', 'explain-delay', DELAY)
  expect(statuses).toEqual([303, 303, 409])
  expect([lettersIn(office, testCase).length, events]).toEqual([1, 1])
})

it('an explanation proposed with two presses is proposed once', async () => {
  const { testCase, statuses, events } = await pressTwice('chai', 'explain-delay', DELAY)
  expect(statuses).toEqual([303, 303, 409])
  expect([lettersIn(office, testCase).length, events]).toEqual([1, 1])
})

it('two presses for a case are one, and both say that it is done', async () => {
  const { statuses, events } = await pressTwice('wit', 'urge', { text: 'ขอผลภายในวันนี้' })
  expect(statuses).toEqual([303, 303, 409])
  expect(events).toBe(1)
})
