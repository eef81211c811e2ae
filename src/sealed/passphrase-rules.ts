import { composed, countCharacters } from '#domain/text.ts'
import { isGuessable } from '#platform/guessable.ts'
import { type FieldErrors, type Fields, typed } from '#web/forms.ts'
import type { AccountBook } from './account-book.ts'
import { plainPassphrase } from './crypto/derive.ts'
import type { Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'

/** Either is enough: words for who writes it down, signs for who has a program for passwords. */
const LEAST_WORDS = 6
const LEAST_CHARACTERS = 14
const MOST_CHARACTERS = 200

/** The passphrase typed twice as `newPassphrase` and `newPassphraseAgain`, or what is wrong with it. */
export async function readNewPassphrase(
  sealed: Sealed,
  officer: Officer,
  fields: Fields,
): Promise<{ passphrase: string } | { errors: FieldErrors }> {
  const { newPassphrase, newPassphraseAgain } = typed(fields, ['newPassphrase', 'newPassphraseAgain'])
  const problem = await passphraseProblem(newPassphrase, ownWords(sealed, officer))
  if (problem) return { errors: { newPassphrase: problem } }
  if (plainPassphrase(newPassphrase) !== plainPassphrase(newPassphraseAgain)) {
    return { errors: { newPassphraseAgain: 'วลีที่กรอกสองครั้งไม่ตรงกัน กรุณากรอกใหม่ทั้งสองช่อง' } }
  }
  return { passphrase: newPassphrase }
}

/**
 * Whoever resets or learns the password for signing in must have nothing of the vault. Asked last, when all else
 * is right: otherwise the form would be a place to guess passwords at.
 */
export async function signInPasswordRefusal(
  accounts: AccountBook,
  { accountId }: Officer,
  passphrase: string,
): Promise<FieldErrors> {
  if (!(await accounts.isPassword(accountId, passphrase))) return {}
  return { newPassphrase: 'วลีนี้เป็นรหัสผ่านเข้าสู่ระบบของท่าน กรุณาตั้งวลีอื่นที่ไม่เหมือนกัน' }
}

/** Why this passphrase cannot be chosen, in words for the officer; undefined when it can. */
export async function passphraseProblem(
  text: string,
  knownWords: readonly string[],
): Promise<string | undefined> {
  const plain = plainPassphrase(text)
  const length = countCharacters(plain)
  if (length === 0) return 'กรุณาตั้งวลีรหัสผ่าน'
  if (length > MOST_CHARACTERS) return `วลีรหัสผ่านต้องยาวไม่เกิน ${MOST_CHARACTERS} ตัวอักษร`
  if (plain.split(' ').length < LEAST_WORDS && length < LEAST_CHARACTERS) {
    return `วลีรหัสผ่านสั้นเกินไป ต้องมีอย่างน้อย ${LEAST_WORDS} คำ (เว้นวรรคระหว่างคำ) หรือ ${LEAST_CHARACTERS} ตัวอักษร`
  }
  if (await isEasy(text, knownWords)) {
    return 'วลีนี้เดาง่ายเกินไป ใช้คำที่ไม่เกี่ยวข้องกันหลายคำ โดยไม่ใช้ชื่อคน ชื่อหน่วยงาน ปี หรือตัวเลขเรียง'
  }
  return undefined
}

/** Judged as it was typed, because NFKC takes apart letters of Thai words; and without what spaces hide. */
async function isEasy(text: string, knownWords: readonly string[]): Promise<boolean> {
  const written = composed(text).trim()
  return (
    (await isGuessable(written, knownWords)) || (await isGuessable(written.replace(/\s+/g, ''), knownWords))
  )
}

function ownWords({ portal }: Sealed, { displayName, post }: Officer): string[] {
  const { orgName, orgNameEn, orgShort, orgShortEn, centreName } = portal.office()
  return [displayName, post, orgName, orgNameEn, orgShort, orgShortEn, centreName]
}
