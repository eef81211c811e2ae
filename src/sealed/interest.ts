import type { FastifyReply } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { perform } from './act.ts'
import { recordDeed } from './audit-store.ts'
import { pendingOf } from './confirm.ts'
import { replaceContact } from './contact.ts'
import { orDamaged, wipe } from './crypto/sodium.ts'
import { type Desk, deskOf, hasDeclared, otherHolders, type ReportRequest } from './desk.ts'
import { officerOf } from './guard.ts'
import { withdrawFrom } from './keys.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { openReport } from './open-report.ts'
import { conductText, reportAddress } from './register-words.ts'
import { findContact, listContactKeys, writeInterest } from './report-store.ts'
import { requireVault } from './require-vault.ts'
import { openContact, openContactKey } from './seal.ts'

interface InterestPage {
  bar: OfficerBar
  action: string
  received: string
  accused: string
  conduct: string
  declared: boolean
  /** Nobody else could open the report any more. */
  isLast: boolean
  errors: FieldErrors
}

const interestPage = page<InterestPage>('sealed/staff/report-interest', [
  'bar',
  'action',
  'received',
  'accused',
  'conduct',
  'declared',
  'isLast',
  'errors',
])

const withdrawnPage = page<{ bar: OfficerBar }>('sealed/staff/report-withdrawn', ['bar'])

/** Whom and what kind of conduct the report is about, and nothing more. */
export function sendInterestPage(
  { sealed, vault, opened, others }: Desk,
  request: ReportRequest,
  reply: FastifyReply,
  errors: FieldErrors = {},
  status = 200,
): FastifyReply {
  const { report, first, conduct } = opened
  const data: InterestPage = {
    bar: officerBar(sealed, request),
    action: `${reportAddress(report.id)}/interest`,
    ...{
      received: formatDate(report.receivedOn, 'th'),
      accused: first.accused,
      conduct: conductText(conduct),
    },
    declared: hasDeclared(sealed, vault, report.id),
    ...{ isLast: others.length === 0, errors },
  }
  return sendPage(sealed.portal, request, reply, interestPage, data, status)
}

export async function showInterest(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await deskBeforeWord(sealed, request, reply)
  return desk ? sendInterestPage(desk, request, reply) : reply
}

/** ข้าพเจ้าไม่มีส่วนได้เสียกับเรื่องนี้ / มีส่วนได้เสีย ขอถอนตัว. */
export async function receiveInterest(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await deskBeforeWord(sealed, request, reply)
  if (!desk) return reply
  const word = fieldsOf(request.body).word?.[0]
  if (word === 'none') {
    declare(desk)
    return reply.redirect(`${reportAddress(desk.opened.report.id)}?done=interest`, 303)
  }
  if (word !== 'withdraw') {
    return sendInterestPage(desk, request, reply, { word: 'กรุณาเลือกข้อใดข้อหนึ่ง' }, 422)
  }
  if (!withdraw(desk)) return sendInterestPage(desk, request, reply, {}, 409)
  return sendPage(sealed.portal, request, reply, withdrawnPage, { bar: officerBar(sealed, request) })
}

async function deskBeforeWord(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<Desk | undefined> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return undefined
  const opened = openReport(sealed, vault, request.params.id)
  const { first } = opened
  if (first) return deskOf(sealed, officerOf(request), vault, { ...opened, first })
  reply.redirect(reportAddress(request.params.id), 303)
  return undefined
}

function declare({ sealed, officer, opened }: Desk): void {
  const reportId = opened.report.id
  sealed.db.inTransaction(() => {
    writeInterest(sealed.db, reportId, officer.id, false)
    recordDeed(sealed.db, {
      ...{ at: sealed.now(), actor: officer.displayName, action: 'interest.none', reportId },
    })
  })
}

/**
 * The officer holds no key to the report any more, and what the officer asked for there is void. The next
 * officer who unlocks renews the case key.
 * @returns false, and nothing is done, where the report would be left to the sheets of the recovery key alone
 */
export function withdraw(desk: Desk): boolean {
  const { sealed, officer, opened } = desk
  const { id } = opened.report
  const isDone = sealed.db.inTransaction(() => {
    const [next] = otherHolders(sealed, id, officer.id).sort(
      (a, b) => Number(b.isReceiving) - Number(a.isReceiving),
    )
    if (!next) return false
    const isVoid = pendingOf(desk)?.by === officer.id
    const change = () => ({ pendingAction: null, pendingBy: null })
    perform(desk, { action: 'withdraw', text: '', ...(isVoid && { change }) })
    passContactOn(desk, next.id)
    writeInterest(sealed.db, id, officer.id, true)
    withdrawFrom(sealed, id, officer.id)
    return true
  })
  if (isDone) sealed.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  return isDone
}

/** Who reports may be known to one officer only: if it was the one who withdraws, it is the next one. */
function passContactOn({ sealed, vault, opened }: Desk, next: string): void {
  const { id } = opened.report
  const body = findContact(sealed.db, id)
  const contact = orDamaged(() => {
    const key = openContactKey(sealed, vault.officerId, vault.keys, id)
    if (!key || !body) return undefined
    const opened = openContact(key, id, body)
    wipe(key)
    return opened
  })
  if (!contact) return
  const holders = listContactKeys(sealed.db, id).map(({ holder }) => holder)
  replaceContact(sealed, id, contact, [next, ...holders.filter((holder) => holder !== vault.officerId)])
}
