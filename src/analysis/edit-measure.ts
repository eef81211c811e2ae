import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { typedDate } from '#complaints/staff-words.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { groupName } from '#statistics/names.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { measureAddress } from './addresses.ts'
import { FORM_FIELDS, FORM_STATES, measureForm, type Typed, typedMeasure } from './measure-form.ts'
import { STATE_NAMES } from './measure-line.ts'
import { type MeasureRequest, openMeasure } from './measure-page.ts'
import type { Measure } from './measures-store.ts'
import { changeMeasure, recordMeasure } from './record-measure.ts'
import { categoryGroups, sightOf, villageOptions } from './sight.ts'
import { placeName } from './village-table.ts'

interface MeasureFormPage {
  /** Null for a new one. */
  address: string | null
  rev: number
  values: Typed
  categories: ReturnType<typeof categoryGroups>
  villages: { value: string; text: string }[]
  states: { value: string; text: string }[]
  errors: FieldErrors
  /** What somebody else changed it to while the form was open, where that is not what is typed; null otherwise. */
  meanwhile: { key: string; value: string }[] | null
}

const formView = page<MeasureFormPage>('analysis/measure-form', [
  'address',
  'rev',
  'values',
  'categories',
  'villages',
  'states',
  'errors',
  'meanwhile',
])

interface Answer {
  values: Typed
  errors?: FieldErrors
  meanwhile?: MeasureFormPage['meanwhile']
  status?: 409 | 422
}

/** An empty form, or one begun from a recurring problem. */
export function showNewMeasure(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = typed(fieldsOf(request.query), ['category', 'village'])
  const startsOn = typedDate(civilDateOf(portal.now()))
  return send(portal, request, reply, undefined, {
    values: { ...typed({}, FORM_FIELDS), ...query, startsOn },
  })
}

export function postNewMeasure(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const viewer = viewerOf(request)
  const form = read(portal, viewer, request, undefined)
  if ('errors' in form) return send(portal, request, reply, undefined, form)
  const id = recordMeasure(portal, viewer, form.data)
  return reply.redirect(`${measureAddress(id)}?saved`, 303)
}

export function showEditMeasure(portal: Portal, request: MeasureRequest, reply: FastifyReply): FastifyReply {
  const measure = openMeasure(portal, viewerOf(request), request)
  return send(portal, request, reply, measure, { values: typedMeasure(measure) })
}

export function postEditMeasure(portal: Portal, request: MeasureRequest, reply: FastifyReply): FastifyReply {
  const viewer = viewerOf(request)
  const measure = openMeasure(portal, viewer, request)
  const form = read(portal, viewer, request, measure)
  if ('errors' in form) return send(portal, request, reply, measure, form)
  const rev = Number(fieldsOf(request.body).rev?.[0])
  if (changeMeasure(portal, viewer, measure, { rev, fields: form.data })) {
    return reply.redirect(`${measureAddress(measure.id)}?saved`, 303)
  }
  const meanwhile = differences(portal, measure, form.values)
  return send(portal, request, reply, measure, { values: form.values, meanwhile, status: 409 })
}

function read(portal: Portal, viewer: Viewer, request: FastifyRequest, measure: Measure | undefined) {
  const fields = fieldsOf(request.body)
  const values = typed(fields, FORM_FIELDS)
  const { categories, villages } = offered(portal, viewer, measure)
  const codes = categories.flatMap(({ options }) => options.map(({ value }) => value))
  const ids = villages.map(({ value }) => value)
  const schema = measureForm({ categories: codes, villages: ids }, civilDateOf(portal.now()))
  const form = schema.safeParse(single(fields))
  if (form.success) return { values, data: form.data }
  return { values, errors: fieldErrors(form.error), status: 422 as const }
}

const LABELS: Record<keyof Typed, string> = {
  category: 'ประเภทเรื่อง',
  village: 'หมู่บ้าน',
  problem: 'ปัญหาที่เกิดซ้ำ',
  measure: 'มาตรการป้องกัน',
  owner: 'ผู้รับผิดชอบ',
  startsOn: 'เริ่มวันที่',
  dueOn: 'กำหนดแล้วเสร็จ',
  state: 'สถานะ',
  endedOn: 'วันที่แล้วเสร็จหรือยกเลิก',
  result: 'ผลที่ได้ หรือเหตุที่ยกเลิก',
}

/** What is kept now, as far as it is not what is typed. */
function differences(
  { settings }: Portal,
  measure: Measure,
  values: Typed,
): { key: string; value: string }[] {
  const kept = typedMeasure(measure)
  const words: Typed = {
    ...kept,
    category: groupName(settings, kept.category, 'th'),
    village: placeName(settings, measure.villageId),
    state: STATE_NAMES[kept.state as (typeof FORM_STATES)[number]],
  }
  return FORM_FIELDS.filter((name) => kept[name] !== values[name]).map((name) => ({
    ...{ key: LABELS[name], value: words[name] || '–' },
  }))
}

/** What can be chosen: all that is in use, and what the measure names already. */
function offered({ settings }: Portal, viewer: Viewer, measure: Measure | undefined) {
  const categories = categoryGroups(settings, sightOf(settings, viewer))
  const villages = villageOptions(settings)
  if (!measure) return { categories, villages }
  const { categoryCode, villageId } = measure
  const hasCategory = categories.some(({ options }) => options.some(({ value }) => value === categoryCode))
  const hasVillage = villageId === null || villages.some(({ value }) => value === String(villageId))
  const retired = { value: categoryCode, text: groupName(settings, categoryCode, 'th') }
  return {
    categories: hasCategory ? categories : [...categories, { label: 'เลิกใช้แล้ว', options: [retired] }],
    villages: hasVillage
      ? villages
      : [...villages, { value: String(villageId), text: placeName(settings, villageId) }],
  }
}

function send(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  measure: Measure | undefined,
  { values, errors = {}, meanwhile = null, status }: Answer,
): FastifyReply {
  const data = {
    address: measure ? measureAddress(measure.id) : null,
    rev: measure?.rev ?? 1,
    values,
    ...offered(portal, viewerOf(request), measure),
    states: FORM_STATES.map((value) => ({ value, text: STATE_NAMES[value] })),
    ...{ errors, meanwhile },
  }
  return sendPage(portal, request, reply, formView, data, status ?? 200)
}
