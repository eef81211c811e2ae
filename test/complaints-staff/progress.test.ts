import { expect, it } from 'vitest'
import { errorsOf, post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'progress',
  member: 'chai',
  status: 'in_progress',
  typed: () => ({ text: 'ช่างออกตรวจแล้ว\nรออะไหล่ <b>วันพุธ</b>' }),
  required: ['text'],
  wrongRole: 'wit',
})

it('leaves the status as it is and stands among the messages and in the history', async () => {
  const { address, row } = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, address, 'progress')
  await post(desk.agent, `${address}/progress`, { ...form, text: 'ช่างออกตรวจแล้ว', step: 'send' })
  expect(row().status).toBe('in_progress')
  const page = await desk.agent.get(address)
  expect(page.text.match(/ช่างออกตรวจแล้ว/g)).toHaveLength(2)
})

it('takes 5,000 characters and tells the limit beyond', async () => {
  const { address } = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, address, 'progress')
  const most = 'ก'.repeat(5_000)
  expect((await post(desk.agent, `${address}/progress`, { ...form, text: most })).status).toBe(200)
  const answer = await post(desk.agent, `${address}/progress`, { ...form, text: `${most}ข` })
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['text'])
  expect(wordsOf(answer)).toContain('5,000')
})
