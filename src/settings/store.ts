import { asc, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { Holidays } from '#domain/deadlines.ts'
import type { Kind } from '#domain/vocabulary.ts'
import type { Database } from '#platform/database.ts'
import type { OfficeProfile } from '#web/office-profile.ts'
import {
  DEFAULT_DEADLINES,
  DEFAULT_LETTERS,
  DEFAULT_OFFICE,
  Deadlines,
  LetterSettings,
  OfficeDocument,
  PrivacyNotice,
} from './documents.ts'
import { categories, holidays, settings, units, villages } from './tables.ts'

export type Unit = typeof units.$inferSelect
export type Village = typeof villages.$inferSelect
export type Category = typeof categories.$inferSelect

export interface CategoryGroup extends Category {
  children: Category[]
}

/**
 * The office's settings, read by every request and changed a few times a year: kept in memory and read
 * anew after `changed()`. One process serves one office, so nobody else can change them behind us.
 */
export interface Settings {
  office(): OfficeProfile
  deadlines(): Deadlines
  holidays(): Holidays
  letters(): LetterSettings
  privacy(): PrivacyNotice
  /** False until the first administrator has finished the setup pages. */
  isSetUp(): boolean
  units(): Unit[]
  villages(): Village[]
  categories(): Category[]
  /** Groups with the categories in use below them, in the office's order. */
  categoryTree(): CategoryGroup[]
  category(code: string): Category | undefined
  unit(id: number | null): Unit | undefined
  village(id: number | null): Village | undefined
  /** To be called after any write to the tables of this folder. */
  changed(): void
  /** Raised by every `changed()`: pages kept in memory are rendered anew. */
  version(): number
}

interface Snapshot {
  documents: Map<string, unknown>
  /** Documents that were read and checked already. */
  parsed: Map<string, unknown>
  holidays: Holidays
  units: Unit[]
  villages: Village[]
  categories: Category[]
}

export function openSettings(db: Database): Settings {
  let snapshot: Snapshot | undefined
  let version = 1
  const read = (): Snapshot => {
    snapshot ??= {
      documents: new Map(
        db.orm
          .select()
          .from(settings)
          .all()
          .map((row) => [row.key, row.value]),
      ),
      parsed: new Map(),
      holidays: new Map(
        db.orm
          .select()
          .from(holidays)
          .orderBy(asc(holidays.day))
          .all()
          .map(({ day, name }) => [day, name]),
      ),
      units: db.orm.select().from(units).orderBy(asc(units.sort), asc(units.id)).all(),
      villages: db.orm.select().from(villages).orderBy(asc(villages.number)).all(),
      categories: db.orm.select().from(categories).orderBy(asc(categories.sort)).all(),
    }
    return snapshot
  }
  const document = <T>(key: string, schema: z.ZodType<T, unknown>, fallback: T): T => {
    const { documents, parsed } = read()
    const stored = documents.get(key)
    if (stored === undefined) return fallback
    if (!parsed.has(key)) parsed.set(key, schema.parse(stored))
    return parsed.get(key) as T
  }
  const active = <T extends { retiredAt: Date | null }>(rows: T[]) => rows.filter((row) => !row.retiredAt)
  return {
    office: () => document('office', OfficeDocument, DEFAULT_OFFICE),
    deadlines: () => document('deadlines', Deadlines, DEFAULT_DEADLINES),
    holidays: () => read().holidays,
    letters: () => document('letters', LetterSettings, DEFAULT_LETTERS),
    privacy: () =>
      document('privacy', PrivacyNotice, { version: '1', effectiveOn: '2026-10-01', generalYears: 5 }),
    isSetUp: () => read().documents.has('office'),
    units: () => active(read().units),
    villages: () => active(read().villages),
    categories: () => active(read().categories).filter((row) => row.groupCode !== null),
    categoryTree: () => {
      const rows = active(read().categories)
      return rows
        .filter((row) => row.groupCode === null)
        .map((group) => ({ ...group, children: rows.filter((row) => row.groupCode === group.code) }))
        .filter((group) => group.children.length > 0)
    },
    category: (code) => read().categories.find((row) => row.code === code),
    unit: (id) => read().units.find((row) => row.id === id),
    village: (id) => read().villages.find((row) => row.id === id),
    changed: () => {
      snapshot = undefined
      version += 1
    },
    version: () => version,
  }
}

export function writeDocument(
  db: Database,
  key: 'office' | 'deadlines' | 'letters' | 'privacy',
  value: unknown,
  at: Date,
): void {
  db.orm
    .insert(settings)
    .values({ key, value, updatedAt: at })
    .onConflictDoUpdate({ target: settings.key, set: { value, updatedAt: at } })
    .run()
}

export function countUnits(db: Database): number {
  return db.orm.select({ id: units.id }).from(units).where(isNull(units.retiredAt)).all().length
}

export interface NewUnit {
  name: string
  nameEn: string
  isCentre: boolean
  sort: number
}

export function insertUnit(db: Database, unit: NewUnit): number {
  return db.orm.insert(units).values(unit).returning({ id: units.id }).get().id
}

export function insertVillage(
  db: Database,
  village: { number: number; name: string; nameEn: string },
): number {
  return db.orm.insert(villages).values(village).returning({ id: villages.id }).get().id
}

export interface NewCategory {
  code: string
  groupCode: string | null
  kind: Kind
  name: string
  nameEn: string
  unitId: number | null
  restricted: boolean
  sort: number
}

export function insertCategory(db: Database, category: NewCategory): void {
  db.orm.insert(categories).values(category).run()
}

export function updateCategory(
  db: Database,
  code: string,
  change: Partial<Pick<Category, 'name' | 'nameEn' | 'unitId' | 'targetDays' | 'retiredAt'>>,
): void {
  db.orm.update(categories).set(change).where(eq(categories.code, code)).run()
}

export function updateUnit(
  db: Database,
  id: number,
  change: Partial<Pick<Unit, 'name' | 'nameEn' | 'isCentre' | 'sort' | 'retiredAt'>>,
): void {
  db.orm.update(units).set(change).where(eq(units.id, id)).run()
}

export function updateVillage(
  db: Database,
  id: number,
  change: Partial<Pick<Village, 'number' | 'name' | 'nameEn' | 'retiredAt'>>,
): void {
  db.orm.update(villages).set(change).where(eq(villages.id, id)).run()
}
