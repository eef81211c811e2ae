import { expect, it } from 'vitest'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { phonePhoto } from '../support/upload-samples.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, done, fileCase, openForm, wordsOf } from './desk.ts'

const result = {
  text: 'เปลี่ยนหลอดแล้ว\nทดสอบสว่างปกติ',
  outcome: 'solved',
  finding: 'yes',
  cause: 'หลอดหมดอายุ',
  prevention: 'ตรวจทุก 3 เดือน',
}

const desk = describeAction({
  path: 'conclude',
  member: 'chai',
  status: 'in_progress',
  typed: () => result,
  required: ['text', 'outcome', 'finding', 'cause', 'prevention'],
  wrongRole: 'wit',
})

const clockOf = (id: number) =>
  desk.office.portal.db.sqlite
    .prepare(
      "select stopped_on as stoppedOn, verdict from case_clocks where case_id = ? and duty = 'resolve'",
    )
    .get(id)

it('keeps the result with everything about it and stops the clock on the day it is sent', async () => {
  const { address, row, id } = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, address, 'conclude')
  const answer = await post(desk.agent, `${address}/conclude`, { ...form, ...result, step: 'send' })
  expect(answer.headers.location).toBe(`${address}?done=conclude`)
  const { text, ...rest } = result
  const today = '2026-11-16'
  const expected = { ...rest, resultText: text, status: 'resolved', resolvedOn: today, finishedOn: today }
  expect(row()).toMatchObject(expected)
  expect(clockOf(id)).toEqual({ stoppedOn: today, verdict: 'met' })
  const page = wordsOf(await desk.agent.get(address))
  expect(page).toContain('สาเหตุ: หลอดหมดอายุ')
  expect(page).toContain('แจ้งผลทันกำหนด')
})

it('is late for ever when it is sent after the due date', async () => {
  const testCase = caseIn(desk.office, 'in_progress', { receivedAt: new Date('2026-10-30T03:00:00Z') })
  done(desk.office, testCase, 'chai', 'conclude', result)
  expect(clockOf(testCase.id)).toMatchObject({ verdict: 'late' })
})

it('asks no cause and no prevention of praise and suggestions', async () => {
  const praise = fileCase(desk.office, { kind: 'praise', categoryCode: 'OP3' })
  done(desk.office, praise, 'nid', 'register')
  done(desk.office, praise, 'nid', 'assign', { unit: String(desk.office.cast.nid.unitId) })
  done(desk.office, praise, 'nid', 'accept')
  const centre = await desk.office.signIn('nid')
  const form = await openForm(centre, praise.address, 'conclude')
  const typed = { text: 'ขอบคุณ', outcome: 'answered', finding: 'na', cause: '', prevention: '' }
  const answer = await post(centre, `${praise.address}/conclude`, { ...form, ...typed, step: 'send' })
  expect(answer.status).toBe(303)
  expect(praise.row()).toMatchObject({ status: 'resolved', cause: null, finding: 'na' })
})

it('refuses words that are not in the lists', async () => {
  const { address } = caseIn(desk.office, 'in_progress')
  const form = await openForm(desk.agent, address, 'conclude')
  const answer = await post(desk.agent, `${address}/conclude`, {
    ...form,
    ...result,
    outcome: 'won',
    finding: '1',
  })
  expect(errorsOf(answer)).toEqual(['outcome', 'finding'])
})

it('carries photos over a failed try, the preview and going back, and shows them to the complainant', async () => {
  const { address, id } = caseIn(desk.office, 'in_progress')
  const { rev, seen, token } = await openForm(desk.agent, address, 'conclude')
  const photo = await phonePhoto()
  const failed = await desk.agent
    .post(`${address}/conclude`)
    .field({ rev: `${rev}`, seen: `${seen}`, token: `${token}`, ...result, text: '' })
    .attach('files', photo, { filename: 'หลังซ่อม.jpg' })
  expect(failed.status).toBe(422)
  const kept = typedIn(failed, 'kept')
  expect(kept).toBeTruthy()
  const fields = { rev: `${rev}`, seen: `${seen}`, token: `${token}`, ...result, kept: `${kept}` }
  const preview = await post(desk.agent, `${address}/conclude`, { ...fields, step: 'check' })
  expect(preview.status).toBe(200)
  expect(wordsOf(preview)).toContain('หลังซ่อม.jpg')
  const back = await post(desk.agent, `${address}/conclude`, { ...fields, step: 'edit' })
  expect(typedIn(back, 'kept')).toBe(kept)
  expect((await post(desk.agent, `${address}/conclude`, { ...fields, step: 'send' })).status).toBe(303)
  const files = desk.office.portal.db.sqlite
    .prepare('select id, audience, uploaded_by as by, event_id as eventId from case_files where case_id = ?')
    .all(id)
  expect(files).toEqual([{ id: kept, audience: 'public', by: 'staff', eventId: expect.any(Number) }])
  const shown = await desk.agent.get(`/staff/files/${kept}`)
  expect(shown.status).toBe(200)
  expect(shown.headers['content-type']).toBe('image/jpeg')
})
