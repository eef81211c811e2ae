import { expect, it } from 'vitest'
import { caseNumber } from '#domain/reference.ts'
import { errorsOf, post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, done, fileCase, openForm, type TestCase, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'merge',
  member: 'nid',
  status: 'registered',
  typed: (office) => ({ into: numberOf(fileCase(office, { subject: 'เรื่องเดิม' })) }),
  required: ['into'],
  wrongRole: 'nayok',
})

function numberOf({ row }: TestCase): string {
  const { fiscalYear, seq } = row()
  return caseNumber(fiscalYear, seq)
}

const clockOf = ({ id }: TestCase) =>
  desk.office.portal.db.sqlite
    .prepare("select verdict from case_clocks where case_id = ? and duty = 'resolve'")
    .get(id)

async function mergeInto(testCase: TestCase, into: string) {
  const form = await openForm(desk.agent, testCase.address, 'merge')
  return await post(desk.agent, `${testCase.address}/merge`, { ...form, into, step: 'send' })
}

it('shows both cases before it is done', async () => {
  const target = fileCase(desk.office, { subject: 'ไฟดับทั้งซอย' })
  const { address } = fileCase(desk.office, { subject: 'ไฟดับซอยเดียวกัน' })
  const form = await openForm(desk.agent, address, 'merge')
  const answer = await post(desk.agent, `${address}/merge`, {
    ...form,
    into: numberOf(target),
    step: 'check',
  })
  expect(answer.status).toBe(200)
  expect(wordsOf(answer)).toContain(`${numberOf(target)} ไฟดับทั้งซอย`)
  expect(wordsOf(answer)).toContain('ไฟดับซอยเดียวกัน')
})

it('points to the other case, stops counting its own days and is neither open nor finished', async () => {
  const target = caseIn(desk.office, 'closed')
  const merged = caseIn(desk.office, 'in_progress')
  expect((await mergeInto(merged, numberOf(target))).status).toBe(303)
  expect(merged.row()).toMatchObject({ status: 'merged', mergedIntoId: target.id, finishedOn: null })
  expect(clockOf(merged)).toEqual({ verdict: 'void' })
  expect(wordsOf(await desk.agent.get(merged.address))).toContain(`รวมกับเรื่องเดิม ${numberOf(target)}`)
  expect(wordsOf(await desk.agent.get(target.address))).toContain(numberOf(merged))
})

it('erases no breach: a case that was late is late', async () => {
  const target = fileCase(desk.office)
  const late = caseIn(desk.office, 'registered', { receivedAt: new Date('2026-10-20T03:00:00Z') })
  await mergeInto(late, numberOf(target))
  expect(clockOf(late)).toEqual({ verdict: 'late' })
})

it('reads the number in any form', async () => {
  const target = fileCase(desk.office)
  const { fiscalYear, seq } = target.row()
  for (const into of [`${seq}/${fiscalYear}`, `RT-${fiscalYear}-${seq}`, ` รท. ${seq} / ${fiscalYear} `]) {
    const testCase = fileCase(desk.office)
    expect((await mergeInto(testCase, into)).status, into).toBe(303)
    expect(testCase.row().mergedIntoId).toBe(target.id)
  }
})

it('refuses itself, a merged case, no case at all and, in the same words, one that is not to be seen', async () => {
  const testCase = fileCase(desk.office)
  const merged = fileCase(desk.office)
  await mergeInto(merged, numberOf(fileCase(desk.office)))
  const hidden = fileCase(desk.office, { categoryCode: 'H1', subject: 'เรื่องจำกัดสิทธิ์' })
  const faults: string[] = []
  for (const into of [numberOf(testCase), numberOf(merged), 'รท 9999/2570', numberOf(hidden), 'abc']) {
    const answer = await mergeInto(testCase, into)
    expect(answer.status, into).toBe(422)
    expect(errorsOf(answer)).toEqual(['into'])
    faults.push(/id="into-error"[^>]*>[\s\S]*?<\/span>([^<]*)</.exec(answer.text)?.[1]?.trim() ?? '')
    expect(answer.text).not.toContain('เรื่องจำกัดสิทธิ์')
  }
  expect(faults[2]).toBe(faults[3])
  expect(new Set(faults).size).toBe(4)
  expect(testCase.row().status).toBe('submitted')
})

it('does not undo what was done to a case that others were merged into', () => {
  const last = fileCase(desk.office)
  const middle = fileCase(desk.office)
  const first = fileCase(desk.office)
  done(desk.office, first, 'nid', 'merge', { into: numberOf(middle) })
  done(desk.office, middle, 'nid', 'merge', { into: numberOf(last) })
  expect(first.row().mergedIntoId).toBe(middle.id)
  expect(middle.row().mergedIntoId).toBe(last.id)
})
