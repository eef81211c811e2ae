import { createHash, randomUUID } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import type { Contact, FileMeta, MessageBody } from './bodies.ts'
import { decryptFile, encryptFile } from './crypto/file.ts'
import {
  decryptJson,
  encryptJson,
  type Key,
  type KeyPair,
  newKey,
  openSealed,
  orBroken,
  publicKeyOf,
  sealTo,
  wipe,
} from './crypto/sodium.ts'
import type { Sealed } from './open.ts'
import {
  type FileRow,
  findReportKey,
  insertFile,
  insertMessage,
  listContactKeys,
  type MessageRow,
  type Report,
} from './report-store.ts'

type Direction = MessageRow['direction']

const messagePlace = (report: string, id: string, direction: Direction): string =>
  `msg|v1|${report}|${id}|${direction}`
const filePlace = (report: string, id: string): string => `file|v1|${report}|${id}`
const contactPlace = (report: string): string => `contact|v1|${report}`

/** A message sealed to the case, and with `out` to who reports. To be stored inside the caller's transaction. */
export function storeMessage(
  sealed: Sealed,
  report: Pick<Report, 'id' | 'casePublicKey' | 'reporterPublicKey'>,
  direction: Direction,
  body: MessageBody,
): string {
  const id = randomUUID()
  const key = newKey()
  const { casePublicKey, reporterPublicKey } = report
  insertMessage(sealed.db, {
    id,
    reportId: report.id,
    direction,
    body: encryptJson(key, body, messagePlace(report.id, id, direction)),
    caseKey: sealTo(casePublicKey, key),
    reporterKey: direction === 'out' && reporterPublicKey ? sealTo(reporterPublicKey, key) : null,
  })
  wipe(key)
  return id
}

/** @throws SealBroken */
export function openMessage(caseKeys: KeyPair, row: MessageRow): MessageBody {
  return openWith(openSealed(caseKeys, row.caseKey), row)
}

/** What officers wrote, opened with the reporter's own key. @throws SealBroken */
export function openAnswer(reporterKeys: KeyPair, row: MessageRow): MessageBody | undefined {
  if (row.direction !== 'out' || !row.reporterKey) return undefined
  return openWith(openSealed(reporterKeys, row.reporterKey), row)
}

function openWith(key: Key, row: MessageRow): MessageBody {
  const body = decryptJson<MessageBody>(key, row.body, messagePlace(row.reportId, row.id, row.direction))
  wipe(key)
  return body
}

/** The case key of a report, opened with the holder's own. @throws AppError not_found, SealBroken */
export function openCaseKeys(sealed: Sealed, holder: string, keys: KeyPair, report: Report): KeyPair {
  const row = findReportKey(sealed.db, report.id, holder)
  if (!row) throw new AppError('not_found', 'report')
  return caseKeysOf(openSealed(keys, row.sealedKey))
}

/**
 * Not with the public key of the row: were that one changed, nothing of the report would open, and renewing its
 * keys would lose it for ever. @throws SealBroken
 */
export const caseKeysOf = (secretKey: Uint8Array): KeyPair =>
  orBroken(() => ({ publicKey: publicKeyOf(secretKey), secretKey }))

/** A file that is sealed and on disk, but not yet in the database. */
export interface SealedFile {
  row: Omit<FileRow, 'messageId'>
}

/**
 * Seals a file and writes the blob; only ciphertext reaches the disk. The caller records it with `recordFile`
 * inside the transaction of its message, or removes the blob again.
 */
export async function writeFile(
  sealed: Sealed,
  report: Pick<Report, 'id' | 'casePublicKey'>,
  file: { name: string; mime: string; content: Buffer; isOriginal: boolean },
): Promise<SealedFile> {
  const id = randomUUID()
  const key = newKey()
  const { name, mime, content, isOriginal } = file
  const sha256 = createHash('sha256').update(content).digest('hex')
  const meta: FileMeta = { name, mime, bytes: content.length, sha256, isOriginal }
  const place = filePlace(report.id, id)
  const blob = encryptFile(key, content, place)
  const row = {
    id,
    reportId: report.id,
    meta: encryptJson(key, meta, `${place}|meta`),
    caseKey: sealTo(report.casePublicKey, key),
  }
  wipe(key)
  await sealed.blobs.write(id, blob, sealed.today())
  return { row }
}

export function recordFile(sealed: Sealed, file: SealedFile, messageId: string): void {
  insertFile(sealed.db, { ...file.row, messageId })
}

/** @throws SealBroken */
export function openFileMeta(caseKeys: KeyPair, row: FileRow): FileMeta {
  const key = openSealed(caseKeys, row.caseKey)
  return decryptJson<FileMeta>(key, row.meta, `${filePlace(row.reportId, row.id)}|meta`)
}

/** @throws SealBroken when the blob was cut short, changed or put in another's place; AppError not_found */
export async function openFile(
  sealed: Sealed,
  caseKeys: KeyPair,
  row: FileRow,
): Promise<{ meta: FileMeta; content: Buffer }> {
  const key = openSealed(caseKeys, row.caseKey)
  const place = filePlace(row.reportId, row.id)
  const meta = decryptJson<FileMeta>(key, row.meta, `${place}|meta`)
  const content = decryptFile(key, await sealed.blobs.read(row.id), place)
  wipe(key)
  return { meta, content }
}

/** The contact as a blob, and its key. Without a contact it looks the same. */
export function sealContact(reportId: string, contact: Contact): { body: Buffer; key: Key } {
  const key = newKey()
  return { body: encryptJson(key, contact, contactPlace(reportId)), key }
}

/** The key of a contact, for its one holder or the recovery key. */
export function openContactKey(
  sealed: Sealed,
  holder: string,
  keys: KeyPair,
  reportId: string,
): Key | undefined {
  const row = listContactKeys(sealed.db, reportId).find((found) => found.holder === holder)
  return row && openSealed(keys, row.sealedKey)
}

/** @throws SealBroken */
export const openContact = (key: Key, reportId: string, body: Buffer): Contact =>
  decryptJson<Contact>(key, body, contactPlace(reportId))
