import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import type { Language } from '#web/languages.ts'
import { page } from '#web/views.ts'
import type { CaseChange, Deed } from './action-form.ts'
import { type CaseHead, caseHead, complainantFor, type Row } from './case-facts.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import { mergedForViewer } from './staff-case-store.ts'
import { type FormState, type FormView, formView } from './staff-form-page.ts'
import { type Letter, letterFor } from './staff-letter.ts'

interface PreviewPageData {
  head: CaseHead
  title: string
  form: FormView
  /** Everything typed, carried along to be sent or to be edited again. */
  hidden: { name: string; value: string }[]
  button: string
  check: Row[]
  language: Language
  tracking: Rehearsal
  letter: Letter | null
  /** What happens or does not happen besides tracking. */
  notes: string[]
}

const previewPage = page<PreviewPageData>('staff/preview', [
  'head',
  'title',
  'form',
  'hidden',
  'button',
  'check',
  'language',
  'tracking',
  'letter',
  'notes',
])

/** Set anew by the preview's own form. */
const OWN = new Set(['step', 'rev', 'seen', 'token', 'kept', 'drop'])

/** Exactly what the complainant will get, before it is sent. */
export function sendPreview(
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
  change: CaseChange,
): FastifyReply {
  const { deed, form, sent, drafts } = state
  const letter = letterFor(deed, form.action, change)
  const hidden = Object.entries(sent ?? {})
    .filter(([name]) => !OWN.has(name))
    .flatMap(([name, values]) => values.map((value) => ({ name, value })))
  const data: PreviewPageData = {
    ...{ head: caseHead(deed.portal, deed.row), title: form.title, form: formView(state), hidden },
    button: form.button,
    check: form.check?.(deed, change) ?? [],
    language: deed.row.language,
    tracking: rehearse(deed, form.action, change, drafts),
    letter: letter ? { ...letter, recipient: recipientFor(deed, letter) } : null,
    notes: [...mailNotes(deed, change, letter), ...mergedNotes(deed, change)],
  }
  return sendPage(deed.portal, request, reply, previewPage, data)
}

/** Whoever may not read the complainant's data learns no address from a preview either. */
function recipientFor({ portal, viewer, row, contact }: Deed, { recipient }: Letter): string {
  return complainantFor(portal, viewer, row, contact).rows ? recipient : 'ผู้ร้อง (ไม่เปิดเผยที่อยู่อีเมล)'
}

function mailNotes({ portal, contact }: Deed, { text }: CaseChange, letter: Letter | undefined): string[] {
  if (text === null) return []
  const notes: string[] = []
  if (!letter) notes.push('จะไม่มีอีเมลถึงผู้ร้อง เพราะผู้ร้องไม่ได้ให้อีเมลไว้ ผู้ร้องจะเห็นข้อความนี้ในหน้าติดตามเรื่องเท่านั้น')
  else if (!portal.config.smtpUrl) {
    notes.push('อีเมลจะยังไม่ถูกส่ง เพราะยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล อีเมลจะรออยู่ในระบบจนกว่าจะตั้งค่า')
  }
  if (contact.replyBy === 'phone') notes.push('ผู้ร้องขอรับแจ้งผลทางโทรศัพท์ กรุณาโทรแจ้งด้วย')
  if (contact.replyBy === 'post') notes.push('ผู้ร้องขอรับแจ้งผลทางจดหมาย กรุณาส่งหนังสือทางไปรษณีย์ด้วย')
  return notes
}

function mergedNotes({ portal, viewer, row }: Deed, { text }: CaseChange): string[] {
  const others = text === null ? 0 : mergedForViewer(portal.db, viewer, row.id).length
  return others === 0
    ? []
    : [`ผู้แจ้งของเรื่องที่รวมไว้กับเรื่องนี้อีก ${others} เรื่องอาจเห็นข้อความนี้ด้วย อย่าใส่ข้อมูลส่วนตัวของผู้ร้อง`]
}
