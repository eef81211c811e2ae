import { foldThai } from '#domain/text.ts'
import { requiredLine } from '#web/form-fields.ts'
import { type FieldErrors, type Fields, typed } from '#web/forms.ts'
import type { AccountBook } from './account-book.ts'
import { isSheet, recover, SHEETS } from './crypto/recovery.ts'
import { type KeyPair, SealBroken } from './crypto/sodium.ts'
import { listOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'

export const CUSTODIAN_FIELDS = ['custodian1', 'custodian2', 'custodian3'] as const
export const SHEET_FIELDS = ['sheetA', 'sheetB'] as const

const Name = requiredLine(150, 'กรุณากรอกชื่อและตำแหน่งของผู้เก็บรักษา')

/** The three who keep the sheets; none of them an officer, who needs no sheet, nor an administrator. */
export function readCustodians(
  sealed: Sealed,
  accounts: AccountBook,
  fields: Fields,
): { custodians: string[] } | { errors: FieldErrors } {
  const errors: FieldErrors = {}
  const custodians: string[] = []
  const barred = barredNames(sealed, accounts)
  for (const field of CUSTODIAN_FIELDS) {
    const name = Name.safeParse(fields[field]?.[0])
    if (!name.success) {
      errors[field] = name.error.issues[0]?.message ?? ''
      continue
    }
    const why = barred.find(({ person }) => plainName(name.data).includes(person))?.why
    if (why) errors[field] = why
    else if (custodians.some((other) => plainName(other) === plainName(name.data))) {
      errors[field] = 'แต่ละแผ่นต้องอยู่กับคนละคน'
    }
    custodians.push(name.data)
  }
  const isWhole = Object.keys(errors).length === 0 && custodians.length === SHEETS
  return isWhole ? { custodians } : { errors }
}

function barredNames(sealed: Sealed, accounts: AccountBook): { person: string; why: string }[] {
  const officers = listOfficers(sealed.db).map(({ displayName }) => ({
    person: plainName(displayName),
    why: 'เจ้าหน้าที่ตามคำสั่งเก็บแผ่นกู้คืนไม่ได้ แผ่นมีไว้สำหรับวันที่เจ้าหน้าที่เปิดตู้ไม่ได้',
  }))
  const administrators = accounts
    .list()
    .filter(({ isAdministrator }) => isAdministrator)
    .map(({ displayName }) => ({
      person: plainName(displayName),
      why: 'ผู้ดูแลระบบเก็บแผ่นกู้คืนไม่ได้ ผู้ที่มีทั้งเครื่องแม่ข่ายและแผ่นสองแผ่นจะเปิดได้ทุกเรื่อง',
    }))
  return [...officers, ...administrators].filter(({ person }) => person.length > 0)
}

/** A name as it is compared: without its title and spaces. */
function plainName(name: string): string {
  return foldThai(name)
    .replace(/^(นางสาว|นาง|นาย|น\.ส\.|ว่าที่ร้อยตรี|ว่าที่\s*ร\.ต\.|ดร\.)\s*/, '')
    .replace(/\s+/g, '')
}

/** Two typed sheets, or which of them to look at again. */
export function readSheets(fields: Fields): { sheets: [string, string] } | { errors: FieldErrors } {
  const { sheetA, sheetB } = typed(fields, SHEET_FIELDS)
  const errors: FieldErrors = {
    ...wrongSheet('sheetA', sheetA),
    ...wrongSheet('sheetB', sheetB),
  }
  if (Object.keys(errors).length > 0) return { errors }
  const plain = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (plain(sheetA) === plain(sheetB)) return { errors: { sheetB: 'พิมพ์แผ่นเดียวกันสองครั้ง ต้องใช้สองแผ่นที่ต่างกัน' } }
  return { sheets: [sheetA, sheetB] }
}

function wrongSheet(field: string, text: string): FieldErrors {
  if (text.trim() === '') return { [field]: 'กรุณาพิมพ์ข้อความบนแผ่น' }
  return isSheet(text) ? {} : { [field]: 'แผ่นนี้พิมพ์ไม่ครบหรือผิดบางตัว เทียบกับแผ่นทีละกลุ่ม' }
}

/** The key that two sheets restore; undefined when they are not of this set. */
export async function keyOfSheets(
  sheets: readonly string[],
  publicKey: Uint8Array,
): Promise<KeyPair | undefined> {
  return await recover(sheets, publicKey).catch((error: unknown) => {
    if (error instanceof SealBroken) return undefined
    throw error
  })
}
