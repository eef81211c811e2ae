/** More marks on one letter than any language writes. */
const MOST_MARKS = 30
const PILED_MARKS = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu')

/**
 * Unicode composition. Marks beyond thirty on one letter go: putting n of them in order takes n² steps, so
 * that one text of nothing else would stop the portal for everybody.
 */
export function composed(text: string, form: 'NFC' | 'NFKC' = 'NFC'): string {
  if (!mayPileUp(text)) return text.normalize(form)
  // Once more afterwards: a few marks come apart into two.
  return text.replace(PILED_MARKS, '$1').normalize(form).replace(PILED_MARKS, '$1')
}

/** A quick look that spares nearly every text the slow one: Latin and Thai letters end a run of marks. */
function mayPileUp(text: string): boolean {
  let run = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    run = code < 0x300 || (code > 0xe00 && code < 0xe31) ? 0 : run + 1
    if (run > MOST_MARKS / 2) return true
  }
  return false
}

/** Length as a person counts it for a limit: code points of the composed text, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of composed(text)) count += 1
  return count
}

/**
 * What a person typed, in the one form that is stored: composed, lines ended by LF, no control characters
 * but line feed and tab, no white space at the ends. Emoji and zero-width characters stay: they are words.
 * Marks that turn the direction of reading go: in a list they would turn round what stands beside them.
 */
export function normaliseTyped(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
  return composed(plain).trim()
}

/** Whether a text has nothing that can be seen: white space, zero-width characters, marks without a letter. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Z}\p{Cc}\p{Cf}\p{M}]/u.test(text)
}

/** Thai digits to 0-9; everything else unchanged. */
export function toArabicDigits(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50))
}

/**
 * Text as search compares it, for index and query alike. Unicode composition leaves apart what looks the
 * same in Thai: น + nikhahit + tone + aa against น้ำ, sara am typed before its tone, and two sara e for one
 * sara ae. Zero-width characters, which keyboards and web pages put between Thai words, are dropped.
 */
export function foldThai(text: string): string {
  const plain = toArabicDigits(text)
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .toLowerCase()
  return composed(plain)
    .replace(/\u0E4D([\u0E48-\u0E4B]*)\u0E32/g, '$1\u0E33')
    .replace(/\u0E33([\u0E48-\u0E4B]+)/g, '$1\u0E33')
    .replace(/\u0E40\u0E40/g, '\u0E41')
}
