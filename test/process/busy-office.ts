import { typedDate } from '#complaints/staff-words.ts'
import { addDays } from '#domain/civil-date.ts'
import { type CaseOptions, caseIn, done, fileCase, type TestCase } from '../complaints-staff/desk.ts'
import { readCast, seedCast } from '../support/cast.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'

const HOUR = 60 * 60_000
const FIRST_DAY = '2026-11-10'
const DAYS = 20

/** Monday, 30 November 2569, 6.00: what was filed in the twenty days before comes due in the week after. */
export const START = new Date('2026-11-30T06:00:00+07:00')

/**
 * An office with forty cases in every state, people with addresses, and letters on their way: its mail server
 * was down, and they go out hour by hour. Nothing has turned its clocks so far.
 */
export async function openBusyOffice(hours: number): Promise<TestFolder> {
  const folder = openTestFolder(new Date(`${FIRST_DAY}T09:00:00+07:00`))
  const { portal } = folder
  portal.db.sqlite.pragma('synchronous = OFF')
  await seedCast(portal)
  portal.db.sqlite.exec("update staff set email = username || '@mueangmai.example'")
  const desk = { portal, cast: readCast(portal) }
  for (let day = 0; day < DAYS; day += 1) {
    folder.moveTo(new Date(`${addDays(FIRST_DAY, day)}T09:00:00+07:00`))
    const contact = { email: `wilai${day}@example.com`, replyBy: 'email' } as const
    live(desk, day, { contact })
    fileCase(desk, { categoryCode: day % 4 === 0 ? 'H2' : 'E1' })
  }
  folder.moveTo(new Date(START.getTime() - HOUR))
  spreadLetters(folder, hours)
  return folder
}

function live(desk: Parameters<typeof done>[0], day: number, options: CaseOptions): void {
  const testCase: TestCase = day % 5 === 4 ? fileCase(desk, options) : caseIn(desk, 'in_progress', options)
  const newDate = typedDate(addDays(testCase.row().dueOn ?? '', 3 + (day % 4)))
  const explanation = { text: 'รออะไหล่', doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยนหลอด', newDate }
  const deeds = [
    () => done(desk, testCase, 'malee', 'explain-delay', explanation),
    () => done(desk, testCase, 'chai', 'progress', { text: 'สั่งหลอดไฟแล้ว' }),
    () => done(desk, testCase, 'wit', 'urge', { text: 'ขอให้เร่ง' }),
    () => done(desk, testCase, 'chai', 'message', { text: 'ขอบคุณที่แจ้ง' }),
  ]
  if (day % 5 !== 4) deeds[day % 5]?.()
}

function spreadLetters({ portal }: TestFolder, hours: number): void {
  const { sqlite } = portal.db
  const letters = sqlite.prepare<[], number>("select id from outbox where kind = 'letter'").pluck().all()
  const send = sqlite.prepare('update outbox set next_attempt_at = ? where id = ?')
  letters.forEach((id, index) => {
    send.run(START.getTime() + Math.floor((index * (hours - 10)) / letters.length) * HOUR, id)
  })
}
