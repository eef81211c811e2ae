import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'return',
  member: 'chai',
  status: 'assigned',
  typed: () => ({ reason: 'เป็นถนนของแขวงทางหลวงชนบท' }),
  required: ['reason'],
  wrongRole: 'wit',
})

it('goes back to the centre with the reason, which the complainant does not see', async () => {
  const { address, row, id } = caseIn(desk.office, 'assigned')
  const form = await openForm(desk.agent, address, 'return')
  const answer = await post(desk.agent, `${address}/return`, { ...form, reason: 'ไม่ใช่งานของกองช่าง' })
  expect(answer.headers.location).toBe('/staff?done=return')
  expect(row()).toMatchObject({ status: 'registered', unitId: null, officerId: null })
  const queue = await desk.agent.get('/staff?done=return')
  expect(wordsOf(queue)).toContain('ส่งคืนศูนย์รับเรื่องแล้ว')
  const centre = await desk.office.signIn('nid')
  expect(wordsOf(await centre.get(address))).toContain('ไม่ใช่งานของกองช่าง')
  const event = desk.office.portal.db.sqlite
    .prepare("select audience from case_events where case_id = ? and type = 'return'")
    .get(id)
  expect(event).toEqual({ audience: 'internal' })
})
