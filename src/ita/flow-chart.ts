import { breakLines } from '#platform/pdf-lines.ts'
import type { FlowStep } from './document-text.ts'

/** A flow chart in pixels, drawn from above to below; the picture may be scaled as a whole. */
export interface FlowChart {
  width: number
  height: number
  boxes: FlowBox[]
  arrows: FlowArrow[]
}

export interface FlowBox {
  left: number
  top: number
  width: number
  height: number
  /** A question has pointed sides. */
  isQuestion: boolean
  /** Where the words stand in the middle. */
  centre: number
  lines: { text: string; baseline: number; isBold: boolean }[]
}

/** Straight down, with its point at the end. */
export interface FlowArrow {
  x: number
  from: number
  to: number
}

const WIDTH = 330
const SIZE = 15
/** Thai stacks marks above and below: less would let them touch. */
const LINE_HEIGHT = 23
const PADDING = 10
/** Room left of the point of a question, and where another font is wider than ours. */
const SIDE = 14
const QUESTION_SIDE = 30
const GAP = 26
const BETWEEN_WAYS = 14
/** From the top of a line to its baseline. */
const ASCENT = 16

/** The steps under one another; the ways of a question side by side, each with its own arrow. */
export function flowChart(steps: readonly FlowStep[]): FlowChart {
  const chart: FlowChart = { width: WIDTH, height: 1, boxes: [], arrows: [] }
  /** Where the arrows to the next step begin. */
  let ends = [] as { x: number; from: number }[]
  let top = 1
  const connect = () => {
    for (const { x, from } of ends) chart.arrows.push({ x, from, to: top })
  }
  for (const { text, ways } of steps) {
    connect()
    const isQuestion = ways.length > 0
    const box = boxOf({ left: 1, width: WIDTH - 2, isQuestion }, top, [{ text, isBold: false }])
    chart.boxes.push(box)
    top += box.height + GAP
    ends = [{ x: box.centre, from: box.top + box.height }]
    if (!isQuestion) continue
    const width = (WIDTH - 2 - BETWEEN_WAYS * (ways.length - 1)) / ways.length
    const row = ways.map((way, index) => {
      const left = 1 + index * (width + BETWEEN_WAYS)
      const words = [
        { text: way.label, isBold: true },
        { text: way.text, isBold: false },
      ]
      return boxOf({ left, width, isQuestion: false }, top, words)
    })
    const height = Math.max(...row.map((way) => way.height))
    ends = row.map((way) => ({ x: way.centre, from: box.top + box.height }))
    connect()
    chart.boxes.push(...row.map((way) => ({ ...way, height })))
    top += height + GAP
    ends = row.flatMap((way, index) => (ways[index]?.isEnd ? [] : [{ x: way.centre, from: top - GAP }]))
  }
  chart.height = Math.max(1, top - GAP + 1)
  return chart
}

function boxOf(
  { left, width, isQuestion }: Pick<FlowBox, 'left' | 'width' | 'isQuestion'>,
  top: number,
  words: readonly { text: string; isBold: boolean }[],
): FlowBox {
  const room = (width - 2 * (isQuestion ? QUESTION_SIDE : SIDE)) / SIZE
  const lines = words
    .filter(({ text }) => text !== '')
    // Bold letters are wider than those that are measured.
    .flatMap(({ text, isBold }) =>
      evenLines(text, isBold ? room * 0.93 : room).map((line) => ({ text: line, isBold })),
    )
    .map((line, index) => ({ ...line, baseline: top + PADDING + index * LINE_HEIGHT + ASCENT }))
  const height = 2 * PADDING + Math.max(1, lines.length) * LINE_HEIGHT
  return { left, top, width, height, isQuestion, centre: left + width / 2, lines }
}

/** As few lines as the width allows, and none much shorter than the others. */
function evenLines(text: string, width: number): string[] {
  const kept = text.replace(/(\d) (วัน|เดือน|ปี)/g, '$1\u00A0$2')
  let lines = breakLines(kept, width)
  for (let narrower = width - 1; lines.length > 1 && narrower > width / 2; narrower -= 1) {
    const tried = breakLines(kept, narrower)
    if (tried.length > lines.length) break
    lines = tried
  }
  return lines
}
