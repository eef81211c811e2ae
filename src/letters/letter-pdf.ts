import { fileURLToPath } from 'node:url'
import { hasPdfEngine, renderPdf } from '#platform/pdf.ts'
import { drawable, widthInEm } from '#platform/pdf-font.ts'
import { breakLines } from '#platform/pdf-lines.ts'
import { bodyLines, keepTogether, type LetterDocument } from './document.ts'

const TEMPLATE = fileURLToPath(new URL('../../views/letters/letter.typ', import.meta.url))

/** In centimetres, the sizes in points; handed to the template, so that it stands here alone. */
const MEASURES = {
  size: 16,
  footSize: 11,
  width: 16,
  indent: 2.5,
  /** The page's middle, seen from the left margin. */
  middle: 7.5,
  /** Between a label and its text. */
  gap: 0.3,
  /** The room left of the signature's block, whose centre makes the usual closing begin in the middle. */
  signature: 3.5,
}
const POINTS_PER_CM = 72 / 2.54

/** The letter as a tagged PDF. */
export async function letterPdf(document: LetterDocument): Promise<Buffer> {
  return await renderPdf(TEMPLATE, () => onPaper(document))
}

/** Why this machine makes no PDF, in words for an officer; null where it does. The print view always works. */
export function pdfProblem(): string | null {
  if (hasPdfEngine()) return null
  return 'เครื่องแม่ข่ายนี้สร้างไฟล์ PDF ไม่ได้ กรุณากดพิมพ์ แล้วเลือก “บันทึกเป็น PDF” ในหน้าต่างพิมพ์'
}

/** What the template is given: the measures, and every text in its lines. */
function onPaper(document: LetterDocument): object {
  const { size, footSize, width, middle, gap, signature, indent } = MEASURES
  const right = width - middle
  return {
    measures: MEASURES,
    title: drawable(document.subject).trim() || 'หนังสือ',
    office: document.office,
    number: setOrBlank(middle - cmOf('ที่ ') - gap, document.number),
    from: [document.office, document.address].flatMap((text) => setIn(right, text)),
    date: setOrBlank(right, document.date),
    fields: fieldsOf(document),
    body: bodyLines(document).map((line) => setIn(width, line, width - indent)),
    closing: setIn(width - signature, document.closing),
    signer: setOrBlank(width - signature - 1, document.signerName),
    post: setIn(width - signature, document.signerPost),
    unit: [document.unit, ...document.contact].flatMap((text) => setIn(width, text)),
    foot: setIn((width * size) / footSize, `เลขที่เรื่อง ${document.caseNumber}`).slice(0, 1),
  }
}

function fieldsOf({ subject, to, reference, enclosures }: LetterDocument): object[] {
  const field = (label: string, text: string) => ({
    label,
    lines: setIn(MEASURES.width - MEASURES.gap - cmOf(label), text),
  })
  return [
    field('เรื่อง', subject),
    field('เรียน', to),
    ...(reference ? [field('อ้างถึง', reference)] : []),
    ...(enclosures.length > 0 ? [field('สิ่งที่ส่งมาด้วย', numbered(enclosures))] : []),
  ]
}

function setIn(cm: number, text: string, firstCm = cm): string[] {
  const ems = (length: number) => (length * POINTS_PER_CM) / MEASURES.size
  return breakLines(keepTogether(drawable(text)), ems(cm), ems(firstCm))
}

/** Null where nothing is left to print: the template draws a dotted line. */
function setOrBlank(cm: number, text: string | null): string[] | null {
  const lines = setIn(cm, text ?? '')
  return lines.some((line) => line.trim() !== '') ? lines : null
}

function cmOf(text: string): number {
  return (widthInEm(text) * MEASURES.size) / POINTS_PER_CM
}

function numbered(items: readonly string[]): string {
  return items.length > 1 ? items.map((item, index) => `${index + 1}. ${item}`).join('\n') : (items[0] ?? '')
}
