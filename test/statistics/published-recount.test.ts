import fc from 'fast-check'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Portal } from '#settings/portal.ts'
import { fromPapers } from '../indicators/plan.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { pageTables } from './page-tables.ts'
import { checkPublished, numbers, published } from './published-checks.ts'
import { live, step, undone } from './random-history.ts'

let office: TestFolder
let portal: Portal
let browser: Browser
let reader: Page
beforeAll(async () => {
  office = openTestFolder()
  portal = office.portal
  browser = await launchBrowser()
  reader = await newPage(browser, { width: 360, javaScript: true })
})
afterAll(async () => {
  await browser.close()
  office.close()
})

const FIRST = { kind: 'complaint', category: 'A2', channel: 'web' } as const

it('the pages, CSV and JSON of a year and its halves say what the rows themselves add up to, whatever happened', async () => {
  const papers = fc.dictionary(fc.constantFrom('A2', 'E1', 'S2'), fc.nat(1_500))
  const history = fc.array(step, { minLength: 5, maxLength: 80 })
  await fc.assert(
    fc.asyncProperty(history, papers, fc.constantFrom(2568, 2569, 2570), async (steps, typed, year) => {
      const found = undone(portal, () => {
        live(portal, steps)
        fromPapers(portal, year, typed)
        // A first case in the year, so that it is among those that are shown.
        live(portal, [{ do: 'file', on: `${year - 544}-10-02`, ...FIRST }])
        return published(portal, year)
      })
      await checkPublished(found, reader)
      const lines = Object.entries(typed).sort(([a], [b]) => (a < b ? -1 : 1))
      const [, main = ''] = found.pages[0] ?? []
      const told = ((await pageTables(reader, main)).papers ?? []).slice(0, -1)
      expect(told.map((row) => numbers(row.slice(1)))).toEqual(lines.map(([, count]) => [count, count, null]))
    }),
    // What it shrinks to is for a person to read: a minute is enough for that.
    { numRuns: 40, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)
