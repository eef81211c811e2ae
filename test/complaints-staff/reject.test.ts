import { expect, it } from 'vitest'
import { errorsOf, post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm } from './desk.ts'

const typed = { reason: 'power', text: 'ถนนสายนี้เป็นของกรมทางหลวง', otherBody: 'แขวงทางหลวง โทร 1586' }

const desk = describeAction({
  path: 'reject',
  member: 'nid',
  status: 'registered',
  typed: () => typed,
  required: ['reason', 'text'],
  wrongRole: 'nayok',
})

it('ends the case with its reason and where else to go', async () => {
  const { address, row } = caseIn(desk.office, 'submitted')
  const form = await openForm(desk.agent, address, 'reject')
  await post(desk.agent, `${address}/reject`, { ...form, ...typed, step: 'send' })
  expect(row()).toMatchObject({
    ...{ status: 'not_accepted', finishedOn: '2026-11-16', rejectReason: 'power' },
    otherBody: 'แขวงทางหลวง โทร 1586',
  })
})

it('wants to know where else to go wherever there is such a place', async () => {
  const { address } = caseIn(desk.office, 'submitted')
  const form = await openForm(desk.agent, address, 'reject')
  const outcomes: [string, number][] = [
    ...(['court', 'decided', 'power', 'private'].map((reason) => [reason, 422]) as [string, number][]),
    ...(['insufficient', 'abusive'].map((reason) => [reason, 200]) as [string, number][]),
  ]
  for (const [reason, status] of outcomes) {
    const answer = await post(desk.agent, `${address}/reject`, { ...form, ...typed, reason, otherBody: '' })
    expect(answer.status, reason).toBe(status)
    if (status === 422) expect(errorsOf(answer)).toEqual(['otherBody'])
  }
})
