import { describe, expect, it } from 'vitest'
import { letterPdf, pdfProblem } from '#letters/letter-pdf.ts'
import { infoOf, pagesOf } from '../support/poppler.ts'
import { delayLetter, report, resultLetter } from './letters.ts'

const PAGE_NUMBER_OR_FOOT = /^- ?\d ?-$|^เลขที่เรื่อง/
const squeezed = (lines: string[]) => lines.join('').replace(/\s/g, '')

describe('the letter as a PDF', () => {
  it('has the parts of an external letter in their order', async () => {
    const [page = [], ...more] = pagesOf(
      await letterPdf(delayLetter({ number: 'ชบ 71401/9', date: '1 มกราคม 2570' })),
    )
    expect(more).toEqual([])
    expect(page).toEqual([
      'ที่ ชบ 71401/9 องค์การบริหารส่วนตำบลเมืองใหม่',
      '99 หมู่ 4 ตำบลเมืองใหม่',
      'อำเภอศรีราชา จังหวัดชลบุรี 20230',
      '1 มกราคม 2570',
      'เรื่อง ชี้แจงเหตุที่ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด',
      'เรียน นางแก้ว ใจดี',
      'อ้างถึง เรื่องเลขที่ รท 0012/2570 ลงวันที่ 3 พฤศจิกายน 2569',
      ...page.slice(7, -7),
      'ขอแสดงความนับถือ',
      '( )',
      'นายกองค์การบริหารส่วนตำบลเมืองใหม่',
      'กองช่าง',
      'โทร. 038 123 456',
      'อีเมล saraban@example.go.th',
      'เลขที่เรื่อง รท 0012/2570',
    ])
    expect(squeezed(page.slice(7, -7))).toBe(squeezed(delayLetter().paragraphs))
  })

  it('leaves number, date and name to be written by hand where the portal does not know them', async () => {
    const [page = []] = pagesOf(await letterPdf(delayLetter()))
    expect(page[0]).toBe('ที่ องค์การบริหารส่วนตำบลเมืองใหม่')
    expect(page[3]).toMatch(/^เรื่อง /)
  })

  it('numbers its pages from the second and names the case on each', async () => {
    const pages = pagesOf(await letterPdf(resultLetter()))
    expect(
      pages
        .map(([first]) => first)
        .slice(1)
        .map((first) => first?.replaceAll(' ', '')),
    ).toEqual(['-2-', '-3-'])
    expect(pages.map((page) => page.at(-1))).toEqual(Array(3).fill('เลขที่เรื่อง รท 0012/2570'))
    expect(pages.flat()).toContain('(นายสมชาย ใจดี)')
  })

  it('loses no word of three pages', async () => {
    const document = resultLetter()
    const lines = pagesOf(await letterPdf(document)).flat()
    const text = squeezed(lines.filter((line) => !PAGE_NUMBER_OR_FOOT.test(line)))
    expect(text).toContain(squeezed(document.paragraphs))
    expect(text).toContain(`สิ่งที่ส่งมาด้วย1.${squeezed(document.enclosures.slice(0, 1))}2.`)
  })

  it('does not leave the signature alone on a page', async () => {
    for (const length of [300, 500, 700, 900, 1_100, 1_300]) {
      const pages = pagesOf(
        await letterPdf(delayLetter({ paragraphs: [report(length), 'จึงเรียนมาเพื่อโปรดทราบ'] })),
      )
      expect(pages.at(-1)).toEqual(
        expect.arrayContaining(['จึงเรียนมาเพื่อโปรดทราบ', 'ขอแสดงความนับถือ', 'กองช่าง']),
      )
    }
  })

  it('is A4, tagged and titled, in Thai, as PDF/UA asks', async () => {
    const pdf = await letterPdf(delayLetter())
    const info = infoOf(pdf)
    expect(info).toContain('Title: ชี้แจงเหตุที่ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด')
    expect(info).toContain('Tagged: yes')
    expect(info).toMatch(/Page size: 595\.\d+ x 841\.\d+ pts \(A4\)/)
    expect(infoOf(pdf, '-meta')).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(infoOf(pdf, '-struct').match(/\bP \(block\)/g)?.length).toBe(14)
    expect(pdf.toString('latin1')).toContain('/Lang (th')
  })

  it('is the same file for the same letter', async () => {
    expect((await letterPdf(delayLetter())).equals(await letterPdf(delayLetter()))).toBe(true)
  })

  it('can be made on this machine', () => {
    expect(pdfProblem()).toBeNull()
  })
})
