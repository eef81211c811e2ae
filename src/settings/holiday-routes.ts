import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { formatDate, formatDay } from '#web/thai-format.ts'
import { changeSetting } from './change.ts'
import { askedYear, HOLIDAY_FIELDS, HolidayForm, HolidayWordsForm, yearOf } from './holiday-forms.ts'
import { getImport, postImport } from './holiday-import.ts'
import { HOLIDAYS, sendHoliday, sendHolidays } from './holiday-pages.ts'
import { deleteHoliday, findHoliday, type Holiday, insertHoliday, updateHoliday } from './holiday-store.ts'
import { asksBeforeMoving, changeCalendar, savedText } from './moving-dates.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'

type OneRequest = FastifyRequest<{ Params: { day: string } }>

/** The days on which the office is closed: by them working days are counted and notices delivered. */
export function holidayRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(HOLIDAYS, admin, (request: SavedRequest, reply) =>
      sendHolidays(portal, request, reply, {
        year: askedYear(request.query.year),
        saved: savedText(request),
      }),
    )
    app.post(HOLIDAYS, admin, (request, reply) => postNew(portal, request, reply))
    app.get(`${HOLIDAYS}/import`, admin, (request: SavedRequest, reply) => getImport(portal, request, reply))
    app.post(`${HOLIDAYS}/import`, admin, (request, reply) => postImport(portal, request, reply))
    app.get(`${HOLIDAYS}/:day`, admin, (request: OneRequest, reply) => {
      const holiday = holidayOf(portal, request)
      return sendHoliday(portal, request, reply, holiday, valuesOf(holiday))
    })
    app.post(`${HOLIDAYS}/:day`, admin, (request: OneRequest, reply) => postWords(portal, request, reply))
    app.post(`${HOLIDAYS}/:day/remove`, admin, (request: OneRequest, reply) =>
      postRemove(portal, request, reply),
    )
    done()
  }
}

async function postNew(portal: Portal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const fields = fieldsOf(request.body)
  const values = typed(fields, HOLIDAY_FIELDS)
  const form = HolidayForm.safeParse(single(fields))
  if (!form.success) return sendHolidays(portal, request, reply, { values, errors: fieldErrors(form.error) })
  const { day, ...words } = form.data
  const year = yearOf(day)
  if (fields.step?.[0] === 'edit') return sendHolidays(portal, request, reply, { year, values })
  const title = `เพิ่มวันหยุด ${formatDay(day, 'th')}`
  const holidays = new Map([...portal.settings.holidays(), [day, words.name]])
  const rows = [{ key: 'วันหยุด', value: words.name }]
  if (await asksBeforeMoving(portal, request, reply, { title, rows, calendar: { holidays }, fields }))
    return reply
  const same = findHoliday(portal.db, day)
  if (same) {
    const errors = {
      day: `${formatDate(day, 'th')} มีในรายการแล้ว คือ ${same.name} หากไม่ถูกต้อง กรุณาแก้ไขจากรายการ`,
    }
    return sendHolidays(portal, request, reply, { year, values, errors })
  }
  const change = { action: 'settings.holiday.create', subject: `holiday:${day}`, before: null, after: words }
  const reason = `เพิ่มวันหยุด ${formatDate(day, 'th')} (${words.name})`
  const told = await changeCalendar(portal, viewerOf(request), change, reason, () =>
    insertHoliday(portal.db, { day, ...words, addedAt: portal.now() }),
  )
  return reply.redirect(`${HOLIDAYS}?year=${year}&${told}`, 303)
}

/** Words move no date: what was counted by this day keeps the name it was counted under. */
function postWords(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const holiday = holidayOf(portal, request)
  const fields = fieldsOf(request.body)
  const form = HolidayWordsForm.safeParse(single(fields))
  if (!form.success) {
    const values = typed(fields, HOLIDAY_FIELDS)
    return sendHoliday(portal, request, reply, holiday, values, fieldErrors(form.error))
  }
  const { day, name, substitute, source } = holiday
  const before = { name, substitute, source }
  const change = { action: 'settings.holiday.change', subject: `holiday:${day}`, before, after: form.data }
  changeSetting(portal, viewerOf(request), change, () => updateHoliday(portal.db, day, form.data))
  return reply.redirect(`${HOLIDAYS}?year=${yearOf(day)}&saved`, 303)
}

async function postRemove(portal: Portal, request: OneRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { day, name, substitute, source } = holidayOf(portal, request)
  const fields = fieldsOf(request.body)
  if (fields.step?.[0] === 'edit') return reply.redirect(`${HOLIDAYS}/${day}`, 303)
  const title = `ลบวันหยุด ${formatDay(day, 'th')}`
  const holidays = new Map([...portal.settings.holidays()].filter(([known]) => known !== day))
  const rows = [{ key: 'วันหยุด', value: name }]
  if (await asksBeforeMoving(portal, request, reply, { title, rows, calendar: { holidays }, fields }))
    return reply
  // Somebody else may have removed it meanwhile.
  holidayOf(portal, request)
  const before = { name, substitute, source }
  const change = { action: 'settings.holiday.remove', subject: `holiday:${day}`, before, after: null }
  const reason = `ยกเลิกวันหยุด ${formatDate(day, 'th')} (${name})`
  const told = await changeCalendar(portal, viewerOf(request), change, reason, () =>
    deleteHoliday(portal.db, day),
  )
  return reply.redirect(`${HOLIDAYS}?year=${yearOf(day)}&${told}`, 303)
}

function valuesOf({ name, substitute, source }: Holiday) {
  return { day: '', name, substitute: substitute ? 'yes' : '', source }
}

function holidayOf(portal: Portal, request: OneRequest): Holiday {
  const holiday = findHoliday(portal.db, request.params.day)
  if (!holiday) throw new AppError('not_found', 'holiday')
  return holiday
}
