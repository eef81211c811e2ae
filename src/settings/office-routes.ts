import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { changeSetting } from './change.ts'
import { OfficeDocument } from './documents.ts'
import { OFFICE_FIELDS, OfficeForm, type OfficeValues, officeValues } from './office-forms.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { writeDocument } from './store.ts'

interface OfficePage {
  values: OfficeValues
  saved: boolean
  errors: FieldErrors
}

const officePage = page<OfficePage>('admin/office', ['values', 'saved', 'errors'])

/** How the office is named and reached. */
export function officeRoutes(portal: Portal): FastifyPluginCallback {
  const { settings } = portal
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get('/staff/admin/office', admin, (request: SavedRequest, reply) => {
      const data = { values: officeValues(settings.office()), saved: 'saved' in request.query, errors: {} }
      return sendPage(portal, request, reply, officePage, data)
    })
    app.post('/staff/admin/office', admin, (request, reply) => postOffice(portal, request, reply))
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
  const before = isFirst ? null : portal.settings.office()
  const after = OfficeDocument.parse(form.data)
  const change = { action: 'settings.office', subject: 'settings:office', before, after }
  changeSetting(portal, viewerOf(request), change, () =>
    writeDocument(portal.db, 'office', after, portal.now()),
  )
  return reply.redirect(isFirst ? '/staff/admin/setup' : '/staff/admin/office?saved', 303)
}
