import { clockCaseOf, findClock } from '#clock/clock-store.ts'
import { composeDigest, composeNotice } from '#clock/digest.ts'
import { notifier } from '#clock/notify.ts'
import { CLOCKWORK } from '#clock/settle.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { caseNumber } from '#domain/reference.ts'
import { deliverLetter } from '#letters/deliver.ts'
import { letterById } from '#letters/store.ts'
import type { MailHooks } from '#mail/hooks.ts'
import type { OutboxMail } from '#mail/outbox-store.ts'
import type { Portal } from '#settings/portal.ts'

type Deps = Pick<Portal, 'db' | 'settings' | 'config' | 'now' | 'office'>

/** What the outbox's work means to cases, their letters and their officers. */
export function mailHooks(portal: Deps): MailHooks {
  return {
    compose: (mail, now) => {
      if (mail.kind === 'notice') return composeNotice(portal, mail)
      return mail.kind === 'letter' ? composeLetter(portal, mail, now) : composeDigest(portal, mail, now)
    },
    sent: (mail, at) => letterSent(portal, mail, at),
    failed: (mail, _error, at) => letterLost(portal, mail, 'failed', at),
    unknown: (mail, at) => letterLost(portal, mail, 'unknown', at),
    suppressed: (mail, _reason, at) => letterLost(portal, mail, 'suppressed', at),
  }
}

/**
 * An explanation that has waited too long is not sent: a new date for what is finished, or one that is over by
 * now, would only confuse. The latter is a task: the complainant still waits to be told.
 */
function composeLetter(portal: Deps, mail: OutboxMail, now: Date): ReturnType<MailHooks['compose']> {
  const { db } = portal
  const { letterId, subject, body } = mail
  const letter = letterId === null ? undefined : letterById(db, letterId)
  const clock =
    letter?.kind === 'delay' && letter.clockId !== null ? findClock(db, letter.clockId) : undefined
  if (!letter || !clock) return { subject, body }
  const newDate = letter.content.dueOn
  if (clock.verdict === null && newDate && newDate < civilDateOf(now)) {
    letterLost(portal, mail, 'stale', now)
    return { suppress: 'กำหนดใหม่ในหนังสือชี้แจงนี้ผ่านไปแล้วก่อนที่จะส่งได้ จึงไม่ส่ง' }
  }
  if (clock.verdict === null) return { subject, body }
  return { suppress: 'เรื่องสิ้นสุดก่อนที่หนังสือชี้แจงนี้จะส่งถึง จึงไม่ส่ง' }
}

/** The mail server has taken a letter over: that is when the complainant was told. */
function letterSent({ db }: Deps, mail: OutboxMail, at: Date): void {
  if (mail.letterId === null) return
  deliverLetter(db, mail.letterId, 'email', civilDateOf(at), { at, actor: CLOCKWORK })
}

const LOST = {
  stale: (number: string) =>
    `หนังสือชี้แจงของเรื่อง ${number} ยังส่งไม่ได้จนเลยกำหนดใหม่ที่บอกไว้ จึงไม่ส่ง กรุณาโทรแจ้งผู้ร้อง บันทึกการส่ง แล้วชี้แจงใหม่`,
  failed: (number: string) =>
    `อีเมลถึงผู้ร้องของเรื่อง ${number} ส่งไม่ถึง กรุณาโทรแจ้งหรือส่งหนังสือทางอื่น แล้วบันทึกการส่งในเรื่อง`,
  unknown: (number: string) =>
    `ไม่แน่ใจว่าอีเมลถึงผู้ร้องของเรื่อง ${number} ส่งถึงหรือไม่ กรุณาสอบถามผู้ร้อง แล้วเลือก “ส่งถึงแล้ว” หรือ “ส่งอีกครั้ง” ในเรื่อง`,
  suppressed: (number: string) =>
    `เจ้าของที่อยู่อีเมลของเรื่อง ${number} แจ้งว่าไม่รับอีเมล กรุณาแจ้งผู้ร้องทางอื่น แล้วบันทึกการส่งในเรื่อง`,
}

/**
 * Words to a complainant that did not arrive, or of which nobody knows, become somebody's task: the officer
 * sees it beside the complainant's phone number.
 */
export function letterLost(
  portal: Pick<Portal, 'db' | 'settings' | 'config' | 'now'>,
  mail: Pick<OutboxMail, 'id' | 'kind' | 'caseId'>,
  how: keyof typeof LOST,
  at: Date,
): void {
  if (mail.kind !== 'letter' || mail.caseId === null) return
  const row = clockCaseOf(portal.db, mail.caseId)
  if (!row) return
  // A mail that was sent again and failed again is a new task.
  const mark = `mail:${mail.id}:${how}:${civilDateOf(at)}`
  notifier(portal, at)(row, {
    ...{ kind: 'mail_failed', mark, clockId: null, dueOn: null },
    ...{ to: ['officer', 'unit_head'], text: LOST[how](caseNumber(row.fiscalYear, row.seq)) },
  })
}
