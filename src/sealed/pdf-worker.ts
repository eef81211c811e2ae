import { parentPort, type Transferable, workerData } from 'node:worker_threads'
import { PDFiumModule } from '@hyzyla/pdfium'

/*
 * A thread that lives for one stranger's PDF: PDFium, in the sandbox of WebAssembly, draws its pages. It is told
 * a page's number and answers with its pixels. Whatever the document does to PDFium ends with the thread.
 */

export interface PdfOrder {
  pdf: Uint8Array<ArrayBuffer>
  dotsPerInch: number
  /** Of a drawn page, in pixels: a page may claim to be as large as a town. */
  maxSide: number
  maxMemoryBytes: number
}

/** A page to draw, and the pixels of an earlier one whose memory is free again. */
export interface PdfRequest {
  index: number
  spare: ArrayBuffer | undefined
}

export type PdfAnswer =
  | { kind: 'opened'; pages: number }
  | { kind: 'page'; width: number; height: number; rgba: Uint8Array<ArrayBuffer> }
  | { kind: 'refused'; reason: 'password' | 'damaged' | 'fonts_missing' | 'too_heavy' }

type Refusal = Extract<PdfAnswer, { kind: 'refused' }>['reason']

/** What is used of PDFium's own interface (fpdfview.h, fpdf_text.h, fpdf_formfill.h); a handle of 0 is none. */
interface Pdfium {
  HEAPU8: Uint8Array
  wasmExports: { malloc(bytes: number): number; free(pointer: number): void }
  _FPDF_InitLibrary(): void
  _FPDF_LoadMemDocument(pointer: number, bytes: number, password: number): number
  _FPDF_GetLastError(): number
  _FPDF_GetPageCount(document: number): number
  _FPDF_LoadPage(document: number, index: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidth(page: number): number
  _FPDF_GetPageHeight(page: number): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, pointer: number, stride: number): number
  _FPDFBitmap_FillRect(
    bitmap: number,
    x: number,
    y: number,
    width: number,
    height: number,
    argb: number,
  ): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(bitmap: number, page: number, ...area: number[]): void
  _FPDFDOC_InitFormFillEnvironment(document: number, info: number): number
  _FORM_OnAfterLoadPage(page: number, form: number): void
  _FORM_OnBeforeClosePage(page: number, form: number): void
  _FPDF_FFLDraw(form: number, bitmap: number, page: number, ...area: number[]): void
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(text: number): void
  _FPDFText_CountChars(text: number): number
  _FPDFText_GetUnicode(text: number, index: number): number
  _FPDFText_HasUnicodeMapError(text: number, index: number): number
  _FPDFText_GetTextObject(text: number, index: number): number
  _FPDFTextObj_GetTextRenderMode(object: number): number
  _FPDFTextObj_GetFont(object: number): number
  _FPDFFont_GetIsEmbedded(font: number): number
}

const POINTS_PER_INCH = 72
const PASSWORD_ERROR = 4
const BGRA = 4
const WHITE = 0xffffffff
const DRAW_ANNOTATIONS = 0x01
const RGBA_ORDER = 0x10
const INVISIBLE = 3
const WASM_PAGE = 65_536

/** PDFium brings letters for these scripts; what else a PDF writes, it must bring the font for. */
const DRAWABLE = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}\p{Co}]/u

/** The types of Node.js do not know it as a value. */
const { Memory } = (
  globalThis as unknown as {
    WebAssembly: { Memory: { prototype: { buffer: ArrayBuffer; grow(pages: number): number } } }
  }
).WebAssembly

const { pdf, dotsPerInch, maxSide, maxMemoryBytes } = workerData as PdfOrder

/** How often in a row more memory was denied. PDFium's build asks three times, each time for less. */
let denials = 0
const isOutOfMemory = (): boolean => denials >= 3
limitMemory()
const pdfium = (await PDFiumModule({})) as unknown as Pdfium
pdfium._FPDF_InitLibrary()
try {
  const document = open(pdfium)
  if (document) serve(pdfium, document)
  else say(refusal(pdfium._FPDF_GetLastError() === PASSWORD_ERROR ? 'password' : 'damaged'))
} catch {
  say(refusal('damaged'))
}

/** The limits that a thread can be given do not count the memory of WebAssembly: it only grows through here. */
function limitMemory(): void {
  const grow = Memory.prototype.grow
  Memory.prototype.grow = function growWithinLimit(pages) {
    if (isOutOfMemory() || this.buffer.byteLength + pages * WASM_PAGE > maxMemoryBytes) {
      denials += 1
      throw new RangeError('the document needs too much memory')
    }
    denials = 0
    return grow.call(this, pages)
  }
}

/** The bytes stay where they are put: PDFium reads from them until the end. */
function open(pdfium: Pdfium): number {
  const pointer = allocate(pdfium, pdf.length)
  pdfium.HEAPU8.set(pdf, pointer)
  return pdfium._FPDF_LoadMemDocument(pointer, pdf.length, 0)
}

function serve(pdfium: Pdfium, document: number): void {
  const form = openForm(pdfium, document)
  parentPort?.on('message', (request: PdfRequest) => {
    try {
      const drawn = drawPage(pdfium, document, form, request)
      say(drawn, drawn.kind === 'page' ? [drawn.rgba.buffer] : [])
    } catch {
      say(refusal('damaged'))
    }
  })
  say({ kind: 'opened', pages: pdfium._FPDF_GetPageCount(document) })
}

/** What was typed into the fields of a form is drawn by this only. Scripts are not built into this PDFium. */
function openForm(pdfium: Pdfium, document: number): number {
  const bytes = 256
  const info = allocate(pdfium, bytes)
  pdfium.HEAPU8.fill(0, info, info + bytes)
  pdfium.HEAPU8[info] = 2
  return pdfium._FPDFDOC_InitFormFillEnvironment(document, info)
}

function drawPage(pdfium: Pdfium, document: number, form: number, { index, spare }: PdfRequest): PdfAnswer {
  const page = pdfium._FPDF_LoadPage(document, index)
  if (!page) return refusal('damaged')
  if (lacksFonts(pdfium, page)) return refusal('fonts_missing')
  const { width, height } = pixelsOf(pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page))
  const bytes = width * height * 4
  const rgba = spare?.byteLength === bytes ? new Uint8Array(spare) : new Uint8Array(bytes)
  draw(pdfium, page, form, { width, height, rgba })
  pdfium._FPDF_ClosePage(page)
  // Where memory was denied, something may be missing on the page without an error.
  if (isOutOfMemory()) return refusal('too_heavy')
  return { kind: 'page', width, height, rgba }
}

/**
 * Letters without a font would silently be missing from the picture, and with them the evidence. A scanner's
 * text layer, which is never seen, may do without.
 */
function lacksFonts(pdfium: Pdfium, page: number): boolean {
  const text = pdfium._FPDFText_LoadPage(page)
  const isMissing = (index: number): boolean => {
    const object = pdfium._FPDFText_GetTextObject(text, index)
    if (!object || pdfium._FPDFTextObj_GetTextRenderMode(object) === INVISIBLE) return false
    if (pdfium._FPDFFont_GetIsEmbedded(pdfium._FPDFTextObj_GetFont(object))) return false
    if (pdfium._FPDFText_HasUnicodeMapError(text, index) === 1) return true
    return !DRAWABLE.test(String.fromCodePoint(pdfium._FPDFText_GetUnicode(text, index)))
  }
  const letters = pdfium._FPDFText_CountChars(text)
  let isLacking = false
  for (let index = 0; index < letters && !isLacking; index += 1) isLacking = isMissing(index)
  pdfium._FPDFText_ClosePage(text)
  return isLacking
}

function pixelsOf(widthInPoints: number, heightInPoints: number): { width: number; height: number } {
  const longest = Math.max(widthInPoints, heightInPoints)
  const scale = Math.min(dotsPerInch / POINTS_PER_INCH, maxSide / longest)
  const inPixels = (points: number): number => Math.max(1, Math.round(points * scale))
  return { width: inPixels(widthInPoints), height: inPixels(heightInPoints) }
}

function draw(
  pdfium: Pdfium,
  page: number,
  form: number,
  { width, height, rgba }: { width: number; height: number; rgba: Uint8Array },
): void {
  const pointer = allocate(pdfium, rgba.length)
  const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, BGRA, pointer, width * 4)
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
  const area = [0, 0, width, height, 0]
  pdfium._FORM_OnAfterLoadPage(page, form)
  pdfium._FPDF_RenderPageBitmap(bitmap, page, ...area, DRAW_ANNOTATIONS | RGBA_ORDER)
  pdfium._FPDF_FFLDraw(form, bitmap, page, ...area, RGBA_ORDER)
  pdfium._FORM_OnBeforeClosePage(page, form)
  rgba.set(pdfium.HEAPU8.subarray(pointer, pointer + rgba.length))
  pdfium._FPDFBitmap_Destroy(bitmap)
  pdfium.wasmExports.free(pointer)
}

function allocate(pdfium: Pdfium, bytes: number): number {
  const pointer = pdfium.wasmExports.malloc(bytes)
  if (!pointer) throw new RangeError('out of memory')
  return pointer
}

function refusal(reason: Refusal): PdfAnswer {
  return { kind: 'refused', reason: isOutOfMemory() ? 'too_heavy' : reason }
}

function say(answer: PdfAnswer, transfer: Transferable[] = []): void {
  parentPort?.postMessage(answer, transfer)
}
