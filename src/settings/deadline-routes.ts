import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AUDIENCES } from '#domain/clock-schedule.ts'
import type { CountMode } from '#domain/deadlines.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { changeSetting } from './change.ts'
import { type DeadlineValues, readDeadlines, typedValues, valuesOf } from './deadline-forms.ts'
import type { Deadlines } from './documents.ts'
import { asksBeforeMoving, changeCalendar, savedText } from './moving-dates.ts'
import { AUDIENCE_NAMES } from './notice-forms.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { writeDocument } from './store.ts'

interface DeadlinesPage {
  values: DeadlineValues
  audiences: { value: string; text: string }[]
  saved: string | null
  errors: FieldErrors
}

const deadlinesPage = page<DeadlinesPage>('admin/deadlines', ['values', 'audiences', 'saved', 'errors'])

const PAGE = '/staff/admin/deadlines'
const audiences = AUDIENCES.map((value) => ({ value, text: AUDIENCE_NAMES[value] }))

/** Within how many days the office answers, how they are counted, and whom it reminds. */
export function deadlineRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(PAGE, admin, (request: SavedRequest, reply) => {
      const data = { values: valuesOf(portal.settings.deadlines()), saved: savedText(request), errors: {} }
      return sendPage(portal, request, reply, deadlinesPage, { ...data, audiences })
    })
    app.post(PAGE, admin, (request, reply) => postDeadlines(portal, request, reply))
    done()
  }
}

async function postDeadlines(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = fieldsOf(request.body)
  const form = readDeadlines(fields)
  const again = (errors: FieldErrors) => {
    const data = { values: typedValues(fields), saved: null, errors, audiences }
    return sendPage(portal, request, reply, deadlinesPage, data, Object.keys(errors).length > 0 ? 422 : 200)
  }
  if ('errors' in form) return again(form.errors)
  if (fields.step?.[0] === 'edit') return again({})
  const before = portal.settings.deadlines()
  const { value: after } = form
  const change = { action: 'settings.deadlines', subject: 'settings:deadlines', before, after }
  const write = () => writeDocument(portal.db, 'deadlines', after, portal.now())
  const rows = whatCounts(before, after)
  if (rows.length === 0) {
    changeSetting(portal, viewerOf(request), change, write)
    return reply.redirect(`${PAGE}?saved`, 303)
  }
  const planned = { title: 'กำหนดเวลา', rows, calendar: { deadlines: after }, fields }
  if (await asksBeforeMoving(portal, request, reply, planned)) return reply
  const reason = `หน่วยงานเปลี่ยน${rows.map(({ key, value }) => `${key} ${value}`).join(' และ')}`
  const told = await changeCalendar(portal, viewerOf(request), change, reason, write)
  return reply.redirect(`${PAGE}?${told}`, 303)
}

const MODES: Record<CountMode, string> = { calendar: 'นับวันตามปฏิทิน', working: 'นับเฉพาะวันทำการ' }

/** What of a change running clocks follow, in words; the rest is for cases that come. */
function whatCounts(before: Deadlines, after: Deadlines): { key: string; value: string }[] {
  const rolls = (deadlines: Deadlines) => (deadlines.rollForward ? 'เลื่อนเป็นวันทำการถัดไป' : 'ไม่เลื่อน')
  const row = (key: string, was: string, is: string) => ({
    key,
    value: `จาก ${was} เป็น ${is}`,
    same: was === is,
  })
  return [
    row('กำหนดแก้ไขหรือชี้แจง', `${before.targetDays} วัน`, `${after.targetDays} วัน`),
    row('วิธีนับวัน', MODES[before.countMode], MODES[after.countMode]),
    row('วันสุดท้ายที่ตรงกับวันหยุด', rolls(before), rolls(after)),
    row('กำหนดรับเรื่อง', `${before.ackDays} วันทำการ`, `${after.ackDays} วันทำการ`),
  ]
    .filter(({ same }) => !same)
    .map(({ key, value }) => ({ key, value }))
}
