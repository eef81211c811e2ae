import { randomUUID } from 'node:crypto'
import { type CreatedCase, createCase, type NewCase } from '#complaints/create.ts'
import type { CaseStatus } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'

/** Files a case as a citizen would; what is not named is the least that is valid. */
export function fileCase(portal: Portal, given: Partial<NewCase> = {}): CreatedCase {
  return createCase(portal, {
    kind: 'complaint',
    categoryCode: 'A2',
    subject: 'ไฟทางดับหน้าวัด',
    detail: 'ไฟทางดับมาสามคืนแล้ว',
    wish: null,
    happenedOn: null,
    urgent: false,
    villageId: null,
    place: null,
    latitude: null,
    longitude: null,
    channel: 'web',
    language: 'th',
    receivedAt: portal.now(),
    contact: { name: null, phone: null, email: null, address: null, replyBy: 'self', withholdName: true },
    actor: { kind: 'citizen' },
    submissionKey: randomUUID(),
    ...given,
  })
}

const FINISHED: readonly CaseStatus[] = ['resolved', 'closed', 'not_accepted', 'forwarded', 'withdrawn']

/** Puts a case straight into a status, as the officers' work would in the end. */
export function setStatus(portal: Portal, id: number, status: CaseStatus, on: CivilDate | null = null): void {
  const finished = FINISHED.includes(status)
  const resolved = status === 'resolved' || status === 'closed'
  if (status === 'moved') {
    portal.db.sqlite
      .prepare(
        `insert into case_moves (case_id, state, asked_at, actor_id, actor_name) values (?, 'asked', 0, 1, 'ก')
          on conflict do nothing`,
      )
      .run(id)
  }
  portal.db.sqlite
    .prepare(
      `update cases set status = @status, finished_on = @finishedOn, merged_into_id = @mergedInto,
         resolved_on = @resolvedOn, result_text = @result, outcome = @outcome,
         rev = rev + 1, updated_at = @now where id = @id`,
    )
    .run({
      id,
      status,
      finishedOn: finished ? on : null,
      mergedInto: status === 'merged' ? id : null,
      resolvedOn: resolved ? on : null,
      result: resolved ? 'เปลี่ยนหลอดไฟแล้ว' : null,
      outcome: resolved ? 'solved' : null,
      now: portal.now().getTime(),
    })
}
