import { buffer } from 'node:stream/consumers'
import { AppError } from '#domain/errors.ts'
import type { Viewer } from '#domain/permissions.ts'
import { bodyLines } from '#letters/document.ts'
import { deliveriesOf, type Letter, lettersOf } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { t } from '#web/languages.ts'
import { formatDateTime } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import { clockSection } from './case-clock.ts'
import { factRows, type Row, resultRows } from './case-facts.ts'
import { type CaseFile, filesOf } from './case-files-store.ts'
import { caseNumbersOf } from './case-numbers-store.ts'
import type { Excludable, MovedCase } from './confidential-register.ts'
import { sizeText } from './draft-files.ts'
import { eventsOf } from './history-store.ts'
import { letterDocument } from './letter-document.ts'
import { deliveryText, letterTitle, registerText } from './letter-words.ts'
import { type CaseMove, caseOfMove } from './moves-store.ts'
import { mailsOf } from './staff-case-store.ts'
import { type HistoryLine, historyLines } from './staff-history.ts'
import { numberOf, statusText } from './staff-words.ts'
import { type Case, type Contact, contactOf } from './store.ts'

/** Whoever opens it in the confidential register may read all of it. */
const READER: Viewer = {
  accountId: 0,
  displayName: '',
  roles: ['working_group'],
  unitId: null,
  isCentre: false,
}

/** Everything the office has of a case that is on its way, as the confidential register is to have it. */
export async function movedCase(portal: Portal, move: CaseMove): Promise<MovedCase> {
  const row = caseOfMove(portal.db, move)
  if (move.token === null) throw new Error(`case ${row.id} has been moved`)
  const contact = contactOf(portal.db, row.id)
  const read = await Promise.all(filesOf(portal.db, row.id).map((file) => readFile(portal, file)))
  return {
    token: move.token,
    receivedOn: row.receivedOn,
    text: wordsOf(portal, row, move, contact, read),
    contact: {
      ...{ name: contact?.name ?? '', phone: contact?.phone ?? '' },
      ...{ email: contact?.email ?? '', address: contact?.address ?? '' },
    },
    files: read.flatMap(({ file, content }) =>
      content ? [{ name: file.originalName, mime: file.mime, content }] : [],
    ),
    excluded: (move.excluded ?? []) as Excludable[],
  }
}

interface ReadFile {
  file: CaseFile
  /** Null where the disk has lost it: the case is not to stay behind for that. */
  content: Buffer | null
}

async function readFile({ files }: Portal, file: CaseFile): Promise<ReadFile> {
  try {
    const { stream } = await files.openFile(file.storedName)
    return { file, content: await buffer(stream) }
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not_found') return { file, content: null }
    throw error
  }
}

function wordsOf(
  portal: Portal,
  row: Case,
  move: CaseMove,
  contact: Contact | undefined,
  files: readonly ReadFile[],
): string {
  const sections: [string, string[]][] = [
    ['', headLines(portal, row, move)],
    ['หัวข้อ', [row.subject]],
    ['รายละเอียด', [row.detail]],
    ['สิ่งที่ผู้ร้องต้องการ', row.wish ? [row.wish] : []],
    ['ข้อมูลของเรื่อง', factRows(portal, row).map(rowLine)],
    ['ผู้ร้อง', complainantLines(portal, contact)],
    ['ผล', resultRows(portal, row).map(rowLine)],
    ['กำหนดเวลา', clockLines(portal, row)],
    ['หนังสือถึงผู้ร้อง', lettersOf(portal.db, row.id).flatMap((letter) => letterLines(portal, row, letter))],
    ['ไฟล์', files.map(fileText)],
    ['ประวัติ', historyOf(portal, row).flatMap(eventLines)],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [title, ...lines].filter((line) => line !== '').join('\n'))
    .join('\n\n')
}

const rowLine = ({ key, value }: Row): string => `${key}: ${value}`

function headLines({ db }: Portal, row: Case, { before, askedAt, actorName }: CaseMove): string[] {
  const into = before?.mergedIntoId ?? null
  return [
    `เรื่องเลขที่ ${numberOf(row)}`,
    `ย้ายมาจากทะเบียนเรื่องร้องเรียนทั่วไป ${formatDateTime(askedAt, 'th')} โดย ${actorName}`,
    before ? `สถานะก่อนย้าย: ${statusText(before.status)}` : '',
    into === null ? '' : `เคยรวมกับเรื่องเลขที่ ${caseNumbersOf(db, [into]).get(into)}`,
    row.urgent ? 'ผู้ร้องแจ้งว่าอาจเป็นอันตราย' : '',
  ]
}

function complainantLines(portal: Portal, contact: Contact | undefined): string[] {
  if (!contact) return []
  const { name, phone, email, address, replyBy, withholdName } = contact
  const isUnknown = [name, phone, email, address].every((value) => value === null)
  return [
    isUnknown ? 'ไม่ได้ให้ชื่อและข้อมูลติดต่อไว้' : 'ชื่อและข้อมูลติดต่ออยู่ในส่วนข้อมูลผู้แจ้ง',
    withholdName ? 'ขอไม่เปิดเผยชื่อ' : '',
    `รับแจ้งผลทาง: ${t('th', `reply.${replyBy}`, officeParams(portal.office(), 'th'))}`,
  ]
}

function clockLines(portal: Portal, row: Case): string[] {
  const { acknowledge, clocks, events } = clockSection(portal, row)
  return [
    acknowledge ?? '',
    ...clocks.flatMap(({ title, due, promised, facts, verdict }) => [
      `${title}: ${due}${promised ? ` กำหนดใหม่ ${promised}` : ''} – ${[...facts, verdict].join(' ')}`,
    ]),
    ...events.map(({ at, who, text }) => `${at} ${who}: ${text}`),
  ]
}

function letterLines(portal: Portal, row: Case, letter: Letter): string[] {
  const document = letterDocument(portal, row, letter, null)
  const made = formatDateTime(letter.issuedAt ?? letter.createdAt, 'th')
  return [
    `${letterTitle(letter.kind)} ${made} โดย ${letter.authorName} (${STATES[letter.state]})`,
    registerText(letter) ?? '',
    ...bodyLines(document),
    ...deliveriesOf(portal.db, [letter.id]).map(deliveryText),
  ]
}

const STATES: Record<Letter['state'], string> = {
  draft: 'ร่าง ยังไม่ได้ส่ง',
  waiting: 'รออนุมัติ ยังไม่ได้ส่ง',
  issued: 'ออกแล้ว ยังไม่มีบันทึกว่าถึงผู้ร้อง',
  sent: 'แจ้งผู้ร้องแล้ว',
  dropped: 'ไม่ได้ส่ง',
}

function fileText({ file, content }: ReadFile): string {
  const whose = file.uploadedBy === 'citizen' ? 'จากผู้ร้อง' : 'จากเจ้าหน้าที่'
  const size = content ? sizeText(file.bytes) : 'ไฟล์หายจากเครื่องแม่ข่าย'
  return `${file.originalName} (${size}) ${whose} ${formatDateTime(file.createdAt, 'th')}`
}

/** Without the complainant's address: who it was is sealed apart from what it was about. */
function historyOf(portal: Portal, row: Case): HistoryLine[] {
  const sources = {
    files: filesOf(portal.db, row.id),
    mails: mailsOf(portal.db, row.id),
    showsContact: false,
  }
  return historyLines(portal, READER, eventsOf(portal.db, row.id), sources)
}

function eventLines({ at, who, title, isPublic, text, changes, files, mail }: HistoryLine): string[] {
  return [
    `${at} ${who}: ${title} ${isPublic ? '(ผู้ร้องเห็น)' : '(ภายใน ผู้ร้องไม่เห็น)'}`,
    ...changes.map(({ label, before, after }) => `  ${label}: ${before ? `${before} → ` : ''}${after}`),
    text ?? '',
    ...files.map(({ name }) => `  ไฟล์: ${name}`),
    mail ?? '',
  ]
}
