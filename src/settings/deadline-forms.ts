import { z } from 'zod'
import { parseThaiTime } from '#domain/civil-date.ts'
import { COUNT_MODES } from '#domain/deadlines.ts'
import { toArabicDigits } from '#domain/text.ts'
import { type FieldErrors, type Fields, fieldErrors, single, typed } from '#web/forms.ts'
import { APPROVERS, Deadlines } from './documents.ts'
import { type NoticeRow, readNotices, rowsOf, typedRows } from './notice-forms.ts'

const wholeNumber = (what: string, least: number, most: number) =>
  z
    .string()
    .default('')
    .transform((text) => toArabicDigits(text.trim()))
    .refine(
      (text) => /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `${what}ต้องเป็นจำนวนเต็มตั้งแต่ ${least} ถึง ${most}`,
    )
    .transform(Number)

const timeOfDay = (what: string) =>
  z
    .string()
    .default('')
    .transform((text, context) => {
      const time = parseThaiTime(text)
      const two = (n: number) => String(n).padStart(2, '0')
      if (time) return `${two(time.hour)}:${two(time.minute)}`
      context.addIssue({ code: 'custom', message: `กรุณากรอก${what} เช่น 8.30` })
      return z.NEVER
    })

const isTicked = z
  .string()
  .optional()
  .transform((value) => value === 'yes')

const DeadlinesForm = z
  .object({
    // The plan promises 15 days; an office may promise less, never more.
    targetDays: wholeNumber('จำนวนวันที่ต้องแจ้งผลหรือชี้แจง', 1, 15),
    countMode: z.enum(COUNT_MODES, 'กรุณาเลือกวิธีนับวัน'),
    rollForward: isTicked,
    nearDays: wholeNumber('จำนวนวันที่ถือว่าใกล้ครบกำหนด', 0, 14),
    ackDays: wholeNumber('จำนวนวันทำการที่ต้องรับลงทะเบียน', 1, 15),
    progressDays: wholeNumber('ระยะการแจ้งความคืบหน้า', 1, 60),
    pausesOnAsk: isTicked,
    delayApprover: z.enum(APPROVERS, 'กรุณาเลือกผู้อนุมัติ'),
    extensionDays: wholeNumber('จำนวนวันที่ขยายได้ต่อครั้ง', 1, 180),
    extensionTotalDays: wholeNumber('จำนวนวันที่ขยายได้รวม', 1, 365),
    officeOpens: timeOfDay('เวลาเปิด'),
    officeCloses: timeOfDay('เวลาปิด'),
  })
  .refine(({ extensionDays, extensionTotalDays }) => extensionTotalDays >= extensionDays, {
    path: ['extensionTotalDays'],
    message: 'จำนวนวันที่ขยายได้รวมต้องไม่น้อยกว่าจำนวนวันต่อครั้ง',
  })
  .refine(({ officeOpens, officeCloses }) => officeCloses > officeOpens, {
    path: ['officeCloses'],
    message: 'เวลาปิดต้องอยู่หลังเวลาเปิด',
  })

const FIELDS = [
  'targetDays',
  'countMode',
  'rollForward',
  'nearDays',
  'ackDays',
  'progressDays',
  'pausesOnAsk',
  'delayApprover',
  'extensionDays',
  'extensionTotalDays',
  'officeOpens',
  'officeCloses',
] as const

export interface DeadlineValues extends Record<(typeof FIELDS)[number], string> {
  notices: NoticeRow[]
}

export function readDeadlines(fields: Fields): { value: Deadlines } | { errors: FieldErrors } {
  const form = DeadlinesForm.safeParse(single(fields))
  const notices = readNotices(fields)
  if (form.success && 'rules' in notices) {
    // Through the document's schema, so that what is unchanged is told by its text.
    return { value: Deadlines.parse({ ...form.data, notices: notices.rules }) }
  }
  const errors = {
    ...(form.success ? {} : fieldErrors(form.error)),
    ...('errors' in notices && notices.errors),
  }
  return { errors: inOrder(errors) }
}

/** The settings as they stand in the form. */
export function valuesOf(deadlines: Deadlines): DeadlineValues {
  const { rollForward, pausesOnAsk, notices, officeOpens, officeCloses } = deadlines
  const texts = FIELDS.map((name) => [name, String(deadlines[name])])
  return {
    ...(Object.fromEntries(texts) as Record<(typeof FIELDS)[number], string>),
    ...{ rollForward: rollForward ? 'yes' : '', pausesOnAsk: pausesOnAsk ? 'yes' : '' },
    ...{ officeOpens: officeOpens.replace(':', '.'), officeCloses: officeCloses.replace(':', '.') },
    notices: rowsOf(notices),
  }
}

export function typedValues(fields: Fields): DeadlineValues {
  return { ...typed(fields, FIELDS), notices: typedRows(fields) }
}

/** As on the page: the reminders come after the days for taking a case up. */
function inOrder(errors: FieldErrors): FieldErrors {
  const names: readonly string[] = FIELDS
  const place = (name: string) => {
    const known = names.indexOf(name)
    return known >= 0 ? known : names.indexOf('ackDays') + 0.5
  }
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => place(a) - place(b)))
}
