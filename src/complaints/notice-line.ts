import type { OwnNotice } from '#clock/notice-store.ts'
import type { NoticeKind } from '#clock/tables.ts'
import { isOpen, nextStatus } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { type Urgency, urgency } from '#domain/deadlines.ts'
import { mayDo, maySeeCase, type Viewer } from '#domain/permissions.ts'
import { openLetterOf } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { daysLeftText, formatDate, formatDateTime } from '#web/thai-format.ts'
import { complainantFor } from './case-facts.ts'
import { caseAddress, numberOf, statusText } from './staff-words.ts'
import { contactOf, findCaseForViewer } from './store.ts'

/** A reminder as its recipient reads it today. */
export interface NoticeItem {
  id: number
  title: string
  isUnread: boolean
  at: string
  /** Null where the case has gone to somebody else: then nothing of it is told. */
  told: ToldCase | null
}

interface ToldCase {
  number: string
  subject: string
  /** Straight to the form where a letter waits for this person. */
  href: string
  /** Where the case itself is, when the link leads to its form. */
  caseHref: string | null
  /** The date it is about. */
  due: string | null
  /** The date that stands now, where it has moved since. */
  movedTo: string | null
  left: string
  urgency: Urgency
  text: string | null
  /** Of a complainant whom an e-mail did not reach. */
  phone: string | null
  ended: string | null
}

const TITLES: Record<NoticeKind, string> = {
  near: 'ใกล้ครบกำหนด',
  over: 'เกินกำหนด',
  draft: 'มีร่างหนังสือชี้แจงเหตุล่าช้ารอท่านตรวจ',
  progress: 'ถึงเวลาแจ้งความคืบหน้าให้ผู้ร้อง',
  urged: 'เร่งรัด',
  mail_failed: 'อีเมลอาจไม่ถึงผู้ร้อง',
  approval: 'หนังสือชี้แจงเหตุล่าช้ารอท่านอนุมัติ',
}

/** The letter that a notice asks for: the action that writes it, and the form's place. */
const LETTERS = {
  draft: { action: 'explain', path: 'explain-delay', kind: 'delay' },
  approval: { action: 'explain', path: 'explain-delay', kind: 'delay' },
  progress: { action: 'progress', path: 'progress', kind: 'progress' },
} as const

export function noticeItem(portal: Portal, viewer: Viewer, own: OwnNotice, today: CivilDate): NoticeItem {
  const { notice, duty } = own
  const title = duty === 'acknowledge' ? `${TITLES[notice.kind]} (ลงทะเบียนรับเรื่อง)` : TITLES[notice.kind]
  return {
    ...{ id: notice.id, title, isUnread: notice.readAt === null },
    at: formatDateTime(notice.createdAt, 'th'),
    told: isTellable(viewer, own) ? toldCase(portal, viewer, own, today) : null,
  }
}

const isTellable = (viewer: Viewer, { case: row }: OwnNotice): boolean =>
  row.status !== 'moved' && maySeeCase(viewer, row)

function toldCase(portal: Portal, viewer: Viewer, own: OwnNotice, today: CivilDate): ToldCase {
  const { notice, case: row } = own
  const caseHref = caseAddress(row)
  const formHref = formAddress(portal, viewer, own)
  return {
    ...{ number: numberOf(row), subject: row.subject, text: notice.text },
    ...{ href: formHref ?? caseHref, caseHref: formHref && caseHref },
    due: notice.dueOn && formatDate(notice.dueOn, 'th'),
    ...standing(portal, own, today),
    phone: notice.kind === 'mail_failed' ? phoneFor(portal, viewer, own) : null,
    ended: isOpen(row.status) ? null : endedText(notice.kind, statusText(row.status)),
  }
}

/** An answer that did not arrive is still to be given, also where the case has ended with it. */
const endedText = (kind: NoticeKind, status: string): string =>
  kind === 'mail_failed' ? `สถานะเรื่อง: ${status}` : `เรื่องนี้สิ้นสุดแล้ว (${status}) ไม่ต้องทำอะไรอีก`

/** How the date stands today: of the duty it reminds of, and not where that is done with. */
function standing(
  { settings }: Portal,
  { notice, duty, case: row }: OwnNotice,
  today: CivilDate,
): Pick<ToldCase, 'movedTo' | 'left' | 'urgency'> {
  const isDone = duty === 'acknowledge' ? row.status !== 'submitted' : !isOpen(row.status)
  const now = duty === 'acknowledge' ? notice.dueOn : (row.promisedOn ?? row.dueOn)
  if (isDone || notice.dueOn === null || now === null) return { movedTo: null, left: '', urgency: 'none' }
  return {
    movedTo: now === notice.dueOn ? null : formatDate(now, 'th'),
    left: daysLeftText('th', now, today),
    urgency: urgency(now, today, settings.deadlines().nearDays),
  }
}

/** Where the letter is finished, as long as it waits and this person may write it. */
function formAddress({ db }: Portal, viewer: Viewer, { notice, case: row }: OwnNotice): string | null {
  const { kind } = notice
  if (kind !== 'draft' && kind !== 'approval' && kind !== 'progress') return null
  const letter = LETTERS[kind]
  const isAllowed = nextStatus(letter.action, { status: row.status, reopenPending: false }) !== undefined
  if (!isAllowed || !mayDo(viewer, letter.action, row)) return null
  return openLetterOf(db, row.id, letter.kind) ? `${caseAddress(row)}/${letter.path}` : null
}

function phoneFor(portal: Portal, viewer: Viewer, { case: row }: OwnNotice): string | null {
  const found = findCaseForViewer(portal.db, viewer, row.fiscalYear, row.seq)
  const { rows } = complainantFor(portal, viewer, found, contactOf(portal.db, row.id))
  return rows && (rows.find(({ key }) => key === PHONE)?.value ?? 'ผู้ร้องไม่ได้ให้หมายเลขโทรศัพท์')
}

const PHONE = 'โทรศัพท์'
