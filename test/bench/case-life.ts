import { type CaseAction, type CaseStatus, OPEN } from '#domain/case-status.ts'
import { addDays, type CivilDate } from '#domain/civil-date.ts'
import type { Random } from './random.ts'

/** How a case stands and how it got there: one step per event. */
export interface CaseLife {
  status: CaseStatus
  steps: { action: CaseAction | 'submitted'; on: CivilDate; public: boolean; text: string | null }[]
  finishedOn: CivilDate | null
  resolvedOn: CivilDate | null
  reopenPending: boolean
}

type Step = CaseLife['steps'][number]

const RESULT = 'เจ้าหน้าที่ลงพื้นที่ตรวจสอบและดำเนินการแก้ไขเรียบร้อยแล้ว หากยังพบปัญหาโปรดแจ้งกลับ'
const PROGRESS = 'รับเรื่องแล้ว อยู่ระหว่างจัดหาวัสดุและกำหนดวันเข้าดำเนินการ'

/** A case still being worked on. */
export function openLife(random: Random, receivedOn: CivilDate): CaseLife {
  const status = random.pick(OPEN)
  const steps: Step[] = [step('submitted', receivedOn)]
  if (status !== 'submitted') steps.push(step('register', receivedOn, true))
  if (status !== 'submitted' && status !== 'registered') steps.push(step('assign', receivedOn, true))
  if (status === 'in_progress')
    steps.push(step('accept', receivedOn, true), step('progress', receivedOn, true, PROGRESS))
  if (status === 'need_info') steps.push(step('ask_info', receivedOn, true, 'ขอทราบตำแหน่งที่แน่ชัด'))
  const reopenPending = status === 'in_progress' && random.chance(0.15)
  return { status, steps, finishedOn: null, resolvedOn: null, reopenPending }
}

/** A case that is over: four of five solved, the others ended by a side exit. */
export function finishedLife(random: Random, receivedOn: CivilDate, latest: CivilDate): CaseLife {
  const ended = addDays(receivedOn, 1 + random.below(20))
  const on = ended < latest ? ended : latest
  const status = endOf(random)
  const steps: Step[] = [step('submitted', receivedOn), step('register', receivedOn, true)]
  if (status === 'closed' || status === 'resolved') {
    steps.push(step('assign', receivedOn, true), step('accept', receivedOn, true))
    steps.push(step('conclude', on, true, RESULT))
    if (status === 'closed') steps.push(step('close', on))
    return { status, steps, finishedOn: on, resolvedOn: on, reopenPending: false }
  }
  const exits = {
    not_accepted: 'reject',
    forwarded: 'forward',
    withdrawn: 'withdraw',
    merged: 'merge',
  } as const
  steps.push(step(exits[status], on, true, 'แจ้งเหตุผลให้ผู้ร้องทราบแล้ว'))
  return {
    status,
    steps,
    finishedOn: status === 'merged' ? null : on,
    resolvedOn: null,
    reopenPending: false,
  }
}

function endOf(
  random: Random,
): 'closed' | 'resolved' | 'not_accepted' | 'forwarded' | 'withdrawn' | 'merged' {
  const chance = random.next()
  if (chance < 0.78) return 'closed'
  if (chance < 0.82) return 'resolved'
  if (chance < 0.88) return 'not_accepted'
  if (chance < 0.94) return 'forwarded'
  return chance < 0.97 ? 'withdrawn' : 'merged'
}

function step(
  action: Step['action'],
  on: CivilDate,
  isPublic = action === 'submitted',
  text: string | null = null,
): Step {
  return { action, on, public: isPublic, text }
}
