import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { changeSetting } from './change.ts'
import { OfficeDocument } from './documents.ts'
import { DeadlinesForm, OFFICE_FIELDS, OfficeForm, type OfficeValues, officeValues } from './office-forms.ts'
import type { Portal } from './portal.ts'
import { writeDocument } from './store.ts'

interface Form<V> {
  values: V
  saved: boolean
  errors: FieldErrors
}

type DeadlineValues = Record<'targetDays' | 'nearDays', string>

const officePage = page<Form<OfficeValues>>('admin/office', ['values', 'saved', 'errors'])
const deadlinesPage = page<Form<DeadlineValues>>('admin/deadlines', ['values', 'saved', 'errors'])

type SavedRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>

/** How the office is named and reached, and within how many days it promises to answer. */
export function officeRoutes(portal: Portal): FastifyPluginCallback {
  const { settings } = portal
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get('/staff/admin/office', admin, (request: SavedRequest, reply) => {
      const data = { values: officeValues(settings.office()), saved: 'saved' in request.query, errors: {} }
      return sendPage(portal, request, reply, officePage, data)
    })
    app.post('/staff/admin/office', admin, (request, reply) => postOffice(portal, request, reply))
    app.get('/staff/admin/deadlines', admin, (request: SavedRequest, reply) => {
      const { targetDays, nearDays } = settings.deadlines()
      const values = { targetDays: String(targetDays), nearDays: String(nearDays) }
      const data = { values, saved: 'saved' in request.query, errors: {} }
      return sendPage(portal, request, reply, deadlinesPage, data)
    })
    app.post('/staff/admin/deadlines', admin, (request, reply) => postDeadlines(portal, request, reply))
    done()
  }
}

function postOffice(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fields = fieldsOf(request.body)
  const form = OfficeForm.safeParse(single(fields))
  if (!form.success) {
    const data = { values: typed(fields, OFFICE_FIELDS), saved: false, errors: fieldErrors(form.error) }
    return sendPage(portal, request, reply, officePage, data, 422)
  }
  const isFirst = !portal.settings.isSetUp()
  saveDocument(
    portal,
    request,
    'office',
    isFirst ? null : portal.settings.office(),
    OfficeDocument.parse(form.data),
  )
  return reply.redirect(isFirst ? '/staff/admin/setup' : '/staff/admin/office?saved', 303)
}

function postDeadlines(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fields = fieldsOf(request.body)
  const form = DeadlinesForm.safeParse(single(fields))
  if (!form.success) {
    const values = typed(fields, ['targetDays', 'nearDays'])
    const data = { values, saved: false, errors: fieldErrors(form.error) }
    return sendPage(portal, request, reply, deadlinesPage, data, 422)
  }
  saveDocument(portal, request, 'deadlines', portal.settings.deadlines(), form.data)
  return reply.redirect('/staff/admin/deadlines?saved', 303)
}

function saveDocument(
  portal: Portal,
  request: FastifyRequest,
  key: 'office' | 'deadlines',
  before: unknown,
  after: unknown,
): void {
  const change = { action: `settings.${key}`, subject: `settings:${key}`, before, after }
  changeSetting(portal, viewerOf(request), change, () => writeDocument(portal.db, key, after, portal.now()))
}
