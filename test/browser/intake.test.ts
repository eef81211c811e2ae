import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, newPage } from '../support/browser.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { press, signIn, track, wordsOf } from './people.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const MILLIMETRE = 72 / 25.4

/** Of every page of a PDF as Chromium writes it: width and height in millimetres. */
const pageSizes = (pdf: Buffer): number[][] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map((sides) =>
    sides.slice(1).map((points) => Math.round(Number(points) / MILLIMETRE)),
  )

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a call taken down on Monday that came on Thursday, %s', (_how, javaScript) => {
  let site: TestPortal
  let nid: Page
  let slip = ''

  const open = (width: number) => newPage(browser, { width, javaScript, baseURL: site.app.listeningOrigin })

  beforeAll(async () => {
    site = await startTestPortal()
    nid = await open(1280)
    await signIn(nid, 'nid')
  })
  afterAll(async () => {
    await nid.context().close()
    await site.close()
  })

  it('is answered with number, code and the due date counted from Thursday', async () => {
    await press(nid.getByRole('link', { name: 'บันทึกเรื่องแทนผู้ร้อง' }))
    await nid.getByLabel('ช่องทางที่ได้รับเรื่อง').selectOption({ label: 'โทรศัพท์' })
    await nid.getByLabel('วันที่ได้รับเรื่องจริง').fill('12/11/2569')
    await nid.getByLabel('เวลาที่ได้รับเรื่องจริง').fill('16.45')
    await nid.getByLabel('ประเภทเรื่อง').selectOption({ label: 'น้ำประปาไม่ไหล ขุ่น หรือท่อแตก' })
    await nid.getByLabel('หัวข้อเรื่อง').fill('น้ำประปาไม่ไหลทั้งซอย')
    await nid.getByLabel('รายละเอียด').fill('ไม่ไหลตั้งแต่เช้าวันพุธ มีคนแก่ติดเตียงสองบ้าน')
    await nid.getByLabel('หมู่ที่ / หมู่บ้าน').selectOption({ label: 'หมู่ที่ 3 บ้านกลาง' })
    await nid.getByLabel('ชื่อ – นามสกุล').fill('ลุงคำ มั่นคง')
    await nid.getByRole('textbox', { name: /^โทรศัพท์/ }).fill('081 234 5678')
    await press(nid.getByRole('button', { name: 'บันทึกและออกใบรับเรื่อง' }))

    slip = await nid.getByRole('region', { name: 'ใบรับเรื่องร้องเรียน / ร้องทุกข์' }).innerText()
    for (const words of [
      'รท 0001/2570',
      '12 พฤศจิกายน 2569 เวลา 16.45 น.',
      'นิด รับเรื่อง',
      'วันรับเรื่อง 12 พฤศจิกายน 2569 ไม่นับ',
      'วันที่ 15 คือ 27 พฤศจิกายน 2569 เป็นวันครบกำหนด',
    ]) {
      expect(slip).toContain(words)
    }
    expect(slip).toMatch(/\b\d{4} \d{4} \d{4}\b/)
  })

  it('has a slip that prints on one sheet of A5 with nothing around it', async () => {
    expect(pageSizes(await nid.pdf({ preferCSSPageSize: true }))).toEqual([[148, 210]])
    await nid.emulateMedia({ media: 'print' })
    expect((await nid.locator('body').innerText()).trim()).toBe(slip.trim())
    expect(await nid.getByRole('img', { name: 'คิวอาร์โค้ดไปยังหน้าติดตามเรื่อง' }).isVisible()).toBe(true)
    await nid.emulateMedia({ media: 'screen' })
  })

  it('is followed by the caller with what is on the slip', async () => {
    const caller = await open(360)
    await track(caller, 'รท 0001/2570', /\d{4} \d{4} \d{4}/.exec(slip)?.[0] ?? '')
    const words = await wordsOf(caller)
    expect(words).toContain('น้ำประปาไม่ไหลทั้งซอย')
    expect(words).toContain('12 พฤศจิกายน 2569 เวลา 16.45 น.')
    expect(words).toMatch(/กำหนดแก้ไขหรือชี้แจง\s+27 พฤศจิกายน 2569\s+เหลือ 11 วัน/)
    await caller.context().close()
  })

  it('waits in the queue by its real date', async () => {
    await nid.goto('/staff?view=new')
    const row = nid.getByRole('row').filter({ hasText: 'รท 0001/2570' })
    expect(await row.innerText()).toMatch(/27 พ\.ย\. 69\s+เหลือ 11 วัน/)
  })
})
