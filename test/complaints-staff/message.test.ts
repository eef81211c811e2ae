import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm } from './desk.ts'

const desk = describeAction({
  path: 'message',
  member: 'chai',
  status: 'in_progress',
  typed: () => ({ text: 'ขอบคุณที่แจ้ง "ข้อมูล" เพิ่ม' }),
  required: ['text'],
  wrongRole: 'wit',
})

it('may be written after the result, and not to a closed case', async () => {
  const resolved = caseIn(desk.office, 'resolved')
  const form = await openForm(desk.agent, resolved.address, 'message')
  const sent = await post(desk.agent, `${resolved.address}/message`, { ...form, text: 'ขอบคุณ', step: 'send' })
  expect(sent.status).toBe(303)
  const closed = caseIn(desk.office, 'closed')
  expect((await desk.agent.get(`${closed.address}/message`)).status).toBe(409)
})
