import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { typedDate } from '#complaints/staff-words.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { mayNoteReports, mayWriteReports } from '#domain/permissions.ts'
import { hasPdfEngine } from '#platform/pdf.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import type { Noted } from './content.ts'
import type { CorruptionSource } from './corruption.ts'
import { faultsOf } from './faults.ts'
import { countFigures } from './figures.ts'
import { noteForm } from './forms.ts'
import { noteReport } from './life.ts'
import { periodIn } from './periods.ts'
import { type ReportView, reportView } from './staff-words.ts'
import { inWork, type Report, versionsOf } from './store.ts'

const NOTE_FIELDS = ['by', 'on'] as const

interface ReportPage {
  shown: ReportView
  rev: number
  /** What is to be written before the executive can take note; by the section's key. */
  lacking: [string, string][]
  versions: ReportView[]
  /** The version that is being worked on, where it is another one. */
  workHref: string | null
  mayWrite: boolean
  mayNote: boolean
  hasPdf: boolean
  values: Record<(typeof NOTE_FIELDS)[number], string>
  told: string | null
  errors: FieldErrors
}

const reportPage = page<ReportPage>('reports/staff-report', [
  ...(['shown', 'rev', 'lacking', 'versions', 'workHref'] as const),
  ...(['mayWrite', 'mayNote', 'hasPdf', 'values', 'told', 'errors'] as const),
])

const TOLD: Record<string, string> = {
  saved: 'บันทึกร่างแล้ว',
  noted: 'บันทึกการรับทราบแล้ว ตัวเลขในรายงานหยุดไว้ ณ วันนี้',
  revised: 'กลับเป็นร่างแล้ว ตัวเลขนับใหม่ทุกครั้งที่เปิด',
  published: 'เผยแพร่แล้ว',
}

type Request = FastifyRequest<{ Querystring: { told?: string } }>

/** Where a version stands and what comes next. */
export function showReport(
  portal: Portal,
  request: Request,
  reply: FastifyReply,
  report: Report,
): FastifyReply {
  const on = typedDate(civilDateOf(portal.now()))
  const told = TOLD[request.query.told ?? ''] ?? null
  const data = { ...reportData(portal, request, report), values: { by: '', on }, told }
  return sendPage(portal, request, reply, reportPage, data)
}

/**
 * The executive presses the button, or the writer says when the executive was told: an office where the executive
 * signs on paper is served as well.
 */
export function postNote(
  portal: Portal,
  corruption: CorruptionSource | undefined,
  request: Request,
  reply: FastifyReply,
  report: Report,
): FastifyReply {
  if (report.state !== 'draft') throw new AppError('conflict', 'not_a_draft')
  const fields = fieldsOf(request.body)
  const read = readNote(portal, request, fields, report)
  const lacking = faultsOf(report.texts)
  if ('errors' in read || Object.keys(lacking).length > 0) {
    const errors = { ...lacking, ...('errors' in read ? read.errors : {}) }
    const data = { ...reportData(portal, request, report), values: typed(fields, NOTE_FIELDS), errors }
    return sendPage(portal, request, reply, reportPage, data, 422)
  }
  const figures = countFigures(portal, corruption, periodIn(report))
  noteReport(portal, viewerOf(request), report, read.noted, figures)
  return reply.redirect(`${reportView(report).href}?told=noted`, 303)
}

function readNote(
  portal: Portal,
  request: Request,
  fields: Fields,
  report: Report,
): { noted: Noted } | { errors: FieldErrors } {
  const viewer = viewerOf(request)
  const today = civilDateOf(portal.now())
  if (fields.own?.[0] === 'yes') {
    if (!mayNoteReports(viewer)) throw new AppError('forbidden', 'not_the_executive')
    return { noted: { on: today, by: viewer.displayName } }
  }
  if (!mayWriteReports(viewer)) throw new AppError('forbidden', 'not_the_writer')
  const form = noteForm(today, report.fromOn).safeParse(single(fields))
  return form.success ? { noted: form.data } : { errors: fieldErrors(form.error) }
}

function reportData(portal: Portal, request: Request, report: Report): ReportPage {
  const viewer = viewerOf(request)
  const work = inWork(portal.db, report.slug)
  return {
    ...{ shown: reportView(report), rev: report.rev, told: null, errors: {}, values: { by: '', on: '' } },
    lacking: report.state === 'draft' ? Object.entries(faultsOf(report.texts)) : [],
    versions: versionsOf(portal.db, report.slug).map(reportView),
    workHref: work && work.id !== report.id ? reportView(work).href : null,
    mayWrite: mayWriteReports(viewer),
    mayNote: mayNoteReports(viewer),
    hasPdf: hasPdfEngine(),
  }
}
