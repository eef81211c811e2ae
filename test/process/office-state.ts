import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Looks into the database of a data folder in which nobody works just now. */
export function inDatabase<T>(folder: string, look: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(join(folder, 'portal.sqlite'))
  try {
    return look(db)
  } finally {
    db.close()
  }
}

export interface MailRow {
  id: number
  dedupeKey: string
  messageId: string
  kind: 'letter' | 'digest' | 'notice'
  state: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'suppressed'
  attempts: number
  dueAt: number | null
}

export const mailsIn = (db: Sqlite.Database): MailRow[] =>
  db
    .prepare<[], MailRow>(
      `select id, dedupe_key as dedupeKey, message_id as messageId, kind, state, attempts,
        next_attempt_at as dueAt from outbox order by id`,
    )
    .all()

/** Which mail told somebody of something: by the cause and the person, the mail's Message-ID. */
export const carriersIn = (db: Sqlite.Database): [string, string][] =>
  db
    .prepare<[], [string, string]>(
      `select n.mark || ' to ' || n.recipient_id, o.message_id from notices n join outbox o on o.id = n.mail_id`,
    )
    .raw()
    .all()

const STATE = {
  clocks: 'select * from case_clocks',
  events: `select clock_id, case_id, type, mark, due_before, due_after, at, actor_name, detail from clock_events`,
  notices: `select case_id, clock_id, kind, mark, recipient_id, due_on, text, created_at, read_at from notices
    where clock_id is not null`,
  letters: `select case_id, clock_id, kind, state, content, author_name, created_at, issued_at from letters`,
  deliveries: 'select letter_id, means, delivered_on, recorded_at, actor_name, note from letter_deliveries',
  cases: 'select id, status, rev, due_on, promised_on from cases',
}

/** Everything that the clockwork decides, without what only tells in which order it was written. */
export function decisionsIn(db: Sqlite.Database): Record<keyof typeof STATE, string[]> {
  const read = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => JSON.stringify(row))
      .sort()
  return Object.fromEntries(Object.entries(STATE).map(([name, sql]) => [name, read(sql)])) as ReturnType<
    typeof decisionsIn
  >
}
