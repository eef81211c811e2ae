import { widthInEm } from './pdf-font.ts'

const words = new Intl.Segmenter('th', { granularity: 'word' })
const letters = new Intl.Segmenter('th', { granularity: 'grapheme' })

// The segmenter of Node 20 takes time quadratic in the length of its input; 500 characters keep it harmless.
const RUN = /\S{1,500} *|[^\S\n]+/g

// Kerning is left out of the sums.
const SLACK = 0.1

/**
 * The lines of a text, which may hold line feeds of its own, broken between the words of the Thai dictionary:
 * Typst guesses the words, and guesses องค์|การ. A word that no line can take is broken between letters.
 * A no-break space keeps its neighbours together and becomes a space. Widths are multiples of the type size.
 */
export function breakLines(text: string, width: number, firstWidth = width): string[] {
  const lines: string[] = []
  for (const typed of text.split('\n')) {
    let line = ''
    for (const part of partsOf(typed, Math.min(width, firstWidth) - SLACK)) {
      const room = (lines.length === 0 ? firstWidth : width) - SLACK
      if (line !== '' && widthInEm((line + part).trimEnd()) > room) {
        lines.push(line)
        line = ''
      }
      line += part
    }
    lines.push(line)
  }
  return lines.map((line) => line.replaceAll('\u00A0', ' ').trimEnd())
}

/** What stays together, with the space behind it; none is wider than `width`. */
function partsOf(text: string, width: number): string[] {
  const parts: string[] = []
  for (const [run] of text.matchAll(RUN)) {
    for (const { segment } of words.segment(run)) {
      const before = parts.at(-1)
      if (before === undefined || mayBreak(before.at(-1) ?? '', segment[0] ?? '')) parts.push(segment)
      else parts[parts.length - 1] = before + segment
    }
  }
  return parts.flatMap((part) => (widthInEm(part.trimEnd()) > width ? cut(part, width) : part))
}

/** Whether a line may end between two neighbouring characters of different words. */
function mayBreak(before: string, after: string): boolean {
  // The sign of repetition belongs to the word that it repeats; ฯลฯ is one sign, not two.
  if (/[ๆ ]/.test(after) || before + after === 'ฯล') return false
  if (before === ' ') return true
  if (after === 'ฯ') return false
  const afterWord = /[\p{L}\p{M}\p{N}]/u.test(before)
  if (/[\p{L}\p{N}]/u.test(after)) {
    return afterWord || (/\p{L}/u.test(after) && /[-/–—)\]}”’»?!;]/.test(before))
  }
  return afterWord && /[([{“‘«]/.test(after)
}

function cut(text: string, width: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const [run] of text.matchAll(RUN)) {
    for (const { segment } of letters.segment(run)) {
      if (piece !== '' && widthInEm(piece + segment) > width) {
        pieces.push(piece)
        piece = ''
      }
      piece += segment
    }
  }
  return [...pieces, piece]
}
