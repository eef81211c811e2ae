import { findAccount } from '#accounts/store.ts'
import { isOpen } from '#domain/case-status.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { type Urgency, urgency } from '#domain/deadlines.ts'
import { mayDo, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { t } from '#web/languages.ts'
import { daysLeftText, formatDate, formatDateTime } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import { isReopenPending } from './case-state.ts'
import { caseAddress, numberOf, statusText } from './staff-words.ts'
import type { Case, Contact } from './store.ts'

export interface Row {
  key: string
  value: string
}

/** The head of every page about one case, so that nobody acts on the wrong one. */
export interface CaseHead {
  number: string
  address: string
  subject: string
  status: Case['status']
  statusText: string
  urgency: Urgency
  dueText: string
  marks: string[]
}

export interface Complainant {
  /** Null where the complainant's data is not for this reader. */
  rows: Row[] | null
  withheld: boolean
}

export function caseHead(portal: Pick<Portal, 'settings' | 'now'>, row: Case): CaseHead {
  const today = civilDateOf(portal.now())
  const open = isOpen(row.status)
  const due = row.promisedOn ?? row.dueOn
  const marks = [
    row.restricted && 'จำกัดสิทธิ์ดู',
    open && row.promisedOn !== null && 'ชี้แจงเหตุล่าช้าแล้ว',
    row.urgent && 'ผู้ร้องแจ้งว่าอาจเป็นอันตราย',
    isReopenPending(row) && 'ขอเปิดเรื่องอีกครั้ง',
  ]
  return {
    number: numberOf(row),
    address: caseAddress(row),
    subject: row.subject,
    status: row.status,
    statusText: statusText(row.status),
    urgency: open ? urgency(due, today, portal.settings.deadlines().nearDays) : 'none',
    dueText: due && open ? daysLeftText('th', due, today) : '',
    marks: marks.filter((mark) => mark !== false),
  }
}

export function factRows(portal: Portal, row: Case): Row[] {
  const { settings, db } = portal
  const village = settings.village(row.villageId)
  const officer = row.officerId === null ? undefined : findAccount(db, row.officerId)
  const recorder = row.recordedById === null ? undefined : findAccount(db, row.recordedById)
  return present([
    ['ลักษณะเรื่อง', t('th', `kind.${row.kind}`)],
    ['ประเภทเรื่อง', settings.category(row.categoryCode)?.name],
    ['วันและเวลาที่รับเรื่อง', formatDateTime(row.receivedAt, 'th')],
    ['ช่องทาง', t('th', `of.ch.${row.channel}`)],
    ['ผู้บันทึกแทนผู้ร้อง', recorder?.displayName],
    ['เลขรับหนังสือ / ลงวันที่', [row.incomingNo, day(row.incomingOn)].filter(Boolean).join(' / ')],
    ['เลขอ้างอิงต้นทาง', row.sourceRef],
    ['หมู่ที่', village && `หมู่ที่ ${village.number} ${village.name}`],
    ['สถานที่', row.place],
    ['พิกัด', row.latitude === null ? null : `${row.latitude}, ${row.longitude}`],
    ['วันที่พบปัญหา', day(row.happenedOn)],
    ['หน่วยงาน', settings.unit(row.unitId)?.name ?? 'ยังไม่มอบหมาย'],
    ['ผู้รับผิดชอบ', officer?.displayName ?? 'ยังไม่มี'],
  ])
}

export function resultRows(portal: Portal, row: Case): Row[] {
  const reason = row.rejectReason
  return present([
    ['ผลการดำเนินการ', row.resultText],
    ['ผลลัพธ์', row.outcome && t('th', `outcome.${row.outcome}`)],
    ['แจ้งผลเมื่อ', day(row.resolvedOn)],
    ['เหตุผลที่ไม่รับ', reason && t('th', `na.${reason}`, officeParams(portal.office(), 'th'))],
    ['หน่วยงานอื่น', row.otherBody],
    ['ผลการพิจารณา', row.finding && t('th', `finding.${row.finding}`)],
    ['สาเหตุของปัญหา', row.cause],
    ['แนวทางป้องกันไม่ให้เกิดซ้ำ', row.prevention],
  ])
}

/**
 * Who complained. Whoever asked that the name be withheld was promised that only those who handle the case
 * see it: readers who may not write to the complainant do not.
 */
export function complainantFor(
  portal: Pick<Portal, 'office'>,
  viewer: Viewer,
  row: Case,
  contact: Contact | undefined,
): Complainant {
  const withheld = contact?.withholdName ?? false
  if (!contact || (withheld && !mayDo(viewer, 'message', row))) return { rows: null, withheld }
  const rows = present([
    ['ชื่อ – นามสกุล', contact.name ?? 'ไม่ระบุชื่อ'],
    ['โทรศัพท์', contact.phone],
    ['อีเมล', contact.email],
    ['ที่อยู่', contact.address],
    ['รับแจ้งผลทาง', t('th', `reply.${contact.replyBy}`, officeParams(portal.office(), 'th'))],
    ['ภาษา', row.language === 'en' ? 'อังกฤษ' : null],
  ])
  return { rows, withheld }
}

const day = (date: CivilDate | null): string | null => (date ? formatDate(date, 'th') : null)

function present(rows: readonly (readonly [string, string | null | undefined])[]): Row[] {
  return rows.flatMap(([key, value]) => (value ? [{ key, value }] : []))
}
