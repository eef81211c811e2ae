import { expect, it } from 'vitest'
import { errorsOf, post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm } from './desk.ts'

const desk = describeAction({
  path: 'ask-info',
  member: 'chai',
  status: 'in_progress',
  typed: () => ({ text: 'ขอทราบเลขเสาไฟ\nและเวลาที่ไฟดับ', answerBy: '20/11/2569' }),
  required: ['text', 'answerBy'],
  wrongRole: 'wit',
})

it('waits for the complainant while the due date goes on', async () => {
  const { address, row } = caseIn(desk.office, 'in_progress')
  const { dueOn } = row()
  const form = await openForm(desk.agent, address, 'ask-info')
  const typed = { text: 'เสาไฟต้นใด', answerBy: '๒๐/๑๑/๒๕๖๙', step: 'send' }
  expect((await post(desk.agent, `${address}/ask-info`, { ...form, ...typed })).status).toBe(303)
  expect(row()).toMatchObject({ status: 'need_info', dueOn })
})

it('asks for an answer on a day to come, and not in a year', async () => {
  const { address } = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, address, 'ask-info')
  for (const answerBy of ['15/11/2569', '16/11/2570', '31/2/2570', 'พรุ่งนี้', '20/11/69']) {
    const answer = await post(desk.agent, `${address}/ask-info`, { ...form, text: 'เสาไฟต้นใด', answerBy })
    expect(answer.status, answerBy).toBe(422)
    expect(errorsOf(answer)).toEqual(['answerBy'])
  }
})
