import { fileURLToPath } from 'node:url'
import { keepTogether } from '#letters/document.ts'
import { renderPdf } from '#platform/pdf.ts'
import { drawable } from '#platform/pdf-font.ts'
import { breakLines } from '#platform/pdf-lines.ts'
import { drawQr } from '#web/qr.ts'
import type { Board } from './board.ts'

const TEMPLATE = fileURLToPath(new URL('../../views/reports/board.typ', import.meta.url))

/** In centimetres, the sizes in points: to be read by whoever stands before the notice board. */
const MEASURES = {
  titleSize: 34,
  periodSize: 22,
  size: 20,
  smallSize: 14,
  numberSize: 64,
  width: 17,
  qr: 4.2,
}
const POINTS_PER_CM = 72 / 2.54

/** The sheet for the notice board: one page. */
export function boardPdf(board: Board, address: string, phone: string): Promise<Buffer> {
  const { titleSize, periodSize, size, smallSize, width, qr } = MEASURES
  const beside = width - qr - 0.6
  const code = drawQr(address)
  return renderPdf(TEMPLATE, () => ({
    measures: MEASURES,
    ...{ name: drawable(`${board.title} ${board.period}`), author: drawable(board.office) },
    title: setIn(width, titleSize, board.title),
    office: setIn(width, periodSize, board.office),
    period: [board.period, board.countedTo].flatMap((text) => setIn(width, periodSize, text)),
    numbers: board.numbers,
    timeliness: setIn(width, size, board.timeliness),
    most: board.most.map(({ name, count }) => ({ name: setIn(width - 4, size, name), count })),
    corruption: board.corruption === '' ? [] : setIn(width, smallSize, board.corruption),
    qr: { size: code.size, path: code.path, told: `คิวอาร์โค้ดไปยัง ${address}` },
    read: setIn(beside, smallSize, `อ่านรายงานฉบับเต็มที่ ${address}`),
    contact: setIn(beside, smallSize, `แจ้งเรื่องหรือสอบถาม โทร. ${phone}`),
  }))
}

function setIn(cm: number, size: number, text: string): string[] {
  return breakLines(keepTogether(drawable(text)), (cm * POINTS_PER_CM) / size)
}
