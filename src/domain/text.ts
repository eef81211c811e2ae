/** Length as a person counts it for a limit: code points of the composed text, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of text.normalize('NFC')) count += 1
  return count
}

/**
 * What a person typed, in the one form that is stored: composed, lines ended by LF, no control characters
 * but line feed and tab, no white space at the ends. Emoji and zero-width characters stay: they are words.
 */
export function normaliseTyped(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .normalize('NFC')
    .trim()
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
  return toArabicDigits(text)
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/\u0E4D([\u0E48-\u0E4B]*)\u0E32/g, '$1\u0E33')
    .replace(/\u0E33([\u0E48-\u0E4B]+)/g, '$1\u0E33')
    .replace(/\u0E40\u0E40/g, '\u0E41')
}
