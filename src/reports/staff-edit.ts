import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { EDIT_FIELDS, EditForm, type EditValues } from './forms.ts'
import { changeReport } from './life.ts'
import { SECTIONS, type SectionKey } from './sections.ts'
import { type ReportView, reportView } from './staff-words.ts'
import type { Report } from './store.ts'

interface EditPage {
  shown: ReportView
  rev: number
  values: EditValues
  sections: { key: SectionKey; heading: string; hint: string; isNeeded: boolean }[]
  errors: FieldErrors
}

const editPage = page<EditPage>('reports/staff-edit', ['shown', 'rev', 'values', 'sections', 'errors'])

/** What the portal puts into a section by itself. */
const FILLED: Partial<Record<SectionKey, string>> = {
  s4: 'ระบบใส่ตารางและแผนภูมิให้แล้ว เพิ่มข้อสังเกตได้',
  s5: 'ระบบใส่ตารางให้แล้ว เพิ่มข้อสังเกตได้',
  s6: 'ระบบใส่ตัวเลขที่เผยแพร่แล้วเท่านั้น ห้ามเขียนรายละเอียดที่อาจรู้ตัวผู้แจ้ง',
  s7: 'ระบบใส่ข้อความว่ายังไม่มีการสำรวจ หากสำรวจด้วยวิธีอื่นให้เขียนผลที่นี่',
  s8: 'ระบบใส่ประเภทเรื่องที่เกิดซ้ำให้แล้ว เขียนการวิเคราะห์สาเหตุที่นี่ โดยไม่ระบุตัวผู้ร้อง',
  s12: 'ระบบใส่วันที่และชื่อผู้บริหารที่รับทราบต่อท้ายให้',
}

export function showEdit(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  report: Report,
): FastifyReply {
  if (report.state !== 'draft') throw new AppError('conflict', 'not_a_draft')
  return sendPage(portal, request, reply, editPage, editData(report))
}

export function postEdit(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  report: Report,
): FastifyReply {
  if (report.state !== 'draft') throw new AppError('conflict', 'not_a_draft')
  const fields = fieldsOf(request.body)
  const form = EditForm.safeParse(single(fields))
  const shown = { ...editData(report), values: typed(fields, EDIT_FIELDS) }
  if (!form.success) {
    const data = { ...shown, errors: fieldErrors(form.error) }
    return sendPage(portal, request, reply, editPage, data, 422)
  }
  if (fields.rev?.[0] !== String(report.rev))
    return sendPage(portal, request, reply, editPage, { ...shown, errors: STALE }, 409)
  changeReport(portal, viewerOf(request), report, form.data)
  const { href } = shown.shown
  return reply.redirect(fields.step?.[0] === 'preview' ? `${href}/preview` : `${href}?told=saved`, 303)
}

/** What was typed is shown with the state as it is now: saving once more is the writer's decision. */
const STALE: FieldErrors = {
  title: 'มีผู้อื่นบันทึกร่างนี้หลังจากที่ท่านเปิดหน้านี้ ข้อความด้านล่างเป็นของท่าน หากบันทึกอีกครั้งจะแทนที่ของเดิม',
}

function editData(report: Report): EditPage {
  const { title, texts } = report
  return {
    ...{ shown: reportView(report), rev: report.rev, errors: {} },
    values: Object.fromEntries(
      EDIT_FIELDS.map((field) => [field, field === 'title' ? title : (texts[field] ?? '')]),
    ) as EditValues,
    sections: SECTIONS.map(({ key, heading, isNeeded }, index) => ({
      ...{ key, isNeeded, hint: FILLED[key] ?? '' },
      heading: `${index + 1}. ${heading}`,
    })),
  }
}
