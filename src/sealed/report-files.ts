import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { sendPage } from '#web/answer.ts'
import { page } from '#web/views.ts'
import { recordDeed } from './audit-store.ts'
import type { FileMeta } from './bodies.ts'
import { type KeyPair, SealBroken, wipe } from './crypto/sodium.ts'
import { type Desk, openDesk } from './desk.ts'
import { sendDownload } from './download.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { findFile } from './register-store.ts'
import { type ReportHead, reportHead } from './report-head.ts'
import { isPicture } from './report-lines.ts'
import { type FileRow, listFiles } from './report-store.ts'
import { openCaseKeys, openFile } from './seal.ts'

type FileRequest = FastifyRequest<{ Params: { id: string; file: string } }>

const damagedPage = page<{ bar: OfficerBar; head: ReportHead }>('sealed/staff/report-file-damaged', [
  'bar',
  'head',
])

/** A cleaned file, to be saved: nothing that somebody sent opens in our pages. */
export async function sendFile(
  sealed: Sealed,
  request: FileRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openDesk(sealed, request, reply)
  if (!desk) return reply
  const file = await readOrTell(desk, request, reply)
  if (!file) return reply
  // It comes by a form that warns of it.
  if (file.meta.isOriginal) throw new AppError('not_found', 'file')
  record(desk, 'file.open')
  return sendDownload(reply, file.meta.name, file.content)
}

/** The file as it came: it may tell who took it, where and with what. */
export async function sendOriginal(
  sealed: Sealed,
  request: FileRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openDesk(sealed, request, reply)
  if (!desk) return reply
  const file = await readOrTell(desk, request, reply)
  if (!file) return reply
  if (!file.meta.isOriginal) throw new AppError('not_found', 'file')
  record(desk, 'file.original')
  return sendDownload(reply, file.meta.name, file.content)
}

/** A picture that was drawn anew by us, for the page of the report. @throws AppError not_found for all else */
export async function sendPicture(
  sealed: Sealed,
  request: FileRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openDesk(sealed, request, reply)
  if (!desk) return reply
  const file = await readFile(desk, request.params.file)
  if (!file || !isPicture(file.meta)) throw new AppError('not_found', 'file')
  return reply
    .headers({
      'content-type': file.meta.mime,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(file.content)
}

interface ReadFile {
  meta: FileMeta
  content: Buffer
}

/** The cleaned files of a report, by their ids; what is damaged is missing. */
export async function readCleanFiles({ sealed, vault, opened }: Desk): Promise<Map<string, ReadFile>> {
  const clean = new Set(opened.files.filter(({ meta }) => meta && !meta.isOriginal).map(({ id }) => id))
  // All at one moment: the keys may be renewed while the files are being read.
  const rows = listFiles(sealed.db, opened.report.id).filter(({ id }) => clean.has(id))
  const keys = openCaseKeys(sealed, vault.officerId, vault.keys, opened.report)
  const read = new Map<string, ReadFile>()
  try {
    for (const row of rows) {
      const file = await readWith(sealed, keys, row)
      if (file) read.set(row.id, file)
    }
  } finally {
    wipe(keys.secretKey)
  }
  return read
}

/** @returns undefined where it is damaged or its blob is missing. @throws AppError not_found */
async function readFile({ sealed, vault, opened }: Desk, id: string): Promise<ReadFile | undefined> {
  const row = findFile(sealed.db, opened.report.id, id)
  if (!row) throw new AppError('not_found', 'file')
  const keys = openCaseKeys(sealed, vault.officerId, vault.keys, opened.report)
  try {
    return await readWith(sealed, keys, row)
  } finally {
    wipe(keys.secretKey)
  }
}

async function readWith(sealed: Sealed, keys: KeyPair, row: FileRow): Promise<ReadFile | undefined> {
  try {
    return await openFile(sealed, keys, row)
  } catch (error) {
    if (error instanceof SealBroken || error instanceof AppError) return undefined
    throw error
  }
}

async function readOrTell(desk: Desk, request: FileRequest, reply: FastifyReply) {
  const file = await readFile(desk, request.params.file)
  if (file) return file
  const { sealed, opened } = desk
  const data = { bar: officerBar(sealed, request), head: reportHead(sealed, opened) }
  sendPage(sealed.portal, request, reply, damagedPage, data, 409)
  return undefined
}

function record({ sealed, officer, opened }: Desk, action: string): void {
  recordDeed(sealed.db, {
    ...{ at: sealed.now(), actor: officer.displayName, action, reportId: opened.report.id },
  })
}
