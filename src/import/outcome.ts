import type { Actor } from '#audit/record.ts'
import { stopClocks } from '#clock/clocks.ts'
import type { CreatedCase } from '#complaints/create.ts'
import { recordEvent } from '#complaints/history-store.ts'
import { updateCase } from '#complaints/store.ts'
import type { cases } from '#complaints/tables.ts'
import type { Kind, Outcome } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import type { RegisterRow } from './row.ts'

/** What the CHECKs ask of a result and an old register may not say. */
const NO_RESULT_TEXT = 'ดำเนินการแล้วเสร็จตามทะเบียนเดิม (ทะเบียนเดิมไม่มีข้อความแจ้งผล)'

const USUAL_OUTCOME: Record<Kind, Outcome> = {
  complaint: 'solved',
  request: 'solved',
  question: 'answered',
  suggestion: 'answered',
  praise: 'answered',
}

/**
 * Brings a case that was just created to where its register says it stands, with one internal event that
 * tells where it came from. Inside the transaction that creates it.
 */
export function importOutcome(
  portal: Pick<Portal, 'db' | 'now'>,
  created: CreatedCase,
  row: RegisterRow,
  origin: { text: string; actor: Actor },
): void {
  const { db } = portal
  const at = portal.now()
  const read = { id: created.id, rev: 1, status: 'submitted' } as const
  if (row.status !== 'submitted') updateCase(db, read, changeFor(row), at)
  if (row.finishedOn) stopClocks(db, created.id, 'done', { at, actor: origin.actor }, row.finishedOn)
  recordEvent(db, {
    caseId: created.id,
    at,
    type: 'imported',
    actor: origin.actor,
    audience: 'internal',
    text: origin.text,
    before: { status: 'submitted' },
    after: { status: row.status, unitId: row.status === 'submitted' ? null : row.unitId },
  })
}

function changeFor(row: RegisterRow): Partial<typeof cases.$inferInsert> {
  const { status, unitId, finishedOn, otherBody } = row
  switch (status) {
    case 'submitted':
    case 'registered':
      return { status }
    case 'assigned':
    case 'in_progress':
    case 'need_info':
      return { status, unitId }
    case 'resolved':
    case 'closed':
      return { status, unitId, finishedOn, resolvedOn: finishedOn, otherBody, ...resultOf(row) }
    case 'not_accepted':
      return { status, finishedOn, otherBody, rejectReason: row.rejectReason }
    case 'forwarded':
    case 'withdrawn':
      return { status, unitId, finishedOn, otherBody }
  }
}

function resultOf(row: RegisterRow): Partial<typeof cases.$inferInsert> {
  return {
    resultText: row.result ?? NO_RESULT_TEXT,
    outcome: row.outcome ?? USUAL_OUTCOME[row.kind],
    finding: row.finding,
    cause: row.cause,
    prevention: row.prevention,
  }
}
