import { describe, expect, it } from 'vitest'
import { drawable, widthInEm } from '#platform/pdf-font.ts'
import { breakLines } from '#platform/pdf-lines.ts'

describe('a line on paper', () => {
  it('ends between the words of the dictionary', () => {
    const words = ['องค์การ', 'ญี่ปุ่น', 'ผู้ใหญ่', 'กตัญญู', 'กำหนด']
    for (let width = 4; width < 12; width += 0.25) {
      const lines = breakLines(words.join('').repeat(3), width)
      expect(lines.join('')).toBe(words.join('').repeat(3))
      const rest = lines.map((line) => words.reduce((left, word) => left.replaceAll(word, ''), line)).join('')
      expect(rest, lines.join('|')).toBe('')
    }
  })

  it('is never wider than it may be', () => {
    for (const word of ['ก', 'กำ', 'น้ำ', 'W', '.', 'กา', '5/']) {
      const lines = breakLines(word.repeat(400), 9, 7)
      expect(Math.max(...lines.map(widthInEm))).toBeLessThanOrEqual(9)
      expect(widthInEm(lines[0] ?? '')).toBeLessThanOrEqual(7)
      expect(lines.join('')).toBe(word.repeat(400))
    }
  })

  it.each([
    ['ต่าง ๆ'],
    ['พ.ศ.'],
    ['0012/2570'],
    ['1,234.50'],
    ['(ทดสอบ)'],
    ['“อ้าง”'],
    ['ฯลฯ'],
    ['2\u00A0ธันวาคม'],
    ['ไหม?'],
    ['a@example.go.th'],
  ])('does not end within %s', (together) => {
    const text = `คำ ${together} คำ`
    for (let width = widthInEm(together) + 0.2; width < 16; width += 0.25) {
      expect(breakLines(text, width).join('\n')).toContain(together.replace('\u00A0', ' '))
    }
  })

  it('keeps the line feeds that were typed, and no space at its end', () => {
    expect(breakLines('หนึ่ง \nสอง  \n\nสาม', 20)).toEqual(['หนึ่ง', 'สอง', '', 'สาม'])
  })

  it('does not end within a letter and its marks', () => {
    for (const line of breakLines('น้ำ'.repeat(50), 1)) expect(line).toBe('น้ำ')
  })
})

describe('what the face can draw', () => {
  it('is Thai, Latin and the signs that offices write', () => {
    const text = 'กฎหมาย ฿100 “ก–ข” 50% ½ é × • … ๑๒๓ ฯลฯ ๆ'
    expect(drawable(text)).toBe(text)
    expect(widthInEm('กก')).toBeCloseTo(2 * widthInEm('ก'))
    expect(widthInEm('กี่')).toBe(widthInEm('ก'))
  })

  it('leaves out what nobody sees, and turns all line ends into one', () => {
    expect(drawable('a\u0000\u00AD\u200B\u202E\uFEFFb\tc\r\nd\re\u2028f')).toBe('ab c\nd\ne\nf')
  })
})
