import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'

// Part of the build. The Latin fonts are cut down to the range that _fonts.scss gives them, which spares a phone a
// seventh of its first view. Thai stays whole: its marks need every rule of the font.

const styles = readFileSync(new URL('_fonts.scss', import.meta.url), 'utf8')
const ranges = /\$latin: ([^;]+);/.exec(styles)?.[1] ?? ''
const characters = [...ranges.matchAll(/U\+([0-9A-F]{4})(?:-([0-9A-F]{4}))?/g)].flatMap(
  ([, first, last = first]) => {
    const from = Number.parseInt(first, 16)
    return Array.from({ length: Number.parseInt(last, 16) - from + 1 }, (_, index) => from + index)
  },
)
if (characters.length === 0) throw new Error('_fonts.scss names no Latin range')

const require = createRequire(import.meta.url)
for (const name of ['sarabun-latin-400', 'sarabun-latin-700']) {
  const whole = readFileSync(require.resolve(`@fontsource/sarabun/files/${name}-normal.woff2`))
  const small = await subsetFont(whole, String.fromCodePoint(...characters), { targetFormat: 'woff2' })
  writeFileSync(new URL(`../../../dist/assets/${name}.woff2`, import.meta.url), small)
}
