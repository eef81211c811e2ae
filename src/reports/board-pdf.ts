import { fileURLToPath } from 'node:url'
import { keepTogether } from '#letters/document.ts'
import { renderPdf } from '#platform/pdf.ts'
import { drawable } from '#platform/pdf-font.ts'
import { breakLines } from '#platform/pdf-lines.ts'
import { drawQr } from '#web/qr.ts'
import type { Board } from './board.ts'

const TEMPLATE = fileURLToPath(new URL('../../views/reports/board.typ', import.meta.url))

/** In centimetres, the sizes in points: to be read by whoever stands before the notice board. */
const MEASURES = { titleSize: 30, periodSize: 18, size: 18, smallSize: 13, width: 17, qr: 3.4 }
const POINTS_PER_CM = 72 / 2.54

/** The sheet for the notice board: one page. */
export function boardPdf(board: Board, address: string, phone: string): Promise<Buffer> {
  const { titleSize, periodSize, size, smallSize, width, qr } = MEASURES
  const beside = width - qr - 0.6
  const code = drawQr(address)
  return renderPdf(TEMPLATE, () => ({
    measures: { ...MEASURES, numberSize: numberSize(board) },
    ...{ name: drawable(`${board.title} ${board.period}`), author: drawable(board.office) },
    title: setIn(width, titleSize, board.title),
    office: setIn(width, periodSize, board.office),
    period: [board.period, board.countedTo].flatMap((text) => setIn(width, periodSize, text)),
    numbers: board.numbers,
    timeliness: setIn(width, size, board.timeliness),
    most: shortNames(board),
    corruption: board.corruption === '' ? [] : setIn(width, smallSize, board.corruption),
    qr: { size: code.size, path: code.path, told: `คิวอาร์โค้ดไปยัง ${address}` },
    read: setIn(beside, smallSize, `อ่านรายงานฉบับเต็มที่ ${address}`),
    contact: setIn(beside, smallSize, `แจ้งเรื่องหรือสอบถาม โทร. ${phone}`),
  }))
}

/** The names have four lines in all: the sheet is one page, whatever categories are called. */
function shortNames({ most }: Board): { name: string[]; count: string }[] {
  let room = 4
  return most.flatMap(({ name, count }) => {
    const lines = setIn(MEASURES.width - 4, MEASURES.size, name).slice(0, 2)
    room -= lines.length
    return room < 0 ? [] : [{ name: lines, count }]
  })
}

/** As large as the longest number allows. */
function numberSize({ numbers }: Board): number {
  const longest = Math.max(...numbers.map(({ value }) => value.length))
  return longest <= 6 ? 56 : 36
}

function setIn(cm: number, size: number, text: string): string[] {
  return breakLines(keepTogether(drawable(text)), (cm * POINTS_PER_CM) / size)
}
