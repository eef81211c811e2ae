import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { VERBS } from '#sealed/verbs.ts'
import type { TestOfficer } from '../sealed/channel.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { faultless, type Look, watch } from './look.ts'
import { press, signIn } from './people.ts'
import { takePictures } from './pictures.ts'
import { REGISTER_VISITS, type RegisterStage, setRegisterStage } from './register-visits.ts'

let browser: Browser
let stage: RegisterStage
const desks = new Map<string, { page: Page; look: Look }>()

beforeAll(async () => {
  browser = await launchBrowser()
  stage = await setRegisterStage()
})
afterAll(async () => {
  await browser.close()
  await stage.site.close()
})

/** Everybody unlocks once, by the page. */
async function deskOf(name: 'nid' | 'dao'): Promise<{ page: Page; look: Look }> {
  const known = desks.get(name)
  if (known) return known
  const baseURL = stage.site.app.listeningOrigin
  const page = await newPage(browser, { width: 1280, javaScript: true, baseURL })
  const look = watch(page, baseURL)
  await signIn(page, name)
  await unlockOn(page, stage.channel.officers[name])
  await look()
  desks.set(name, { page, look })
  return { page, look }
}

async function unlockOn(page: Page, officer: TestOfficer): Promise<void> {
  stage.site.clock.addMinutes(1)
  await page.goto('/staff/sealed')
  await page.locator('[name=passphrase]').fill(officer.passphrase)
  await page.locator('[name=otp]').fill(officer.code())
  await press(page.getByRole('button', { name: 'เปิดตู้นิรภัย' }))
  await page.getByRole('heading', { name: 'ทะเบียนเรื่องร้องเรียนการทุจริต (ลับ)' }).waitFor()
  stage.site.clock.addMinutes(1)
}

it.each(REGISTER_VISITS.map((visit) => [visit.name, visit] as const))('%s', async (_name, visit) => {
  const { page, look } = await deskOf(visit.as ?? 'nid')
  await page.goto(visit.path?.(stage) ?? visit.route)
  await visit.act?.(page, stage)
  await takePictures(page, visit.name)
  expect(await look()).toEqual(faultless(visit.status ?? 200, 'th'))
})

it('has every page of the register among these, and the form of everything that officers do', () => {
  const visited = REGISTER_VISITS.map((visit) => visit.path?.(stage).split('/').at(-1))
  expect(VERBS.map(({ path }) => path).filter((path) => !visited.includes(path))).toEqual([])
})
