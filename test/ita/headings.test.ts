import { describe, expect, it } from 'vitest'
import { blanksIn, GUIDELINE_HEADINGS, missingHeadings } from '#ita/headings.ts'

const written = (headings: readonly string[]) => headings.map((heading) => ({ heading, text: 'ข้อความ' }))

describe('the headings of the guideline', () => {
  it('are all there where each has a section', () => {
    expect(missingHeadings(written(GUIDELINE_HEADINGS))).toEqual([])
  })

  it('are found behind a number, with other spaces, and with more words after them', () => {
    const sections = written([
      '1. วิธีการที่บุคคลภายนอกจะทำการร้องเรียน',
      '(2) ขั้นตอน หรือวิธีการในการจัดการต่อเรื่องร้องเรียน',
      'ข้อ ๓ ส่วนงานที่รับผิดชอบ',
      '๔) ระยะเวลาดำเนินการ',
    ])
    expect(missingHeadings(sections)).toEqual([])
  })

  it.each(GUIDELINE_HEADINGS)('are missed one by one: %s', (heading) => {
    const sections = written(GUIDELINE_HEADINGS.filter((other) => other !== heading))
    expect(missingHeadings(sections)).toEqual([heading])
  })

  it('are missing where nothing is written below', () => {
    const sections = written(GUIDELINE_HEADINGS).with(2, { heading: 'ส่วนงานที่รับผิดชอบ', text: ' \n' })
    expect(missingHeadings(sections)).toEqual(['ส่วนงานที่รับผิดชอบ'])
  })

  it('are not found in the text of another section', () => {
    const sections = [{ heading: 'ทั่วไป', text: GUIDELINE_HEADINGS.join('\n') }]
    expect(missingHeadings(sections)).toEqual([...GUIDELINE_HEADINGS])
  })
})

it('the open places of a draft are found', () => {
  const sections = [{ heading: 'ก', text: 'คำสั่งที่ [กรอกเลขที่] ลงวันที่ [กรอกวันที่] [หมายเหตุ]' }]
  expect(blanksIn(sections)).toEqual(['[กรอกเลขที่]', '[กรอกวันที่]'])
})
