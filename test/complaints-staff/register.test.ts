import { expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, openForm, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'register',
  member: 'nid',
  status: 'submitted',
  typed: () => ({}),
  wrongRole: 'nayok',
})

it('one press on the case page registers, and the next step is to assign', async () => {
  const { address, row } = caseIn(desk.office, 'submitted')
  const page = await desk.agent.get(address)
  const form = new RegExp(`action="${address}/register"[\\s\\S]*?</form>`).exec(page.text)?.[0] ?? ''
  const [rev = '', seen = ''] = ['rev', 'seen'].map(
    (name) => new RegExp(`name="${name}" value="(\\d+)"`).exec(form)?.[1],
  )
  const answer = await post(desk.agent, `${address}/register`, { rev, seen })
  expect(answer.status).toBe(303)
  expect(answer.headers.location).toBe(`${address}?done=register`)
  expect(row()).toMatchObject({ status: 'registered', finishedOn: null })
  const next = await desk.agent.get(`${answer.headers.location}`)
  expect(wordsOf(next)).toContain('ลงทะเบียนรับเรื่องแล้ว')
  expect(next.text).toContain(`href="${address}/assign">มอบหมาย</a>`)
})

it('a registered case cannot be registered again, and says so', async () => {
  const { address } = caseIn(desk.office, 'registered')
  const form = await openForm(desk.agent, address, 'register')
  const answer = await post(desk.agent, `${address}/register`, { ...form, rev: '2' })
  expect(answer.status).toBe(409)
  expect(wordsOf(answer)).toContain('ทำขั้นตอนนี้ในตอนนี้ไม่ได้')
})
