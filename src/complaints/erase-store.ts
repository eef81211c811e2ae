import { type CivilDate, instantOf } from '#domain/civil-date.ts'
import type { Database } from '#platform/database.ts'
import { preparedOnce } from '#platform/statements.ts'
import { unindexCase } from './search-index.ts'
import type { Case } from './store.ts'

/** A case of no particular kind: what a tombstone has where the table asks for a category. */
const NEUTRAL = { code: 'X9', group: 'X' }

/**
 * Everything kept of a case besides its own row and its clocks, in an order in which nothing refers to what is
 * gone. A digest of several cases is only emptied: it is composed anew if it is still to be sent.
 */
const ROWS = [
  'delete from letter_deliveries where letter_id in (select id from letters where case_id = @id)',
  'delete from letters where case_id = @id',
  `update outbox set body = ''
    where kind = 'digest' and id in (select mail_id from notices where case_id = @id)`,
  'delete from notices where case_id = @id',
  'delete from outbox where case_id = @id',
  'delete from clock_events where case_id = @id',
  'delete from case_files where case_id = @id',
  'delete from case_events where case_id = @id',
  'delete from case_contacts where case_id = @id',
  `update audit_lines set before = null, after = null
    where subject = @subject and (before is not null or after is not null)`,
]

/**
 * Number, tracking code, the form it came with (sent again, it must not become a case again) and the day of
 * receipt stay, and nothing that tells what it was about, where it was or who had it.
 */
const TOMBSTONE = `
  update cases set
    subject = '', detail = '', wish = null, happened_on = null, urgent = 0,
    kind = 'complaint', category_code = @category, category_group = @group, restricted = 1,
    village_id = null, place = null, latitude = null, longitude = null,
    channel = 'other', language = 'th', received_at = @receivedAt, recorded_at = @receivedAt,
    recorded_by_id = null, incoming_no = null, incoming_on = null, source = null, source_ref = null,
    unit_id = null, officer_id = null, due_on = null, promised_on = null,
    reopened_at = null, reopen_accepted_at = null, resolved_on = null, result_text = null, outcome = null,
    finding = null, cause = null, prevention = null, reject_reason = null, other_body = null
  where id = @id`

/** A total that fell to nothing would tell in which month, category, unit and village a case has gone. */
const EMPTY_TOTALS = [
  'delete from month_totals where received = 0 and finished = 0',
  'delete from unit_totals where count = 0',
  'delete from figure_totals where count = 0',
  'delete from days_totals where count = 0',
  'delete from timeliness_totals where count = 0',
]

const statementsOf = preparedOnce(({ sqlite }) => ({
  permit: sqlite.prepare<[number]>('update case_moves set permit = -case_id where case_id = ?'),
  blobs: sqlite.prepare<[number], string>('select stored_name from case_files where case_id = ?').pluck(),
  rows: ROWS.map((text) => sqlite.prepare<[{ id: number; subject: string }]>(text)),
  tombstone: sqlite.prepare<[Record<string, unknown>]>(TOMBSTONE),
  totals: EMPTY_TOTALS.map((text) => sqlite.prepare(text)),
  erased: sqlite.prepare<[string, number]>(
    `update case_moves set state = 'erased', permit = null, excluded = null, before = null, blobs = ?
      where case_id = ?`,
  ),
  done: sqlite.prepare<[number]>(
    `update case_moves set state = 'done', token = null, blobs = null where case_id = ?`,
  ),
}))

/**
 * Takes the case out of every table, under the permit of its move; inside the transaction that ends with it.
 * What the disk still has of its files is written down to be removed afterwards.
 */
export function eraseCase(db: Database, row: Pick<Case, 'id' | 'receivedOn'>): void {
  const { permit, blobs, rows, tombstone, totals, erased } = statementsOf(db)
  const { id } = row
  permit.run(id)
  const files = blobs.all(id)
  for (const statement of rows) statement.run({ id, subject: `case:${id}` })
  unindexCase(db, id)
  const receivedAt = instantOf(row.receivedOn as CivilDate, 0, 0).getTime()
  tombstone.run({ id, category: NEUTRAL.code, group: NEUTRAL.group, receivedAt })
  for (const statement of totals) statement.run()
  erased.run(JSON.stringify(files), id)
}

/** Nothing of the case is left on the disk, and the confidential register has forgotten the token. */
export function endMove(db: Database, caseId: number): void {
  statementsOf(db).done.run(caseId)
}
