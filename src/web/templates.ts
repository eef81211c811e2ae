import { readFileSync } from 'node:fs'
import { Eta } from 'eta'
import { runningFromSource } from './languages.ts'

/** Eta with our settings, isolated partials, and checks that only run from source. */
export class Templates extends Eta {
  readonly #keys = new Map<string, ReadonlySet<string>>()

  constructor(directory: string) {
    super({
      views: directory,
      autoEscape: true,
      useWith: false,
      varName: 'it',
      cache: process.env.NODE_ENV !== 'development',
      functionHeader: 'const part = (name, params) => this.part(name, it.ui, params)',
      escapeFunction: escapeHtml,
    })
  }

  /**
   * A partial sees `it.ui` and its own parameters, never the page's data. `name` is a file of
   * views/partials, or a path from views/ when it starts with a slash.
   */
  part(name: string, ui: object, params: object = {}): string {
    const path = name.startsWith('/') ? name : `/partials/${name}`
    if (runningFromSource) {
      const known = this.#keysOf(path)
      const unknown = Object.keys(params).filter((key) => !known.has(key))
      if (unknown.length > 0) throw new Error(`partial "${name}" takes no ${unknown.join(', ')}`)
    }
    return this.render(path, { ui, ...params })
  }

  checkKeys(name: string, declared: readonly string[], given: readonly string[]): void {
    const used = this.#keysOf(name)
    const report = (problem: string, keys: readonly string[]) => {
      if (keys.length > 0) throw new Error(`view "${name}" ${problem}: ${keys.join(', ')}`)
    }
    report(
      'is given keys its page() does not declare',
      given.filter((key) => !declared.includes(key)),
    )
    report(
      'declares keys it never uses',
      declared.filter((key) => !used.has(key)),
    )
    report(
      'uses keys it does not declare',
      [...used].filter((key) => key !== 'ui' && !declared.includes(key)),
    )
  }

  /** The `it.<key>`s of a template and of the views it includes (their data is the page's own). */
  #keysOf(name: string): ReadonlySet<string> {
    const known = this.#keys.get(name)
    if (known && this.config.cache) return known
    const path = this.resolvePath(name)
    const code = this.parse(readFileSync(path, 'utf8')).map((piece) =>
      typeof piece === 'string' ? '' : piece.val,
    )
    const keys = new Set<string>()
    for (const [, key] of code.join('\n').matchAll(/\bit\.(\w+)/g)) if (key) keys.add(key)
    for (const [, included] of code.join('\n').matchAll(/\binclude\(\s*'([^']+)'/g)) {
      if (!included) continue
      for (const key of this.#keysOf(this.#nameOf(included, path))) keys.add(key)
    }
    this.#keys.set(name, keys)
    return keys
  }

  #nameOf(included: string, from: string): string {
    const root = this.config.views ?? ''
    return this.resolvePath(included, { filepath: from }).slice(root.length)
  }
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) {
    if (runningFromSource) throw new Error('a view printed a value that is not there')
    return ''
  }
  const text = String(value)
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? '') : text
}
