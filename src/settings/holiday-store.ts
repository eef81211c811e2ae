import { asc, eq } from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Database } from '#platform/database.ts'
import { holidays } from './tables.ts'

export type Holiday = typeof holidays.$inferSelect
export type HolidayWords = Pick<Holiday, 'name' | 'substitute' | 'source'>

export function listHolidays(db: Database): Holiday[] {
  return db.orm.select().from(holidays).orderBy(asc(holidays.day)).all()
}

export function findHoliday(db: Database, day: CivilDate): Holiday | undefined {
  return db.orm.select().from(holidays).where(eq(holidays.day, day)).get()
}

export function insertHoliday(db: Database, holiday: Holiday): void {
  db.orm.insert(holidays).values(holiday).run()
}

export function updateHoliday(db: Database, day: CivilDate, words: HolidayWords): void {
  db.orm.update(holidays).set(words).where(eq(holidays.day, day)).run()
}

export function deleteHoliday(db: Database, day: CivilDate): void {
  db.orm.delete(holidays).where(eq(holidays.day, day)).run()
}
