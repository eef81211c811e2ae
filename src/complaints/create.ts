import { type Actor, actorColumns } from '#audit/record.ts'
import { acknowledgePolicy, resolvePolicy, startClock } from '#clock/clocks.ts'
import type { Act } from '#clock/settle.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { dueDate, hasDuty } from '#domain/deadlines.ts'
import { AppError } from '#domain/errors.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { caseNumber } from '#domain/reference.ts'
import type { Channel, Kind, ReplyBy } from '#domain/vocabulary.ts'
import { deliverLetter } from '#letters/deliver.ts'
import { insertLetter } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { recordEvent } from './history-store.ts'
import { expectedUnit } from './receipt-data.ts'
import { queueReceipt } from './receipt-mail.ts'
import { indexCase } from './search-index.ts'
import { insertCase, insertContact, takeNumber } from './store.ts'
import { trackingCodeFor, trackingHashOf } from './tracking-code.ts'

export interface NewContact {
  name: string | null
  phone: string | null
  email: string | null
  address: string | null
  replyBy: ReplyBy
  withholdName: boolean
}

/** A checked case as any channel brings it. Texts are normalised; the category exists and fits the kind. */
export interface NewCase {
  kind: Kind
  categoryCode: string
  subject: string
  detail: string
  wish: string | null
  happenedOn: CivilDate | null
  urgent: boolean
  villageId: number | null
  place: string | null
  latitude: number | null
  longitude: number | null
  channel: Channel
  language: 'th' | 'en'
  /** When it really reached the office; the clock and the fiscal year go by it. */
  receivedAt: Date
  contact: NewContact
  incomingNo?: string | null
  incomingOn?: CivilDate | null
  source?: string | null
  sourceRef?: string | null
  actor: Actor
  /** Keyed hash, unique per submission (see submit.ts). */
  submissionKey: string
  /** False for a case out of an old register, whose complainant was answered long ago. */
  sendReceipt?: boolean
}

export interface CreatedCase {
  id: number
  fiscalYear: number
  seq: number
  receivedOn: CivilDate
  /** Null for kinds without the 15-day duty. */
  dueOn: CivilDate | null
  trackingCode: string
}

type Deps = Pick<Portal, 'db' | 'keyed' | 'now' | 'settings' | 'config' | 'office'>

/**
 * Creates the case with its number, clock, history, search words and receipt mail. Runs inside the
 * caller's transaction or its own: either all of it exists afterwards, or nothing.
 */
export function createCase(portal: Deps, input: NewCase): CreatedCase {
  const { db, keyed, settings } = portal
  const category = settings.category(input.categoryCode)
  if (!category?.groupCode) throw new AppError('bad_request', 'category')
  const groupCode = category.groupCode
  const now = portal.now()
  const receivedOn = civilDateOf(input.receivedAt)
  const fiscalYear = fiscalYearOf(receivedOn)
  const trackingCode = trackingCodeFor(keyed, input.submissionKey)
  const policy = resolvePolicy(settings, category.targetDays)
  const holidays = settings.holidays()
  return db.inTransaction(() => {
    const seq = takeNumber(db, fiscalYear)
    const { contact, actor, sendReceipt = true, ...fields } = input
    const dueOn = hasDuty(input.kind) ? dueDate(receivedOn, policy, holidays) : null
    const id = insertCase(db, {
      ...fields,
      fiscalYear,
      seq,
      trackingHash: trackingHashOf(keyed, fiscalYear, seq, trackingCode),
      categoryGroup: groupCode,
      restricted: category.restricted,
      privacyVersion: settings.privacy().version,
      receivedOn,
      recordedAt: now,
      recordedById: actor.kind === 'staff' ? actor.id : null,
      status: 'submitted',
      dueOn,
      updatedAt: now,
    })
    insertContact(db, { caseId: id, ...contact })
    const act = { at: now, actor }
    const clock = { caseId: id, round: 1, startedOn: receivedOn, holidays }
    // What an old register told in all the years before is not written up as missed progress notices.
    const toldOn = actor.kind === 'system' ? civilDateOf(now) : null
    if (dueOn !== null) startClock(db, { ...clock, duty: 'resolve', policy, toldOn }, act)
    // Whoever wrote the old register took the case up long ago.
    if (actor.kind !== 'system') {
      startClock(db, { ...clock, duty: 'acknowledge', policy: acknowledgePolicy(settings) }, act)
    }
    recordEvent(db, {
      caseId: id,
      at: input.receivedAt > now ? now : input.receivedAt,
      type: 'submitted',
      actor,
      audience: 'public',
      after: { status: 'submitted', channel: input.channel, dueOn },
    })
    const number = caseNumber(fiscalYear, seq)
    indexCase(db, id, [
      number,
      input.subject,
      input.detail,
      input.wish,
      input.place,
      // A withheld name must not be found out by trying names either.
      contact.withholdName ? null : contact.name,
      contact.withholdName ? null : contact.phone,
      input.sourceRef,
    ])
    if (sendReceipt) giveReceipt(portal, input, { id, number, dueOn }, act)
    return { id, fiscalYear, seq, receivedOn, dueOn, trackingCode }
  })
}

/** The receipt is the first letter: by mail where there is an address, else on the spot or in tracking. */
function giveReceipt(
  portal: Deps,
  { contact, channel, language, receivedAt, actor, categoryCode }: NewCase,
  { id, number, dueOn }: { id: number; number: string; dueOn: CivilDate | null },
  act: Act,
): void {
  const { db } = portal
  const unit = expectedUnit(portal, 'th', { categoryCode, unitId: null })
  const letterId = insertLetter(db, {
    ...{ caseId: id, kind: 'receipt', state: 'issued', content: { text: '', dueOn, unit } },
    ...{ authorName: actorColumns(actor).actorName, createdAt: act.at, issuedAt: act.at },
  })
  const { email } = contact
  if (email && queueReceipt(portal, { id, letterId, number, dueOn, language, email, receivedAt, actor }))
    return
  const handed = channel === 'phone' ? 'phone' : 'handed'
  const means = actor.kind === 'staff' ? handed : 'tracking'
  deliverLetter(db, letterId, means, civilDateOf(act.at), act)
}
