import type { CivilDate } from '#domain/civil-date.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import type { NoticeAudience } from '#domain/clock-schedule.ts'
import { nextOfficeTime, openingAfter } from '#domain/office-hours.ts'
import type { CaseFacts } from '#domain/permissions.ts'
import { queueMail } from '#mail/outbox.ts'
import type { Portal } from '#settings/portal.ts'
import { findDigest, insertNotice, wasTold } from './notice-store.ts'
import { type Person, peopleOf, recipientsFor } from './recipients.ts'
import type { NoticeKind } from './tables.ts'

type Deps = Pick<Portal, 'db' | 'settings' | 'config' | 'now'>

export interface NewNotice {
  kind: NoticeKind
  /** The cause: whoever was told of it once is not told again. */
  mark: string
  clockId: number | null
  dueOn: CivilDate | null
  to: readonly NoticeAudience[]
  text?: string | null
  /** A mail of its own, for what a person asks of another; else the person's digest of the day takes it up. */
  mail?: { subject: string; body: string }
}

/** Writes notices to everybody they are meant for, with their mails. Returns how many people were told. */
export type Notify = (row: CaseFacts & { id: number }, notice: NewNotice) => number

/** Reads who works here and when once, for as many notices as follow at this instant. */
export function notifier(portal: Deps, at: Date = portal.now()): Notify {
  const { db, settings, config } = portal
  const people = peopleOf(portal)
  const { officeOpens: opens, officeCloses: closes } = settings.deadlines()
  const hours = { opens, closes }
  const holidays = settings.holidays()
  const notBefore = nextOfficeTime(at, hours, holidays)
  const host = new URL(config.publicUrl).hostname

  const digestFor = (person: Person, email: string): number => {
    for (let when = notBefore; ; when = openingAfter(civilDateOf(when), hours, holidays)) {
      const dedupeKey = `digest:${person.id}:${civilDateOf(when)}`
      const known = findDigest(db, dedupeKey)
      if (known?.isOpen) return known.id
      if (known) continue
      const mail = { dedupeKey, caseId: null, staffId: person.id, recipient: email, subject: '', body: '' }
      return queueMail(db, { ...mail, kind: 'digest', at, notBefore: when, host })
    }
  }
  const ownMail = (person: Person, email: string, notice: NewNotice, caseId: number): number | null => {
    if (!notice.mail) return null
    const dedupeKey = `${notice.mark}:${person.id}`
    const mail = { ...notice.mail, dedupeKey, caseId, staffId: person.id, recipient: email }
    return queueMail(db, { ...mail, kind: 'notice', at, notBefore, host })
  }

  return (row, notice) => {
    const { kind, mark, clockId, dueOn, to, text = null } = notice
    const addressed = recipientsFor(portal, people, row, to)
    for (const { person, instead } of addressed) {
      if (wasTold(db, mark, person.id)) continue
      const common = { caseId: row.id, clockId, kind, mark, recipientId: person.id, dueOn, createdAt: at }
      const words = [text, instead].filter(Boolean).join('\n') || null
      const { email } = person
      const mailId = email && (ownMail(person, email, notice, row.id) ?? digestFor(person, email))
      insertNotice(db, {
        ...common,
        text: words,
        mailId: mailId || null,
        noMail: email ? null : 'no_address',
      })
    }
    return addressed.length
  }
}
