import type { z } from 'zod'
import { isFinished } from '#domain/case-status.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import type { Channel, Finding, Kind, Outcome, RejectReason } from '#domain/vocabulary.ts'
import { cellSchema, reason } from './cell-schema.ts'
import { readDay, readInstant } from './dates.ts'
import type { Cells, Field } from './fields.ts'
import type { FoundCategory, Lookups } from './lookups.ts'
import type { Mapping } from './mapping.ts'
import type { ImportedStatus } from './words.ts'

/** A row that may go in. What the register leaves open is null. */
export interface RegisterRow {
  externalNo: string | null
  receivedAt: Date
  subject: string | null
  detail: string
  wish: string | null
  kind: Kind
  categoryCode: string
  channel: Channel
  happenedOn: CivilDate | null
  villageId: number | null
  place: string | null
  latitude: number | null
  longitude: number | null
  name: string | null
  phone: string | null
  email: string | null
  address: string | null
  withholdName: boolean
  incomingNo: string | null
  incomingOn: CivilDate | null
  /** The register's unit, else the category's. */
  unitId: number | null
  status: ImportedStatus
  /** Set exactly for a finished status. */
  finishedOn: CivilDate | null
  result: string | null
  outcome: Outcome | null
  finding: Finding | null
  cause: string | null
  prevention: string | null
  rejectReason: RejectReason | null
  otherBody: string | null
  note: string | null
}

export type CheckedRow = { ok: true; row: RegisterRow } | { ok: false; reasons: string[] }

/** As a fixed finishing date: finished cases of a register that has none count on the day of receipt. */
export const AS_RECEIVED = 'receivedAt'

type CheckedCells = z.output<ReturnType<typeof cellSchema>>
type Fault = (field: Field, cell: string, why: string) => void

/** Makes the check of a row's cells; `now` is the moment of the import. */
export function rowChecker(lookups: Lookups, mapping: Mapping, now: Date): (cells: Cells) => CheckedRow {
  const schema = cellSchema(lookups, mapping, civilDateOf(now)).transform((cells, context): RegisterRow => {
    const fault: Fault = (field, cell, why) =>
      context.addIssue({ code: 'custom', message: reason(field, cell, why) })
    const { receivedAt: _received, receivedTime, finishedOn, category, village, unit, ...same } = cells
    if (!same.detail && !same.subject) fault('detail', '', 'ไม่มีข้อความ / is empty')
    if ((same.latitude === null) !== (same.longitude === null)) {
      fault('latitude', '', 'พิกัดไม่ครบสองค่า / only half of the coordinates')
    }
    const kind = same.kind ?? category?.kind ?? 'complaint'
    const filed = fitting(category, kind) ?? lookups.otherCategory(kind)
    return {
      ...same,
      ...readTimes(cells, mapping, now, fault),
      detail: same.detail ?? same.subject ?? '',
      kind,
      categoryCode: filed.code,
      channel: same.channel ?? 'other',
      villageId: village?.id ?? null,
      withholdName: same.withholdName === 'yes',
      unitId: unit ?? filed.unitId,
    }
  })
  return (cells) => {
    const parsed = schema.safeParse(cells)
    if (parsed.success) return { ok: true, row: parsed.data }
    return { ok: false, reasons: parsed.error.issues.map((issue) => issue.message) }
  }
}

/** What a person came for decides which figures count the case, so the kind goes before the category. */
function fitting(category: FoundCategory | null, kind: Kind): FoundCategory | undefined {
  return category?.kind === kind ? category : undefined
}

function readTimes(
  cells: CheckedCells,
  { dates }: Mapping,
  now: Date,
  fault: Fault,
): Pick<RegisterRow, 'receivedAt' | 'status' | 'finishedOn'> {
  const receivedAt = readInstant(cells.receivedAt, cells.receivedTime, dates)
  const today = civilDateOf(now)
  const written = `${cells.receivedAt} ${cells.receivedTime}`.trim()
  if (!receivedAt) fault('receivedAt', written, 'อ่านวันที่หรือเวลาไม่ได้ / is no date or time')
  else if (civilDateOf(receivedAt) > today) fault('receivedAt', written, 'เป็นวันในอนาคต / is in the future')
  // A time later today is a guess of ours or a clock that goes fast.
  const at = receivedAt && receivedAt < now ? receivedAt : now

  const finished = cells.finishedOn
  const status = cells.status ?? (finished !== '' && finished !== AS_RECEIVED ? 'closed' : 'registered')
  if (!isFinished(status)) return { receivedAt: at, status, finishedOn: null }
  const receivedOn = civilDateOf(at)
  const finishedOn = finished === AS_RECEIVED ? receivedOn : readFinishedDay(finished, dates)
  const wrong = finishedOn === undefined ? NO_FINISH : wrongFinish(finishedOn, receivedOn, today)
  if (wrong && receivedAt) fault('finishedOn', finished, wrong)
  return { receivedAt: at, status, finishedOn: finishedOn ?? receivedOn }
}

const NO_FINISH = 'เรื่องเสร็จแล้วแต่ไม่มีวันที่ที่อ่านได้ / a finished case needs a date'

/** The day in Bangkok, also of an instant that is written in another zone. */
function readFinishedDay(text: string, dates: Mapping['dates']): CivilDate | undefined {
  const at = readInstant(text, '', dates)
  return at ? civilDateOf(at) : readDay(text, dates)
}

function wrongFinish(finishedOn: CivilDate, receivedOn: CivilDate, today: CivilDate): string | undefined {
  if (finishedOn > today) return 'เป็นวันในอนาคต / is in the future'
  if (finishedOn < receivedOn) return 'ก่อนวันที่รับเรื่อง / is before the day of receipt'
  return undefined
}
