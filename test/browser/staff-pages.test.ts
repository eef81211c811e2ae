import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { makeSetupLink } from '#accounts/links.ts'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import type { MemberName } from '../support/cast.ts'
import { startTestPortal } from '../support/portal.ts'
import { ACTIONS_VISITED } from './case-action-visits.ts'
import { faultless, type Look, watch } from './look.ts'
import { press, signIn } from './people.ts'
import { STAFF_VISITS } from './staff-visits.ts'
import { type Stage, setStage } from './stage.ts'
import { addressOf, isOn, NO_PAGES } from './visits.ts'

let browser: Browser
let stage: Stage
let desk: Page
let look: Look

beforeAll(async () => {
  browser = await launchBrowser()
  stage = await setStage()
  const baseURL = stage.site.app.listeningOrigin
  desk = await newPage(browser, { width: 1280, javaScript: true, baseURL })
  look = watch(desk, baseURL)
})
afterEach(() => desk.context().clearCookies())
afterAll(async () => {
  await browser.close()
  await stage.site.close()
})

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>
const keys = new Map<MemberName, Cookies>()

/** Everybody signs in once; whoever comes again brings the cookie along. */
async function enter(name: MemberName): Promise<void> {
  const known = keys.get(name)
  if (known) return await desk.context().addCookies(known)
  await signIn(desk, name)
  keys.set(name, await desk.context().cookies())
}

it.each(STAFF_VISITS.map((visit) => [visit.name, visit] as const))('%s', async (_name, visit) => {
  if (visit.as) await enter(visit.as)
  await desk.goto(addressOf(visit, stage))
  await visit.act?.(desk, stage)
  expect(await look()).toEqual(faultless(visit.status ?? 200, 'th'))
})

it.each([
  ['the first setup', false],
  ['the first setup, sent empty', true],
])('%s', async (_name, isSent) => {
  const office = await startTestPortal({ unseeded: true })
  const page = await newPage(browser, { width: 1280, javaScript: true, baseURL: office.app.listeningOrigin })
  const lookAtSetup = watch(page, office.app.listeningOrigin)
  await page.goto(new URL(makeSetupLink(office.portal)).pathname)
  if (isSent) await press(page.getByRole('button', { name: 'สร้างบัญชีและตั้งค่าต่อ' }))
  expect(await lookAtSetup()).toEqual(faultless(isSent ? 422 : 200, 'th'))
  await page.context().close()
  await office.close()
})

it('has every page of the route table among these, and every action of a case', () => {
  expect(STAFF_VISITS.filter((visit) => !isOn(addressOf(visit, stage), visit))).toEqual([])
  const routes = stage.site.app.routeTable.filter(
    ({ method, zone }) => method === 'GET' && !['public', 'open-data', 'tracking', 'sealed'].includes(zone),
  )
  const known = new Set([...NO_PAGES, ...STAFF_VISITS.map(({ route }) => route)])
  // The confidential pages have tests of their own.
  const isElsewhere = (url: string) => /^\/staff\/(admin\/)?sealed(\/|$)/.test(url)
  const missing = routes.map(({ url }) => url).filter((url) => !known.has(url) && !isElsewhere(url))
  expect(missing).toEqual([])
  expect([...ACTIONS_VISITED].sort()).toEqual(ACTION_FORMS.map(({ path }) => path).sort())
})
