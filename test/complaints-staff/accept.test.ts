import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, done, openForm } from './desk.ts'

const desk = describeAction({
  path: 'accept',
  member: 'chai',
  status: 'assigned',
  typed: () => ({}),
  wrongRole: 'wit',
})

it('begins the work and keeps the officer who was named', async () => {
  const { address, row } = caseIn(desk.office, 'assigned')
  const form = await openForm(desk.agent, address, 'accept')
  expect((await post(desk.agent, `${address}/accept`, form)).status).toBe(303)
  expect(row()).toMatchObject({ status: 'in_progress', officerId: desk.office.cast.chai.id })
})

it('makes whoever accepts the officer where nobody was named', async () => {
  const testCase = caseIn(desk.office, 'registered')
  const { malee } = desk.office.cast
  done(desk.office, testCase, 'nid', 'assign', { unit: String(malee.unitId) })
  done(desk.office, testCase, 'malee', 'accept')
  expect(testCase.row()).toMatchObject({ status: 'in_progress', officerId: malee.id })
})
