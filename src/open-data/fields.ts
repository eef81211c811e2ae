import type { MessageKey } from '#web/languages.ts'

/** A field's name in CSV and JSON, and what its values are. The names are a contract: none is renamed. */
export type FieldType = 'string' | 'integer' | 'boolean' | 'month' | 'code'

export interface Field {
  name: string
  type: FieldType
  /** True where a row may have no value. */
  optional: boolean
  about: MessageKey
}

/** A value of a row; null is an empty cell in CSV. */
export type Value = string | number | boolean | null
export type Row = readonly Value[]

const field = (name: string, type: FieldType, about: MessageKey, optional = false): Field => ({
  ...{ name, type, about, optional },
})

/** One row per case. `test/open-data` recounts every public figure from these. */
export const CASE_FIELDS = [
  field('kind', 'code', 'od.f.kind'),
  field('category_group', 'code', 'od.f.group'),
  field('category', 'code', 'od.f.category'),
  field('received_month', 'month', 'od.f.receivedMonth'),
  field('channel', 'code', 'od.f.channel'),
  field('unit', 'code', 'od.f.unit'),
  field('village', 'code', 'od.f.village', true),
  field('village_withheld', 'boolean', 'od.f.villageWithheld'),
  field('status', 'code', 'od.f.status'),
  field('finished_month', 'month', 'od.f.finishedMonth', true),
  field('days_to_finish', 'integer', 'od.f.days', true),
  field('outcome', 'code', 'od.f.outcome', true),
  field('finding', 'code', 'od.f.finding', true),
  field('accepted', 'boolean', 'od.f.accepted'),
]

export const DUTY_FIELDS = [
  field('due_month', 'month', 'od.f.dueMonth'),
  field('kind', 'code', 'od.f.kind'),
  field('state', 'code', 'od.f.dutyState'),
  field('duties', 'integer', 'od.f.duties'),
]

export const VILLAGE_FIELDS = [
  field('part', 'code', 'od.f.part'),
  field('village', 'code', 'od.f.villageCode'),
  field('brought_forward', 'integer', 'od.f.brought'),
  field('received', 'integer', 'od.f.received'),
  field('finished', 'integer', 'od.f.finished'),
  field('in_progress', 'integer', 'od.f.inProgress'),
]

export const HISTORY_FIELDS = [
  field('fiscal_year', 'integer', 'od.f.fiscalYear'),
  field('category', 'code', 'od.f.category'),
  field('received', 'integer', 'od.f.received'),
  field('finished', 'integer', 'od.f.finished'),
  field('grounds', 'integer', 'od.f.grounds', true),
  field('source', 'string', 'od.f.source'),
]

export const CODE_FIELDS = [
  field('field', 'string', 'od.f.codeField'),
  field('code', 'code', 'od.f.code'),
  field('name', 'string', 'od.f.name'),
  field('name_en', 'string', 'od.f.nameEn'),
  field('part_of', 'code', 'od.f.partOf', true),
]
