import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const VIEWS = resolve('views')
const SRC = resolve('src')

const list = (folder: string, extension: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension))
    .map((file) => file.replaceAll('\\', '/'))

const views = list(VIEWS, '.eta').map((file) => file.slice(0, -'.eta'.length))
const viewCode = new Map(views.map((view) => [view, readFileSync(join(VIEWS, `${view}.eta`), 'utf8')]))
const sources = list(SRC, '.ts').map((file) => readFileSync(join(SRC, file), 'utf8'))

/** `page<...>('name', ['key', ...])` as the sources declare them. */
const declared = new Map<string, string[]>()
for (const code of sources) {
  for (const [, name, keys] of code.matchAll(
    /\bpage(?:<[\s\S]*?>)?\(\s*'([^']+)',\s*\[([\s\S]*?)\],?\s*\)/g,
  )) {
    if (name)
      declared.set(
        name,
        [...(keys ?? '').matchAll(/'(\w+)'/g)].map(([, key]) => `${key}`),
      )
  }
}

/** A view with the views it includes with its own data. */
function codeWithIncludes(view: string): string {
  const code = viewCode.get(view) ?? ''
  const included = [...code.matchAll(/\binclude\(\s*'([^']+)'/g)].map(([, name]) =>
    name?.startsWith('./')
      ? `${view.split('/').slice(0, -1).join('/')}/${name.slice(2)}`
      : `${name}`.replace(/^\//, ''),
  )
  return [code, ...included.map(codeWithIncludes)].join('\n')
}

describe('views', () => {
  it('are all used: rendered by a page, or a layout or part of one that is', () => {
    const all = [...viewCode.values()].join('\n')
    const unused = views.filter(
      (view) =>
        !declared.has(view) &&
        !all.includes(`'/${view}'`) &&
        !all.includes(`'${view.replace(/^partials\//, '')}'`) &&
        !all.includes(`'./${view.split('/').at(-1)}'`),
    )
    expect(unused).toEqual([])
  })

  it('exist for every page that is declared', () => {
    expect([...declared.keys()].filter((name) => !viewCode.has(name))).toEqual([])
    expect(declared.size).toBeGreaterThan(10)
  })

  it('get exactly their data', () => {
    const wrong: string[] = []
    for (const [name, keys] of declared) {
      const used = new Set([...codeWithIncludes(name).matchAll(/\bit\.(\w+)/g)].map(([, key]) => `${key}`))
      used.delete('ui')
      for (const key of keys) if (!used.has(key)) wrong.push(`${name}: ${key} is given but not used`)
      for (const key of used) if (!keys.includes(key)) wrong.push(`${name}: ${key} is used but not given`)
    }
    expect(wrong).toEqual([])
  })

  it('print raw text only for layouts, includes, parts and charts made by us', () => {
    const raw = [...viewCode].flatMap(([view, code]) =>
      [...code.matchAll(/<%~([\s\S]*?)%>/g)]
        .map(([, expression]) => `${expression}`.trim())
        .filter((expression) => !/^(include|part|block)\(|^it\.(body|chart|qr)\b/.test(expression))
        .map((expression) => `${view}: ${expression}`),
    )
    expect(raw).toEqual([])
  })

  it('carry no inline style, script or handler that the content security policy would stop', () => {
    // A mail has no policy, and no style sheet either.
    const styled = (view: string) => view !== 'mail/message' && /\sstyle="/.test(viewCode.get(view) ?? '')
    const guilty = views.filter(
      (view) => styled(view) || /\son\w+="|<style|<script(?![^>]*\ssrc=)/.test(viewCode.get(view) ?? ''),
    )
    expect(guilty).toEqual([])
  })

  it('ask nothing of other sites', () => {
    const guilty = views.filter((view) => /(?:src|href|action)="https?:/.test(viewCode.get(view) ?? ''))
    expect(guilty).toEqual([])
  })
})
