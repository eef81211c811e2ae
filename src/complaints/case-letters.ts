import { mayApproveDelay, mayDo, type Viewer } from '#domain/permissions.ts'
import { wayTo } from '#letters/deliver.ts'
import { pdfProblem } from '#letters/letter-pdf.ts'
import { type Delivery, deliveriesOf, type Letter, lettersOf } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { formatDate } from '#web/thai-format.ts'
import { complainantFor } from './case-facts.ts'
import { statusAfter } from './case-state.ts'
import { isTrouble, type LetterState, promiseNote, type Reach, stateOf, troubleOf } from './letter-state.ts'
import { deliveryText, letterTitle, registerText } from './letter-words.ts'
import { type CaseMail, mailsOf } from './staff-case-store.ts'
import { letterAddress } from './staff-find-letter.ts'
import { caseAddress } from './staff-words.ts'
import type { Case, Contact } from './store.ts'

/** One letter, or one mail that is nobody's letter and did not arrive, as the case page shows it. */
export interface LetterLine extends LetterState {
  title: string
  /** When it was issued, or made ready. */
  date: string
  /** Number and date from the register, deliveries, and what hangs on the record of one. */
  notes: string[]
  links: { href: string; text: string; isMain: boolean }[]
  /** The mail that somebody has to decide about. */
  mail: { action: string; isUnknown: boolean } | null
}

interface Reader extends Reach {
  portal: Portal
  viewer: Viewer
  row: Case
  mayWrite: boolean
  hasPdf: boolean
}

/** Every letter of a case, newest first, and what there is to be done about each. */
export function letterLines(
  portal: Portal,
  viewer: Viewer,
  row: Case,
  contact: Contact | undefined,
): LetterLine[] {
  const { db } = portal
  const letters = lettersOf(db, row.id)
  const deliveries = deliveriesOf(
    db,
    letters.map(({ id }) => id),
  )
  const mails = [...mailsOf(db, row.id).values()]
  const reader = readerOf(portal, viewer, row, contact)
  const lines = letters.map((letter) =>
    letterLine(
      reader,
      letter,
      deliveries.filter(({ letterId }) => letterId === letter.id),
      mails.findLast(({ letterId }) => letterId === letter.id),
    ),
  )
  const lost = mails.filter(({ letterId, state }) => letterId === null && isTrouble(state))
  return [...lost.map((mail) => mailLine(reader, mail)), ...lines.reverse()]
}

function readerOf(portal: Portal, viewer: Viewer, row: Case, contact: Contact | undefined): Reader {
  const way = contact && wayTo({ ...contact, email: null })
  return {
    ...{ portal, viewer, row },
    contact: complainantFor(portal, viewer, row, contact).rows ? contact : undefined,
    byHand: way === 'post' || way === 'phone' ? way : null,
    mayWrite: mayDo(viewer, 'message', row),
    hasPdf: pdfProblem() === null,
  }
}

function letterLine(
  reader: Reader,
  letter: Letter,
  deliveries: readonly Delivery[],
  mail: CaseMail | undefined,
): LetterLine {
  const { portal, row, mayWrite } = reader
  const promise =
    mayWrite && letter.state === 'issued' ? promiseNote(portal, letter, mail !== undefined) : null
  const asks =
    mayWrite && letter.state === 'issued' && mail && isTrouble(mail.state) && mail.state !== 'suppressed'
  return {
    title: letterTitle(letter.kind),
    date: letter.issuedAt
      ? `ออกเมื่อ ${formatDate(letter.issuedAt, 'th')}`
      : `ทำเมื่อ ${formatDate(letter.createdAt, 'th')}`,
    ...stateOf(reader, letter, mail),
    notes: [registerText(letter), ...deliveries.map(deliveryText), promise].filter((note) => note !== null),
    links: linksOf(reader, letter),
    mail: asks ? { action: mailAddress(row, mail), isUnknown: mail.state === 'unknown' } : null,
  }
}

function mailLine(reader: Reader, mail: CaseMail): LetterLine {
  const asks = reader.mayWrite && mail.state !== 'suppressed'
  return {
    title: `อีเมล “${mail.subject}”`,
    date: '',
    ...troubleOf(reader, mail),
    notes: [],
    links: [],
    mail: asks ? { action: mailAddress(reader.row, mail), isUnknown: mail.state === 'unknown' } : null,
  }
}

const mailAddress = (row: Case, { id }: CaseMail): string => `${caseAddress(row)}/mails/${id}`

function linksOf({ viewer, row, portal, mayWrite, hasPdf }: Reader, letter: Letter): LetterLine['links'] {
  const { state, kind } = letter
  if (state === 'dropped') return []
  const address = letterAddress(row, letter)
  const isBeingWritten = state === 'draft' || state === 'waiting'
  const link = (href: string, text: string, isMain = false) => ({ href, text, isMain })
  return [
    ...(isBeingWritten ? writeLink(portal, viewer, row, letter) : []),
    ...(!isBeingWritten && mayWrite ? [link(`${address}/delivery`, 'บันทึกการส่ง', state === 'issued')] : []),
    link(address, 'ดูและพิมพ์'),
    ...(hasPdf ? [link(`${address}/pdf`, 'PDF')] : []),
    ...(mayWrite ? [link(`${address}/register`, 'กรอกเลขที่ วันที่ ผู้ลงนาม')] : []),
  ].map((one) => (kind === 'receipt' && state === 'sent' ? { ...one, isMain: false } : one))
}

/** Where what is being written is finished: by whoever may let it go out, or for them. */
function writeLink(portal: Portal, viewer: Viewer, row: Case, { kind, state }: Letter): LetterLine['links'] {
  const action = kind === 'delay' ? 'explain' : 'progress'
  if (!mayDo(viewer, action, row) || statusAfter(action, row) === undefined) return []
  const href = `${caseAddress(row)}/${kind === 'delay' ? 'explain-delay' : 'progress'}`
  const { delayApprover } = portal.settings.deadlines()
  if (kind !== 'delay' || mayApproveDelay(viewer, row, delayApprover)) {
    return [{ href, text: state === 'waiting' ? 'ตรวจและอนุมัติ' : 'ตรวจ แก้ไข และส่ง', isMain: true }]
  }
  return [{ href, text: state === 'waiting' ? 'แก้ไขที่เสนอไว้' : 'แก้ไขและเสนออนุมัติ', isMain: true }]
}
