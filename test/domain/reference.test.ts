import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  caseNumber,
  caseSlug,
  formatTrackingCode,
  parseCaseReference,
  parseTrackingCode,
  toArabicDigits,
} from '#domain/reference.ts'

const anyReference = fc.record({
  fy: fc.integer({ min: 2500, max: 2699 }),
  seq: fc.integer({ min: 1, max: 999_999 }),
})
const toThaiDigits = (text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(0x0e50 + Number(digit)))

describe('writing a case number', () => {
  test('has at least four figures and grows when the year needs more', () => {
    expect(caseNumber(2570, 1)).toBe('รท 0001/2570')
    expect(caseSlug(2570, 1)).toBe('RT-2570-0001')
    expect(caseNumber(2570, 12_345)).toBe('รท 12345/2570')
    expect(caseSlug(2570, 12_345)).toBe('RT-2570-12345')
  })
})

describe('reading a case number', () => {
  test.each([
    'รท 0001/2570',
    'รท0001/2570',
    'รท. 0001/2570',
    'ร.ท. 0001/2570',
    'รท ๐๐๐๑/๒๕๗๐',
    'รท 1/2570',
    '0001/2570',
    '1/2570',
    '๑ / ๒๕๗๐',
    'รท-0001-2570',
    'รท 0001 2570',
    '  รท   0001 /  2570  ',
    'รท\u00A00001/2570',
    'RT-2570-0001',
    'rt-2570-0001',
    'RT 2570 0001',
    'RT2570-1',
    'RT–2570—0001',
    'RT\u2011๒๕๗๐\u2011๐๐๐๑',
    '2570-0001',
    '2570 1',
    'RT-0001-2570',
    'รท 2570/0001',
    '\u200Bรท 0001/2570\uFEFF',
  ])('%j is the first case of 2570', (text) => {
    expect(parseCaseReference(text)).toEqual({ fy: 2570, seq: 1 })
  })

  test('where both numbers could be the year, the form decides', () => {
    expect(parseCaseReference('รท 2569/2570')).toEqual({ fy: 2570, seq: 2569 })
    expect(parseCaseReference('2569/2570')).toEqual({ fy: 2570, seq: 2569 })
    expect(parseCaseReference('รท-2569-2570')).toEqual({ fy: 2570, seq: 2569 })
    expect(parseCaseReference('RT-2570-2569')).toEqual({ fy: 2570, seq: 2569 })
  })

  test.each([
    ['empty', ''],
    ['only the prefix', 'รท'],
    ['only the running number', 'รท 0001'],
    ['the year in C.E.', 'รท 0001/2026'],
    ['a year of two figures', 'รท 0001/70'],
    ['number nought', 'รท 0000/2570'],
    ['another register', 'ทจ 0001/2570'],
    ['three numbers', 'RT-2570-0001-5'],
    ['words after it', 'รท 0001/2570 ครับ'],
    ['an overlong number', 'รท 1234567890/2570'],
    ['a run of figures', '25700001'],
  ])('%s is refused', (_, text) => {
    expect(parseCaseReference(text)).toBeUndefined()
  })

  test('both written forms read back, in either digits and with any spacing', () => {
    const form = fc.constantFrom(caseNumber, caseSlug)
    const gap = fc.constantFrom(' ', '  ', '\u00A0', '-', '–', ' - ')
    fc.assert(
      fc.property(anyReference, form, gap, fc.boolean(), ({ fy, seq }, write, between, thaiDigits) => {
        const written = write(fy, seq).replace(/[ -]/g, between)
        expect(parseCaseReference(thaiDigits ? toThaiDigits(written) : written)).toEqual({ fy, seq })
      }),
    )
  })

  test('what is read is written the same again, whatever was typed', () => {
    const scraps = fc.constantFrom(
      ...['รท', 'ร.ท.', 'RT', 'rt', ' ', '-', '–', '/', '.', '0', '1', '๒', '2570', '๒๕๖๙', '\u200B', 'ก'],
    )
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 8 }), (parts) => {
        const read = parseCaseReference(parts.join(''))
        if (read) expect(parseCaseReference(caseNumber(read.fy, read.seq))).toEqual(read)
      }),
    )
  })
})

describe('the tracking code', () => {
  test.each([
    '123456789012',
    '1234 5678 9012',
    '1234-5678-9012',
    '๑๒๓๔ ๕๖๗๘ ๙๐๑๒',
    ' 1234–5678—9012\n',
    '1234\u00A05678\u200B9012',
  ])('%j is read', (text) => {
    expect(parseTrackingCode(text)).toBe('123456789012')
  })

  test.each(['', '12345678901', '1234567890123', '1234 5678 901x', '1234/5678/9012'])(
    '%j is refused',
    (text) => {
      expect(parseTrackingCode(text)).toBeUndefined()
    },
  )

  test('is printed in three groups of four and reads back', () => {
    expect(formatTrackingCode('123456789012')).toBe('1234 5678 9012')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{12}$/), (code) => {
        expect(parseTrackingCode(formatTrackingCode(code))).toBe(code)
        expect(parseTrackingCode(toThaiDigits(formatTrackingCode(code)))).toBe(code)
      }),
    )
  })
})

test('Thai digits become Arabic ones and nothing else changes', () => {
  expect(toArabicDigits('๐๑๒๓๔๕๖๗๘๙')).toBe('0123456789')
  expect(toArabicDigits('หมู่ ๕ ซอย 7 ฿๑๐๐')).toBe('หมู่ 5 ซอย 7 ฿100')
})

test('a hostile text of 200,000 characters is refused at once', () => {
  const hostile = [' ', '-', '1', '๑', 'รท ', '1 ', '. '].flatMap((unit) => [
    unit.repeat(200_000 / unit.length),
    `รท 1${unit.repeat(200_000 / unit.length)}x`,
  ])
  const startedAt = performance.now()
  for (const text of hostile) {
    expect(parseCaseReference(text)).toBeUndefined()
    expect(parseTrackingCode(text)).toBeUndefined()
  }
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
