import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, done, openForm, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'note',
  member: 'chai',
  status: 'in_progress',
  typed: () => ({ text: 'เบิกหลอดแล้ว ใบเบิก 12/2570' }),
  required: ['text'],
  isNeverStale: true,
})

it('is written from the case page, asks for no preview and is no message', async () => {
  const testCase = caseIn(desk.office, 'in_progress', { contact: { email: 'citizen@example.com' } })
  const { rev } = testCase.row()
  const answer = await post(desk.agent, `${testCase.address}/note`, { text: 'ผู้ร้องโทรมาตาม' })
  expect(answer.status).toBe(303)
  expect(testCase.row().rev).toBe(rev)
  const page = await desk.agent.get(testCase.address)
  const talk = /<section class="sg-talk"[\s\S]*?<\/section>/.exec(page.text)?.[0]
  expect(talk).not.toContain('ผู้ร้องโทรมาตาม')
  expect(wordsOf(page)).toContain('ผู้ร้องโทรมาตาม')
  const mails = desk.office.portal.db.sqlite
    .prepare('select count(*) as n from outbox where case_id = ? and body like ?')
    .get(testCase.id, '%ผู้ร้องโทรมาตาม%')
  expect(mails).toEqual({ n: 0 })
})

it('is kept although somebody else acted in the meantime, and on a case that is over', async () => {
  const testCase = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, testCase.address, 'note')
  done(desk.office, testCase, 'nid', 'message', { text: 'ทราบแล้ว' })
  expect((await post(desk.agent, `${testCase.address}/note`, { ...form, text: 'จดไว้' })).status).toBe(303)
  const closed = caseIn(desk.office, 'closed')
  expect((await post(desk.agent, `${closed.address}/note`, { text: 'จดไว้ทีหลัง' })).status).toBe(303)
})

it('may be written by the working group and by the executive', async () => {
  const { address } = caseIn(desk.office, 'in_progress')
  for (const name of ['wit', 'nayok'] as const) {
    const agent = await desk.office.signIn(name)
    expect((await post(agent, `${address}/note`, { text: `ฝากเร่ง ${name}` })).status).toBe(303)
  }
})
