import { describe, expect, it } from 'vitest'
import { blocksOf, piecesOf } from '#ita/document-text.ts'
import { sectionViews } from '#ita/document-view.ts'
import { flowChart } from '#ita/flow-chart.ts'
import { widthInEm } from '#platform/pdf-font.ts'

const TEXT = `ย่อหน้าแรก
ย่อหน้าที่สอง

## หัวข้อย่อย
- หนึ่ง
- สอง
3. สาม
4. สี่
ช่องทาง | เวลา
เว็บไซต์ | ทันที
> รับเรื่อง
> ทันหรือไม่ | ทัน: แจ้งผล | ไม่ทัน: ชี้แจง (สิ้นสุด)
> จบ`

describe('a section typed in a plain box', () => {
  it('is read as paragraphs, headings, lists, tables and charts', () => {
    expect(blocksOf(TEXT)).toEqual([
      { kind: 'paragraph', text: 'ย่อหน้าแรก' },
      { kind: 'paragraph', text: 'ย่อหน้าที่สอง' },
      { kind: 'heading', text: 'หัวข้อย่อย' },
      { kind: 'bullets', items: ['หนึ่ง', 'สอง'] },
      { kind: 'numbers', start: 3, items: ['สาม', 'สี่'] },
      { kind: 'table', head: ['ช่องทาง', 'เวลา'], rows: [['เว็บไซต์', 'ทันที']] },
      {
        kind: 'flow',
        steps: [
          { text: 'รับเรื่อง', ways: [] },
          {
            text: 'ทันหรือไม่',
            ways: [
              { label: 'ทัน', text: 'แจ้งผล', isEnd: false },
              { label: 'ไม่ทัน', text: 'ชี้แจง (สิ้นสุด)', isEnd: true },
            ],
          },
          { text: 'จบ', ways: [] },
        ],
      },
    ])
  })

  it('begins a list anew after an empty line', () => {
    expect(blocksOf('- ก\n\n- ข')).toHaveLength(2)
  })

  it('has as many cells in every row as the table has columns', () => {
    const [section] = sectionViews([{ heading: 'ตาราง', text: 'ก | ข\n1 |\n1 | 2 | 3' }])
    const [table] = section?.blocks ?? []
    expect(table?.kind === 'table' && [table.head, ...table.rows].map((row) => row.length)).toEqual([3, 3, 3])
  })

  it('takes a line of more columns than a page has room for as a paragraph', () => {
    const wide = Array(9_000).fill('ก').join('|')
    expect(blocksOf(`${wide}\n> ${wide}`).map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph'])
    const rows = blocksOf(`${wide}\n${'ก|ข\n'.repeat(500)}`)
    expect(rows.map((block) => block.kind === 'table' && block.head.length)).toEqual([false, 2])
  })

  it('shows an address of the web as a link, without the stop behind it, and nothing else', () => {
    expect(piecesOf('ดูที่ https://example.go.th/a?b=1. หรือ javascript:alert(1)')).toEqual([
      { text: 'ดูที่ ', href: null },
      { text: 'https://example.go.th/a?b=1', href: 'https://example.go.th/a?b=1' },
      { text: '. หรือ javascript:alert(1)', href: null },
    ])
  })
})

describe('a flow chart', () => {
  const flow = blocksOf(TEXT).find((block) => block.kind === 'flow')
  const steps = flow?.kind === 'flow' ? flow.steps : []

  it('draws every step and every way once, in their order, without touching one another', () => {
    const { boxes, height, width } = flowChart(steps)
    expect(boxes.map(({ lines }) => lines.map(({ text }) => text).join(' '))).toEqual([
      'รับเรื่อง',
      'ทันหรือไม่',
      'ทัน แจ้งผล',
      'ไม่ทัน ชี้แจง (สิ้นสุด)',
      'จบ',
    ])
    for (const box of boxes) {
      const others = boxes.filter((other) => other !== box)
      const touched = others.filter(
        (other) =>
          other.left < box.left + box.width &&
          box.left < other.left + other.width &&
          other.top < box.top + box.height &&
          box.top < other.top + other.height,
      )
      expect(touched).toEqual([])
      expect([box.left >= 0, box.left + box.width <= width, box.top + box.height <= height]).toEqual([
        true,
        true,
        true,
      ])
    }
  })

  it('leads from every way to the next step, except from one that ends', () => {
    const { boxes, arrows } = flowChart(steps)
    const last = boxes.at(-1)
    expect(arrows.filter(({ to }) => to === last?.top)).toHaveLength(1)
    expect(arrows).toHaveLength(4)
  })

  it('keeps long words within their boxes', () => {
    const long = 'ตรวจสอบข้อเท็จจริงและดำเนินการแก้ไขปัญหาความเดือดร้อนของประชาชนในพื้นที่ให้แล้วเสร็จภายใน 15 วัน'
    const { boxes } = flowChart([{ text: long, ways: [{ label: long, text: long, isEnd: false }] }])
    for (const { lines, width, height, top } of boxes) {
      for (const { text, baseline } of lines) {
        expect(widthInEm(text) * 15).toBeLessThan(width - 20)
        expect(baseline).toBeLessThan(top + height - 5)
      }
    }
  })
})
