import { runningClock } from '#clock/clock-store.ts'
import type { Act } from '#clock/settle.ts'
import { AppError } from '#domain/errors.ts'
import type { StaffAction } from '#domain/permissions.ts'
import { issueLetter, issueTo, sendOut } from '#letters/deliver.ts'
import { insertLetter, openLetterOf, updateLetter } from '#letters/store.ts'
import type { LetterContent, LetterKind, LetterState } from '#letters/tables.ts'
import { type OutgoingMail, queueMail } from '#mail/outbox.ts'
import type { CaseChange, Deed } from './action-form.ts'
import { expectedUnit } from './receipt-data.ts'
import { letterFor, reasonText } from './staff-letter.ts'

/** Actions whose words are an official letter; questions and messages are only words. */
const LETTERS: Partial<Record<StaffAction, LetterKind>> = {
  progress: 'progress',
  explain: 'delay',
  forward: 'forwarded',
  conclude: 'result',
  reject: 'not_accepted',
}

export const isOfficialLetter = (action: StaffAction): boolean => LETTERS[action] !== undefined

type Mail = Omit<OutgoingMail, 'letterId' | 'kind'>

/** Puts what the complainant is to read on its way: as a letter where it is one, and by e-mail where there is an address. */
export function sendWords(
  deed: Deed,
  action: StaffAction,
  change: CaseChange,
  eventId: number,
  act: Act,
): void {
  const { db } = deed.portal
  const mail = mailFor(deed, action, change, eventId)
  const kind = LETTERS[action]
  if (kind === 'delay') {
    writeExplanation(deed, change, mail, eventId, act)
    return
  }
  if (change.audience !== 'public' || change.text === null) return
  if (!kind) {
    if (mail) queueMail(db, { ...mail, kind: 'letter' })
    return
  }
  dropDraft(deed, kind)
  const letter = {
    ...{ caseId: deed.row.id, eventId, kind, content: contentOf(deed, change, change.text) },
    clockId: runningClock(db, deed.row.id)?.id ?? null,
    ...authorOf(deed),
  }
  issueLetter(db, letter, issueTo(db, deed.contact, mail), act)
}

function mailFor(deed: Deed, action: StaffAction, change: CaseChange, eventId: number): Mail | null {
  const letter = letterFor(deed, action, change)
  if (!letter) return null
  const { row, portal, now } = deed
  const host = new URL(portal.config.publicUrl).hostname
  return { ...letter, language: row.language, dedupeKey: `event:${eventId}`, caseId: row.id, at: now, host }
}

/** The portal may have a progress letter ready that this one makes needless. */
function dropDraft({ portal, row }: Deed, kind: LetterKind): void {
  const draft = openLetterOf(portal.db, row.id, kind)
  if (draft) updateLetter(portal.db, draft, { state: 'dropped' })
}

function contentOf(deed: Deed, { columns }: CaseChange, text: string): LetterContent {
  const { rejectReason, otherBody } = { ...deed.row, ...columns }
  return {
    ...{ text, unit: unitOf(deed) },
    ...(columns?.otherBody && { otherBody }),
    ...(columns?.rejectReason && rejectReason && { reason: reasonText(deed, rejectReason, 'th') }),
  }
}

/** The explanation goes out where whoever wrote it may approve it; else it waits for whoever may. */
function writeExplanation(
  deed: Deed,
  { delay }: CaseChange,
  mail: Mail | null,
  eventId: number,
  act: Act,
): void {
  const { db } = deed.portal
  const clock = runningClock(db, deed.row.id)
  if (!clock || !delay) throw new AppError('conflict', 'case_changed')
  const { isApproved } = delay
  const content = { ...delay.content, unit: unitOf(deed) }
  const state: LetterState = isApproved ? 'issued' : 'waiting'
  const approval = isApproved ? { issuedAt: act.at, ...approverOf(deed) } : {}
  const open = openLetterOf(db, deed.row.id, 'delay')
  // Who proposed it stays its author when a head corrects and sends it.
  const author = open?.state === 'waiting' && isApproved ? {} : authorOf(deed)
  if (open && !updateLetter(db, open, { state, content, eventId, ...author, ...approval })) {
    throw new AppError('conflict', 'case_changed')
  }
  const fresh = { caseId: deed.row.id, clockId: clock.id, kind: 'delay', eventId, content, state } as const
  const id = open?.id ?? insertLetter(db, { ...fresh, ...authorOf(deed), ...approval })
  if (isApproved) sendOut(db, id, issueTo(db, deed.contact, mail), act)
}

const unitOf = ({ portal, row }: Deed) => expectedUnit(portal, 'th', row)

const authorOf = ({ viewer, now }: Deed) => ({
  ...{ authorId: viewer.accountId, authorName: viewer.displayName, createdAt: now },
})
const approverOf = ({ viewer }: Deed) => ({
  ...{ approverId: viewer.accountId, approverName: viewer.displayName },
})
