import { readFileSync } from 'node:fs'

export interface Directive {
  name: string
  args: string[]
  block: Directive[] | undefined
}

/** A configuration of nginx as a tree. */
export function parseNginx(text: string): Directive[] {
  const tokens = text.replace(/^\s*#.*$/gm, '').match(/"(?:\\.|[^"])*"|'[^']*'|[{};]|[^\s{};"']+/g) ?? []
  let at = 0
  const readBlock = (): Directive[] => {
    const found: Directive[] = []
    let words: string[] = []
    for (; at < tokens.length; at += 1) {
      const token = tokens[at] ?? ''
      if (token === '}') return found
      if (token !== ';' && token !== '{') {
        words.push(token.replace(/^(["'])(.*)\1$/s, '$2'))
        continue
      }
      const [name = '', ...args] = words
      words = []
      if (token === '{') at += 1
      found.push({ name, args, block: token === '{' ? readBlock() : undefined })
    }
    return found
  }
  return readBlock()
}

export const ofName = (block: Directive[], name: string): Directive[] =>
  block.filter((one) => one.name === name)

/** The setting as it holds in the innermost of the blocks that has it. */
export const settingOf = (name: string, ...blocks: Directive[][]): string | undefined =>
  blocks.map((block) => ofName(block, name)[0]?.args.join(' ')).find((value) => value !== undefined)

/** The place that nginx chooses: the first pattern that fits, else the longest beginning. */
export function locationFor(server: Directive[], path: string): Directive[] {
  const places = ofName(server, 'location')
  const pattern = places.find(({ args: [kind, expression = ''] }) =>
    kind === '~' || kind === '~*' ? new RegExp(expression, kind === '~*' ? 'i' : '').test(path) : false,
  )
  const plain = places
    .filter(({ args: [prefix = ''] }) => path.startsWith(prefix))
    .sort((a, b) => (b.args[0]?.length ?? 0) - (a.args[0]?.length ?? 0))[0]
  return (pattern ?? plain)?.block ?? []
}

export const headersSet = (place: Directive[]): Record<string, string> =>
  Object.fromEntries(
    ofName(place, 'proxy_set_header').map(({ args: [name = '', value = ''] }) => [name, value]),
  )

export const SAMPLE = readFileSync('deploy/nginx.conf', 'utf8')

export const CHANNEL_PATHS = [
  '/safe',
  '/safe/',
  '/en/safe',
  '/safe/mailbox',
  '/en/safe/mailbox/reply',
  '/SAFE',
  '/safee',
]
export const ASSET_PATHS = ['/assets/site.abc.css', '/favicon.ico']
