import type { FastifyReply, FastifyRequest } from 'fastify'
import { compareDates } from '#domain/civil-date.ts'
import { urgency } from '#domain/deadlines.ts'
import { isFinished, SEALED_STATUSES, type SealedStatus } from '#domain/sealed-status.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { daysLeftText, formatDateShort } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { recordDeed } from './audit-store.ts'
import { officerOf } from './guard.ts'
import { holderOf, renewKeys } from './keys.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { openLines, type RegisterEntry, type RegisterLine, registerEntries } from './register-lines.ts'
import {
  conductText,
  DAMAGED,
  DUTY_WORDS,
  destructionText,
  firstWords,
  NEAR_DAYS,
  numberOf,
  REGISTER_TITLE,
  REGISTER_WARNING,
  reportAddress,
  statusText,
} from './register-words.ts'
import { requireVault } from './require-vault.ts'

const PER_PAGE = 50

const SHOWN = ['open', 'finished', 'all', ...SEALED_STATUSES] as const
type Shown = (typeof SHOWN)[number]

const GROUPS: Partial<Record<Shown, string>> = { open: 'ยังไม่เสร็จ', finished: 'เสร็จแล้ว', all: 'ทั้งหมด' }

/** One report in views/sealed/staff/register.eta. */
interface LineView {
  href: string
  number: string
  words: string
  conduct: string
  received: string
  status: SealedStatus
  statusText: string
  due: { text: string; left: string; urgency: string } | null
  marks: string[]
}

interface RegisterPage {
  bar: OfficerBar
  title: string
  warning: string
  options: { value: string; text: string }[]
  show: Shown
  word: string
  count: number
  lines: LineView[]
  page: number
  pages: number
  mayRenew: boolean
  renewed: boolean
}

const registerPage = page<RegisterPage>('sealed/staff/register', [
  'bar',
  'title',
  'warning',
  'options',
  'show',
  'word',
  'count',
  'lines',
  'page',
  'pages',
  'mayRenew',
  'renewed',
])

interface Wanted {
  show: Shown
  word: string
  page: number
}

type ListRequest = FastifyRequest<{ Querystring: Record<string, string | undefined> }>

export async function showRegister(
  sealed: Sealed,
  request: ListRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { show, page, renewed } = request.query
  const wanted = { show: shownOf(show), word: '', page: pageOf(page) }
  return await sendRegister(sealed, request, reply, wanted, 'register.open', renewed === 'yes')
}

/** A search comes by POST: what is looked for must stand in no address, no log and no history. */
export async function searchRegister(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = fieldsOf(request.body)
  const word = fields.word?.[0]?.trim() ?? ''
  const show = shownOf(fields.show?.[0])
  if (word === '') return reply.redirect(`/staff/sealed?show=${show}`, 303)
  const wanted = { show, word, page: pageOf(fields.page?.[0]) }
  return await sendRegister(sealed, request, reply, wanted, 'register.search', false)
}

/** New case keys for what an officer left behind who was removed or withdrew. */
export async function renewRegister(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  renewKeys(sealed, holderOf(vault))
  recordDeed(sealed.db, { at: sealed.now(), actor: officerOf(request).displayName, action: 'keys.renew' })
  return reply.redirect('/staff/sealed?renewed=yes', 303)
}

async function sendRegister(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  { show, word, page }: Wanted,
  action: string,
  renewed: boolean,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  recordDeed(sealed.db, { at: sealed.now(), actor: officerOf(request).displayName, action })
  const all = registerEntries(sealed, vault.officerId)
  const listed = all.filter(({ report }) => isShown(show, report.status)).sort(byUrgency)
  // Only a search has to look into every report.
  const found = word === '' ? listed : await openLines(sealed, vault, listed, word)
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE))
  const current = Math.min(page, pages)
  const lines = await openLines(sealed, vault, found.slice((current - 1) * PER_PAGE, current * PER_PAGE))
  const data: RegisterPage = {
    bar: officerBar(sealed, request, 'register'),
    ...{ title: REGISTER_TITLE, warning: REGISTER_WARNING, show, word, renewed },
    options: SHOWN.map((value) => ({ value, text: GROUPS[value] ?? statusText(value as SealedStatus) })),
    count: found.length,
    lines: lines.map((line) => lineView(sealed, line)),
    ...{ page: current, pages },
    mayRenew: all.some(({ report }) => report.rotationDue),
  }
  return sendPage(sealed.portal, request, reply, registerPage, data)
}

const shownOf = (value: string | undefined): Shown => SHOWN.find((known) => known === value) ?? 'open'

const pageOf = (value: string | undefined): number =>
  value !== undefined && /^[1-9]\d{0,4}$/.test(value) ? Number(value) : 1

function isShown(show: Shown, status: SealedStatus): boolean {
  if (show === 'all') return true
  if (show === 'open' || show === 'finished') return isFinished(status) === (show === 'finished')
  return status === show
}

/** What is due first, then what will be destroyed first; among equals the newest. */
function byUrgency(a: RegisterEntry, b: RegisterEntry): number {
  const dayOf = ({ due, report }: RegisterEntry) => due?.dueOn ?? report.destroyOn ?? '9999-12-31'
  const isOpen = ({ report }: RegisterEntry) => Number(report.destroyOn === null)
  return (
    isOpen(b) - isOpen(a) ||
    compareDates(dayOf(a), dayOf(b)) ||
    compareDates(b.report.receivedOn, a.report.receivedOn)
  )
}

function lineView(sealed: Sealed, line: RegisterLine): LineView {
  const { report, due, isDamaged, isUndeclared, accused, what, conduct } = line
  const today = sealed.today()
  return {
    href: reportAddress(report.id),
    number: numberOf(report),
    words: isDamaged ? DAMAGED : firstWords(isUndeclared ? `เกี่ยวกับ ${accused}` : what),
    conduct: isDamaged ? '' : conductText(conduct),
    received: formatDateShort(report.receivedOn, 'th'),
    ...{ status: report.status, statusText: statusText(report.status) },
    due: due
      ? {
          text: `${DUTY_WORDS[due.duty]} ${formatDateShort(due.dueOn, 'th')}`,
          left: daysLeftText('th', due.dueOn, today),
          urgency: urgency(due.dueOn, today, NEAR_DAYS),
        }
      : null,
    marks: marksOf(line),
  }
}

function marksOf({ report, isUndeclared, hasNewReply, destroyedIn }: RegisterEntry): string[] {
  const marks: string[] = []
  if (isUndeclared) marks.push('ยังไม่ได้แจ้งเรื่องส่วนได้เสีย')
  if (hasNewReply) marks.push('ข้อความใหม่จากผู้แจ้ง')
  if (report.pendingAction !== null) marks.push('รอเจ้าหน้าที่คนที่สองยืนยัน')
  if (destroyedIn !== undefined) marks.push(destructionText(destroyedIn, hasNewReply))
  if (report.rotationDue) marks.push('กุญแจรอเปลี่ยน')
  return marks
}
