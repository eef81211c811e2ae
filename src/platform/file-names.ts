import { composed } from '#domain/text.ts'

/** Longest file name that is shown and kept, in characters. */
export const MAX_NAME_LENGTH = 120

const KNOWN_EXTENSION = /\.(jpe?g|jfif|a?png|webp|pdf)$/i

/**
 * A file name from outside as it may be shown and offered for download; never used on disk. Folder parts
 * go, and so do characters that cannot be seen: controls, byte order marks, zero-width and direction marks
 * (they make `gpj.exe` read as `exe.jpg`). With `extension` the name ends in exactly that.
 */
export function cleanFileName(name: string, extension?: string): string {
  const base = name.replace(/^.*[/\\]/s, '')
  const plain = base
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t\r\n]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .replace(/["<>:|?*]/g, '_')
  const visible = composed(plain).replace(/^[\s.]+|[\s.]+$/g, '')
  const [stem, suffix] = split(visible, extension)
  const room = MAX_NAME_LENGTH - suffix.length
  return `${[...(stem || 'file')].slice(0, room).join('').trimEnd()}${suffix}`
}

/** The extension is kept whole when a long name is cut. */
function split(name: string, extension: string | undefined): [stem: string, suffix: string] {
  if (extension) return [name.replace(KNOWN_EXTENSION, ''), `.${extension}`]
  const match = /^(.+)(\.[a-z0-9]{1,5})$/is.exec(name)
  return match ? [match[1] ?? name, match[2] ?? ''] : [name, '']
}
