import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { openTestChannel } from '../sealed/channel.ts'
import { countEnded } from '../sealed/published.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { faultless, type Look, watch } from './look.ts'
import { wordsOf } from './people.ts'
import { LANGUAGES } from './visits.ts'

let browser: Browser
let office: TestPortal
let phone: Page
let oldPhone: Page
let look: Look

beforeAll(async () => {
  browser = await launchBrowser()
  office = await startTestPortal({ now: instantOf('2026-11-16', 9, 0) })
  await openTestChannel(office)
  const baseURL = office.app.listeningOrigin
  phone = await newPage(browser, { width: 360, javaScript: true, baseURL })
  oldPhone = await newPage(browser, { width: 360, javaScript: false, baseURL })
  look = watch(phone, baseURL)
})
afterAll(async () => {
  await browser.close()
  await office.close()
})

const at = (day: string) => office.clock.set(instantOf(day, 9, 0))

/** The states of the page, in the order in which an office comes to them. */
const STATES: [state: string, year: number, begin: () => void][] = [
  ['in the month of the opening', 2570, () => {}],
  ['of a year before the opening', 2569, () => {}],
  ['of months without reports', 2570, () => at('2026-12-01')],
  [
    'of a year that runs',
    2570,
    () => {
      countEnded(office, 11, 'K2', 'no_ground')
      countEnded(office, 3, 'K5', 'referred')
      at('2027-07-02')
    },
  ],
  ['of a year that is over, with small numbers masked', 2570, () => at('2027-10-01')],
  [
    'of a year that is over, with lists withheld',
    2571,
    () => {
      countEnded(office, 1234, 'K9', 'insufficient')
      at('2028-10-01')
    },
  ],
]

describe('the figures of corruption reports', () => {
  it.each(STATES)(
    '%s can be read by everybody, in both languages and without JavaScript',
    async (_state, year, begin) => {
      begin()
      for (const { language, prefix } of LANGUAGES) {
        const address = `${prefix}/statistics/${year}/corruption`
        await phone.goto(address)
        expect(await look()).toEqual(faultless(200, language))
        expect(await phone.context().cookies()).toEqual([])
        await oldPhone.goto(address)
        expect(await wordsOf(oldPhone)).toBe(await wordsOf(phone))
      }
    },
  )
})
