import { COMMON_THAI_WORDS } from './common-thai-words.ts'
import { typedInLatin, typedInThai } from './thai-keyboard.ts'

/** Of 0 to 4: 3 stands for a hundred million guesses and more. */
const LEAST_SCORE = 3

type Check = (text: string, ownWords: string[]) => { score: number }

let loaded: Promise<Check> | undefined

/**
 * Whether a program that knows Thailand would soon guess this password. A Thai word typed on the Latin keyboard,
 * or the other way round, is as easy as the word itself.
 * @param ownWords what anybody knows about the person and the office: names, user name, unit
 */
export async function isGuessable(text: string, ownWords: readonly string[]): Promise<boolean> {
  loaded ??= loadCheck()
  const check = await loaded
  const words = wordsOf(ownWords)
  const readings = new Set([text, typedInThai(text), typedInLatin(text)])
  return [...readings].some((reading) => check(reading, words).score < LEAST_SCORE)
}

function wordsOf(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => [text, text.replace(/\s/g, ''), ...text.split(/[\s.\-_@]+/)])
  return [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => word.length >= 3)
}

/** Loaded when the first password is chosen: the lists take 40 MB, and most days nobody chooses one. */
async function loadCheck(): Promise<Check> {
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core')
  const { adjacencyGraphs, dictionary } = await import('@zxcvbn-ts/language-common')
  const { qwerty, keypad } = adjacencyGraphs
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...dictionary, thaiWords: [...COMMON_THAI_WORDS], thaiYears: THAI_YEARS },
    graphs: { qwerty, keypad, kedmanee: inThai(qwerty) },
    // The rest of a longer one can only make it better, and takes long to look at.
    maxLength: 64,
  })
  return (text, ownWords) => zxcvbn.check(text, ownWords)
}

// Years of the Buddhist era in which people were born or offices were founded; the library knows 19xx and 20xx.
const THAI_YEARS = Array.from({ length: 120 }, (_, index) => String(2580 - index))

function inThai(graph: Record<string, (string | null)[]>): Record<string, (string | null)[]> {
  const entries = Object.entries(graph).map(([key, neighbours]) => [
    typedInThai(key),
    neighbours.map((neighbour) => neighbour && typedInThai(neighbour)),
  ])
  return Object.fromEntries(entries)
}
