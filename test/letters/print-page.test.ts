import Fastify from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LetterDocument } from '#letters/document.ts'
import { letterPage, letterPageData } from '#letters/print-page.ts'
import { loadAssets, serveAssets } from '#web/assets.ts'
import { hardenAnswers } from '#web/hardening.ts'
import { createUi, render } from '#web/views.ts'
import { faultless, watch } from '../browser/look.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { infoOf, pagesOf } from '../support/poppler.ts'
import { MONDAY, OFFICE } from '../support/portal.ts'
import { delayLetter, resultLetter } from './letters.ts'

const LINKS = { pdfAddress: '/letter.pdf', pdfProblem: null, backAddress: '/case' }
const LETTERS: Record<string, LetterDocument> = {
  delay: delayLetter(),
  result: resultLetter(),
  long: delayLetter({ to: 'ก'.repeat(200), subject: 'W'.repeat(200), paragraphs: ['a'.repeat(3_000)] }),
}

const assets = loadAssets()
const ui = createUi({ url: '/staff', zone: 'staff', office: OFFICE, assets: assets.urls, now: MONDAY })
const show = (document: LetterDocument, links = {}) =>
  render(letterPage, ui, letterPageData(document, { ...LINKS, ...links }))

const app = Fastify()
let browser: Browser
let page: Page

beforeAll(async () => {
  hardenAnswers(app, false)
  await app.register(serveAssets(assets))
  app.get<{ Params: { name: string } }>('/letters/:name', async ({ params }, reply) =>
    reply.type('text/html; charset=utf-8').send(show(LETTERS[params.name] ?? delayLetter())),
  )
  await app.listen()
  browser = await launchBrowser()
  page = await newPage(browser, { width: 360, javaScript: true, baseURL: app.listeningOrigin })
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

describe('the print view of a letter', () => {
  it('leads to the PDF, or says why there is none', () => {
    expect(show(delayLetter())).toContain('href="/letter.pdf"')
    const without = show(delayLetter(), { pdfAddress: null, pdfProblem: 'สร้าง PDF ไม่ได้' })
    expect(without).toContain('สร้าง PDF ไม่ได้')
    expect(without).not.toContain('ไฟล์ PDF')
    expect(without).toContain('href="/case"')
  })

  it('prints what people wrote as letters', () => {
    const html = show(delayLetter({ paragraphs: ['<b>x</b> & "y"'], to: '<script>alert(1)</script>' }))
    expect(html).toContain('&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot;')
    expect(html).not.toContain('<script>alert')
  })

  it.each(Object.keys(LETTERS))('has no fault on phone, tablet and desk: %s', async (name) => {
    const look = watch(page, app.listeningOrigin)
    await page.goto(`/letters/${name}`)
    expect(await look()).toEqual(faultless(200, 'th'))
  })

  it('prints as the letter alone, on A4, with numbers from the second page', async () => {
    await page.goto('/letters/delay')
    const short = pagesOf(await page.pdf({ preferCSSPageSize: true }))
    expect(short.length).toBe(1)
    expect(short[0]?.[0]).toBe('ที่ องค์การบริหารส่วนตำบลเมืองใหม่')
    expect(short[0]?.at(-1)).toBe('เลขที่เรื่อง รท 0012/2570')
    await page.goto('/letters/result')
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(infoOf(pdf)).toContain('(A4)')
    expect(pagesOf(pdf)[2]).toEqual(
      expect.arrayContaining(['จึงเรียนมาเพื่อโปรดทราบ', 'ขอแสดงความนับถือ', 'กองช่าง']),
    )
    expect(
      pagesOf(pdf)
        .map(([first]) => first?.replaceAll(' ', ''))
        .slice(1),
    ).toEqual(['-2-', '-3-'])
  })
})
