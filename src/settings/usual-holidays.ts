import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { isClosed, isWeekend } from '#domain/deadlines.ts'
import { formatDate } from '#web/thai-format.ts'

/** Government holidays that fall on the same day every year. Those by the moon are announced each year. */
const FIXED = [
  ['01-01', 'วันขึ้นปีใหม่'],
  ['04-06', 'วันจักรี'],
  ['04-13', 'วันสงกรานต์'],
  ['04-14', 'วันสงกรานต์'],
  ['04-15', 'วันสงกรานต์'],
  ['05-04', 'วันฉัตรมงคล'],
  ['06-03', 'วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี'],
  ['07-28', 'วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว'],
  ['08-12', 'วันแม่แห่งชาติ'],
  ['10-13', 'วันนวมินทรมหาราช'],
  ['10-23', 'วันปิยมหาราช'],
  ['12-05', 'วันชาติและวันพ่อแห่งชาติ'],
  ['12-10', 'วันรัฐธรรมนูญ'],
  ['12-31', 'วันสิ้นปี'],
] as const

const BE_OFFSET = 543

export interface ProposedHoliday {
  day: CivilDate
  name: string
}

/**
 * A beginning for the list of a year (B.E.), to be completed and corrected by the cabinet's announcement. Days off
 * in a row that touch a weekend get one substitute together, as the cabinet has done so far.
 */
export function usualHolidays(year: number): ProposedHoliday[] {
  const common = year - BE_OFFSET
  const fixed = [common - 1, common].flatMap((one) =>
    FIXED.map(([monthDay, name]) => ({ day: `${one}-${monthDay}`, name })),
  )
  const known = new Map<CivilDate, string>(fixed.map(({ day, name }) => [day, name]))
  for (const { day, name } of fixed) {
    // The last of several in a row stands for them all.
    if (known.has(addDays(day, 1)) || !isWeekendRun(day, known)) continue
    let substitute = addDays(day, 1)
    while (isClosed(substitute, known)) substitute = addDays(substitute, 1)
    known.set(substitute, `ชดเชย${name}`)
  }
  return [...known]
    .map(([day, name]) => ({ day, name }))
    .filter(({ day }) => day.startsWith(`${common}-`))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

function isWeekendRun(last: CivilDate, known: ReadonlyMap<CivilDate, string>): boolean {
  for (let day = last; known.has(day); day = addDays(day, -1)) if (isWeekend(day)) return true
  return false
}

/** As lines to be pasted or typed: '1 มกราคม 2570 วันขึ้นปีใหม่'. */
export function asLine({ day, name }: ProposedHoliday): string {
  return `${formatDate(day, 'th')} ${name}`
}
