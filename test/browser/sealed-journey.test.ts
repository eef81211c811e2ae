import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeOfficer } from '#sealed/officer-store.ts'
import {
  changeReport,
  findReport,
  listFiles,
  listMessages,
  listReportsFor,
  type Report,
} from '#sealed/report-store.ts'
import { openCaseKeys, openFile, openMessage, storeMessage } from '#sealed/seal.ts'
import { fileReport, openTestChannel, type TestChannel, unlock } from '../sealed/channel.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { faultless, type Look, watch } from './look.ts'
import { inThaiDigits, photo, press, wordsOf } from './people.ts'
import { LANGUAGES } from './visits.ts'

const WEATHER = 'https://www.tmd.go.th/'
const WHAT = 'กรรมการตรวจรับถนนทั้งที่หนาไม่ถึงแบบ\nผู้รับเหมาเป็นญาติกัน'
const QUESTION = 'ถนนสายใด\nมีภาพป้ายโครงการหรือไม่'
const ANSWER = 'ถนนสาย 4 ป้ายอยู่หน้าวัด'

let browser: Browser
let site: TestPortal
let channel: TestChannel
beforeAll(async () => {
  browser = await launchBrowser()
  site = await startTestPortal()
  channel = await openTestChannel(site)
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** A page for which the weather is made by the test: nothing leaves the machine. */
async function openPage(javaScript: boolean): Promise<Page> {
  const page = await newPage(browser, { width: 360, javaScript, baseURL: site.app.listeningOrigin })
  await page.context().route(`${WEATHER}**`, (route) => route.fulfill({ body: 'ฝนตก' }))
  return page
}

const main = (page: Page) => page.getByRole('main')
const leave = (page: Page) => page.getByRole('button', { name: /ออกจากหน้านี้ทันที|Leave this page now/ })
const isVisible = (page: Page, selector: string) => page.locator(selector).isVisible()

function officerAsks(report: Report): void {
  const { sealed } = channel
  storeMessage(sealed, report, 'out', { kind: 'answer', day: sealed.today(), text: QUESTION })
  changeReport(sealed.db, report, { status: 'need_info' })
}

/** The officer's view of the only report there is. */
async function openedByOfficer() {
  const { sealed, officers } = channel
  const dao = await unlock(site, officers.dao)
  const [report] = listReportsFor(sealed.db, dao.officerId)
  if (!report) throw new Error('no report')
  const keys = openCaseKeys(sealed, dao.officerId, dao.keys, report)
  const bodies = listMessages(sealed.db, report.id).map((row) => openMessage(keys, row))
  const names: string[] = []
  for (const row of listFiles(sealed.db, report.id)) {
    names.push((await openFile(sealed, keys, row)).meta.name)
  }
  return { report, bodies, names }
}

describe('a report without JavaScript and cookies, and the way back to it', () => {
  let page: Page
  let code = ''
  const requests: Request[] = []
  const cookieSetters: string[] = []

  beforeAll(async () => {
    page = await openPage(false)
    page.on('request', (request) => requests.push(request))
    page.on('response', async (response) => {
      if (await response.headerValue('set-cookie')) cookieSetters.push(new URL(response.url()).pathname)
    })
  })
  afterAll(() => page.context().close())

  it('begins on the home page, and tells what to know before the form', async () => {
    await page.goto('/')
    await press(main(page).getByRole('link', { name: 'แจ้งเบาะแสทุจริต' }))
    expect(await wordsOf(page)).toContain('ตามคำสั่ง 12/2570')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('sg-leave__button')
    await press(main(page).getByRole('link', { name: 'เริ่มแจ้งเบาะแส' }))
  })

  it('loses nothing that was typed when something is missing', async () => {
    site.clock.addMinutes(5)
    await page.getByLabel('เกิดอะไรขึ้น').fill(WHAT)
    await page.getByLabel('ผู้ที่เกี่ยวข้อง (').fill('หัวหน้ากองช่าง')
    await page.getByRole('checkbox', { name: 'ผู้รับเรื่อง', exact: true }).check()
    expect(await isVisible(page, '#name')).toBe(false)
    await page.getByLabel('ไม่บอกชื่อ แต่ให้ช่องทางติดต่อ').check()
    expect([await isVisible(page, '#name'), await isVisible(page, '#contact')]).toEqual([false, true])
    await page.getByLabel('ช่องทางติดต่อ เช่น').fill('0812345678')
    await page.locator('[name=files]').setInputFiles(await photo('บ้านแดง.jpg', '#334455'))
    await press(main(page).getByRole('button', { name: 'ส่งเบาะแส' }))
    const summary = page.getByRole('alert').filter({ hasText: 'กรุณาแก้ไขข้อมูล' })
    expect(await summary.getByRole('link').allInnerTexts()).toEqual([
      expect.stringContaining('กรุณาระบุหลักฐาน'),
      expect.stringContaining('กรุณาเลือกไฟล์ใหม่ทั้งหมด'),
    ])
    expect(await page.getByLabel('เกิดอะไรขึ้น').inputValue()).toBe(WHAT)
    expect(await page.getByLabel('ช่องทางติดต่อ เช่น').inputValue()).toBe('0812345678')
    expect(await page.getByRole('checkbox', { name: 'ผู้รับเรื่อง', exact: true }).isChecked()).toBe(true)
  })

  it('is mended, sent, and answered with a code that prints without telling what it is', async () => {
    await page.getByLabel('หลักฐาน พยาน').fill('ไม่มี')
    await page.locator('[name=files]').setInputFiles(await photo('บ้านแดง.jpg', '#334455'))
    await press(main(page).getByRole('button', { name: 'ส่งเบาะแส' }))
    await page.getByRole('heading', { name: 'ได้รับเบาะแสของท่านแล้ว' }).waitFor()
    code = await page.locator('.sg-code__digits').innerText()
    expect(code).toMatch(/^\d{5}( \d{5}){4}$/)
    await page.emulateMedia({ media: 'print' })
    expect((await page.locator('body').innerText()).split(/\n+/)).toEqual(['หมายเลขอ้างอิง', code])
    await page.emulateMedia({ media: 'screen' })
    await press(page.getByRole('button', { name: 'ข้าพเจ้าเก็บรหัสไว้แล้ว' }))
    expect(await wordsOf(page)).toContain('/safe/mailbox')
    expect(await wordsOf(page)).not.toMatch(/ทุจริต|เบาะแส|\d{5}/)
    expect([await page.context().cookies(), cookieSetters]).toEqual([[], []])
  })

  it('reached the officers whom it does not concern, as it was typed', async () => {
    const { bodies, names, report } = await openedByOfficer()
    expect(bodies).toEqual([
      expect.objectContaining({ what: WHAT, evidence: 'ไม่มี', identity: 'contact', involved: ['receiving'] }),
    ])
    expect(names).toEqual(['ไฟล์ 1.jpg'])
    expect(listReportsFor(channel.sealed.db, channel.officers.nid.id)).toEqual([])
    officerAsks(report)
  })

  it('is found again by the code, in Thai digits, and its question answered', async () => {
    await page.goto('/safe')
    await press(main(page).getByRole('link', { name: 'เปิดกล่องข้อความ' }))
    await page.getByLabel('กรอกรหัสลับ').fill(inThaiDigits(code))
    await press(page.getByRole('button', { name: 'เปิดกล่องข้อความ' }))
    expect(await wordsOf(page)).toContain('รอข้อมูลเพิ่มเติมจากท่าน')
    expect(await page.getByRole('article').innerText()).toContain(QUESTION)
    expect(await page.content()).not.toContain('กรรมการตรวจรับ')
    await press(page.getByRole('link', { name: 'English' }))
    expect(await wordsOf(page)).toContain('Waiting for more information from you')
    await press(page.getByRole('link', { name: 'ภาษาไทย' }))
    await page.getByLabel('ข้อความถึงเจ้าหน้าที่').fill(ANSWER)
    await page.locator('[name=files]').setInputFiles(await photo('ป้าย.jpg', '#112233'))
    await press(page.getByRole('button', { name: 'ส่งข้อความ' }))
    expect(await page.getByRole('alert', { name: 'ส่งแล้ว' }).isVisible()).toBe(true)
    expect(await page.content()).not.toContain(ANSWER)
    const { bodies, names } = await openedByOfficer()
    expect(bodies.at(-1)).toMatchObject({ kind: 'reply', text: ANSWER })
    expect(names).toHaveLength(2)
  })

  it('loses its contact at a wish, confirmed', async () => {
    await press(page.getByRole('link', { name: 'ลบข้อมูลติดต่อของฉัน' }))
    await press(page.getByRole('button', { name: 'ลบข้อมูลติดต่อ' }))
    expect(await page.getByRole('alert', { name: 'ลบแล้ว' }).isVisible()).toBe(true)
  })

  it('is left at once for the weather, and the way back is shut', async () => {
    expect(await page.context().cookies()).toHaveLength(2)
    await leave(page).click()
    await page.waitForURL(WEATHER)
    expect(await page.context().cookies()).toEqual([])
    await page.goBack()
    await page.getByLabel('กรอกรหัสลับ').waitFor()
    expect(await wordsOf(page)).not.toContain(QUESTION)
  })

  it('asked nobody else for anything, and told no other zone where it was', () => {
    const own = site.app.listeningOrigin
    const elsewhere = requests.map((request) => request.url()).filter((url) => !url.startsWith(`${own}/`))
    expect(new Set(elsewhere)).toEqual(new Set([WEATHER]))
    const outside = requests.filter((request) => !/^\/(en\/)?safe/.test(new URL(request.url()).pathname))
    const telling = outside.filter((request) => request.headers().referer?.includes('/safe'))
    expect(outside.length).toBeGreaterThan(10)
    expect(telling.map((request) => request.url())).toEqual([])
    expect(new Set(cookieSetters)).toEqual(new Set(['/safe/mailbox', '/safe/leave']))
  })
})

interface SafeVisit {
  name: string
  path: string
  /** With the mailbox of a fresh report open. */
  isInMailbox?: boolean
  act?: (page: Page) => Promise<unknown>
  status?: number
}

const send = (page: Page) => press(main(page).locator('button[type=submit]').last())

async function fillIn(page: Page): Promise<void> {
  site.clock.addMinutes(1)
  await page.locator('[name=what]').fill(WHAT)
  await page.locator('[name=accused]').fill('หัวหน้ากองช่าง')
  await page.locator('[name=evidence]').fill('ไม่มี')
}

const text = { name: 'x.docx', mimeType: 'text/plain', buffer: Buffer.from('PK\u0003\u0004') }

const VISITS: SafeVisit[] = [
  { name: 'the start', path: '/safe' },
  { name: 'the form', path: '/safe/report' },
  { name: 'the form sent empty', path: '/safe/report', act: send, status: 422 },
  {
    name: 'the form with a file that is refused',
    path: '/safe/report',
    act: async (page) => {
      await fillIn(page)
      await page.locator('[name=identity][value=named]').check()
      await page.locator('[name=files]').setInputFiles(text)
      await send(page)
    },
    status: 422,
  },
  {
    name: 'a report that concerns everybody',
    path: '/safe/report',
    act: async (page) => {
      await fillIn(page)
      for (const tick of await page.locator('[name=involved]').all()) await tick.check()
      changeOfficer(channel.sealed.db, channel.officers.dao.id, { isChief: true })
      await send(page)
      changeOfficer(channel.sealed.db, channel.officers.dao.id, { isChief: false })
    },
    status: 409,
  },
  {
    name: 'the receipt',
    path: '/safe/report',
    act: async (page) => {
      await fillIn(page)
      await send(page)
    },
  },
  {
    name: 'the last page',
    path: '/safe/report',
    act: async (page) => {
      await fillIn(page)
      await send(page)
      await send(page)
    },
  },
  {
    name: 'the receipt asked for again after it was saved',
    path: '/safe/report',
    act: async (page) => {
      await fillIn(page)
      await send(page)
      const filing = await main(page).locator('[name=filing]').inputValue()
      await site.agent.post('/safe/saved').type('form').send({ filing })
      await page.reload()
    },
    status: 409,
  },
  { name: 'the door', path: '/safe/mailbox' },
  {
    name: 'the door, wrong code',
    path: '/safe/mailbox',
    act: async (page) => {
      await page.locator('[name=receipt]').fill('12345')
      await send(page)
    },
    status: 422,
  },
  { name: 'the mailbox, with a question', path: '/safe/mailbox', isInMailbox: true },
  {
    name: 'the mailbox, nothing typed',
    path: '/safe/mailbox',
    isInMailbox: true,
    act: send,
    status: 422,
  },
  {
    name: 'the mailbox, sent',
    path: '/safe/mailbox',
    isInMailbox: true,
    act: async (page) => {
      await page.locator('[name=text]').fill(ANSWER)
      await send(page)
    },
  },
  {
    name: 'the mailbox, lapsed',
    path: '/safe/mailbox',
    isInMailbox: true,
    act: async (page) => {
      await page.locator('[name=text]').fill(ANSWER)
      await page.context().clearCookies()
      await send(page)
    },
    status: 403,
  },
  { name: 'erasing the contact', path: '/safe/mailbox/erase', isInMailbox: true },
  { name: 'the contact erased', path: '/safe/mailbox/erase', isInMailbox: true, act: send },
  { name: 'an address that does not exist', path: '/safe/nothing', status: 404 },
]

for (const { language, prefix } of LANGUAGES) {
  describe(`the pages of who reports, in ${language}`, () => {
    let page: Page
    let look: Look
    beforeAll(async () => {
      page = await openPage(true)
      look = watch(page, site.app.listeningOrigin)
    })
    afterAll(() => page.context().close())

    async function enterMailbox(): Promise<void> {
      const { reportId, receipt } = await fileReport(site)
      const report = findReport(channel.sealed.db, reportId)
      if (report) officerAsks(report)
      await page.goto(`${prefix}/safe/mailbox`)
      await page.locator('[name=receipt]').fill(receipt)
      await send(page)
    }

    it.each(VISITS.map((visit) => [visit.name, visit] as const))('%s', async (_name, visit) => {
      // More than thirty in an hour would be asked a question.
      site.clock.addMinutes(10)
      await page.context().clearCookies()
      if (visit.isInMailbox) await enterMailbox()
      await page.goto(prefix + visit.path)
      await visit.act?.(page)
      expect(await look()).toEqual(faultless(visit.status ?? 200, language))
      expect(await leave(page).isVisible()).toBe(true)
    })
  })
}
