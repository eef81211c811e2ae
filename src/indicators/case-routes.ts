import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerOf } from '#accounts/guard.ts'
import { oneOfWords, requiredText } from '#complaints/staff-fields.ts'
import { findCaseBySlug } from '#complaints/staff-find-case.ts'
import type { Case } from '#complaints/store.ts'
import { AppError } from '#domain/errors.ts'
import { mayDo } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import {
  type CasePageState,
  caseIndicatorsData,
  caseIndicatorsPage,
  decidable,
  UNTYPED,
  whyNever,
} from './case-page.ts'
import { CHOICES, type CountDecision, decideCount } from './decide.ts'

type CaseRequest = FastifyRequest<{ Params: { slug: string }; Querystring: Record<string, unknown> }>

/** Whether the plan's indicators count a single case, decided by whoever may change its category. */
export function caseIndicatorRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const options = { config: { permission: 'queue' as const } }
    const path = '/staff/cases/:slug/indicators'
    app.get(path, options, (request: CaseRequest, reply) => {
      const row = openCase(portal, request)
      return send(portal, request, reply, row, { values: UNTYPED, saved: 'saved' in request.query })
    })
    app.post(path, options, (request: CaseRequest, reply) => decide(portal, request, reply))
    done()
  }
}

function decide(portal: Portal, request: CaseRequest, reply: FastifyReply): FastifyReply {
  const row = openCase(portal, request)
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['indicator', 'choice', 'reason'])
  if (whyNever(row) !== null || Number(fields.rev?.[0]) !== row.rev) {
    return send(portal, request, reply, row, { values, isStale: true }, 409)
  }
  const form = DecisionForm(decidable(portal, row).map(({ id }) => id)).safeParse(single(fields))
  if (!form.success) {
    return send(portal, request, reply, row, { values, errors: fieldErrors(form.error) }, 422)
  }
  decideCount(portal, viewerOf(request), row, form.data)
  return reply.redirect(`/staff/cases/${request.params.slug}/indicators?saved`, 303)
}

/** @throws AppError not_found for a case not to be seen, forbidden for one whose category is not theirs to change */
function openCase(portal: Portal, request: CaseRequest): Case {
  const viewer = viewerOf(request)
  const row = findCaseBySlug(portal, viewer, request.params.slug)
  if (!mayDo(viewer, 'change_category', row)) throw new AppError('forbidden', 'permission')
  return row
}

const DecisionForm = (offered: readonly CountDecision['indicator'][]) =>
  z.object({
    indicator: oneOfWords(offered, 'ตัวชี้วัด'),
    choice: oneOfWords(CHOICES, 'ว่าจะนับอย่างไร'),
    reason: requiredText('เหตุผล'),
  })

function send(
  portal: Portal,
  request: CaseRequest,
  reply: FastifyReply,
  row: Case,
  state: CasePageState,
  status = 200,
): FastifyReply {
  return sendPage(portal, request, reply, caseIndicatorsPage, caseIndicatorsData(portal, row, state), status)
}
