import { formatMonth } from '#web/thai-format.ts'

const DIGITS = 'ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า'.split(' ')
const PLACES = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน']

/** A whole number as it is said: 121 is 'หนึ่งร้อยยี่สิบเอ็ด'. */
export function spokenNumber(value: number): string {
  if (value === 0) return DIGITS[0] ?? ''
  const millions = Math.floor(value / 1_000_000)
  const rest = spokenBelowMillion(value % 1_000_000, value > 10)
  return millions > 0 ? `${spokenNumber(millions)}ล้าน${rest}` : rest
}

function spokenBelowMillion(value: number, isPart: boolean): string {
  const digits = [...String(value)].map(Number)
  return digits
    .map((digit, index) => {
      const place = digits.length - 1 - index
      if (digit === 0) return ''
      if (place === 1) return `${{ 1: '', 2: 'ยี่' }[digit] ?? DIGITS[digit]}สิบ`
      if (place === 0 && digit === 1 && isPart) return 'เอ็ด'
      return `${DIGITS[digit]}${PLACES[place]}`
    })
    .join('')
}

/** A telephone number digit by digit, in its groups: 'ศูนย์สามแปด หนึ่งสองสาม'. */
export function spokenPhone(phone: string): string {
  const groups = phone.match(/\d+/g) ?? []
  return groups.map((group) => [...group].map((digit) => DIGITS[Number(digit)]).join('')).join(' ')
}

/** 'พฤศจิกายน สองพันห้าร้อยหกสิบเก้า' */
export function spokenMonth(month: string): string {
  const [name = '', year = ''] = formatMonth(month, 'th').split(' ')
  return `${name} ${spokenNumber(Number(year))}`
}
