import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { preferredCoding } from './content-coding.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Of use on documents only; on six small files they would cost a twentieth of the first view. */
const DOCUMENT_HEADERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
  'referrer-policy',
  'x-frame-options',
]

const FONTS = ['thai-400', 'latin-400', 'thai-700', 'latin-700'].map((face) => `sarabun-${face}`)

interface StoredAsset {
  type: string
  body: Buffer
  /** Absent for formats that are compressed already. */
  brotli?: Buffer
  gzip?: Buffer
}

export interface Assets {
  /** Addresses by name: `css`, the fonts ('sarabun-thai-400'), the files of views/assets ('draft.js'). */
  readonly urls: { css: string; [name: string]: string }
  readonly files: ReadonlyMap<string, StoredAsset>
}

/** Reads the built stylesheets and fonts, and our own scripts and pictures; run `npm run build` first. */
export function loadAssets(): Assets {
  const files = new Map<string, StoredAsset>()
  const urls: Record<string, string> = {}
  const add = (name: string, extension: string, body: Buffer): string => {
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
    const file = `${name}.${hash}${extension}`
    files.set(file, store(extension, body))
    return `/assets/${file}`
  }
  for (const font of FONTS) urls[font] = add(font, '.woff2', readFont(font))
  const own = new URL('../../views/assets/', import.meta.url)
  for (const file of readdirSync(own)) {
    const extension = extname(file)
    if (!(extension in TYPES)) continue
    urls[file] = add(file.slice(0, -extension.length), extension, readFileSync(new URL(file, own)))
  }
  const sheet = (name: string): string => {
    const styles = readFileSync(built(`${name}.css`), 'utf8')
    return add(name, '.css', Buffer.from(pointAtHashedFonts(styles, urls)))
  }
  return {
    urls: {
      ...urls,
      css: sheet('siang'),
      staffCss: sheet('staff'),
      statisticsCss: sheet('statistics'),
      letterCss: sheet('letter'),
      itaCss: sheet('ita'),
      indicatorsCss: sheet('indicators'),
      reportsCss: sheet('reports'),
    },
    files,
  }
}

/** Serves /assets/<name>.<hash>.<ext>: the content never changes, so it may be kept for ever. */
export function serveAssets(assets: Assets): FastifyPluginCallback {
  return (app, _options, done) => {
    // Without a line: a style sheet asked for and no page would tell when somebody looked at the sealed channel.
    app.get<{ Params: { file: string } }>('/assets/:file', { logLevel: 'silent' }, (request, reply) => {
      const asset = assets.files.get(request.params.file)
      if (!asset) return reply.callNotFound()
      return send(request, reply, asset)
    })
    done()
  }
}

function send(request: FastifyRequest, reply: FastifyReply, asset: StoredAsset): FastifyReply {
  for (const header of DOCUMENT_HEADERS) reply.removeHeader(header)
  reply.header('cache-control', 'public, max-age=31536000, immutable').type(asset.type)
  if (!asset.brotli || !asset.gzip) return reply.send(asset.body)
  reply.header('vary', 'accept-encoding')
  const coding = preferredCoding(request.headers['accept-encoding'])
  if (!coding) return reply.send(asset.body)
  return reply.header('content-encoding', coding).send(coding === 'br' ? asset.brotli : asset.gzip)
}

function store(extension: string, body: Buffer): StoredAsset {
  const type = TYPES[extension] ?? 'application/octet-stream'
  if (extension === '.woff2') return { type, body }
  const brotli = brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
  return { type, body, brotli, gzip: gzipSync(body, { level: 9 }) }
}

function readFont(name: string): Buffer {
  if (name.startsWith('sarabun-latin')) return readFileSync(built(`${name}.woff2`))
  const require = createRequire(import.meta.url)
  return readFileSync(require.resolve(`@fontsource/sarabun/files/${name}-normal.woff2`))
}

/** A file that the build has made; the same place from src and from dist. */
const built = (file: string): URL => new URL(`../../dist/assets/${file}`, import.meta.url)

/** The stylesheet names its fonts plainly (sarabun-thai-400.woff2); the hash is known only here. */
function pointAtHashedFonts(css: string, urls: Record<string, string>): string {
  return css.replace(/url\("?([\w-]+)\.woff2"?\)/g, (_, name: string) => {
    const url = urls[name]
    if (!url) throw new Error(`the stylesheet asks for an unknown font: ${name}`)
    return `url(${url})`
  })
}
