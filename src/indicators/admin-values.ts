import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { changeSetting } from '#settings/change.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { ADMIN } from './admin-year.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import { deleteInput, type Input, readInputs, writeInput } from './store.ts'
import { type TypedGroup, typedGroupForm, typedGroups } from './typed-groups.ts'

interface ValuesPage {
  group: TypedGroup
  fiscalYear: number
  address: string
  values: Record<string, string>
  isThere: boolean
  errors: FieldErrors
}

const valuesPage = page<ValuesPage>('indicators/admin-values', [
  'group',
  'fiscalYear',
  'address',
  'values',
  'isThere',
  'errors',
])

export type ValuesRequest = FastifyRequest<{ Params: { fy: string; group: string } }>

type Corruption = CorruptionCounts | undefined

export function showValues(
  portal: Portal,
  corruption: Corruption,
  request: ValuesRequest,
  reply: FastifyReply,
): FastifyReply {
  const opened = openGroup(portal, corruption, request)
  return sendValues(portal, request, reply, opened, valuesOf(opened))
}

export function postValues(
  portal: Portal,
  corruption: Corruption,
  request: ValuesRequest,
  reply: FastifyReply,
): FastifyReply {
  const opened = openGroup(portal, corruption, request)
  const { group, fiscalYear } = opened
  const fields = fieldsOf(request.body)
  const form = typedGroupForm(group).safeParse(single(fields))
  if (!form.success) {
    const values = typed(fields, [...group.fields.map(({ key }) => key), 'source'])
    return sendValues(portal, request, reply, opened, values, fieldErrors(form.error))
  }
  const { source, ...numbers } = form.data
  const viewer = viewerOf(request)
  const rest = { fiscalYear, source, enteredAt: portal.now(), enteredBy: viewer.displayName }
  const after = { ...numbers, source }
  changeSetting(portal, viewer, { ...changeOf(opened), after }, () => {
    for (const [key, value] of Object.entries(numbers))
      writeInput(portal.db, { ...rest, key, value: Number(value) })
  })
  return reply.redirect(`${ADMIN}/${fiscalYear}?saved`, 303)
}

export function removeValues(
  portal: Portal,
  corruption: Corruption,
  request: ValuesRequest,
  reply: FastifyReply,
): FastifyReply {
  const opened = openGroup(portal, corruption, request)
  const { group, fiscalYear } = opened
  changeSetting(portal, viewerOf(request), { ...changeOf(opened), after: {} }, () => {
    for (const { key } of group.fields) deleteInput(portal.db, fiscalYear, key)
  })
  return reply.redirect(`${ADMIN}/${fiscalYear}?saved`, 303)
}

interface OpenGroup {
  group: TypedGroup
  fiscalYear: number
  inputs: Input[]
}

/** @throws AppError not_found for what is not typed in for that year */
function openGroup(portal: Portal, corruption: Corruption, { params }: ValuesRequest): OpenGroup {
  const fiscalYear = Number(params.fy)
  const group = typedGroups(portal, fiscalYear, corruption).find(({ id }) => id === params.group)
  if (!group) throw new AppError('not_found', 'indicator_values')
  const keys = group.fields.map(({ key }) => key)
  const inputs = readInputs(portal.db).filter(
    (row) => row.fiscalYear === fiscalYear && keys.includes(row.key),
  )
  return { group, fiscalYear, inputs }
}

function valuesOf({ group, inputs }: OpenGroup): Record<string, string> {
  const text = ({ value }: Input) => (group.unit === 'yes' ? 'yes' : String(value))
  return {
    ...Object.fromEntries(inputs.map((input) => [input.key, text(input)])),
    source: inputs[0]?.source ?? '',
  }
}

function changeOf({ group, fiscalYear, inputs }: OpenGroup) {
  const [first] = inputs
  return {
    ...{ action: 'indicators.values', subject: `indicators:${fiscalYear}:${group.id}` },
    before: first
      ? { ...Object.fromEntries(inputs.map(({ key, value }) => [key, value])), source: first.source }
      : {},
  }
}

function sendValues(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { group, fiscalYear, inputs }: OpenGroup,
  values: Record<string, string>,
  errors: FieldErrors = {},
): FastifyReply {
  const address = `${ADMIN}/${fiscalYear}/values/${group.id}`
  const data = { group, fiscalYear, address, values, isThere: inputs.length > 0, errors }
  return sendPage(portal, request, reply, valuesPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}
