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
  /** All that the stages before it have shown, as an expression over the words. */
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
  const loose = looseQuery(parts)
  return {
    exact: { table: 'case_words', match: exact },
    ...(loose !== exact && { loose: { table: 'case_words', match: loose, except: exact } }),
    ...(letters && { letters: { table: 'case_trigrams', match: letters, except: loose } }),
  }
}

/**
 * What stands between spaces may stand apart in the case: "ไฟดับ หมู่ 3" finds "หมู่ 3 ... ไฟดับ". The last
 * word may be only begun; no other, because for each such word the index gathers all cases with any word
 * that begins so before it finds the first.
 */
function looseQuery(parts: readonly string[]): string {
  const phrases = parts.map(thaiWords).filter((words) => words.length > 0)
  const star = mayBeBegun(phrases.at(-1)?.at(-1) ?? '') ? '*' : ''
  return phrases.map((words) => quoted(words.join(' '))).join(' AND ') + star
}

/** A number is typed whole, and one letter begins too many words to say anything. */
const mayBeBegun = (word: string): boolean => [...word].length > 1 && !/^\d+$/.test(word)

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
