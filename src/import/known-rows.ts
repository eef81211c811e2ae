import { createHash } from 'node:crypto'
import { civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import type { RegisterRow } from './row.ts'
import { findBySourceNumber, hasSubmission } from './store.ts'

/** What is to be done with a good row. */
export type Verdict =
  | { is: 'new'; submissionKey: string }
  | { is: 'present' }
  | { is: 'faulty'; reason: string }

/** Tells new rows from those that an earlier run, or an earlier row of this file, has brought. */
export interface KnownRows {
  judge(row: RegisterRow, line: number): Verdict
}

/**
 * A row is known by its register's number, or, where it has none, by its content: what may change later
 * (state, result, unit) is no part of that, so that a newer copy of the register adds nothing either.
 */
export function knownRows(portal: Pick<Portal, 'db' | 'keyed'>, source: string): KnownRows {
  const numbers = new Map<string, { line: number; content: string }>()
  const contents = new Map<string, number>()
  const keyOf = (what: readonly unknown[]) => portal.keyed.hash('import', JSON.stringify([source, ...what]))

  const judgeNumber = (row: RegisterRow, number: string, line: number): Verdict => {
    const content = contentOf(row)
    const above = numbers.get(number)
    if (above) return above.content === content ? { is: 'present' } : repeated(number, above.line)
    numbers.set(number, { line, content })
    const known = findBySourceNumber(portal.db, source, number)
    // A case that was moved to the confidential register has lost its number, and must not come back by its row.
    if (!known) return newOrPresent(keyOf(['number', number]))
    const receivedOn = civilDateOf(row.receivedAt)
    return known.receivedOn === receivedOn ? { is: 'present' } : taken(number, known.receivedOn)
  }

  const newOrPresent = (submissionKey: string): Verdict =>
    hasSubmission(portal.db, submissionKey) ? { is: 'present' } : { is: 'new', submissionKey }

  const judgeContent = (row: RegisterRow): Verdict => {
    const content = contentOf(row)
    // Two rows that say the same are two cases: the second is the second one in the next run, too.
    const nth = (contents.get(content) ?? 0) + 1
    contents.set(content, nth)
    return newOrPresent(keyOf(['content', content, nth]))
  }

  return {
    judge: (row, line) => (row.externalNo ? judgeNumber(row, row.externalNo, line) : judgeContent(row)),
  }
}

function contentOf(row: RegisterRow): string {
  const { receivedAt, subject, detail, place, name, phone, latitude, longitude } = row
  return createHash('sha256')
    .update(JSON.stringify([receivedAt, subject, detail, place, name, phone, latitude, longitude]))
    .digest('base64')
}

const repeated = (number: string, line: number): Verdict => ({
  is: 'faulty',
  reason: `เลข “${number}” ซ้ำกับบรรทัดที่ ${line} แต่เป็นคนละเรื่อง / number used twice, see line ${line}`,
})

const taken = (number: string, receivedOn: string): Verdict => ({
  is: 'faulty',
  reason:
    `เลข “${number}” เป็นของเรื่องที่รับวันที่ ${receivedOn} ในระบบแล้ว / ` +
    `number belongs to a case received on ${receivedOn}; does the register count anew every year?`,
})
