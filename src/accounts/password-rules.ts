import { countCharacters } from '#domain/text.ts'
import { isGuessable } from '#platform/guessable.ts'

export const SHORTEST_PASSWORD = 12
const LONGEST_PASSWORD = 200

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
  if (await isGuessable(password, ownWords)) {
    return 'รหัสผ่านนี้เดาง่ายเกินไป ลองใช้คำสี่คำขึ้นไปที่ไม่เกี่ยวข้องกันเรียงต่อกัน โดยไม่ใช้ชื่อคน ชื่อหน่วยงาน ปี หรือตัวเลขเรียง'
  }
  return undefined
}
