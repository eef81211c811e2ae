import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerOf } from '#accounts/guard.ts'
import { sendPage } from '#web/answer.ts'
import { line } from '#web/form-fields.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { changeSetting } from './change.ts'
import type { LetterSettings } from './documents.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { writeDocument } from './store.ts'

const FIELDS = ['signerName', 'signerPost', 'numberPrefix'] as const

/** All may be left out: the letter then has dotted lines to be filled in by hand. */
const LettersForm = z.object({ signerName: line(150), signerPost: line(150), numberPrefix: line(50) })

interface LettersPage {
  values: LetterSettings
  saved: boolean
  errors: FieldErrors
}

const lettersPage = page<LettersPage>('admin/letters', ['values', 'saved', 'errors'])

const PAGE = '/staff/admin/letters'

/** What official letters carry besides their words: who signs, and how their numbers begin. */
export function letterRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(PAGE, admin, (request: SavedRequest, reply) => {
      const data = { values: portal.settings.letters(), saved: 'saved' in request.query, errors: {} }
      return sendPage(portal, request, reply, lettersPage, data)
    })
    app.post(PAGE, admin, (request, reply) => postLetters(portal, request, reply))
    done()
  }
}

function postLetters(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fields = fieldsOf(request.body)
  const form = LettersForm.safeParse(single(fields))
  if (!form.success) {
    const data = { values: typed(fields, FIELDS), saved: false, errors: fieldErrors(form.error) }
    return sendPage(portal, request, reply, lettersPage, data, 422)
  }
  const { letters } = portal.settings
  const change = {
    action: 'settings.letters',
    subject: 'settings:letters',
    before: letters(),
    after: form.data,
  }
  changeSetting(portal, viewerOf(request), change, () =>
    writeDocument(portal.db, 'letters', form.data, portal.now()),
  )
  return reply.redirect(`${PAGE}?saved`, 303)
}
