import { Writable } from 'node:stream'
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { MAX_PIXELS } from '#platform/guarded-sharp.ts'
import { type Fields, fieldsOf } from '#web/forms.ts'
import type { th } from '#web/messages/safe-files.ts'
import { pourFile, readParts, watchSize } from '#web/multipart-parts.ts'
import { withoutCutLetter } from '#web/uploads.ts'
import { type LeavePlace, openPlaces } from './body-places.ts'
import type { EvidenceRefusal } from './evidence.ts'
import { MAX_PAGES } from './evidence-pdf.ts'
import { MAX_TEXT_BYTES } from './evidence-text.ts'
import { GrowingBuffer } from './growing-buffer.ts'

const KILOBYTE = 1024
const MEGABYTE = 1024 * KILOBYTE

export const BODY_LIMITS = {
  maxFileBytes: 10 * MEGABYTE,
  maxFiles: 5,
  maxFields: 100,
  maxFieldBytes: 200 * KILOBYTE,
  /** Of all texts together. */
  maxTextBytes: MEGABYTE,
  maxBodyBytes: 40 * MEGABYTE,
}

const MAX_SILENCE_MS = 30_000

/** A file in memory. Whatever name it came with is forgotten: it is the `number`th that was chosen. */
export interface ReportFile {
  field: string
  number: number
  content: Buffer
}

/** A sentence for the reporter, `t(lang, problem.key, problem.params)`, beside the input named `field`. */
export interface BodyProblem {
  field: string
  key: keyof typeof th
  params: Record<string, string | number>
}

export interface ReceivedBody {
  fields: Fields
  files: ReportFile[]
  problems: BodyProblem[]
}

interface Intake {
  body: ReceivedBody
  stop: AbortSignal
  textBytes: number
  filesChosen: number
  /** Files beyond the number allowed: read past, not kept. */
  leftOut: { field: string; number: number }[]
}

declare module 'fastify' {
  interface FastifyRequest {
    leaveBodyPlace: LeavePlace | null
  }
}

const BIG = openPlaces(4, 20)
/** A report without files does not wait for slow uploads. Slow small forms are the proxy's to limit. */
const SMALL = openPlaces(40, 20)

/**
 * Lets the routes of this scope read reports, by `readReportBody` only. A body's place in memory is free again
 * when its answer goes out: until then the files are being cleaned and sealed.
 */
export function acceptReportBodies(scope: FastifyInstance): void {
  if (scope.hasRequestDecorator('leaveBodyPlace')) return
  scope.decorateRequest('leaveBodyPlace', null)
  scope.addHook('onSend', async (request) => {
    request.leaveBodyPlace?.()
  })
}

/**
 * Reads a whole form into memory, files and all, and nowhere else. What a person can mend comes back as
 * `problems`, with the rest of the form intact. When this throws or the sender goes away, nothing is left of it.
 * @throws AppError too_large, bad_request (a broken form, or a sender that fell silent), unavailable `busy`
 */
export async function readReportBody(request: FastifyRequest): Promise<ReceivedBody> {
  if (!request.isMultipart()) return { fields: fieldsOf(request.body), files: [], problems: [] }
  if (!request.server.hasRequestDecorator('leaveBodyPlace')) {
    throw new Error('acceptReportBodies() is missing in the scope of this route')
  }
  request.leaveBodyPlace = await placesFor(request).take(request.raw)
  const silence = watchSilence(request)
  try {
    const stop = AbortSignal.any([watchSize(request, BODY_LIMITS.maxBodyBytes), silence.signal])
    return await readForm(request, stop)
  } catch (error) {
    // A browser reads the answer only once it has sent everything.
    request.raw.unpipe()
    request.raw.resume()
    throw error
  } finally {
    silence.end()
  }
}

/** What is wrong with a file that `cleanEvidence` refused, and what to do. */
export function explainRefusal({ field, number }: ReportFile, reason: EvidenceRefusal): BodyProblem {
  const params = { n: number, mp: MAX_PIXELS / 1e6, pages: MAX_PAGES, kb: MAX_TEXT_BYTES / KILOBYTE }
  return { field, key: `safe.file.${reason}`, params }
}

/** Only a length that was declared binds the sender. */
function placesFor(request: FastifyRequest) {
  return Number(request.headers['content-length'] ?? Infinity) <= MEGABYTE ? SMALL : BIG
}

/** Aborts, and cuts the connection, when nothing has come for a while. */
function watchSilence(request: FastifyRequest): { signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const timer = setTimeout(() => {
    controller.abort(new AppError('bad_request', 'sender_silent'))
    request.raw.destroy()
  }, MAX_SILENCE_MS)
  const hear = () => timer.refresh()
  request.raw.on('data', hear)
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer)
      request.raw.off('data', hear)
    },
  }
}

async function readForm(request: FastifyRequest, stop: AbortSignal): Promise<ReceivedBody> {
  const body: ReceivedBody = { fields: Object.create(null), files: [], problems: [] }
  const intake: Intake = { body, stop, textBytes: 0, filesChosen: 0, leftOut: [] }
  for await (const part of readParts(request, BODY_LIMITS, stop)) {
    if (part.type === 'field') takeField(intake, part)
    else await takeFile(intake, part)
  }
  const [first] = intake.leftOut
  if (first) {
    const numbers = intake.leftOut.map(({ number }) => number).join(', ')
    const params = { n: BODY_LIMITS.maxFiles, numbers }
    body.problems.push({ field: first.field, key: 'safe.file.too_many_files', params })
  }
  return body
}

function takeField(intake: Intake, { fieldname, value, valueTruncated }: MultipartValue): void {
  const { fields, problems } = intake.body
  if (typeof value !== 'string') throw new AppError('bad_request', 'broken_form')
  intake.textBytes += Buffer.byteLength(value)
  if (intake.textBytes > BODY_LIMITS.maxTextBytes) throw new AppError('too_large', 'form_texts')
  fields[fieldname] ??= []
  fields[fieldname].push(valueTruncated ? withoutCutLetter(value) : value)
  if (valueTruncated) problems.push({ field: fieldname, key: 'safe.file.field_too_long', params: {} })
}

async function takeFile(intake: Intake, part: MultipartFile): Promise<void> {
  const { files, problems } = intake.body
  const field = part.fieldname
  const kept = files.length < BODY_LIMITS.maxFiles ? new GrowingBuffer() : undefined
  const write = (chunk: Buffer, _encoding: unknown, done: () => void): void => {
    kept?.add(chunk)
    done()
  }
  await pourFile(part.file, new Writable({ write }), intake.stop)
  // Browsers send a nameless empty file for an input in which nothing was chosen.
  if (!part.filename && part.file.bytesRead === 0) return
  intake.filesChosen += 1
  const number = intake.filesChosen
  if (part.file.truncated) {
    const params = { n: number, mb: BODY_LIMITS.maxFileBytes / MEGABYTE }
    problems.push({ field, key: 'safe.file.too_big', params })
  } else if (kept) files.push({ field, number, content: kept.content() })
  else intake.leftOut.push({ field, number })
}
