import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseThaiDate, parseThaiTime } from '#domain/civil-date.ts'
import { composed, countCharacters, foldThai, isBlank, normaliseTyped } from '#domain/text.ts'

const NIKHAHIT = '\u0E4D'
const MAI_THO = '\u0E49'
const AA = '\u0E32'
const SARA_AM = '\u0E33'

describe('counting characters', () => {
  test.each([
    ['nothing', '', 0],
    ['Thai consonant, tone and vowel', 'น้ำ', 3],
    ['an emoji outside the basic plane', '😀', 1],
    ['a family of five joined code points', '👨‍👩‍👧', 5],
    ['a letter with a separate accent', 'e\u0301', 1],
    ['lines', 'ก\nข', 3],
  ])('%s', (_, text, count) => {
    expect(countCharacters(text)).toBe(count)
  })
})

describe('what is stored of what was typed', () => {
  test.each([
    ['Windows and old Mac line ends become line feeds', 'ก\r\nข\rค\n', 'ก\nข\nค'],
    ['tabs and empty lines inside stay', 'ก\t1\n\n\nข', 'ก\t1\n\n\nข'],
    ['white space at the ends goes', ' \u00A0\n กข \t ', 'กข'],
    ['control characters go', 'ก\u0000ข\u0007ค\u001B[31m\u007F\u0085', 'กขค[31m'],
    ['an accent joins its letter', 'cafe\u0301', 'café'],
    ['an accent joins its letter across a control character', 'e\u0000\u0301', 'é'],
    ['emoji joined by zero-width joiners stay whole', 'บ้าน 👨‍👩‍👧 🇹🇭', 'บ้าน 👨‍👩‍👧 🇹🇭'],
    ['zero-width spaces between Thai words stay', 'ถนน\u200Bพัง', 'ถนน\u200Bพัง'],
    ['marks that turn the direction of reading go', 'a\u202Eb\u202Cc \u2066d\u2069', 'abc d'],
    ['marks beyond thirty on one letter go', `ก${'\u0E49'.repeat(99)}ข`, `ก${'\u0E49'.repeat(30)}ข`],
    ['a text of control characters only is empty', '\u0000\u0001 \u0002', ''],
    ['Thai digits stay as typed', 'หมู่ ๕', 'หมู่ ๕'],
  ])('%s', (_, typed, stored) => {
    expect(normaliseTyped(typed)).toBe(stored)
  })

  test('storing a second time changes nothing, and no control character is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const stored = normaliseTyped(typed)
        expect(normaliseTyped(stored)).toBe(stored)
        expect(stored).not.toMatch(/(?![\n\t])\p{Cc}/u)
      }),
    )
  })
})

test.each([
  ['', true],
  [' \n\t\u00A0', true],
  ['\u200B\u200D\u2060\u00AD', true],
  ['\u0E49\u0301', true],
  ['\u202E', true],
  ['ก', false],
  ['👍', false],
  ['\u200B.', false],
  ['𠮷', false],
])('%j is blank: %j', (text, blank) => {
  expect(isBlank(text)).toBe(blank)
})

test('composition keeps what any language writes, and is composition', () => {
  for (const text of ['น้ำ', 'Việt Nam', 'שָׁלוֹם', '한국어', 'ลมฺหายใจ', 'e\u0301\u0323', 'क्षि', '👨‍👩‍👧']) {
    expect(composed(text)).toBe(text.normalize('NFC'))
  }
  const marks = fc.constantFrom('\u0301', '\u0316', '\u0344', '\u0E48', '\u0E38', '\u0F73', 'a', 'ก')
  fc.assert(
    fc.property(fc.string({ unit: marks, maxLength: 200 }), (text) => {
      const once = composed(text)
      expect(once).toBe(once.normalize('NFC'))
      expect(composed(once)).toBe(once)
      expect(once).not.toMatch(/\p{M}{31}/u)
    }),
  )
})

describe('what search takes for the same word', () => {
  test.each([
    ['nikhahit and aa', `น${NIKHAHIT}${AA}`, `น${SARA_AM}`],
    ['nikhahit, tone and aa', `น${NIKHAHIT}${MAI_THO}${AA}`, 'น้ำ'],
    ['tone, nikhahit and aa', `น${MAI_THO}${NIKHAHIT}${AA}`, 'น้ำ'],
    ['sara am typed before its tone', `น${SARA_AM}${MAI_THO}`, 'น้ำ'],
    ['two sara e', 'เเม่น้ำ', 'แม่น้ำ'],
    ['Thai digits', 'หมู่ ๕', 'หมู่ 5'],
    ['capitals', 'ATM ถนน', 'atm ถนน'],
    ['a zero-width space between words', 'ถนน\u200Bพัง', 'ถนนพัง'],
  ])('%s', (_, typed, word) => {
    expect(foldThai(typed)).toBe(foldThai(word))
    expect(foldThai(word)).toBe(word)
  })

  test.each([
    ['ป้า', 'ป่า'],
    ['ไฟ', 'ใฟ'],
    ['เก', 'แก'],
    [`น${NIKHAHIT}`, 'น'],
  ])('%s and %s stay apart', (a, b) => {
    expect(foldThai(a)).not.toBe(foldThai(b))
  })

  test('any spelling of the same words folds to one, and folding that changes nothing', () => {
    const spellings = [
      ['น้ำ', `น${NIKHAHIT}${MAI_THO}${AA}`, `น${MAI_THO}${NIKHAHIT}${AA}`, `น${SARA_AM}${MAI_THO}`],
      ['ทำ', `ท${NIKHAHIT}${AA}`],
      ['แก้', 'เเก้', 'แก\u200B้'],
      ['5', '๕'],
      ['a', 'A'],
      ['ปู่', 'ป\u0E48\u0E39'],
      [' '],
    ]
    const word = fc
      .constantFrom(...spellings)
      .chain((ways) => fc.tuple(fc.constant(ways[0]), fc.constantFrom(...ways)))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const right = words.map(([correct]) => correct).join('')
        expect(foldThai(words.map(([, typed]) => typed).join(''))).toBe(right)
        expect(foldThai(right)).toBe(right)
      }),
    )
  })
})

test('a hostile text of 200,000 characters costs no more than its length', () => {
  const units = [' ', '\r', '\u0000', NIKHAHIT, MAI_THO, SARA_AM, 'เ', `${NIKHAHIT}${MAI_THO}`, '1 ', '1/']
  const hostile = units.flatMap((unit) => {
    const long = unit.repeat(200_000 / unit.length)
    return [long, `1${long}x`, `${NIKHAHIT}${long}x`, `${SARA_AM}${long}x`]
  })
  // Each mark of the second half belongs before all of the first.
  for (const pair of ['\u0301\u0316', '\u0E48\u0E38']) {
    const [after, before] = pair
    hostile.push(`ก${after?.repeat(100_000)}${before?.repeat(100_000)}`)
  }
  const startedAt = performance.now()
  for (const text of hostile) {
    normaliseTyped(text)
    foldThai(text)
    countCharacters(text)
    parseThaiDate(text)
    parseThaiTime(text)
  }
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})
