import { type Block, blocksOf, type FlowStep, type Piece, piecesOf } from './document-text.ts'
import { type FlowChart, flowChart } from './flow-chart.ts'
import type { DocumentSection } from './tables.ts'

/** A section as views/ita/_sections.eta prints it. */
export interface SectionView {
  id: string
  heading: string
  blocks: BlockView[]
}

type BlockView =
  | { kind: 'paragraph' | 'heading'; pieces: Piece[] }
  | { kind: 'bullets' | 'numbers'; start: number; items: Piece[][] }
  | { kind: 'table'; head: Piece[][]; rows: Piece[][][] }
  | { kind: 'flow'; id: string; title: string; told: string; chart: FlowChart; steps: FlowStep[] }

export function sectionViews(sections: readonly DocumentSection[]): SectionView[] {
  return sections.map(({ heading, text }, index) => {
    const id = `s${index + 1}`
    return {
      id,
      heading,
      blocks: blocksOf(text).map((block, n) => blockView(block, heading, `${id}-${n + 1}`)),
    }
  })
}

function blockView(block: Block, heading: string, id: string): BlockView {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { kind: block.kind, pieces: piecesOf(block.text) }
    case 'bullets':
      return { kind: 'bullets', start: 1, items: block.items.map(piecesOf) }
    case 'numbers':
      return { kind: 'numbers', start: block.start, items: block.items.map(piecesOf) }
    case 'table': {
      const lines = [block.head, ...block.rows]
      // A row with a cell too few still has the table's columns, and one with a cell too many loses none.
      const width = Math.max(...lines.map((cells) => cells.length))
      const [head = [], ...rows] = lines.map((cells) =>
        Array.from({ length: width }, (_, at) => piecesOf(cells[at] ?? '')),
      )
      return { kind: 'table', head, rows }
    }
    case 'flow':
      return {
        ...{ kind: 'flow', id, title: heading, steps: block.steps },
        ...{ chart: flowChart(block.steps), told: block.steps.map(toldOf).join(' → ') },
      }
  }
}

/** The chart in words, for those who hear it. */
function toldOf({ text, ways }: FlowStep): string {
  const told = ways.map((way) => `${way.label} ${way.text}`.trim()).join(' / ')
  return told === '' ? text : `${text} (${told})`
}
