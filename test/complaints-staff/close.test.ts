import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm } from './desk.ts'

const desk = describeAction({
  path: 'close',
  member: 'chai',
  status: 'resolved',
  typed: () => ({}),
  wrongRole: 'wit',
})

it('keeps the day on which the case was finished, so that no figure moves', async () => {
  const { address, row } = caseIn(desk.office, 'resolved')
  const { finishedOn, resolvedOn } = row()
  desk.office.clock.addMinutes(1)
  const figures = () => desk.office.portal.db.sqlite.prepare('select * from month_totals').all()
  const before = figures()
  const form = await openForm(desk.agent, address, 'close')
  expect((await post(desk.agent, `${address}/close`, form)).status).toBe(303)
  expect(row()).toMatchObject({ status: 'closed', finishedOn, resolvedOn })
  expect(figures()).toEqual(before)
})
