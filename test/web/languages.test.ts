import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languageOf, localPath, MESSAGE_AREAS, type MessageKey, t } from '#web/languages.ts'

const areas: { th: Record<string, string>; en: Record<string, string> }[] = Object.values(MESSAGE_AREAS)
const thai = Object.assign({}, ...areas.map((area) => area.th)) as Record<string, string>
const english = Object.assign({}, ...areas.map((area) => area.en)) as Record<string, string>
const keys = Object.keys(thai)

const placeholders = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

function sourceTexts(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !file.includes('messages'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
}

describe('the texts', () => {
  it('exist in both languages, each key in one area only', () => {
    for (const area of areas) expect(Object.keys(area.en).sort()).toEqual(Object.keys(area.th).sort())
    expect(areas.reduce((sum, area) => sum + Object.keys(area.th).length, 0)).toBe(keys.length)
  })

  it('are never empty and carry the same placeholders in both languages', () => {
    const wrong = keys.filter((key) => {
      const same = JSON.stringify(placeholders(thai[key])) === JSON.stringify(placeholders(english[key]))
      return !same || !thai[key]?.trim() || !english[key]?.trim()
    })
    expect(wrong).toEqual([])
  })

  it('have no Thai letters in English, except the name of the other language and case numbers', () => {
    const withoutNumbers = (key: string) => english[key]?.replace(/รท \d{4}\/\d{4}/, '') ?? ''
    expect(keys.filter((key) => key !== 'common.switch' && /[ก-๛]/.test(withoutNumbers(key)))).toEqual([])
  })

  it('are written by the rules: a space before ๆ, no double spaces, Arabic digits', () => {
    expect(keys.filter((key) => /\S ?\u0E46\S|\S\u0E46| {2}|[๐-๙]/.test(thai[key] ?? ''))).toEqual([])
  })

  it('are all in use, and none is asked for that is not there', () => {
    const code = [...sourceTexts('src', '.ts'), ...sourceTexts('views', '.eta')].join('\n')
    const literals = new Set([...code.matchAll(/'([a-z]\w*(?:\.\w+)+)'/g)].map(([, text]) => `${text}`))
    const patterns = [...code.matchAll(/`([a-z]\w*\.[^`\s]*\$\{[^`]*)`/g)].map(
      ([, text]) => new RegExp(`^${`${text}`.replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '.+')}$`),
    )
    const used = (key: string) => literals.has(key) || patterns.some((pattern) => pattern.test(key))
    expect(keys.filter((key) => !used(key))).toEqual([])

    const asked = [...code.matchAll(/\bt\((?:lang, |language, |'th', )?'([^',]+)'(?!,\s*[`'\w])/g)].map(
      ([, key]) => `${key}`,
    )
    expect(asked.filter((key) => !(key in thai))).toEqual([])
  })
})

describe('t', () => {
  it('fills the placeholders', () => {
    expect(t('th', 'due.left', { n: 3 })).toBe('เหลือ 3 วัน')
    expect(t('en', 'due.left', { n: 3 })).toBe('3 days left')
  })

  it('throws for a missing parameter, so that no citizen ever sees {n}', () => {
    expect(() => t('th', 'due.left')).toThrow('needs {n}')
  })

  it('throws for a key that does not exist', () => {
    expect(() => t('th', 'due.never' as MessageKey)).toThrow('no text "due.never"')
  })
})

describe('addresses', () => {
  it('have a prefix in English only, and read back', () => {
    for (const path of ['/', '/track', '/statistics/2570.csv', '/guide?a=1']) {
      expect(languageOf(localPath('en', path))).toEqual({ lang: 'en', path })
      expect(languageOf(localPath('th', path))).toEqual({ lang: 'th', path })
    }
    expect(localPath('en', '/')).toBe('/en')
    expect(languageOf('/en/')).toEqual({ lang: 'en', path: '/' })
    expect(languageOf('/en?x=1')).toEqual({ lang: 'en', path: '/?x=1' })
  })

  it('never lead to another site, however many slashes an address begins with', () => {
    for (const url of [
      '/en//evil.example',
      '/en/\\evil.example',
      '/en/\\/evil.example',
      '/en///evil.example',
    ]) {
      expect(languageOf(url)).toEqual({ lang: 'en', path: '/evil.example' })
    }
  })

  it('that only begin with the letters en are Thai', () => {
    expect(languageOf('/entrance')).toEqual({ lang: 'th', path: '/entrance' })
  })
})
