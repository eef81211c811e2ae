import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { auditLines } from './tables.ts'

/** Who did something: a citizen is never named in the trail, a member of staff always. */
export type Actor =
  | { kind: 'citizen' }
  | { kind: 'staff'; id: number; name: string }
  | { kind: 'system'; name: string }

export interface Change {
  at: Date
  actor: Actor
  /** What was done, such as `case.register` or `settings.office`. */
  action: string
  /** What it was done to, such as `case:17`. */
  subject: string
  before?: unknown
  after?: unknown
}

/** Columns that say who, the same in the trail and in a case's history. */
export function actorColumns(actor: Actor): {
  actorKind: Actor['kind']
  actorId: number | null
  actorName: string
} {
  return {
    actorKind: actor.kind,
    actorId: actor.kind === 'staff' ? actor.id : null,
    actorName: actor.kind === 'citizen' ? 'ผู้แจ้งเรื่อง' : actor.name,
  }
}

/** Writes the audit line; to be called inside the transaction of the change itself. */
export function recordChange(db: Database, change: Change): void {
  insertRow(db, auditLines, {
    at: change.at,
    ...actorColumns(change.actor),
    action: change.action,
    subject: change.subject,
    before: change.before ?? null,
    after: change.after ?? null,
  })
}
