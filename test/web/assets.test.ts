import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadAssets, serveAssets } from '#web/assets.ts'
import { hardenAnswers } from '#web/hardening.ts'

const assets = loadAssets()
const app = Fastify()

beforeAll(async () => {
  hardenAnswers(app, true)
  await app.register(serveAssets(assets))
})
afterAll(() => app.close())

const get = (url: string, accepted?: string) =>
  app.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } })

describe('assets', () => {
  it('have addresses with a content hash and may be kept for ever', async () => {
    for (const url of Object.values(assets.urls)) {
      expect(url).toMatch(/^\/assets\/[\w-]+\.[0-9a-f]{12}\.(css|woff2|svg|js)$/)
      const answer = await get(url)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('are served as what they are', async () => {
    expect((await get(assets.urls.css)).headers['content-type']).toBe('text/css; charset=utf-8')
    expect((await get(`${assets.urls['sarabun-thai-400']}`)).headers['content-type']).toBe('font/woff2')
    expect((await get(`${assets.urls['icon.svg']}`)).headers['content-type']).toBe('image/svg+xml')
  })

  it('come compressed in the best way the browser takes', async () => {
    const plain = (await get(assets.urls.css)).body
    const brotli = await get(assets.urls.css, 'gzip, deflate, br')
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotli.headers.vary).toBe('accept-encoding')
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain)
    const gzip = await get(assets.urls.css, 'gzip;q=0.5, br;q=0')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain)
    expect((await get(assets.urls.css, 'identity')).headers['content-encoding']).toBeUndefined()
  })

  it('leave fonts as they are: they are compressed already', async () => {
    const answer = await get(`${assets.urls['sarabun-latin-700']}`, 'br')
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.rawPayload.subarray(0, 4).toString()).toBe('wOF2')
  })

  it('are not found under another hash or a path outside', async () => {
    expect((await get('/assets/siang.000000000000.css')).statusCode).toBe(404)
    expect((await get('/assets/..%2f..%2fpackage.json')).statusCode).toBe(404)
    expect((await app.inject({ method: 'POST', url: assets.urls.css })).statusCode).toBe(404)
  })
})

describe('the stylesheet', () => {
  const css = String(assets.files.get(assets.urls.css.slice('/assets/'.length))?.body)

  it('asks only for files that are served here', () => {
    const asked = [...css.matchAll(/url\(([^)]*)\)/g)].map(([, url]) => `${url}`)
    expect(asked.length).toBe(4)
    expect(asked.every((url) => Object.values(assets.urls).includes(url))).toBe(true)
    expect(css.includes('@import')).toBe(false)
  })

  it('suits Thai: no letter spacing, no justified text', () => {
    expect(css.includes('justify;') || css.includes('justify}')).toBe(false)
    expect([...css.matchAll(/([^{}]*)\{[^{}]*letter-spacing/g)].map(([, selector]) => selector)).toEqual([
      '.govuk-input--extra-letter-spacing',
    ])
  })

  it('weighs at most 10 KB on the wire', async () => {
    expect((await get(assets.urls.css, 'br')).rawPayload.length).toBeLessThan(10_000)
  })
})
