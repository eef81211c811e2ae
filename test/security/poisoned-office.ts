import type { Browser } from 'playwright-core'
import type { Response } from 'supertest'
import { insertAccount } from '#accounts/store.ts'
import { insertVillage, writeDocument } from '#settings/store.ts'
import { COMPLAINT, send } from '../complaints/citizen.ts'
import { launchBrowser } from '../support/browser.ts'
import { OFFICE, startTestPortal, type TestPortal } from '../support/portal.ts'
import { drawing } from '../support/upload-samples.ts'

/** Breaks out of texts, attributes, textareas and titles wherever it is not escaped. */
export const TAGS = `"'></title></textarea><kanari onkanari=1><img src=x kanari onerror=1><script kanari></script>`
/** The same with what a template engine would work out. */
export const PAYLOAD = `${TAGS}<%= 7*191 %>{{7*191}}`
const WORKED_OUT = String(7 * 191)

export interface PoisonedOffice {
  site: TestPortal
  /** Files a complaint with the payload wherever something can be typed. */
  file(prefix?: string): Promise<Response>
  /** Parses a page as a browser does and names what of the payload came alive in it. */
  alive(html: string): Promise<string[]>
  close(): Promise<void>
}

/** An office whose every setting, name and word is markup. */
export async function openPoisonedOffice(): Promise<PoisonedOffice> {
  const site = await startTestPortal()
  const browser = await launchBrowser()
  poisonSettings(site)
  return {
    site,
    file: (prefix = '') => fileEverything(site, prefix),
    alive: await parser(browser),
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
}

/** Runs in the browser. */
const FIND_ALIVE = `(html) => {
  const strange = 'kanari, [kanari], [onkanari], [onerror], script:not([src]), [href^="javascript"]'
  const found = new DOMParser().parseFromString(html, 'text/html').querySelectorAll(strange)
  return [...found].map((element) => element.outerHTML.slice(0, 100))
}`

async function parser(browser: Browser): Promise<PoisonedOffice['alive']> {
  const page = await browser.newPage()
  return async (html) => {
    const found = await page.evaluate<string[]>(`(${FIND_ALIVE})(${JSON.stringify(html)})`)
    return html.includes(WORKED_OUT) ? [...found, 'a template was worked out'] : found
  }
}

function poisonSettings({ portal, cast }: TestPortal): void {
  const { db, settings, now } = portal
  const names = { orgName: PAYLOAD, orgNameEn: PAYLOAD, orgShort: PAYLOAD, orgShortEn: PAYLOAD }
  const centre = { centreName: PAYLOAD, centreNameEn: PAYLOAD, dpo: PAYLOAD, dpoEn: PAYLOAD }
  const contact = { address: PAYLOAD, addressEn: PAYLOAD, phone: PAYLOAD, email: PAYLOAD, lineId: PAYLOAD }
  const links = { facebook: PAYLOAD, website: 'javascript:kanari', hours: { th: PAYLOAD, en: PAYLOAD } }
  db.inTransaction(() => {
    writeDocument(db, 'office', { ...OFFICE, ...names, ...centre, ...contact, ...links }, now())
    insertVillage(db, { number: 9, name: PAYLOAD, nameEn: PAYLOAD })
    const rename = (table: string, where: string) =>
      db.sqlite.prepare(`update ${table} set name = ?, name_en = ? where ${where}`).run(PAYLOAD, PAYLOAD)
    rename('units', "name = 'กองช่าง'")
    rename('categories', "code in ('A', 'A2')")
    const fields = { displayName: PAYLOAD, post: PAYLOAD, email: null, unitId: cast.nid.unitId }
    insertAccount(db, { ...fields, username: 'poison', roles: ['officer'] }, now())
  })
  settings.changed()
}

async function fileEverything(site: TestPortal, prefix: string): Promise<Response> {
  const short = PAYLOAD.slice(0, 150)
  const texts = { subject: short, detail: PAYLOAD, wish: PAYLOAD, place: PAYLOAD, name: short }
  const contact = { address: PAYLOAD, phone: '0812345678', email: "o'kanari@example.com", replyBy: 'email' }
  const village = site.portal.settings.villages().find(({ number }) => number === 9)
  const content = await drawing(40, 40).png().toBuffer()
  const agent = site.newAgent().set({ 'User-Agent': PAYLOAD, 'X-Forwarded-For': TAGS, Referer: TAGS })
  const values = { ...COMPLAINT, ...texts, ...contact, village: String(village?.id) }
  return await send(agent, `${prefix}/complaints`, values, [{ name: `${TAGS}.png`, content }])
}
