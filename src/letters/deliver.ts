import { actorColumns, recordChange } from '#audit/record.ts'
import { runningClock } from '#clock/clock-store.ts'
import { explainClock, tellProgress } from '#clock/explain.ts'
import type { Act } from '#clock/settle.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import type { ReplyBy } from '#domain/vocabulary.ts'
import { isStopped } from '#mail/mailbox-store.ts'
import { type OutgoingMail, queueMail } from '#mail/outbox.ts'
import type { Database } from '#platform/database.ts'
import { insertDelivery, insertLetter, type Letter, letterById, markSent, type NewLetter } from './store.ts'
import type { DeliveryMeans } from './tables.ts'

/** How the complainant can be told, as far as the contact says. */
export interface Reachable {
  email: string | null
  phone: string | null
  address: string | null
  replyBy: ReplyBy
}

/**
 * The way a letter takes: by e-mail where there is an address; by hand where post or phone was asked for;
 * else the tracking page is the letter, because the complainant chose to follow the case alone or left no
 * way to be told.
 */
export function wayTo({ email, phone, address, replyBy }: Reachable): DeliveryMeans {
  if (email) return 'email'
  if (replyBy === 'post' && address) return 'post'
  if (replyBy === 'phone' && phone) return 'phone'
  return 'tracking'
}

/** What is sent when a letter is issued; the mail is there where the way is by e-mail. */
export interface Issue {
  way: DeliveryMeans
  mail: Omit<OutgoingMail, 'letterId' | 'kind'> | null
}

/**
 * How a letter goes out to this complainant. Whoever wants no mail from us and left neither telephone nor
 * postal address can be told in tracking only.
 */
export function issueTo(db: Database, contact: Reachable, mail: Issue['mail']): Issue {
  const isUnreachable = mail !== null && isStopped(db, mail.recipient) && !contact.phone && !contact.address
  return isUnreachable ? { way: 'tracking', mail: null } : { way: wayTo(contact), mail }
}

/** Writes a letter that goes out now, with its mail. Runs in the transaction of the act that causes it. */
export function issueLetter(db: Database, letter: Omit<NewLetter, 'state'>, issue: Issue, act: Act): number {
  const id = insertLetter(db, { ...letter, state: 'issued', issuedAt: act.at })
  sendOut(db, id, issue, act)
  return id
}

/** Sends a letter that stands in the table as issued. */
export function sendOut(db: Database, id: number, { way, mail }: Issue, act: Act): void {
  if (mail) queueMail(db, { ...mail, kind: 'letter', letterId: id })
  else if (way === 'tracking') deliverLetter(db, id, 'tracking', civilDateOf(act.at), act)
}

/**
 * The letter has reached the complainant on `on`: by the mail server's word, in tracking, or as an officer
 * records it. An explanation moves the promised date only here.
 */
export function deliverLetter(
  db: Database,
  id: number,
  means: DeliveryMeans,
  on: CivilDate,
  act: Act,
  note: string | null = null,
): void {
  const letter = letterById(db, id)
  if (!letter) throw new Error(`no letter ${id}`)
  const { actorId, actorName } = actorColumns(act.actor)
  insertDelivery(db, { letterId: id, means, deliveredOn: on, recordedAt: act.at, actorId, actorName, note })
  if (act.actor.kind === 'staff') {
    recordChange(db, {
      ...{ at: act.at, actor: act.actor, action: 'letter.deliver', subject: `case:${letter.caseId}` },
      after: { letter: id, kind: letter.kind, means, on },
    })
  }
  // Told a second time by another means, it changes nothing any more.
  if (letter.state !== 'issued' || !markSent(db, letter)) return
  tellClock(db, letter, on, act)
}

function tellClock(db: Database, letter: Letter, on: CivilDate, act: Act): void {
  const { kind, clockId, content, caseId } = letter
  if (kind === 'delay' && clockId !== null && content.dueOn) explainClock(db, clockId, content.dueOn, on, act)
  // A letter from before the case was reopened tells nothing of how it stands since.
  if (kind === 'progress' && runningClock(db, caseId)?.id === clockId) tellProgress(db, caseId, on, act)
}
