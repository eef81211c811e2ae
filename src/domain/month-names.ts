const MONTHS = [
  ['มกราคม', 'มค', 'jan'],
  ['กุมภาพันธ์', 'กพ', 'feb'],
  ['มีนาคม', 'มีค', 'mar'],
  ['เมษายน', 'เมย', 'apr'],
  ['พฤษภาคม', 'พค', 'may'],
  ['มิถุนายน', 'มิย', 'jun'],
  ['กรกฎาคม', 'กค', 'jul'],
  ['สิงหาคม', 'สค', 'aug'],
  ['กันยายน', 'กย', 'sep'],
  ['ตุลาคม', 'ตค', 'oct'],
  ['พฤศจิกายน', 'พย', 'nov'],
  ['ธันวาคม', 'ธค', 'dec'],
] as const

/** A day with its month's name: day, name, year; the year with two digits or four. */
export const WITH_MONTH_NAME =
  /^(?:วัน\S*\s+)?(?:ที่\s*)?(\d{1,2})\s*([^\d\s]+?)\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*(\d{4}|\d{2})$/

/** 1 to 12 for a month's name in Thai, whole or short, with its dots or without, or in English; else undefined. */
export function monthNumberOf(name: string): number | undefined {
  const wanted = name.toLowerCase().replace(/[.\s]/g, '')
  const month = MONTHS.findIndex((names) => names.some((known) => isMonth(wanted, known)))
  return month < 0 ? undefined : month + 1
}

/** Months in English go by their first three letters. */
const isMonth = (wanted: string, known: string): boolean =>
  wanted === known || (/^[a-z]{3}$/.test(known) && wanted.startsWith(known))
