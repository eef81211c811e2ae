// The keys of a keyboard row by row, without and with shift: as US Latin and as Thai Kedmanee prints them.
const LATIN =
  '`1234567890-=' +
  'qwertyuiop[]\\' +
  "asdfghjkl;'" +
  'zxcvbnm,./' +
  '~!@#$%^&*()_+' +
  'QWERTYUIOP{}|' +
  'ASDFGHJKL:"' +
  'ZXCVBNM<>?'
const KEDMANEE =
  '_ๅ/-ภถุึคตจขช' +
  'ๆไำพะัีรนยบลฃ' +
  'ฟหกดเ้่าสวง' +
  'ผปแอิืทมใฝ' +
  '%+๑๒๓๔ู฿๕๖๗๘๙' +
  '๐"ฎฑธํ๊ณฯญฐ,ฅ' +
  'ฤฆฏโฌ็๋ษศซ.' +
  '()ฉฮฺ์?ฒฬฦ'

const toThai = new Map([...LATIN].map((key, index) => [key, KEDMANEE[index] ?? key]))
const toLatin = new Map([...KEDMANEE].map((key, index) => [key, LATIN[index] ?? key]))

const retype = (text: string, keys: ReadonlyMap<string, string>): string =>
  [...text].map((key) => keys.get(key) ?? key).join('')

/** The same keys pressed while the keyboard is in Thai. */
export const typedInThai = (text: string): string => retype(text, toThai)

/** The same keys pressed while the keyboard is in English. */
export const typedInLatin = (text: string): string => retype(text, toLatin)
