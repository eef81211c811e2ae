import { fileURLToPath } from 'node:url'
import { keepTogether } from '#letters/document.ts'
import { renderPdf } from '#platform/pdf.ts'
import { drawable } from '#platform/pdf-font.ts'
import { breakLines } from '#platform/pdf-lines.ts'
import type { ReportBlock } from './blocks.ts'
import type { ReportArticle } from './page.ts'

const TEMPLATE = fileURLToPath(new URL('../../views/reports/report.typ', import.meta.url))

/** In centimetres, the sizes in points; handed to the template, so that it stands here alone. */
const MEASURES = {
  ...{ size: 14, tableSize: 13, smallSize: 11, headingSize: 16, titleSize: 20 },
  ...{ width: 16.5, indent: 0.6, bars: 13, barNumber: 1.6 },
}
const POINTS_PER_CM = 72 / 2.54
/** For a title of signs that no font can draw: a document must have one. */
const UNTITLED = 'รายงาน'
/** Of a table's numbers, with its gutter. */
const COLUMN = 2.6
const GUTTER = 0.2

/**
 * A report on paper: a tagged PDF.
 * @param foot its address and date, printed on every page
 */
export function reportPdf(article: ReportArticle, foot: string): Promise<Buffer> {
  const { width, titleSize, size, smallSize, headingSize } = MEASURES
  const title = drawable(article.title).trim() || UNTITLED
  return renderPdf(TEMPLATE, () => ({
    measures: MEASURES,
    ...{ title, office: drawable(article.office) },
    heading: setIn(width - 1, titleSize, title),
    cover: [
      setIn(width - 1, headingSize, article.office),
      ...article.facts.map((line) => setIn(width - 1, size, line)),
    ],
    sections: article.sections.map(({ heading, blocks }) => ({
      heading: setIn(width, headingSize, heading),
      blocks: blocks.map(onPaper),
    })),
    foot: setIn(width - 3, smallSize, foot),
  }))
}

function onPaper(block: ReportBlock): object {
  const { width, indent, size, tableSize } = MEASURES
  switch (block.kind) {
    case 'paragraph':
      return { ...block, lines: setIn(width, size, block.text) }
    case 'heading':
      return { ...block, lines: setIn(width, size, block.text) }
    case 'bullets':
      return { kind: 'items', items: block.items.map((item) => ['•', setIn(width - indent, size, item)]) }
    case 'numbers':
      return {
        kind: 'items',
        items: block.items.map((item, at) => [`${block.start + at}.`, setIn(width - indent, size, item)]),
      }
    case 'words': {
      const columns = block.head.length
      const cells = (row: string[]) => row.map((text) => setIn(width / columns - 2 * GUTTER, tableSize, text))
      return { ...block, head: cells(block.head), rows: block.rows.map(cells) }
    }
    case 'counts': {
      const first = width - COLUMN * (block.head.length - 1)
      const cells = (row: string[]) =>
        row.map((text, at) => setIn((at === 0 ? first : COLUMN) - 2 * GUTTER, tableSize, text))
      return {
        ...{ kind: block.kind, hasTotal: block.hasTotal, columns: block.head.length, column: COLUMN },
        title: setIn(width, size, block.title),
        head: cells(block.head),
        rows: block.rows.map(cells),
      }
    }
    case 'bars':
      return { ...block, title: setIn(width, size, block.title) }
  }
}

function setIn(cm: number, size: number, text: string): string[] {
  return breakLines(keepTogether(drawable(text)), (cm * POINTS_PER_CM) / size)
}
