import { foldThai, normaliseTyped, toArabicDigits } from '#domain/text.ts'
import { thaiWords } from '#platform/thai-words.ts'

/** Longest query that is looked at; whoever pastes a page means its beginning. */
const LONGEST_QUERY = 200

/** The trigram index knows nothing shorter. */
const SHORTEST_RUN = 3

/**
 * `exact` the words as typed, side by side; `loose` the same with its last word only begun, or its parts in
 * any order; `letters` the same run of letters anywhere, for what was cut into words differently.
 */
export const STAGES = ['exact', 'loose', 'letters'] as const
export type Stage = (typeof STAGES)[number]

export interface SearchQuery {
  table: 'case_words' | 'case_trigrams'
  /** FTS5 expression of quoted strings only, so that nothing typed is an operator. */
  match: string
  /** What an earlier stage has shown already, as an expression over the words. */
  except?: string
}

/** The questions a typed text is put as, stage by stage; a stage that cannot find anything is left out. */
export function searchQueries(text: string): Partial<Record<Stage, SearchQuery>> {
  const typed = [...normaliseTyped(text)].slice(0, LONGEST_QUERY).join('')
  const parts = typed.split(/\s+/).filter(Boolean)
  const words = thaiWords(typed)
  const letters = [lettersQuery(parts), phoneQuery(typed)].filter(Boolean).join(' OR ')
  if (words.length === 0) return letters ? { letters: { table: 'case_trigrams', match: letters } } : {}
  const exact = quoted(words.join(' '))
  const loose = [`${exact}*`, partsQuery(parts)].filter(Boolean).join(' OR ')
  return {
    exact: { table: 'case_words', match: exact },
    loose: { table: 'case_words', match: `(${loose}) NOT ${exact}` },
    ...(letters && { letters: { table: 'case_trigrams', match: letters, except: loose } }),
  }
}

/** What stands between spaces may stand apart in the case: "ไฟดับ หมู่ 3" finds "หมู่ 3 ... ไฟดับ". */
function partsQuery(parts: readonly string[]): string | undefined {
  const phrases = parts.map((part) => thaiWords(part).join(' ')).filter(Boolean)
  return phrases.length < 2 ? undefined : `(${phrases.map((phrase) => `${quoted(phrase)}*`).join(' AND ')})`
}

function lettersQuery(parts: readonly string[]): string | undefined {
  const runs = parts.map(foldThai)
  const long = runs.every((run) => [...run].length >= SHORTEST_RUN)
  const pieces = long ? runs : [runs.join(' ')]
  const usable = pieces.filter((piece) => [...piece].length >= SHORTEST_RUN)
  return usable.length > 0 ? usable.map(quoted).join(' AND ') : undefined
}

/** A telephone number is stored as digits only, but typed as on a card: 081-234-5678, +66 81 234 5678. */
function phoneQuery(typed: string): string | undefined {
  const digits = toArabicDigits(typed).replace(/[\s().-]/g, '')
  const number = digits.replace(/^\+66/, '0')
  return /^0\d{6,9}$/.test(number) ? quoted(number) : undefined
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
