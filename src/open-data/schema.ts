import { CHANNELS, FINDINGS, KINDS, OUTCOMES } from '#domain/vocabulary.ts'
import { t } from '#web/languages.ts'
import { SCHEMA_PATH } from './catalogue.ts'
import { CASE_FIELDS, type Field, type FieldType } from './fields.ts'

const TYPES: Record<FieldType, Record<string, unknown>> = {
  string: { type: 'string' },
  integer: { type: 'integer', minimum: 0 },
  boolean: { type: 'boolean' },
  month: { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' },
  code: { type: 'string', minLength: 1 },
}

/** Fields whose values the portal knows; the others are the office's own. */
const VALUES: Record<string, readonly string[]> = {
  kind: KINDS,
  channel: CHANNELS,
  status: ['in_progress', 'finished'],
  outcome: [...OUTCOMES, 'not_accepted', 'forwarded', 'withdrawn'],
  finding: FINDINGS,
}

/** What a file of cases holds, as JSON Schema 2020-12. */
export function casesSchema(publicUrl: string): string {
  return JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: publicUrl + SCHEMA_PATH,
    title: t('en', 'od.d.cases'),
    description: t('en', 'od.d.cases.about'),
    type: 'object',
    required: ['dataset', 'fiscalYear', 'licence', 'lastUpdated', 'rows'],
    additionalProperties: false,
    properties: {
      dataset: { const: 'cases' },
      fiscalYear: { type: 'integer' },
      licence: { type: 'string' },
      lastUpdated: { type: ['string', 'null'] },
      rows: {
        type: 'array',
        items: {
          type: 'object',
          required: CASE_FIELDS.map(({ name }) => name),
          additionalProperties: false,
          properties: Object.fromEntries(CASE_FIELDS.map((field) => [field.name, propertyOf(field)])),
        },
      },
    },
  })
}

function propertyOf({ name, type, optional, about }: Field): Record<string, unknown> {
  const known = VALUES[name]
  const value = { ...TYPES[type], ...(known && { enum: known }) }
  const description = t('en', about)
  return optional ? { description, oneOf: [value, { type: 'null' }] } : { description, ...value }
}
