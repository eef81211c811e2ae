import type { FastifyReply, FastifyRequest } from 'fastify'
import { civilDateOf } from '#domain/civil-date.ts'
import { missingHolidayYear } from '#domain/office-hours.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors } from '#web/forms.ts'
import { formatDay } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { type HolidayValues, yearOf } from './holiday-forms.ts'
import { type Holiday, listHolidays } from './holiday-store.ts'
import type { Portal } from './portal.ts'

interface HolidayRow {
  href: string
  day: string
  name: string
  substitute: boolean
  source: string
}

interface HolidaysPage {
  year: number
  years: number[]
  rows: HolidayRow[]
  missing: number | null
  values: HolidayValues
  saved: string | null
  errors: FieldErrors
}

interface HolidayPage {
  action: string
  title: string
  values: HolidayValues
  errors: FieldErrors
}

const holidaysPage = page<HolidaysPage>('admin/holidays', [
  'year',
  'years',
  'rows',
  'missing',
  'values',
  'saved',
  'errors',
])
const holidayPage = page<HolidayPage>('admin/holiday', ['action', 'title', 'values', 'errors'])

export const HOLIDAYS = '/staff/admin/holidays'
export const NO_VALUES: HolidayValues = { day: '', name: '', substitute: '', source: '' }

interface ListState {
  year?: number | undefined
  values?: HolidayValues
  saved?: string | null
  errors?: FieldErrors
}

/** The list of a year with the form for one more. */
export function sendHolidays(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { year, values = NO_VALUES, saved = null, errors = {} }: ListState,
): FastifyReply {
  const today = civilDateOf(portal.now())
  const holidays = listHolidays(portal.db)
  const now = yearOf(today)
  const shown = year ?? now
  const years = new Set([now, now + 1, shown, ...holidays.map(({ day }) => yearOf(day))])
  const data: HolidaysPage = {
    year: shown,
    years: [...years].sort(),
    rows: holidays.filter(({ day }) => yearOf(day) === shown).map(rowOf),
    missing: missingHolidayYear(today, portal.settings.holidays()),
    ...{ values, saved, errors },
  }
  return sendPage(portal, request, reply, holidaysPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

export function sendHoliday(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { day }: Holiday,
  values: HolidayValues,
  errors: FieldErrors = {},
): FastifyReply {
  const data: HolidayPage = { action: `${HOLIDAYS}/${day}`, title: formatDay(day, 'th'), values, errors }
  return sendPage(portal, request, reply, holidayPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function rowOf({ day, name, substitute, source }: Holiday): HolidayRow {
  return { href: `${HOLIDAYS}/${day}`, day: formatDay(day, 'th'), name, substitute, source }
}
