import type { Delivery, Letter } from '#letters/store.ts'
import type { DeliveryMeans, LetterKind } from '#letters/tables.ts'
import type { Approver } from '#settings/documents.ts'
import { t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'

// Staff pages are in Thai only; the names of the letters are those that the complainant reads in tracking.

export const letterTitle = (kind: LetterKind): string => t('th', `tr.letter.${kind}`)

/** 'ที่ ชบ 71401/123 ลงวันที่ 25 พฤศจิกายน 2569'; null where the office's register has nothing yet. */
export function registerText({ officialNo, officialOn }: Pick<Letter, 'officialNo' | 'officialOn'>) {
  return officialNo && officialOn ? `ที่ ${officialNo} ลงวันที่ ${formatDate(officialOn, 'th')}` : null
}

const MEANS: Record<DeliveryMeans, string> = {
  email: 'ส่งอีเมลแล้วเมื่อ',
  tracking: 'ถือว่าแจ้งแล้วเมื่อแสดงในหน้าติดตามเรื่อง',
  post: 'ส่งทางไปรษณีย์เมื่อ',
  phone: 'โทรแจ้งเมื่อ',
  handed: 'มอบให้กับมือเมื่อ',
}

/** How and when a letter reached the complainant, and whose word that is. */
export function deliveryText({ means, deliveredOn, actorId, actorName, note }: Delivery): string {
  const what = `${MEANS[means]} ${formatDate(deliveredOn, 'th')}`
  const who = actorId === null ? null : `บันทึกโดย ${actorName}`
  return [what, who, note].filter(Boolean).join(' · ')
}

export const APPROVER_NAMES: Record<Approver, string> = {
  unit_head: 'หัวหน้าหน่วยงาน',
  working_group: 'คณะทำงาน',
}

const DONE: Record<string, string> = {
  'letter-register': 'บันทึกเลขที่ วันที่ และผู้ลงนามของหนังสือแล้ว',
  'letter-delivery': 'บันทึกการส่งหนังสือแล้ว',
  'mail-sent': 'บันทึกแล้วว่าอีเมลส่งถึงผู้ร้อง',
  'mail-failed': 'บันทึกแล้วว่าอีเมลไม่ถึงผู้ร้อง กรุณาแจ้งทางอื่น แล้วบันทึกการส่ง',
  'mail-again': 'อีเมลรอส่งอีกครั้งแล้ว',
}

/** What the case page says was just done to a letter, by the word in its address. */
export const letterDone = (word: string): string | null => (Object.hasOwn(DONE, word) && DONE[word]) || null
