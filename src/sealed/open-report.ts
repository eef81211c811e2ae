import { AppError } from '#domain/errors.ts'
import type { Conduct } from '#domain/sealed-status.ts'
import type { FileMeta, MessageBody, NoteBody, ReportBody } from './bodies.ts'
import { type KeyPair, orDamaged, wipe } from './crypto/sodium.ts'
import type { Sealed } from './open.ts'
import {
  type FileRow,
  findReportFor,
  listFiles,
  listMessages,
  type MessageRow,
  type Report,
} from './report-store.ts'
import { openCaseKeys, openFileMeta, openMessage } from './seal.ts'
import type { OpenVault } from './vaults.ts'

/** A message as it was written; null where it is damaged. */
export interface OpenedMessage {
  id: string
  position: number
  direction: MessageRow['direction']
  body: MessageBody | null
}

export interface OpenedFile {
  id: string
  messageId: string
  /** Null where it is damaged. */
  meta: FileMeta | null
}

/** A report in memory, for as long as one answer takes. */
export interface OpenedReport {
  report: Report
  /** What was reported; null where it is damaged, and then nothing else is shown either. */
  first: ReportBody | null
  /** In the order they were written. */
  messages: OpenedMessage[]
  files: OpenedFile[]
  /** As the officers have it, or else as who reports chose it. */
  conduct: Conduct | ''
}

/** @throws AppError not_found to everybody who has no key to it */
export function openReport(sealed: Sealed, vault: OpenVault, id: string): OpenedReport {
  const report = findReportFor(sealed.db, vault.officerId, id)
  if (!report) throw new AppError('not_found', 'report')
  const keys = orDamaged(() => openCaseKeys(sealed, vault.officerId, vault.keys, report))
  const messages = listMessages(sealed.db, id).map((row) => openedMessage(keys, row))
  const files = listFiles(sealed.db, id).map((row) => openedFile(keys, row))
  if (keys) wipe(keys.secretKey)
  files.sort(byName)
  const first = firstOf(messages)
  return { report, first, messages, files, conduct: conductOf(messages) }
}

/** In the order they were chosen, each original behind the cleaned files. */
function byName({ meta: a }: OpenedFile, { meta: b }: OpenedFile): number {
  const [first, second] = [a?.name ?? '', b?.name ?? '']
  return Number(a?.isOriginal) - Number(b?.isOriginal) || first.localeCompare(second, 'th', { numeric: true })
}

export function openedMessage(keys: KeyPair | undefined, row: MessageRow): OpenedMessage {
  const body = keys && orDamaged(() => openMessage(keys, row))
  return { id: row.id, position: row.position, direction: row.direction, body: body ?? null }
}

function openedFile(keys: KeyPair | undefined, row: FileRow): OpenedFile {
  const meta = keys && orDamaged(() => openFileMeta(keys, row))
  return { id: row.id, messageId: row.messageId, meta: meta ?? null }
}

export function firstOf(messages: readonly OpenedMessage[]): ReportBody | null {
  const body = messages[0]?.body
  return body?.kind === 'report' ? body : null
}

export function conductOf(messages: readonly OpenedMessage[]): Conduct | '' {
  const chosen = notesOf(messages).findLast(({ conduct }) => conduct !== undefined)?.conduct
  return chosen ?? firstOf(messages)?.conduct ?? ''
}

/** What officers noted and did, in its order. */
export function notesOf(messages: readonly OpenedMessage[]): NoteBody[] {
  return messages.map(({ body }) => body).filter((body): body is NoteBody => body?.kind === 'note')
}

/** Whether who reports has written and no officer has done anything since. */
export function hasNewReply(messages: readonly Pick<OpenedMessage, 'direction'>[]): boolean {
  return messages.length > 1 && messages.at(-1)?.direction === 'in'
}
