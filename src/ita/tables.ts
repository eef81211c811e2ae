import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { oneOf } from '#platform/checks.ts'

/** Items of the assessment about complaints and participation. Their numbers change every year: see `ita_items`. */
export const ITA_ITEMS = [
  'guideline',
  'channel',
  'statistics',
  'participation',
  'e_service',
  'service_statistics',
  'satisfaction',
] as const
export type ItaItem = (typeof ITA_ITEMS)[number]

export const itaItems = sqliteTable(
  'ita_items',
  {
    fiscalYear: integer().notNull(),
    item: text({ enum: ITA_ITEMS }).notNull(),
    /** Such as `O17`; '' while it has not been announced. */
    number: text().notNull(),
    note: text().notNull().default(''),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.item] }), check('ita_items_item', oneOf('item', ITA_ITEMS))],
)

export const DOCUMENT_KINDS = [
  'announcement',
  'order',
  'manual_general',
  'manual_corruption',
  'other',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** A section of a document that is a page: a heading and its paragraphs as typed. */
export interface DocumentSection {
  heading: string
  text: string
}

/** What the office publishes, every version kept. A page (`sections`) or a file. */
export const publishedDocuments = sqliteTable(
  'published_documents',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** The same through all versions; part of the address. */
    slug: text().notNull(),
    kind: text({ enum: DOCUMENT_KINDS }).notNull(),
    version: integer().notNull(),
    title: text().notNull(),
    /** The day the document bears. */
    documentOn: text().notNull(),
    sections: text({ mode: 'json' }).$type<DocumentSection[]>(),
    storedName: text(),
    originalName: text(),
    mime: text(),
    bytes: integer(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    createdBy: text().notNull(),
    publishedAt: integer({ mode: 'timestamp_ms' }),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
    /** Raised by every change; a form that carries an older one gets 409. */
    rev: integer().notNull().default(1),
  },
  (t) => [
    uniqueIndex('published_documents_slug').on(t.slug, t.version),
    check('published_documents_kind', oneOf('kind', DOCUMENT_KINDS)),
  ],
)
