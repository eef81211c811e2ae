/** A step of a flow chart; with alternatives it is a question, and the ways part and meet again. */
export interface FlowStep {
  text: string
  ways: FlowWay[]
}

export interface FlowWay {
  label: string
  text: string
  /** Nothing follows on this way: its text says so. */
  isEnd: boolean
}

export type Block =
  | { kind: 'paragraph' | 'heading'; text: string }
  | { kind: 'bullets'; items: string[] }
  | { kind: 'numbers'; start: number; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'flow'; steps: FlowStep[] }

/** Part of a text; an address of the web is a link. */
export interface Piece {
  text: string
  href: string | null
}

const HEADING = /^##\s*(.+)$/
const BULLET = /^[-•]\s+(.+)$/
const NUMBER = /^([0-9]{1,3})[.)]\s+(.+)$/
const STEP = /^>\s*(.+)$/
/** No page is wide enough for more columns, or for more ways side by side; such a line is a paragraph. */
const MOST_CELLS = 12
/** What a way of a flow chart ends with when it does not lead on. */
const END = '(สิ้นสุด)'
const ADDRESS = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/

/**
 * A section's text as typed in a plain box, read as blocks: a line is a paragraph, `- ` begins an item, `1. ` a
 * numbered one, `## ` a heading, `> ` a step of a flow chart, and a line with `|` is a row of a table. Lines of
 * one kind that follow each other belong together.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let last: Block | undefined
  for (const typed of text.split('\n')) {
    const line = typed.trim()
    if (line === '') {
      last = undefined
      continue
    }
    const block = blockOf(line)
    if (last && joined(last, block)) continue
    blocks.push(block)
    last = block
  }
  return blocks
}

function blockOf(line: string): Block {
  const heading = HEADING.exec(line)?.[1]
  if (heading) return { kind: 'heading', text: heading }
  const isTooWide = cellsOf(line).length > MOST_CELLS
  const step = STEP.exec(line)?.[1]
  if (step && !isTooWide) return { kind: 'flow', steps: [stepOf(step)] }
  const bullet = BULLET.exec(line)?.[1]
  if (bullet) return { kind: 'bullets', items: [bullet] }
  const number = NUMBER.exec(line)
  if (number) return { kind: 'numbers', start: Number(number[1]), items: [`${number[2]}`] }
  if (line.includes('|') && !isTooWide) return { kind: 'table', head: cellsOf(line), rows: [] }
  return { kind: 'paragraph', text: line }
}

/** Adds the block to the one before it where both are parts of one list, table or chart. */
function joined(last: Block, next: Block): boolean {
  if (last.kind === 'bullets' && next.kind === 'bullets') last.items.push(...next.items)
  else if (last.kind === 'numbers' && next.kind === 'numbers') last.items.push(...next.items)
  else if (last.kind === 'table' && next.kind === 'table') last.rows.push(next.head)
  else if (last.kind === 'flow' && next.kind === 'flow') last.steps.push(...next.steps)
  else return false
  return true
}

/** 'แล้วเสร็จหรือไม่ | แล้วเสร็จ: แจ้งผล | ไม่แล้วเสร็จ: ชี้แจง' */
function stepOf(line: string): FlowStep {
  const [text = '', ...ways] = cellsOf(line)
  return {
    text,
    ways: ways.map((way) => {
      const colon = way.indexOf(':')
      const text = way.slice(colon + 1).trim()
      return { label: way.slice(0, Math.max(0, colon)).trim(), text, isEnd: text.endsWith(END) }
    }),
  }
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())
}

export function piecesOf(text: string): Piece[] {
  return text
    .split(ADDRESS)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, href: /^https?:\/\//.test(part) ? part : null }))
}
