import type { Period } from '#statistics/period.ts'
import { formatMonth, formatMonthShort, formatNumber } from '#web/thai-format.ts'
import type { Effect, Reading } from './effect.ts'

export interface EffectWords {
  /** Null where there is nothing to compare yet. */
  numbers: { before: string; after: string } | null
  text: string
  /** Which months are compared. */
  months: string | null
}

const READINGS: Record<Reading, string> = {
  none: 'ไม่มีเรื่องทั้งก่อนและหลังเริ่มมาตรการ',
  few: 'จำนวนน้อยเกินไป ยังสรุปผลของมาตรการไม่ได้',
  same: 'จำนวนเท่าเดิม',
  slightly_less: 'ลดลงเล็กน้อย อาจเป็นเหตุบังเอิญ ยังสรุปผลของมาตรการไม่ได้',
  slightly_more: 'เพิ่มขึ้นเล็กน้อย อาจเป็นเหตุบังเอิญ ยังสรุปผลของมาตรการไม่ได้',
  clearly_less: 'ลดลงชัดเจน',
  clearly_more: 'เพิ่มขึ้นชัดเจน ควรทบทวนมาตรการ',
}

/** What became of the complaints, told so that a small number is not taken for a success. */
export function effectWords(effect: Effect): EffectWords {
  if (effect.state === 'too_early') {
    const text = `ยังเร็วเกินไป เริ่มเปรียบเทียบได้เมื่อสิ้นเดือน${formatMonth(effect.from, 'th')}`
    return { numbers: null, text, months: null }
  }
  if (effect.state === 'no_before') {
    const text = 'เปรียบเทียบไม่ได้ เพราะระบบไม่มีข้อมูลก่อนเริ่มมาตรการ'
    return { numbers: null, text, months: null }
  }
  const { months, before, after, reading } = effect
  const isSaid = reading !== 'none' && reading !== 'few' && reading !== 'same'
  const season = isSaid && months < 12 ? ' (ยังไม่ครบปี ฤดูกาลอาจมีผล)' : ''
  return {
    numbers: { before: formatNumber(before.count), after: formatNumber(after.count) },
    text: `${READINGS[reading]}${season}`,
    months: `เทียบ ${months} เดือนเต็มก่อนเริ่ม (${spanOf(before)}) กับ ${months} เดือนเต็มหลังเริ่ม (${spanOf(after)})`,
  }
}

const spanOf = ({ from, to }: Period): string =>
  from === to
    ? formatMonthShort(from, 'th')
    : `${formatMonthShort(from, 'th')} – ${formatMonthShort(to, 'th')}`
