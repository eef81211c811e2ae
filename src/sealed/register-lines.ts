import { setImmediate } from 'node:timers/promises'
import { type CivilDate, daysBetween } from '#domain/civil-date.ts'
import type { Conduct } from '#domain/sealed-status.ts'
import { foldThai } from '#domain/text.ts'
import { type KeyPair, openSealed, orDamaged, wipe } from './crypto/sodium.ts'
import type { Sealed } from './open.ts'
import { conductOf, firstOf, hasNewReply, type OpenedMessage, openedMessage } from './open-report.ts'
import { listDeclared, listDirectionsFor, listDutiesFor, listMessagesOf } from './register-store.ts'
import { conductText, numberOf } from './register-words.ts'
import { type DutyRow, listKeysOf, listReportsFor, type MessageRow, type Report } from './report-store.ts'
import { caseKeysOf } from './seal.ts'
import type { OpenVault } from './vaults.ts'

/** A report as far as it stands in clear: enough to sort and count by. */
export interface RegisterEntry {
  report: Report
  /** The officer has not said yet to have no interest: no more than the accused and the conduct is told. */
  isUndeclared: boolean
  /** The duty that is due next. */
  due: Pick<DutyRow, 'duty' | 'dueOn'> | undefined
  hasNewReply: boolean
  /** Days until it is destroyed; undefined while it is open, or for longer than the first warning. */
  destroyedIn: number | undefined
}

/** The same with what is sealed, opened for one answer. */
export interface RegisterLine extends RegisterEntry {
  isDamaged: boolean
  conduct: Conduct | ''
  accused: string
  what: string
}

/** From how many days on the register warns that a report will be destroyed. */
const FIRST_WARNING = 30
/** So many reports are opened before others get their turn: each costs a fraction of a millisecond. */
const AT_ONCE = 50

/** Every report that the officer has a key to. */
export function registerEntries(sealed: Sealed, holder: string): RegisterEntry[] {
  const { db } = sealed
  const today = sealed.today()
  const directions = byReport(listDirectionsFor(db, holder))
  const duties = byReport(listDutiesFor(db, holder))
  const declared = new Set(listDeclared(db, holder))
  return listReportsFor(db, holder).map((report) => ({
    ...{ report, isUndeclared: !declared.has(report.id) },
    due: duties.get(report.id)?.find(({ metOn }) => metOn === null),
    hasNewReply: hasNewReply(directions.get(report.id) ?? []),
    destroyedIn: warningFor(report, today),
  }))
}

/**
 * Opens reports in memory.
 * @param word only those that have it in anything this officer may read
 */
export async function openLines(
  sealed: Sealed,
  vault: OpenVault,
  entries: readonly RegisterEntry[],
  word = '',
): Promise<RegisterLine[]> {
  const { db } = sealed
  const sealedKeys = new Map(listKeysOf(db, vault.officerId).map((row) => [row.reportId, row.sealedKey]))
  const messages = byReport(
    listMessagesOf(
      db,
      entries.map(({ report }) => report.id),
    ),
  )
  const wanted = foldThai(word)
  // The vault may lock itself while we work.
  const keys = { publicKey: vault.keys.publicKey, secretKey: Uint8Array.from(vault.keys.secretKey) }
  const lines: RegisterLine[] = []
  try {
    for (const [index, entry] of entries.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
      const { report, isUndeclared } = entry
      const opened = openAll(keys, sealedKeys.get(report.id), messages.get(report.id) ?? [])
      if (wanted !== '' && !foldThai(wordsOf(report, opened, isUndeclared)).includes(wanted)) continue
      const first = firstOf(opened)
      lines.push({
        ...{ ...entry, isDamaged: opened.some(({ body }) => body === null), conduct: conductOf(opened) },
        ...{ accused: first?.accused ?? '', what: first?.what ?? '' },
      })
    }
  } finally {
    wipe(keys.secretKey)
  }
  return lines
}

function byReport<T extends { reportId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.reportId)
    if (group) group.push(row)
    else groups.set(row.reportId, [row])
  }
  return groups
}

function openAll(own: KeyPair, sealedKey: Buffer | undefined, rows: readonly MessageRow[]): OpenedMessage[] {
  const keys = sealedKey && orDamaged(() => caseKeysOf(openSealed(own, sealedKey)))
  const opened = rows.map((row) => openedMessage(keys, row))
  if (keys) wipe(keys.secretKey)
  return opened
}

export function warningFor({ destroyOn }: Report, today: CivilDate): number | undefined {
  const left = destroyOn === null ? undefined : daysBetween(today, destroyOn)
  return left !== undefined && left <= FIRST_WARNING ? left : undefined
}

/** All that a search may find a report by. */
function wordsOf(report: Report, messages: readonly OpenedMessage[], isUndeclared: boolean): string {
  const common = [numberOf(report), conductText(conductOf(messages)), firstOf(messages)?.accused]
  return [...common, ...(isUndeclared ? [] : messages.flatMap(textsOf))].filter(Boolean).join('\n')
}

function textsOf({ body }: OpenedMessage): string[] {
  if (body === null) return []
  if (body.kind !== 'report') return [body.text]
  const { what, evidence, when, where, project, amount } = body
  return [what, evidence, when, where, project, amount]
}
