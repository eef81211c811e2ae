import { expect, it } from 'vitest'
import { errorsOf, post } from '../support/forms.ts'
import { describeAction } from './action-rules.ts'
import { caseIn, done, openForm, wordsOf } from './desk.ts'

const desk = describeAction({
  path: 'assign',
  member: 'nid',
  status: 'registered',
  typed: ({ cast }) => ({ unit: String(cast.chai.unitId), officer: String(cast.chai.id) }),
  required: ['unit'],
  wrongRole: 'nayok',
})

it('suggests the unit that the category belongs to', async () => {
  const { address } = caseIn(desk.office, 'registered')
  const page = await desk.agent.get(`${address}/assign`)
  expect(page.text).toContain(`<option value="${desk.office.cast.chai.unitId}" selected>กองช่าง</option>`)
})

it('gives the case to the unit, and to the officer where one is chosen', async () => {
  const { chai } = desk.office.cast
  const { address, row } = caseIn(desk.office, 'registered')
  const form = await openForm(desk.agent, address, 'assign')
  await post(desk.agent, `${address}/assign`, { ...form, unit: String(chai.unitId), officer: '' })
  expect(row()).toMatchObject({ status: 'assigned', unitId: chai.unitId, officerId: null })
  const again = await openForm(desk.agent, address, 'assign')
  await post(desk.agent, `${address}/assign`, {
    ...again,
    unit: String(chai.unitId),
    officer: String(chai.id),
  })
  expect(row()).toMatchObject({ status: 'assigned', unitId: chai.unitId, officerId: chai.id })
})

it('refuses an officer of another unit and a unit that does not exist', async () => {
  const { chai, somsri } = desk.office.cast
  const { address, row } = caseIn(desk.office, 'registered')
  const form = await openForm(desk.agent, address, 'assign')
  const other = { unit: String(chai.unitId), officer: String(somsri.id) }
  const answer = await post(desk.agent, `${address}/assign`, { ...form, ...other })
  expect(answer.status).toBe(422)
  expect(errorsOf(answer)).toEqual(['officer'])
  const nowhere = await post(desk.agent, `${address}/assign`, { ...form, unit: '999' })
  expect(errorsOf(nowhere)).toEqual(['unit'])
  expect(row().status).toBe('registered')
})

it('lets a unit head share out inside the own unit only', async () => {
  const { chai, malee, somsri } = desk.office.cast
  const testCase = caseIn(desk.office, 'assigned')
  const head = await desk.office.signIn('malee')
  const page = await head.get(`${testCase.address}/assign`)
  expect(page.text).toContain('กองช่าง')
  expect(page.text).not.toContain('กองสาธารณสุขและสิ่งแวดล้อม')
  const form = await openForm(head, testCase.address, 'assign')
  const away = await post(head, `${testCase.address}/assign`, { ...form, unit: String(somsri.unitId) })
  expect(away.status).toBe(422)
  const inside = { unit: String(malee.unitId), officer: String(malee.id) }
  expect((await post(head, `${testCase.address}/assign`, { ...form, ...inside })).status).toBe(303)
  expect(testCase.row().officerId).toBe(malee.id)
  expect(chai.unitId).toBe(malee.unitId)
})

it('takes the case out of the sight of the unit that had it', async () => {
  const { somsri } = desk.office.cast
  const testCase = caseIn(desk.office, 'in_progress')
  done(desk.office, testCase, 'nid', 'assign', { unit: String(somsri.unitId) })
  const chai = await desk.office.signIn('chai')
  expect((await chai.get(testCase.address)).status).toBe(404)
  const owner = await desk.office.signIn('somsri')
  expect(wordsOf(await owner.get(testCase.address))).toContain('กองสาธารณสุขและสิ่งแวดล้อม')
})
