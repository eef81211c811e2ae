import { CASE_STATUSES, type CaseStatus } from '#domain/case-status.ts'
import { type CivilDate, isCivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { caseScope, type Viewer } from '#domain/permissions.ts'
import { CHANNELS, type Channel } from '#domain/vocabulary.ts'
import type { FieldErrors } from '#web/forms.ts'

/** The officer's lists, in the order of the work. */
export const QUEUE_VIEWS = [
  'new',
  'assign',
  'mine',
  'unit',
  'info',
  'near',
  'over',
  'explain',
  'delayed',
  'reopen',
  'late',
  'open',
  'all',
] as const
export type QueueView = (typeof QUEUE_VIEWS)[number]

/** The lists behind numbers of the overview; the menu has shorter ones for everyday. */
const ONLY_LINKED: readonly QueueView[] = ['late', 'open']

/** In place of a unit or an officer: the cases that have none. */
export const NONE = 'none'

/** What a list is narrowed to; lives in the address, so that it can be bookmarked and sent on. */
export interface QueueFilters {
  unit?: number | typeof NONE
  category?: string
  village?: number
  channel?: Channel
  status?: CaseStatus
  officer?: number | typeof NONE
  /** First and last day of receipt, both inside. */
  from?: CivilDate
  to?: CivilDate
}

/** The case a page of the list begins after (or ends before): lists move while they are read. */
export interface Cursor {
  queueOn: CivilDate
  id: number
}

export const FILTER_FIELDS = [
  'unit',
  'category',
  'village',
  'channel',
  'status',
  'officer',
  'from',
  'to',
] as const
export type FilterField = (typeof FILTER_FIELDS)[number]

export function viewTitle(view: QueueView, nearDays: number): string {
  return {
    new: 'รอตรวจรับ',
    assign: 'รอมอบหมาย',
    mine: 'งานของฉัน',
    unit: 'งานของหน่วยงาน',
    info: 'รอข้อมูลจากผู้ร้อง',
    near: `ใกล้ครบกำหนด (เหลือไม่เกิน ${nearDays} วัน)`,
    over: 'เกินกำหนด ยังไม่ชี้แจง',
    explain: 'รออนุมัติชี้แจง / ร่างชี้แจง',
    delayed: 'ชี้แจงแล้ว กำหนดใหม่',
    reopen: 'ขอเปิดเรื่องอีกครั้ง',
    late: 'เลยกำหนดตามแผน',
    open: 'เรื่องที่ยังไม่แล้วเสร็จ',
    all: 'ทุกเรื่อง',
  }[view]
}

/** The views that can hold something for this person: a unit never sees what is not yet assigned to one. */
export function viewsFor(viewer: Viewer): QueueView[] {
  const scope = caseScope(viewer)
  const handles = viewer.roles.includes('officer') || viewer.roles.includes('unit_head')
  const hidden = new Set<QueueView>()
  if (scope === 'none' || scope.all !== true) hidden.add('new').add('assign')
  if (!handles) hidden.add('mine')
  if (viewer.unitId === null) hidden.add('unit')
  return QUEUE_VIEWS.filter((view) => !hidden.has(view))
}

/** What the menu offers, and the list that is open where it is none of those. */
export function menuFor(viewer: Viewer, current?: QueueView): QueueView[] {
  return viewsFor(viewer).filter((view) => view === current || !ONLY_LINKED.includes(view))
}

/** Where a person's day begins: the desk registers, an officer works, a head and the board look for what is late. */
export function firstView(viewer: Viewer): QueueView {
  const views = viewsFor(viewer)
  const handles = views.includes('mine')
  if (!handles) return 'over'
  if (viewer.isCentre) return 'new'
  return viewer.roles.includes('unit_head') && views.includes('unit') ? 'unit' : 'mine'
}

/** The filters of an address. A choice that does not exist is dropped; a day that cannot be read is an error. */
export function parseFilters(query: Record<string, string | undefined>): {
  filters: QueueFilters
  errors: FieldErrors
} {
  const errors: FieldErrors = {}
  const day = (field: 'from' | 'to') => {
    const text = query[field]?.trim()
    if (!text) return undefined
    const date = parseThaiDate(text)
    if (!date) errors[field] = 'กรุณากรอกวันที่ให้ถูกต้อง เช่น 15/11/2569'
    return date
  }
  const filters = withoutGaps({
    unit: oneOrNone(query.unit),
    category: /^[A-Z]{1,2}\d{0,2}$/.test(query.category ?? '') ? query.category : undefined,
    village: wholeNumber(query.village),
    channel: CHANNELS.find((channel) => channel === query.channel),
    status: CASE_STATUSES.find((status) => status === query.status),
    officer: oneOrNone(query.officer),
    from: day('from'),
    to: day('to'),
  })
  return { filters, errors }
}

/** The address of a list; what is not given is left out of it. */
export function queueAddress(parameters: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value) search.set(name, String(value))
  return `/staff?${search}`
}

export function parseCursor(text: string | undefined): Cursor | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(text ?? '')
  const [, queueOn = '', id] = match ?? []
  return match && isCivilDate(queueOn) ? { queueOn, id: Number(id) } : undefined
}

export function cursorText({ queueOn, id }: Cursor): string {
  return `${queueOn}.${id}`
}

function wholeNumber(text: string | undefined): number | undefined {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined
}

const oneOrNone = (text: string | undefined): number | typeof NONE | undefined =>
  text === NONE ? NONE : wholeNumber(text)

function withoutGaps<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(filled) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
