import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDocument } from '#settings/store.ts'
import { OFFICE, startTestPortal, type TestPortal } from '../support/portal.ts'

const PATHS = ['/', '/guide', '/channels', '/privacy', '/accessibility']
const english = (path: string) => (path === '/' ? '/en' : `/en${path}`)

let portal: TestPortal
beforeAll(async () => {
  portal = await startTestPortal()
})
afterAll(() => portal.close())

const html = async (path: string) => (await portal.newAgent().get(path).expect(200)).text

describe('the public pages', () => {
  it.each(PATHS)('%s stands in both languages, each pointing to the other', async (path) => {
    const thai = await html(path)
    expect(thai).toContain('<html lang="th"')
    expect(thai).toContain(`href="${english(path)}" lang="en"`)
    const translated = await html(english(path))
    expect(translated).toContain('<html lang="en"')
    expect(translated).toContain(`href="${path}" lang="th"`)
  })

  it.each(PATHS)('%s has one heading of the first order and sets no cookie', async (path) => {
    const answer = await portal.newAgent().get(path)
    expect(answer.text.match(/<h1/g)).toHaveLength(1)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['cache-control']).toBe('public, max-age=60')
  })

  it('link only to pages that are there', async () => {
    const pages = await Promise.all([...PATHS, ...PATHS.map(english)].map(html))
    const links = pages.flatMap((page) => [...page.matchAll(/href="(\/[^"#]*)"/g)].map(([, url]) => `${url}`))
    for (const url of new Set(links)) {
      const { status } = await portal.newAgent().get(url)
      // The sealed channel of this office has not been opened.
      const expected = url === '/staff' ? 303 : /\/safe$/.test(url) ? 503 : 200
      expect({ url, status }).toEqual({ url, status: expected })
    }
  })

  it('do not take a form', async () => {
    for (const path of PATHS) await portal.newAgent().post(path).type('form').send({ a: '1' }).expect(404)
  })
})

describe('the home page', () => {
  it('opens four doors and names the days the office gives itself', async () => {
    const home = await html('/')
    for (const door of ['/complaints/new', '/safe', '/track', '/statistics'])
      expect(home).toContain(`class="sg-door__link" href="${door}"`)
    expect(home).toContain('ดำเนินการแก้ไขภายใน 15 วัน')
    expect(home).toContain('href="tel:191"')
  })

  it('needs no script', async () => {
    for (const path of ['/', '/en']) expect(await html(path)).not.toContain('<script')
  })

  it('weighs at most 60 KB on the first view, like the form and the figures, every font included', async () => {
    for (const path of ['/', '/en', '/complaints/new', '/track', '/statistics', '/en/statistics']) {
      const answer = await portal.app.inject({ url: path, headers: { 'accept-encoding': 'br' } })
      const page = brotliDecompressSync(answer.rawPayload).toString()
      const loaded = Object.values(portal.portal.assets.urls).filter(
        (url) => page.includes(url) || url.endsWith('.woff2'),
      )
      const sizes = loaded.map(async (url) => {
        return (await portal.app.inject({ url, headers: { 'accept-encoding': 'br' } })).rawPayload.length
      })
      const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, answer.rawPayload.length)
      expect(total, path).toBeLessThan(60_000)
    }
  })
})

describe('the guide', () => {
  it('tells which unit handles what, without the categories that concern staff only', async () => {
    const guide = await html('/guide')
    expect(guide).toContain('กองช่าง')
    expect(guide).toContain('น้ำท่วมขัง')
    expect(guide).not.toContain('การเลื่อนขั้นเงินเดือน')
    expect(guide).not.toContain('หน่วยตรวจสอบภายใน')
    expect(await html('/en/guide')).toContain('Standing flood water')
  })

  it('tells the times', async () => {
    const guide = await html('/guide')
    expect(guide).toContain('ภายใน 15 วันตามปฏิทิน โดยไม่นับวันที่รับเรื่อง')
    expect(guide).toContain('ภายใน 30 วันหลังแจ้งผล')
  })
})

describe('the channels', () => {
  it('are those the office has', async () => {
    const channels = await html('/channels')
    expect(channels).toContain('href="tel:038123456"')
    expect(channels).not.toContain('LINE')
  })

  it('follow the profile, and only a web address becomes a link', async () => {
    const office = { ...OFFICE, lineId: '@mueangmai', facebook: 'javascript:alert(1)' }
    writeDocument(portal.portal.db, 'office', office, portal.clock.now())
    portal.portal.settings.changed()
    const channels = await html('/channels')
    expect(channels).toContain('@mueangmai')
    expect(channels).not.toContain('href="javascript:')
    writeDocument(portal.portal.db, 'office', OFFICE, portal.clock.now())
    portal.portal.settings.changed()
  })
})

describe('the privacy notice', () => {
  it('names its version, its date in the era of the language, and how long data are kept', async () => {
    const thai = await html('/privacy')
    expect(thai).toContain('ฉบับที่ 1 ใช้ตั้งแต่วันที่ 1 ตุลาคม 2569')
    expect(thai).toContain('ไม่เกิน 5 ปีนับแต่ปิดเรื่อง')
    expect(await html('/en/privacy')).toContain('Version 1, in force from 1 October 2026')
  })
})

describe('a page that is not there', () => {
  it('says what to do and whom to call, in the language of the address', async () => {
    const thai = await portal.newAgent().get('/no-such-page').expect(404)
    expect(thai.text).toContain('ไม่พบหน้าที่ท่านต้องการ')
    expect(thai.text).toContain(OFFICE.phone)
    const translated = await portal.newAgent().get('/en/no-such-page').expect(404)
    expect(translated.text).toContain('Page not found')
  })
})
