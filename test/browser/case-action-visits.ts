import { assign } from '#complaints/assign.ts'
import { conclude } from '#complaints/conclude.ts'
import { progress } from '#complaints/write-to-citizen.ts'
import { officerDoes, unitId } from '../complaints/officer.ts'
import type { MemberName } from '../support/cast.ts'
import { actionIn, caseIn, typeAndSend } from './staff-forms.ts'
import { RESULT, type State } from './stage.ts'
import type { Visit } from './visits.ts'

const CASE = '/staff/cases/:slug'
const ACTION = '/staff/cases/:slug/:action'

const DELAY = {
  ...{ text: 'หลอดไฟที่สั่งซื้อยังมาไม่ถึง', doneText: 'ตรวจเสาไฟทุกต้นแล้ว', nextText: 'เปลี่ยนหลอดไฟ' },
  newDate: '10/12/2569',
}

/** Every action, where and by whom it may be done, and what fills its form; `null` where there is nothing to fill in. */
const ACTIONS: {
  path: string
  state: State
  as: MemberName
  fields: Record<string, string> | null
  isPreviewed: boolean
}[] = [
  { path: 'register', state: 'submitted', as: 'nid', fields: null, isPreviewed: false },
  { path: 'assign', state: 'registered', as: 'nid', fields: { unit: '' }, isPreviewed: false },
  { path: 'accept', state: 'assigned', as: 'chai', fields: null, isPreviewed: false },
  { path: 'progress', state: 'in_progress', as: 'chai', fields: { text: 'สั่งหลอดไฟแล้ว' }, isPreviewed: true },
  { path: 'explain-delay', state: 'in_progress', as: 'malee', fields: DELAY, isPreviewed: true },
  {
    path: 'ask-info',
    state: 'in_progress',
    as: 'chai',
    fields: { text: 'เลขเสาอะไร', answerBy: '20/11/2569' },
    isPreviewed: true,
  },
  { path: 'message', state: 'in_progress', as: 'chai', fields: { text: 'ได้รับภาพแล้ว' }, isPreviewed: true },
  { path: 'conclude', state: 'in_progress', as: 'chai', fields: RESULT, isPreviewed: true },
  {
    path: 'forward',
    state: 'in_progress',
    as: 'chai',
    fields: { text: 'ส่งเรื่องให้แล้ว', otherBody: 'แขวงทางหลวงชนบท' },
    isPreviewed: true,
  },
  {
    path: 'reject',
    state: 'submitted',
    as: 'nid',
    fields: { text: 'ไม่อยู่ในอำนาจ', otherBody: 'แขวงทางหลวงชนบท', reason: 'power' },
    isPreviewed: true,
  },
  { path: 'urge', state: 'in_progress', as: 'wit', fields: null, isPreviewed: false },
  { path: 'close', state: 'resolved', as: 'chai', fields: null, isPreviewed: false },
  { path: 'return', state: 'assigned', as: 'chai', fields: { reason: '' }, isPreviewed: false },
  { path: 'change-category', state: 'submitted', as: 'nid', fields: { category: '' }, isPreviewed: false },
  { path: 'merge', state: 'submitted', as: 'nid', fields: { into: 'รท 0001/2570' }, isPreviewed: true },
  { path: 'note', state: 'in_progress', as: 'chai', fields: { text: '' }, isPreviewed: false },
]

/** The names of the actions above, to be compared with those there are. */
export const ACTIONS_VISITED = ACTIONS.map(({ path }) => path)

export const ACTION_VISITS: Visit[] = ACTIONS.flatMap(({ path: action, state, as, fields, isPreviewed }) => {
  const form: Visit = { name: `the form: ${action}`, route: ACTION, path: actionIn(state, action), as }
  if (!fields) return [form]
  const empty = Object.fromEntries(
    Object.keys(fields)
      .filter((name) => !['reason', 'outcome', 'finding'].includes(name) || action === 'return')
      .map((name) => [name, '']),
  )
  const faulty: Visit = {
    ...form,
    name: `${form.name}, sent empty`,
    act: typeAndSend(empty, action),
    status: 422,
  }
  const preview: Visit = { ...form, name: `the preview: ${action}`, act: typeAndSend(fields, action) }
  return isPreviewed ? [form, faulty, preview] : [form, faulty]
})

/** Two at one case: the other one was quicker. */
export const CONFLICTS: Visit[] = [
  {
    name: 'a result for a case that changed in the meantime',
    route: ACTION,
    path: actionIn('in_progress', 'conclude'),
    as: 'chai',
    act: async (page, { site, slips }) => {
      officerDoes(site, slips.in_progress, progress, { text: 'รถกระเช้าเสีย เลื่อนเป็นวันพฤหัสบดี' })
      await typeAndSend(RESULT, 'conclude')(page)
    },
    status: 409,
  },
  {
    name: 'progress of a case that was concluded in the meantime',
    route: ACTION,
    path: actionIn('need_info', 'progress'),
    as: 'chai',
    act: async (page, { site, slips }) => {
      officerDoes(site, slips.need_info, conclude, RESULT)
      await typeAndSend({ text: 'ไปดูเสาไฟมาแล้ว' }, 'progress')(page)
    },
    status: 409,
  },
  {
    name: 'a note sent after the session had ended',
    route: CASE,
    path: caseIn('assigned'),
    as: 'chai',
    act: async (page) => {
      await page.context().clearCookies()
      await typeAndSend({ text: 'โทรหาแล้วไม่รับสาย' }, '/note')(page)
    },
    status: 401,
  },
  {
    name: 'a case that went to another unit in the meantime',
    route: ACTION,
    path: actionIn('assigned', 'return'),
    as: 'chai',
    act: async (page, { site, slips }) => {
      officerDoes(site, slips.assigned, assign, { unit: unitId(site, 'somsri') })
      await typeAndSend({ reason: 'เป็นเรื่องของกองสาธารณสุข' }, 'return')(page)
    },
    status: 404,
  },
]
