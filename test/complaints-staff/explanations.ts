import type { Response } from 'supertest'
import { type CaseClock, clocksOf } from '#clock/clock-store.ts'
import { type Letter, lettersOf } from '#letters/store.ts'
import { DEFAULT_DEADLINES, type Deadlines } from '#settings/documents.ts'
import { writeDocument } from '#settings/store.ts'
import type { MemberName } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import type { TestPortal } from '../support/portal.ts'
import { openForm, type TestCase } from './desk.ts'

/** The tests begin on 16 November: the plan's date is 1 December. */
export const DUE_ON = '2026-12-01'

/** Why the lamp is not mended yet, until 10 December. */
export const DELAY = {
  text: 'หลอดไฟที่สั่งซื้อยังส่งมาไม่ถึง',
  doneText: 'ตรวจเสาไฟทุกต้นและสั่งซื้อหลอดไฟแล้ว',
  nextText: 'เปลี่ยนหลอดไฟเมื่อได้รับของ',
  newDate: '10/12/2569',
}

export const RESULT = {
  text: 'เปลี่ยนหลอดไฟแล้ว',
  outcome: 'solved',
  finding: 'yes',
  cause: 'หลอดขาด',
  prevention: 'ตรวจทุกเดือน',
}

/** Fills in an action's form and sends it, past the preview. */
export async function act(
  office: TestPortal,
  { address }: Pick<TestCase, 'address'>,
  name: MemberName,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  const agent = await office.signIn(name)
  const form = await openForm(agent, address, path)
  return await post(agent, `${address}/${path}`, { ...form, ...fields, step: 'send' })
}

export const explain = (
  office: TestPortal,
  testCase: Pick<TestCase, 'address'>,
  name: MemberName,
  changes: Partial<typeof DELAY> = {},
): Promise<Response> => act(office, testCase, name, 'explain-delay', { ...DELAY, ...changes })

export const lettersIn = (
  { portal }: TestPortal,
  { id }: Pick<TestCase, 'id'>,
  kind: Letter['kind'] = 'delay',
) => lettersOf(portal.db, id).filter((letter) => letter.kind === kind)

/** The newest letter of the kind; a test that finds none has failed. */
export function letterIn(
  office: TestPortal,
  testCase: Pick<TestCase, 'id'>,
  kind: Letter['kind'] = 'delay',
): Letter {
  const letter = lettersIn(office, testCase, kind).at(-1)
  if (!letter) throw new Error(`no letter: ${kind}`)
  return letter
}

export function clockOf({ portal }: TestPortal, { id }: Pick<TestCase, 'id'>): CaseClock {
  const clock = clocksOf(portal.db, id).at(-1)
  if (!clock) throw new Error('no clock')
  return clock
}

export function setDeadlines({ portal }: TestPortal, changes: Partial<Deadlines>): void {
  writeDocument(portal.db, 'deadlines', { ...DEFAULT_DEADLINES, ...changes }, portal.now())
  portal.settings.changed()
}

/** What the complainant reads on the tracking page, in a fresh visit. */
export async function trackingPage(office: TestPortal, testCase: TestCase, prefix = ''): Promise<string> {
  const { fiscalYear, seq } = testCase.row()
  const citizen = office.newAgent()
  const answer = await post(citizen, `${prefix}/track`, {
    number: `${seq}/${fiscalYear}`,
    code: testCase.trackingCode,
  })
  if (answer.status !== 303) throw new Error(`tracking answered ${answer.status}`)
  return (await citizen.get(`${prefix}/track/case`)).text
}
