import { foldThai } from '#domain/text.ts'

const segmenter = new Intl.Segmenter('th', { granularity: 'word' })

// The segmenter of Node 20 takes time quadratic in the length of its input; 500 characters keep it harmless.
const LONGEST_PIECE = 500

/** The words of a text as they are indexed and searched: folded, in order, punctuation and spaces left out. */
export function thaiWords(text: string): string[] {
  const words: string[] = []
  for (const run of foldThai(text).split(/\s+/u)) {
    for (let start = 0; start < run.length; start += LONGEST_PIECE) {
      for (const part of segmenter.segment(run.slice(start, start + LONGEST_PIECE))) {
        if (part.isWordLike) words.push(part.segment)
      }
    }
  }
  return words
}
