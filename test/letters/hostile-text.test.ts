import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LetterDocument } from '#letters/document.ts'
import { letterPdf } from '#letters/letter-pdf.ts'
import { furthestRight, infoOf, pagesOf } from '../support/poppler.ts'
import { delayLetter, report } from './letters.ts'

const bodyOf = async (text: string) => {
  const lines = pagesOf(await letterPdf(delayLetter({ paragraphs: [text] }))).flat()
  return lines
    .slice(6, lines.indexOf('ขอแสดงความนับถือ'))
    .filter((line) => !/^- ?\d ?-$|^เลขที่เรื่อง/.test(line))
    .join(' ')
}

const squeezed = (text: string) => text.replace(/\s/g, '')

/** The same text wherever a person's words can stand. */
const everywhere = (text: string): LetterDocument =>
  delayLetter({
    ...{ number: text, office: text, address: text, date: text, subject: text, to: text, reference: text },
    ...{ enclosures: [text, text], paragraphs: [text, text], closing: text, signerName: text },
    ...{ signerPost: text, unit: text, contact: [text, text], caseNumber: text },
  })

const MARKUP = [
  '#read("/etc/passwd")',
  '#eval("1 + 1")',
  '#set text(red)',
  '*x* _y_ $x^2$ `raw`',
  '<label> @label',
  '= x',
  '- x -- y --- z ~ ...',
  '\\u{41} \\n \\',
  '// x /* y */',
  '#image("../letters/letter.typ")',
  '"q" \'s\' ] } )',
  '{{x}} <%= x %> &amp; <script>',
]

describe('what people write in a letter', () => {
  it.each(MARKUP)('stays plain letters: %s', async (text) => {
    expect(squeezed(await bodyOf(text))).toBe(squeezed(text))
    await letterPdf(everywhere(text))
  })

  it('loses what no face can draw, and shows where a foreign letter was', async () => {
    expect(await bodyOf('ไฟดับ😀 มาก\u0000\u0001\u001b\u202E จริง\uD800\uFFFD\u200B')).toBe('ไฟดับ มาก จริง')
    expect(await bodyOf('คุณ 李 (မ) ① Ａ')).toBe('คุณ ? (?) 1 A')
    await letterPdf(everywhere('😀\u0000'))
  })

  it('keeps the marks on a letter from climbing over the lines above', async () => {
    expect((await bodyOf(`ก${'้'.repeat(5_000)}`)).length).toBeLessThan(20)
  })

  it('never runs off the paper, however long a word', async () => {
    for (const word of ['ก', 'กา', 'ฮ่ะ', 'a', 'W', '5', '.', '(']) {
      const pdf = await letterPdf(everywhere(word.repeat(150)))
      expect(furthestRight(pdf), word).toBeLessThanOrEqual((21 - 2) * (72 / 2.54))
    }
  })

  it('fills pages with five thousand characters', async () => {
    const text = report(5_000)
    expect(squeezed(await bodyOf(text))).toBe(squeezed(text))
  })

  it('is never an error', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        expect(infoOf(await letterPdf(everywhere(typed)))).toContain('Tagged: yes')
      }),
      { numRuns: 60 },
    )
  })
})
