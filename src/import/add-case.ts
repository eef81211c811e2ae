import type { Actor } from '#audit/record.ts'
import { createCase } from '#complaints/create.ts'
import type { ReplyBy } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { type Cells, FIELDS, type Field } from './fields.ts'
import { importOutcome } from './outcome.ts'
import type { RegisterRow } from './row.ts'
import { subjectFrom } from './subject.ts'

type Deps = Pick<Portal, 'db' | 'keyed' | 'now' | 'settings' | 'config' | 'office'>

/** A checked row that is not in the portal yet. */
export interface NewRow {
  row: RegisterRow
  line: number
  submissionKey: string
  /** The register's own words where the case carries ours. */
  asWritten: Partial<Cells>
}

const ACTOR: Actor = { kind: 'system', name: 'นำเข้าจากทะเบียนเดิม' }

/** Makes a case of a register's row, with everything that belongs to it, inside the caller's transaction. */
export function addCase(portal: Deps, source: string, { row, line, submissionKey, asWritten }: NewRow): void {
  const { kind, categoryCode, detail, wish, happenedOn, villageId, place, latitude, longitude } = row
  const { channel, receivedAt, incomingNo, incomingOn, name, phone, email, address, withholdName } = row
  const created = createCase(portal, {
    ...{ kind, categoryCode, detail, wish, happenedOn, villageId, place, latitude, longitude },
    ...{ channel, receivedAt, incomingNo, incomingOn, submissionKey, source },
    subject: row.subject ?? subjectFrom(detail),
    urgent: false,
    language: 'th',
    contact: { name, phone, email, address, withholdName, replyBy: replyBy(row) },
    sourceRef: row.externalNo,
    actor: ACTOR,
    sendReceipt: false,
  })
  importOutcome(portal, created, row, { text: originText(source, line, row, asWritten), actor: ACTOR })
}

/** Nobody of an old register has a tracking code: whoever can be told is told. */
function replyBy({ email, address, phone }: RegisterRow): ReplyBy {
  if (email) return 'email'
  if (address) return 'post'
  return phone ? 'phone' : 'self'
}

/**
 * What an officer finds in the history: where the case came from, in the register's own words, and what it
 * says of the work so far. The result of a concluded case stands in the case itself.
 */
function originText(source: string, line: number, row: RegisterRow, asWritten: Partial<Cells>): string {
  const concluded = row.status === 'resolved' || row.status === 'closed'
  const told: Partial<Record<Field, string | null>> = {
    externalNo: row.externalNo,
    ...asWritten,
    result: concluded ? null : row.result,
    note: row.note,
  }
  const lines = Object.entries(told)
    .filter(([, text]) => text)
    .map(([field, text]) => `${FIELDS[field as Field]}: ${text}`)
  return [`นำเข้าจากทะเบียนเดิม “${source}” บรรทัดที่ ${line}`, ...lines].join('\n')
}
