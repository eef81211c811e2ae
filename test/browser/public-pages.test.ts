import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Language, languageOf } from '#web/languages.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { faultless, type Look, watch } from './look.ts'
import { wordsOf } from './people.ts'
import { PUBLIC_VISITS } from './public-visits.ts'
import { type Stage, setStage } from './stage.ts'
import { TRACKING_VISITS } from './tracking-visits.ts'
import { addressOf, inLanguage, isOn, LANGUAGES, NO_PAGES, type Visit } from './visits.ts'

let browser: Browser
let stage: Stage
let phone: Page
let oldPhone: Page
let look: Look

beforeAll(async () => {
  browser = await launchBrowser()
  stage = await setStage()
  const baseURL = stage.site.app.listeningOrigin
  phone = await newPage(browser, { width: 360, javaScript: true, baseURL })
  oldPhone = await newPage(browser, { width: 360, javaScript: false, baseURL })
  look = watch(phone, baseURL)
})
afterEach(async () => {
  await phone.context().clearCookies()
  // What one visit typed is not to be found by the next.
  await phone.evaluate('sessionStorage.clear()')
})
afterAll(async () => {
  await browser.close()
  await stage.site.close()
})

async function open(page: Page, visit: Visit): Promise<void> {
  if (visit.tracking) {
    const { number, code } = stage.slips[visit.tracking]
    const headers = { 'sec-fetch-site': 'same-origin' }
    await page.context().request.post('/track', { form: { number, code }, headers, maxRedirects: 0 })
  }
  await page.goto(addressOf(visit, stage))
  await visit.act?.(page, stage)
}

for (const { language, prefix } of LANGUAGES) {
  const visits = [...PUBLIC_VISITS, ...TRACKING_VISITS].map((visit) => inLanguage(visit, prefix))

  describe(`the pages for everybody and of tracking, in ${language}`, () => {
    it.each(visits.map((visit) => [visit.name, visit] as const))('%s', async (_name, visit) => {
      await open(phone, visit)
      expect(await look()).toEqual(faultless(visit.status ?? 200, language))
      if (!visit.tracking) expect(await phone.context().cookies()).toEqual([])
    })

    const shown = visits.filter(({ act }) => !act)
    it.each(shown.map((visit) => [visit.name, visit] as const))(
      '%s, the same without JavaScript',
      async (_name, visit) => {
        await open(phone, visit)
        await open(oldPhone, visit)
        expect(await wordsOf(oldPhone)).toBe(await wordsOf(phone))
      },
    )

    it('are all of the route table', () => {
      expect(visits.filter((visit) => !isOn(addressOf(visit, stage), visit))).toEqual([])
      const known = new Set([...NO_PAGES.map((route) => prefix + route), ...visits.map(({ route }) => route)])
      const routes = stage.site.app.routeTable.filter(
        ({ method, zone, url }) =>
          method === 'GET' && ['public', 'tracking', 'open-data'].includes(zone) && isIn(language, url),
      )
      expect(routes.length).toBeGreaterThan(15)
      expect(routes.map(({ url }) => url).filter((url) => !known.has(url))).toEqual([])
    })
  })
}

const isIn = (language: Language, url: string): boolean => languageOf(url).lang === language
