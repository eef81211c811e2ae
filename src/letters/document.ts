/** An official letter as it stands on paper; texts are plain, never markup. */
export interface LetterDocument {
  /** From the office's register of letters, e.g. 'ชบ 71401/123'; null is a dotted line to fill in by hand. */
  number: string | null
  office: string
  /** May have line breaks. */
  address: string
  /** In words, e.g. '25 พฤศจิกายน 2569'; null is a dotted line. */
  date: string | null
  subject: string
  to: string
  reference: string | null
  enclosures: string[]
  /** Each may hold line breaks as an officer typed them. */
  paragraphs: string[]
  closing: string
  /** Empty is a dotted line. */
  signerName: string
  signerPost: string
  /** The unit whose matter it is, bottom left, with its telephone and e-mail. */
  unit: string
  contact: string[]
  caseNumber: string
}

/** The body as it is set: every line that an officer began is a paragraph with its indent, as in a list. */
export function bodyLines({ paragraphs }: LetterDocument): string[] {
  return paragraphs
    .flatMap((paragraph) => paragraph.split('\n'))
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .filter((line) => line !== '')
}

const MONTHS = 'มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม'
const DAY_AND_MONTH = new RegExp(`(\\d) (${MONTHS})(?: (\\d{4}))?`, 'g')

/** No-break spaces where a line should not end: within a date, around ณ and before the sign of repetition. */
export function keepTogether(text: string): string {
  return text
    .replace(DAY_AND_MONTH, (_, day, month, year) => [day, month, year].filter(Boolean).join('\u00A0'))
    .replace(/(?<=^| )ณ /g, 'ณ\u00A0')
    .replaceAll(' ๆ', '\u00A0ๆ')
}
