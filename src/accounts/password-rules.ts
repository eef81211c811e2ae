import { countCharacters } from '#domain/text.ts'
import { COMMON_THAI_WORDS } from './common-thai-words.ts'
import { typedInLatin, typedInThai } from './thai-keyboard.ts'

export const SHORTEST_PASSWORD = 12
const LONGEST_PASSWORD = 200
/** Of 0 to 4: 3 stands for a hundred million guesses and more. */
const LEAST_SCORE = 3

type Check = (password: string, ownWords: string[]) => { score: number }

let loaded: Promise<Check> | undefined

/**
 * Why this password cannot be chosen, in words for the person; undefined when it can.
 * @param ownWords what anybody knows about the person and the office: names, user name, unit
 */
export async function passwordProblem(
  password: string,
  ownWords: readonly string[],
): Promise<string | undefined> {
  const length = countCharacters(password)
  if (length === 0) return 'กรุณากรอกรหัสผ่าน'
  if (length < SHORTEST_PASSWORD) {
    return `รหัสผ่านต้องยาวอย่างน้อย ${SHORTEST_PASSWORD} ตัวอักษร (ที่กรอกมี ${length} ตัวอักษร)`
  }
  if (length > LONGEST_PASSWORD) return `รหัสผ่านต้องยาวไม่เกิน ${LONGEST_PASSWORD} ตัวอักษร`
  loaded ??= loadCheck()
  if (isEasy(await loaded, password, wordsOf(ownWords))) {
    return 'รหัสผ่านนี้เดาง่ายเกินไป ลองใช้คำสี่คำขึ้นไปที่ไม่เกี่ยวข้องกันเรียงต่อกัน โดยไม่ใช้ชื่อคน ชื่อหน่วยงาน ปี หรือตัวเลขเรียง'
  }
  return undefined
}

/** A Thai word typed on the Latin keyboard, or the other way round, is as easy as the word itself. */
function isEasy(check: Check, password: string, ownWords: string[]): boolean {
  const readings = new Set([password, typedInThai(password), typedInLatin(password)])
  return [...readings].some((reading) => check(reading, ownWords).score < LEAST_SCORE)
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
  return (password, ownWords) => zxcvbn.check(password, ownWords)
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
