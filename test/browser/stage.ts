import { moveCase } from '#complaints/move-case.ts'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { fileAndKeepSlip, type Slip, track } from '../complaints/citizen.ts'
import { caseOf, officerDoes, unitId } from '../complaints/officer.ts'
import { fakeRegister } from '../complaints-staff/confidential-office.ts'
import { viewerFor } from '../complaints-staff/desk.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { photo } from './people.ts'

/** The states a case can be looked at in. */
export const STATES = [
  'overdue',
  'submitted',
  'registered',
  'assigned',
  'in_progress',
  'need_info',
  'resolved',
  'reopened',
  'closed',
  'not_accepted',
  'forwarded',
  'merged',
  'withdrawn',
  'moved',
] as const
export type State = (typeof STATES)[number]

/** An office with one case in every state. */
export interface Stage {
  site: TestPortal
  slips: Record<State, Slip>
}

/** Long, with a word that cannot break: what real people type must not burst a page. */
const SUBJECT =
  'ไฟทางดับหน้าวัดเมืองใหม่ตั้งแต่ปากซอยถึงท้ายซอย https://www.example.com/photos/2026/11/16/street-light-no-1234567890'

export const RESULT = {
  text: 'เปลี่ยนหลอดไฟแล้วเมื่อวันที่ 16 พฤศจิกายน 2569\nทดลองเปิดแล้ว ไฟติดปกติ',
  outcome: 'solved',
  finding: 'yes',
  cause: 'สายไฟเก่าชำรุด',
  prevention: 'ตรวจสายไฟทุกหกเดือน',
}

export async function setStage(): Promise<Stage> {
  // Twenty days before the Monday of the tests: what was filed then is overdue.
  const site = await startTestPortal({ now: new Date('2026-10-27T03:00:00Z') })
  const picture = await photo('ภาพถ่าย.jpg', '#334455')
  const attached = [{ name: picture.name, content: picture.buffer }]
  const slips: Partial<Record<State, Slip>> = {}
  const file = async (state: State) => {
    const slip = await fileAndKeepSlip(
      site,
      { subject: SUBJECT, name: 'ยายแก้ว ใจดี', withhold: 'yes' },
      attached,
    )
    slips[state] = slip
    return slip
  }
  await file('overdue')
  site.clock.addDays(20)
  for (const state of STATES.slice(1)) await bring(site, await file(state), state)
  return { site, slips: slips as Record<State, Slip> }
}

/** To a register that nobody looks into: what is left here is what is looked at. */
async function moveAway(site: TestPortal, slip: Slip): Promise<void> {
  const act = { row: caseOf(site, slip), viewer: viewerFor(site, 'nid'), excluded: [] }
  await moveCase(site.portal, fakeRegister(), act, (_id, error) => {
    throw error
  })
}

/** Works a fresh case until it is in the state. */
async function bring(site: TestPortal, slip: Slip, state: State): Promise<void> {
  const act = (path: string, typed: Record<string, string> = {}) => {
    const form = ACTION_FORMS.find((one) => one.path === path)
    if (!form) throw new Error(`no action ${path}`)
    officerDoes(site, slip, form, typed)
  }
  const citizenSends = async (path: string, fields: Record<string, string>) => {
    const citizen = await track(site, slip)
    const rev = String(caseOf(site, slip).rev)
    await citizen
      .post(path)
      .type('form')
      .send({ rev, ...fields })
  }
  const explained = { text: 'เรื่องนี้เป็นของแขวงทางหลวงชนบท จึงส่งเรื่องให้แล้ว', otherBody: 'แขวงทางหลวงชนบท' }
  if (state === 'submitted') return
  if (state === 'withdrawn') return await citizenSends('/track/withdraw', { text: 'ไฟติดแล้ว' })
  if (state === 'not_accepted') return act('reject', { ...explained, reason: 'power' })
  if (state === 'merged') return act('merge', { into: 'รท 0001/2570' })
  act('register')
  if (state === 'registered') return
  if (state === 'moved') return await moveAway(site, slip)
  act('assign', { unit: unitId(site, 'chai'), officer: String(site.cast.chai.id) })
  if (state === 'assigned') return
  act('accept')
  act('note', { text: 'ขอรถกระเช้าวันพุธ' })
  if (state === 'in_progress') return act('progress', { text: 'สั่งหลอดไฟแล้ว ของมาวันพุธ' })
  if (state === 'forwarded') return act('forward', explained)
  if (state === 'need_info') return act('ask-info', { text: 'เสาไฟต้นที่ดับมีเลขอะไร', answerBy: '21/11/2569' })
  act('conclude', RESULT)
  if (state === 'closed') act('close')
  if (state === 'reopened') await citizenSends('/track/reopen', { text: 'เมื่อคืนไฟดับอีกแล้ว' })
}
