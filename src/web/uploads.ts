import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import multipart, { type MultipartFile, type MultipartValue } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { cleanFileName } from '#platform/file-names.ts'
import { newStoredName } from '#platform/files.ts'
import type { th } from './messages/uploads.ts'
import { pourFile, readParts, watchSize } from './multipart-parts.ts'

const MEGABYTE = 1024 * 1024

/** All sizes in bytes. */
export interface FormLimits {
  maxFileBytes: number
  maxFiles: number
  maxFields: number
  maxFieldBytes: number
  /** Of all texts together: they are held in memory, the files are not. */
  maxTextBytes: number
  /** Roomy on purpose: a file that is too big should cost the citizen that file, not the whole form. */
  maxRequestBytes: number
}

export const FORM_LIMITS: FormLimits = {
  maxFileBytes: 10 * MEGABYTE,
  maxFiles: 5,
  maxFields: 200,
  maxFieldBytes: 200 * 1024,
  maxTextBytes: MEGABYTE,
  maxRequestBytes: 100 * MEGABYTE,
}

export interface ReceivedFile {
  field: string
  /** Cleaned for showing; never a name on disk. */
  name: string
  path: string
  bytes: number
}

/** A sentence for the citizen, `t(lang, problem.key, problem.params)`, beside the input named `field`. */
export interface UploadProblem {
  field: string
  key: keyof typeof th
  params: Record<string, string | number>
}

export interface MultipartForm {
  fields: Record<string, string[]>
  files: ReceivedFile[]
  problems: UploadProblem[]
}

/** One form while it is being read. */
interface Intake {
  form: MultipartForm
  incomingFolder: string
  limits: FormLimits
  stop: AbortSignal
  /** Files beyond the number allowed: read past, not written. */
  leftOut: { field: string; name: string }[]
  textBytes: number
}

/** Lets the routes of this scope receive `multipart/form-data`, by `readMultipartForm` only. */
export function acceptMultipartForms(app: FastifyInstance): void {
  // A file that is too big is a problem beside its input, not the end of the request.
  app.register(multipart, { throwFileSizeLimit: false })
}

/**
 * Reads a whole form. What a person can mend comes back as `problems`, with the rest of the form intact.
 * The caller owns `files`: `keepUploads` takes them, `removeReceivedFiles` drops them. When this throws or
 * the sender goes away, nothing is left in `incomingFolder`.
 * @throws AppError too_large (the request as a whole, or too many parts), bad_request (not such a form)
 */
export async function readMultipartForm(
  request: FastifyRequest,
  incomingFolder: string,
  limits: FormLimits = FORM_LIMITS,
): Promise<MultipartForm> {
  if (!request.isMultipart()) throw new AppError('bad_request', 'not_multipart')
  const form: MultipartForm = { fields: {}, files: [], problems: [] }
  const stop = watchSize(request, limits.maxRequestBytes)
  const intake: Intake = { form, incomingFolder, limits, stop, leftOut: [], textBytes: 0 }
  try {
    for await (const part of readParts(request, limits, stop)) {
      if (part.type === 'field') takeField(intake, part)
      else if (form.files.length < limits.maxFiles) await takeFile(intake, part)
      else await leaveOut(intake, part)
    }
  } catch (error) {
    // A browser reads the answer only once it has sent everything.
    request.raw.unpipe()
    request.raw.resume()
    await removeReceivedFiles(form.files)
    throw error
  }
  const names = intake.leftOut.map((file) => file.name)
  const [first] = intake.leftOut
  if (first) form.problems.push(tooManyFiles(first.field, names, limits.maxFiles))
  return form
}

/** Files that were already taken into the store are no longer there and stay. */
export async function removeReceivedFiles(files: readonly ReceivedFile[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file.path, { force: true })))
}

/** The limit of a text counts bytes and may fall in the middle of a Thai letter. */
export function withoutCutLetter(text: string): string {
  return text.endsWith('\uFFFD') ? text.slice(0, -1) : text
}

export function tooManyFiles(field: string, names: readonly string[], limit: number): UploadProblem {
  return { field, key: 'uploads.too_many_files', params: { n: limit, names: names.join(', ') } }
}

function takeField(intake: Intake, part: MultipartValue): void {
  const { form, limits } = intake
  const { fieldname, value, valueTruncated } = part
  if (typeof value !== 'string') throw new AppError('bad_request', 'broken_form')
  intake.textBytes += Buffer.byteLength(value)
  if (intake.textBytes > limits.maxTextBytes) throw new AppError('too_large', 'form_texts')
  form.fields[fieldname] ??= []
  form.fields[fieldname].push(valueTruncated ? withoutCutLetter(value) : value)
  if (valueTruncated) form.problems.push({ field: fieldname, key: 'uploads.text_too_long', params: {} })
}

async function takeFile({ form, incomingFolder, limits, stop }: Intake, part: MultipartFile): Promise<void> {
  const field = part.fieldname
  const name = nameOf(part)
  const path = join(incomingFolder, newStoredName())
  // Opened before the part is read: a stream that opens its file by itself could make it after the clean-up.
  const handle = await open(path, 'wx', 0o600)
  try {
    await pourFile(part.file, handle.createWriteStream(), stop)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  const { truncated, bytesRead: bytes } = part.file
  if (isChosen(part) && !truncated) {
    form.files.push({ field, name, path, bytes })
    return
  }
  await rm(path, { force: true })
  if (!truncated) return
  const params = { name, mb: limits.maxFileBytes / MEGABYTE }
  form.problems.push({ field, key: 'uploads.file_too_big', params })
}

async function leaveOut({ leftOut, stop }: Intake, part: MultipartFile): Promise<void> {
  await pourFile(part.file, new Writable({ write: (_chunk, _encoding, done) => done() }), stop)
  if (isChosen(part)) leftOut.push({ field: part.fieldname, name: nameOf(part) })
}

/** A part of bytes counts as a file even where it names none, whatever the type says. */
function nameOf(part: MultipartFile): string {
  return cleanFileName((part.filename as string | undefined) ?? '')
}

/** Browsers send a nameless empty file for an input in which nothing was chosen. */
function isChosen(part: MultipartFile): boolean {
  return Boolean(part.filename) || part.file.bytesRead > 0
}
