import type { FastifyReply } from 'fastify'
import type { CivilDate } from '#domain/civil-date.ts'
import { urgency } from '#domain/deadlines.ts'
import { sendPage } from '#web/answer.ts'
import { daysLeftText, formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { recordDeed } from './audit-store.ts'
import { type Pending, pendingOf } from './confirm.ts'
import { contactHolder } from './contact-page.ts'
import { type Desk, deskOf, hasDeclared, type ReportRequest } from './desk.ts'
import { officerOf } from './guard.ts'
import { sendInterestPage } from './interest.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { openReport } from './open-report.ts'
import {
  ACTION_WORDS,
  DUTY_WORDS,
  firstWords,
  NEAR_DAYS,
  NEXT_STEPS,
  REFER_OUTSIDE,
  REGISTER_WARNING,
} from './register-words.ts'
import { type ReportHead, reportHead } from './report-head.ts'
import {
  type Fact,
  type FileLine,
  fileLines,
  type HistoryLine,
  historyLines,
  reportFacts,
  type TalkLine,
  talkLines,
} from './report-lines.ts'
import { type DutyRow, listDuties } from './report-store.ts'
import { requireVault } from './require-vault.ts'
import { hasMailbox, type Verb } from './verb.ts'
import { findVerb, offeredVerbs } from './verbs.ts'

interface VerbLink {
  href: string
  title: string
}

interface DutyLine {
  title: string
  due: string
  /** How pressing it is; null once it was met. */
  left: { text: string; urgency: string } | null
  met: { text: string; isLate: boolean } | null
  isExtended: boolean
}

interface ReportPage {
  bar: OfficerBar
  head: ReportHead
  warning: string
  done: string | null
  title: string
  /** What is to be done now. */
  step: string
  pending: { text: string; reason: string } | null
  next: VerbLink | null
  toReporter: VerbLink[]
  inOffice: VerbLink[]
  /** Why an end cannot be proposed by the only officer there is. */
  alone: string | null
  duties: DutyLine[]
  /** The day on which it is destroyed; null while it is open. */
  destroyOn: string | null
  what: string
  accused: string
  files: FileLine[]
  facts: Fact[]
  talk: TalkLine[]
  hasMailbox: boolean
  history: HistoryLine[]
  contact: { who: string | null; mayOpen: boolean }
  seen: number
}

const reportPage = page<ReportPage>('sealed/staff/report', [
  'bar',
  'head',
  'warning',
  'done',
  'title',
  'step',
  'pending',
  'next',
  'toReporter',
  'inOffice',
  'alone',
  'duties',
  'destroyOn',
  'what',
  'accused',
  'files',
  'facts',
  'talk',
  'hasMailbox',
  'history',
  'contact',
  'seen',
])

const damagedPage = page<{ bar: OfficerBar; head: ReportHead }>('sealed/staff/report-damaged', [
  'bar',
  'head',
])

/** The report, once the officer has said to have no interest in it; before that, only whom it is about. */
export async function showReport(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  const opened = openReport(sealed, vault, request.params.id)
  const { report, first } = opened
  const officer = officerOf(request)
  recordDeed(sealed.db, {
    ...{ at: sealed.now(), actor: officer.displayName, action: 'report.open', reportId: report.id },
  })
  if (!first) {
    const data = { bar: officerBar(sealed, request), head: reportHead(sealed, opened) }
    return sendPage(sealed.portal, request, reply, damagedPage, data)
  }
  const desk = deskOf(sealed, officer, vault, { ...opened, first })
  if (!hasDeclared(sealed, vault, report.id)) return sendInterestPage(desk, request, reply)
  return sendPage(sealed.portal, request, reply, reportPage, pageData(desk, request))
}

function pageData(desk: Desk, request: ReportRequest): ReportPage {
  const { sealed, opened, today } = desk
  const { report, first, messages, files } = opened
  const { next, toReporter, inOffice } = offeredVerbs(desk)
  const link = ({ path, title }: Verb): VerbLink => ({ href: `${head.address}/${path}`, title })
  const head = reportHead(sealed, opened)
  const pending = pendingOf(desk)
  const { done } = request.query as Record<string, string | undefined>
  return {
    bar: officerBar(sealed, request),
    ...{ head, warning: REGISTER_WARNING, done: doneText(done), title: firstWords(first.what, 70) },
    step: pending ? stepOfPending(desk, pending) : NEXT_STEPS[report.status],
    pending: pending ? pendingView(desk, pending) : null,
    next: next ? link(next) : null,
    ...{ toReporter: toReporter.map(link), inOffice: inOffice.map(link) },
    alone: isAloneAtWork(desk) && !pending ? `มีท่านคนเดียวที่เปิดเรื่องนี้ได้ จึงเสนอยุติเรื่องไม่ได้ ${REFER_OUTSIDE}` : null,
    duties: listDuties(sealed.db, report.id).map((duty) => dutyLine(duty, today)),
    destroyOn: report.destroyOn && formatDate(report.destroyOn, 'th'),
    ...{ what: first.what, accused: first.accused, facts: reportFacts(opened) },
    files: fileLines(files, messages[0]?.id ?? ''),
    ...{ talk: talkLines(opened), hasMailbox: hasMailbox(desk), history: historyLines(messages) },
    contact: contactHolder(desk),
    seen: messages.length,
  }
}

function doneText(done: string | undefined): string | null {
  if (done === 'interest') return 'บันทึกแล้วว่าท่านไม่มีส่วนได้เสียกับเรื่องนี้'
  return findVerb(done ?? '')?.done ?? null
}

function stepOfPending({ officer, others }: Desk, { by }: Pending): string {
  if (by !== officer.id) return 'อ่านเรื่องและเหตุผล แล้วยืนยันหรือไม่ยืนยัน ระหว่างนี้ทำขั้นตอนอื่นไม่ได้'
  if (others.length > 0) return 'รอการตัดสินใจ ระหว่างนี้ทำขั้นตอนอื่นไม่ได้ ถ้าเปลี่ยนใจ ให้ถอนคำเสนอ'
  return `ไม่มีเจ้าหน้าที่อื่นที่เปิดเรื่องนี้ได้แล้ว ให้ถอนคำเสนอ แล้ว${REFER_OUTSIDE}`
}

function pendingView({ officer }: Desk, { by, name, action, note }: Pending): ReportPage['pending'] {
  const isOwn = by === officer.id
  const proposed = ACTION_WORDS[action]
  return {
    text: isOwn
      ? `ท่าน${proposed} ต้องมีเจ้าหน้าที่คนที่สองยืนยัน`
      : `${name} ${proposed} ต้องมีเจ้าหน้าที่คนที่สองยืนยัน ท่านยืนยันหรือไม่ยืนยันได้`,
    reason: note?.text ?? '',
  }
}

function isAloneAtWork({ opened: { report }, others }: Desk): boolean {
  return others.length === 0 && ['screening', 'need_info', 'inquiry'].includes(report.status)
}

function dutyLine({ duty, dueOn, metOn, extended }: DutyRow, today: CivilDate): DutyLine {
  const common = { title: DUTY_WORDS[duty], due: formatDate(dueOn, 'th'), isExtended: extended }
  if (metOn === null) {
    const left = { text: daysLeftText('th', dueOn, today), urgency: urgency(dueOn, today, NEAR_DAYS) }
    return { ...common, left, met: null }
  }
  const isLate = metOn > dueOn
  const text = `ทำแล้วเมื่อ ${formatDate(metOn, 'th')}${isLate ? ' (เกินกำหนด)' : ''}`
  return { ...common, left: null, met: { text, isLate } }
}
