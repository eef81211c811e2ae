import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { previewRecalculation } from '#clock/recalculate.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { isWeekend } from '#domain/deadlines.ts'
import { missingHolidayYear } from '#domain/office-hours.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { formatDay } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { askedYear, IMPORT_FIELDS, ImportForm, type ImportValues, yearOf } from './holiday-forms.ts'
import { type ReadLine, readHolidayLines } from './holiday-lines.ts'
import { HOLIDAYS } from './holiday-pages.ts'
import { insertHoliday } from './holiday-store.ts'
import { changeCalendar, hiddenFields, type Moves, movesOf } from './moving-dates.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { asLine, usualHolidays } from './usual-holidays.ts'

interface ImportPage {
  values: ImportValues
  /** Lines that could not be read, with what is wrong. */
  problems: { line: number; text: string; problem: string }[]
  filled: boolean
  errors: FieldErrors
}

interface CheckPage {
  year: number
  source: string
  days: { day: string; name: string; note: string }[]
  count: number
  hidden: { name: string; value: string }[]
  moves: Moves | null
}

const importPage = page<ImportPage>('admin/holiday-import', ['values', 'problems', 'filled', 'errors'])
const checkPage = page<CheckPage>('admin/holiday-import-check', [
  'year',
  'source',
  'days',
  'count',
  'hidden',
  'moves',
])

interface NewHoliday {
  day: CivilDate
  name: string
  substitute: boolean
}

export function getImport(portal: Portal, request: SavedRequest, reply: FastifyReply): FastifyReply {
  const today = civilDateOf(portal.now())
  const missing = missingHolidayYear(today, portal.settings.holidays())
  const year = askedYear(request.query.year) ?? missing ?? yearOf(today) + 1
  return sendForm(portal, request, reply, { year: String(year), source: '', lines: '' })
}

export async function postImport(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = fieldsOf(request.body)
  const values = typed(fields, IMPORT_FIELDS)
  const step = fields.step?.[0]
  if (step === 'fill') return fill(portal, request, reply, values)
  if (step === 'edit') return sendForm(portal, request, reply, values)
  const form = ImportForm.safeParse(single(fields))
  if (!form.success) return sendForm(portal, request, reply, values, { errors: fieldErrors(form.error) })
  const { year, source, lines } = form.data
  const read = readHolidayLines(lines, year)
  const problems = read.filter((line) => 'problem' in line)
  const days = read.flatMap(daysOf)
  const added = days.filter(({ day }) => !portal.settings.holidays().has(day))
  if (problems.length > 0) {
    const errors = { lines: `อ่านไม่ได้ ${problems.length} บรรทัด กรุณาแก้ไขตามที่แจ้งไว้เหนือช่องรายการ ยังไม่ได้บันทึกวันใด` }
    return sendForm(portal, request, reply, values, { problems, errors })
  }
  if (added.length === 0) {
    const errors = { lines: 'วันหยุดเหล่านี้มีในรายการครบแล้ว ไม่มีวันใดต้องเพิ่ม' }
    return sendForm(portal, request, reply, values, { errors })
  }
  if (step !== 'save') return await sendCheck(portal, request, reply, { year, source, days, added, fields })
  const told = await addAll(portal, request, { year, source, added })
  return reply.redirect(`${HOLIDAYS}?year=${year}&${told}`, 303)
}

/** The usual days of the year as lines behind what was typed; days that are named there already are left out. */
function fill(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  values: ImportValues,
): FastifyReply {
  const year = askedYear(values.year)
  if (year === undefined) {
    const errors = { year: 'กรุณากรอกปี พ.ศ. สี่หลัก เช่น 2570 ก่อนเติมวันหยุดประจำปี' }
    return sendForm(portal, request, reply, values, { errors })
  }
  const known = new Set(
    readHolidayLines(values.lines, year)
      .flatMap(daysOf)
      .map(({ day }) => day),
  )
  const usual = usualHolidays(year).filter(({ day }) => !known.has(day))
  const lines = [values.lines.trimEnd(), ...usual.map(asLine)].filter(Boolean).join('\n')
  return sendForm(portal, request, reply, { ...values, lines }, { filled: true })
}

function sendForm(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  values: ImportValues,
  { problems = [], filled = false, errors = {} }: Partial<ImportPage> = {},
): FastifyReply {
  const data = { values, problems, filled, errors }
  return sendPage(portal, request, reply, importPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

interface Checked {
  year: number
  source: string
  days: NewHoliday[]
  added: NewHoliday[]
  fields: Fields
}

/** What was understood, day by day, and which due dates move with it. */
async function sendCheck(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { year, source, days, added, fields }: Checked,
): Promise<FastifyReply> {
  const known = portal.settings.holidays()
  const holidays = new Map([...known, ...added.map(({ day, name }) => [day, name] as const)])
  const preview = await previewRecalculation(portal, { holidays })
  const data: CheckPage = {
    ...{ year, source, count: added.length, hidden: hiddenFields(fields) },
    days: days.map(({ day, name }) => ({
      ...{ day: formatDay(day, 'th'), name },
      note: known.has(day) ? 'มีอยู่แล้ว' : isWeekend(day) ? 'ตรงกับวันหยุดสุดสัปดาห์' : '',
    })),
    moves: preview.total > 0 ? movesOf(preview) : null,
  }
  return sendPage(portal, request, reply, checkPage, data)
}

async function addAll(
  portal: Portal,
  request: FastifyRequest,
  { year, source, added }: { year: number; source: string; added: NewHoliday[] },
): Promise<string> {
  const after = { source, days: added }
  const change = { action: 'settings.holiday.import', subject: `holidays:${year}`, before: null, after }
  const reason = `เพิ่มวันหยุดราชการปี ${year}`
  return await changeCalendar(portal, viewerOf(request), change, reason, () => {
    for (const holiday of added) insertHoliday(portal.db, { ...holiday, source, addedAt: portal.now() })
  })
}

function daysOf(read: ReadLine): NewHoliday[] {
  if ('problem' in read) return []
  const { days, name, substitute } = read
  return days.map((day) => ({ day, name, substitute }))
}
