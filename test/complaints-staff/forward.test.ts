import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm } from './desk.ts'

const typed = { otherBody: 'แขวงทางหลวงชนบท', text: 'ถนนเส้นนี้อยู่ในความดูแลของแขวงทางหลวงชนบท' }

const desk = describeAction({
  path: 'forward',
  member: 'chai',
  status: 'in_progress',
  typed: () => typed,
  required: ['otherBody', 'text'],
  wrongRole: 'wit',
})

it('finishes the case today, names the body and stops the clock in time', async () => {
  const { address, row, id } = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, address, 'forward')
  await post(desk.agent, `${address}/forward`, { ...form, ...typed, step: 'send' })
  const today = '2026-11-16'
  expect(row()).toMatchObject({ status: 'forwarded', finishedOn: today, otherBody: 'แขวงทางหลวงชนบท' })
  const clock = desk.office.portal.db.sqlite
    .prepare(
      "select stopped_on as stoppedOn, verdict from case_clocks where case_id = ? and duty = 'resolve'",
    )
    .get(id)
  expect(clock).toEqual({ stoppedOn: today, verdict: 'met' })
})
