import { once } from 'node:events'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { PDFDocument } from '@cantoo/pdf-lib'
import { sharp } from '#platform/guarded-sharp.ts'
import { runningFromSource } from '#web/languages.ts'
import type { PdfAnswer, PdfOrder, PdfRequest } from './pdf-worker.ts'

export const MAX_PAGES = 30
const MAX_SECONDS = 20
const DOTS_PER_INCH = 150
const MAX_SIDE = 3000
const MAX_MEMORY_BYTES = 512 * 1024 * 1024
const POINTS_PER_PIXEL = 72 / DOTS_PER_INCH

export type PdfRefusal = Extract<PdfAnswer, { kind: 'refused' }>['reason'] | 'too_many_pages'

type PdfPage = Extract<PdfAnswer, { kind: 'page' }>

/**
 * Draws every page and binds the pictures into a new PDF. Nothing else of the document passes: no author, no
 * text, no attachment, no script, and of a photo in it only what is seen. Each document gets a thread of its
 * own, which ends with it, or after `MAX_SECONDS`.
 */
export async function redrawPdf(pdf: Buffer): Promise<{ content: Buffer } | { refused: PdfRefusal }> {
  if (!pdf.includes('%%EOF')) return { refused: 'damaged' }
  const worker = startWorker(pdf)
  const deadline = AbortSignal.timeout(MAX_SECONDS * 1000)
  try {
    return await bindPages(askPages(worker, deadline))
  } catch (error) {
    const isTooHeavy =
      deadline.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
    if (isTooHeavy) return { refused: 'too_heavy' }
    throw error
  } finally {
    await worker.terminate()
  }
}

async function bindPages(
  pages: AsyncIterable<PdfAnswer>,
): Promise<{ content: Buffer } | { refused: PdfRefusal }> {
  const bound = await PDFDocument.create({ updateMetadata: false })
  for await (const answer of pages) {
    if (answer.kind === 'refused') return { refused: answer.reason }
    if (answer.kind === 'page') await addPage(bound, answer)
    else if (answer.pages > MAX_PAGES) return { refused: 'too_many_pages' }
  }
  if (bound.getPageCount() === 0) return { refused: 'damaged' }
  return { content: Buffer.from(await bound.save({ useObjectStreams: false })) }
}

async function addPage(bound: PDFDocument, { width, height, rgba }: PdfPage): Promise<void> {
  const pixels = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength)
  const picture = sharp(pixels, { raw: { width, height, channels: 4 } }).removeAlpha()
  const image = await bound.embedJpg(await picture.jpeg({ quality: 82 }).toBuffer())
  const size = { width: width * POINTS_PER_PIXEL, height: height * POINTS_PER_PIXEL }
  bound.addPage([size.width, size.height]).drawImage(image, { x: 0, y: 0, ...size })
}

/** First how many pages there are, then each; a refusal is the last answer. */
async function* askPages(worker: Worker, deadline: AbortSignal): AsyncGenerator<PdfAnswer> {
  const gone = once(worker, 'exit').then(() => {
    throw new Error('the thread ended')
  })
  gone.catch(() => {})
  const nextAnswer = async (): Promise<PdfAnswer> => {
    const [answer] = await Promise.race([once(worker, 'message', { signal: deadline }), gone])
    return answer
  }
  const first = await nextAnswer()
  yield first
  if (first.kind !== 'opened') return
  let spare: ArrayBuffer | undefined
  for (let index = 0; index < first.pages; index += 1) {
    const request: PdfRequest = { index, spare }
    worker.postMessage(request, spare ? [spare] : [])
    const answer = await nextAnswer()
    yield answer
    // Whoever took the page has bound it by now. Fresh memory for each page would be 300 MB of a long document.
    spare = answer.kind === 'page' ? answer.rgba.buffer : undefined
  }
}

function startWorker(pdf: Buffer): Worker {
  const order: PdfOrder = {
    pdf: Uint8Array.from(pdf),
    dotsPerInch: DOTS_PER_INCH,
    maxSide: MAX_SIDE,
    maxMemoryBytes: MAX_MEMORY_BYTES,
  }
  const options: WorkerOptions = {
    workerData: order,
    transferList: [order.pdf.buffer],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 },
    // What PDFium grumbles about a document must not get into the log.
    stdout: true,
    stderr: true,
  }
  if (!runningFromSource) return new Worker(new URL('./pdf-worker.js', import.meta.url), options)
  // A thread reads no TypeScript by itself.
  const file = JSON.stringify(new URL('./pdf-worker.ts', import.meta.url))
  const start = `import('tsx/esm/api').then(({ register }) => (register(), import(${file})))`
  return new Worker(start, { ...options, eval: true })
}
