import { addDays, type CivilDate, civilDateOf, instantOf } from './civil-date.ts'
import { type Holidays, isClosed, nextOpenDay } from './deadlines.ts'

const BE_OFFSET = 543

/** When the office is open on its working days, 'HH:MM' in Bangkok. */
export interface OfficeHours {
  opens: string
  closes: string
}

/**
 * The instant at which something decided now is delivered: now within office hours, else when the office
 * opens next. Nobody is woken by a reminder.
 */
export function nextOfficeTime(now: Date, hours: OfficeHours, holidays: Holidays): Date {
  const today = civilDateOf(now)
  if (isClosed(today, holidays) || now >= at(today, hours.closes)) {
    return at(nextOpenDay(addDays(today, 1), holidays), hours.opens)
  }
  const opening = at(today, hours.opens)
  return now < opening ? opening : now
}

/** The opening of the first working day after the given one. */
export function openingAfter(day: CivilDate, hours: OfficeHours, holidays: Holidays): Date {
  return at(nextOpenDay(addDays(day, 1), holidays), hours.opens)
}

/**
 * The calendar year (B.E.) whose holidays are wanting: from November on the next one, before that the current
 * one, which nobody entered in time. Null where there are some. Days are counted and notices delivered by them.
 */
export function missingHolidayYear(today: CivilDate, holidays: Holidays): number | null {
  const year = Number(today.slice(0, 4)) + (today.slice(5, 7) >= '11' ? 1 : 0)
  for (const day of holidays.keys()) if (day.startsWith(`${year}-`)) return null
  return year + BE_OFFSET
}

function at(day: CivilDate, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return instantOf(day, hour, minute)
}
