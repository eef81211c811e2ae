import { z } from 'zod'
import { hasDuty } from '#domain/deadlines.ts'
import { FINDINGS, OUTCOMES } from '#domain/vocabulary.ts'
import { t } from '#web/languages.ts'
import { actionForm } from './action-form.ts'
import { oneOfWords, optionalText, requiredText } from './staff-fields.ts'

/**
 * สรุปผลและแจ้งผู้ร้อง: the result in writing stops the clock. Cause and prevention are what the office
 * learns from a complaint; praise and suggestions need none.
 */
export const conclude = actionForm({
  action: 'conclude',
  path: 'conclude',
  title: 'สรุปผลและแจ้งผู้ร้อง',
  lead: 'เขียนผลให้ผู้ร้องอ่านเข้าใจ ระบบถือวันที่ส่งผลเป็นวันสิ้นสุดการนับกำหนดเวลา',
  button: 'ส่งผลให้ผู้ร้อง',
  done: 'สรุปผลและแจ้งผู้ร้องแล้ว',
  fields: ({ row }) => [
    {
      ...{ type: 'text', name: 'text', seenBy: 'citizen', label: 'ผลการดำเนินการ' },
      hint: 'ทำอะไร เมื่อใด ผลเป็นอย่างไร ถ้ายังมีส่วนที่ทำไม่ได้ให้บอกเหตุผล',
    },
    {
      ...{ type: 'radios', name: 'outcome', seenBy: 'citizen', label: 'ผลลัพธ์' },
      options: OUTCOMES.map((value) => ({ value, text: t('th', `outcome.${value}`) })),
    },
    {
      ...{ type: 'radios', name: 'finding', seenBy: 'office', label: 'ผลการพิจารณา' },
      options: FINDINGS.map((value) => ({ value, text: t('th', `finding.${value}`) })),
      value: hasDuty(row.kind) ? '' : 'na',
    },
    {
      ...{ type: 'text', name: 'cause', seenBy: 'office', label: 'สาเหตุของปัญหา' },
      optional: row.kind !== 'complaint',
    },
    {
      ...{ type: 'text', name: 'prevention', seenBy: 'office', label: 'แนวทางป้องกันไม่ให้เกิดซ้ำ' },
      optional: row.kind !== 'complaint',
    },
    // Files come last: a form cut short by a large video still brings every text.
    {
      ...{ type: 'files', name: 'files', seenBy: 'citizen', label: 'ภาพหลังดำเนินการ หรือเอกสารแจ้งผล' },
      hint: 'ผู้ร้องจะเห็นภาพในหน้าติดตามเรื่อง อย่าแนบภาพที่เห็นใบหน้าหรือทะเบียนรถของผู้อื่น',
      optional: true,
    },
  ],
  schema: ({ row }) => {
    const lesson = row.kind === 'complaint' ? requiredText : optionalText
    return z.object({
      text: requiredText('ผลการดำเนินการ'),
      outcome: oneOfWords(OUTCOMES, 'ผลลัพธ์'),
      finding: oneOfWords(FINDINGS, 'ผลการพิจารณา'),
      cause: lesson('สาเหตุของปัญหา'),
      prevention: lesson('แนวทางป้องกันไม่ให้เกิดซ้ำ'),
    })
  },
  check: (_deed, { columns, note }) => [
    ...(columns?.finding ? [{ key: 'ผลการพิจารณา', value: t('th', `finding.${columns.finding}`) }] : []),
    ...(note ? [{ key: 'บันทึกภายใน', value: note }] : []),
  ],
  decide: ({ today }, { text, outcome, finding, cause, prevention }) => ({
    columns: { resultText: text, outcome, finding, cause, prevention, resolvedOn: today },
    audience: 'public',
    text,
    ...noteOf(cause, prevention),
    clock: 'done',
  }),
})

/** Kept in the history as well: a second result after reopening writes over the first one's columns. */
function noteOf(cause: string | null, prevention: string | null): { note?: string } {
  const lines = [cause && `สาเหตุ: ${cause}`, prevention && `แนวทางป้องกัน: ${prevention}`].filter(Boolean)
  return lines.length > 0 ? { note: lines.join('\n') } : {}
}
