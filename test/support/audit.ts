import type { Portal } from '#settings/portal.ts'

export interface AuditLine {
  action: string
  subject: string
  actorName: string
  before: unknown
  after: unknown
}

/** The audit trail, oldest first, of one action or of all whose name begins with it. */
export function auditLines(portal: Portal, action: string): AuditLine[] {
  const rows = portal.db.sqlite
    .prepare<
      [string],
      Record<'action' | 'subject' | 'actor_name', string> & Record<'before' | 'after', string | null>
    >(`select * from audit_lines where action like ? || '%' order by id`)
    .all(action)
  return rows.map((row) => ({
    action: row.action,
    subject: row.subject,
    actorName: row.actor_name,
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
  }))
}
