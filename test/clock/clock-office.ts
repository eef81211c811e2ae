import type { Duty } from '#domain/clock-schedule.ts'
import type { Portal } from '#settings/portal.ts'
import { type Done, type JobLog, runJob } from '../../src/jobs.ts'
import { type CaseOptions, caseIn, type TestCase } from '../complaints-staff/desk.ts'
import { type Cast, type MemberName, readCast, seedCast } from '../support/cast.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'

/** An office with its people, each with an address, and a mail server; without web pages. */
export interface ClockOffice {
  readonly portal: Portal
  folder: TestFolder
  cast: Cast
  mail: MailServer
  /** The clock on the wall in Bangkok: '2026-11-16 10:00'. */
  setTime(time: string): void
  close(): Promise<void>
}

/** Monday the 16th: what is filed then is due on Tuesday, 1 December 2569. */
export const FILED = '2026-11-16 10:00'

export async function openClockOffice(): Promise<ClockOffice> {
  const mail = await startMailServer()
  const folder = openTestFolder(bangkok(FILED), { SMTP_URL: `smtp://127.0.0.1:${mail.port}` })
  const { db } = folder.portal
  // What is tested is what is written, not that it survives the power going out.
  db.sqlite.pragma('synchronous = OFF')
  await seedCast(folder.portal)
  db.sqlite.exec("update staff set email = username || '@mueangmai.example'")
  return {
    get portal() {
      return folder.portal
    },
    ...{ folder, mail, cast: readCast(folder.portal) },
    setTime: (time) => folder.moveTo(bangkok(time)),
    close: async () => {
      folder.close()
      await mail.close()
    },
  }
}

export const bangkok = (time: string): Date => new Date(`${time.replace(' ', 'T')}:00+07:00`)

/** One look of the clockwork, as the timetable has it look. */
export function tickAt(office: ClockOffice, time: string, log?: JobLog): Promise<Done> {
  office.setTime(time)
  return runJob(office.portal, 'tick', log)
}

/** Sends what is due; the mails that arrive by it, in order. */
export async function mailAt(office: ClockOffice, time: string): Promise<Arrived[]> {
  office.setTime(time)
  const before = office.mail.inbox.length
  await runJob(office.portal, 'deliver-mail')
  return office.mail.inbox.slice(before).map(({ to, mail }) => ({
    ...{ to: to.join(), subject: mail.subject ?? '', text: mail.text ?? '' },
  }))
}

export interface Arrived {
  to: string
  subject: string
  text: string
}

/** In the hands of chai of กองช่าง, whose head is malee. */
export const caseOfChai = (office: ClockOffice, options: CaseOptions = {}): TestCase =>
  caseIn(office, 'in_progress', options)

export interface Told {
  who: MemberName
  kind: string
  mark: string
  text: string | null
}

/** The notices of a case that were written since the last call, by recipient. */
export function listenFor(office: ClockOffice, { id }: TestCase): () => Told[] {
  let heard = 0
  return () => {
    const rows = query<Told & { id: number }>(
      office,
      `select n.id, s.username as who, n.kind, n.mark, n.text from notices n join staff s on s.id = n.recipient_id
        where n.case_id = ${id} and n.id > ${heard} order by n.id`,
    )
    heard = rows.at(-1)?.id ?? heard
    return rows.map(({ id: _, ...told }) => told)
  }
}

/** Who was told, and of what: 'chai near'. */
export const briefly = (told: readonly Told[]): string[] =>
  told.map(({ who, kind }) => `${who} ${kind}`).sort()

export interface ClockRow {
  id: number
  duty: Duty
  round: number
  due_on: string
  promised_on: string | null
  breached_at: number | null
  next_fire_at: number | null
  aside_until: number | null
  aside_reason: string | null
  verdict: string | null
  stopped_on: string | null
}

export const clocksOfCase = (office: ClockOffice, { id }: TestCase): ClockRow[] =>
  query(office, `select * from case_clocks where case_id = ${id} order by duty desc, round`)

/** The clock of the duty to solve or explain. */
export function clockOf(office: ClockOffice, testCase: TestCase): ClockRow {
  const [clock] = clocksOfCase(office, testCase)
  if (!clock) throw new Error('no clock')
  return clock
}

export interface EventRow {
  type: string
  mark: string | null
  detail: string | null
}

export const eventsOfClock = (office: ClockOffice, { id }: Pick<ClockRow, 'id'>): EventRow[] =>
  query(office, `select type, mark, detail from clock_events where clock_id = ${id} order by id`)

export interface LetterRow {
  kind: string
  state: string
  content: string
}

export const lettersOfCase = (office: ClockOffice, { id }: TestCase): LetterRow[] =>
  query(office, `select kind, state, content from letters where case_id = ${id} order by id`)

export const query = <T>({ portal }: ClockOffice, sql: string): T[] =>
  portal.db.sqlite.prepare<[], T>(sql).all()
