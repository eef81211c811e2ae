import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { type MemberName, PASSWORD } from '../support/cast.ts'

export interface Picture {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A photo in one colour, as the input for files takes it. */
export async function photo(name: string, colour: string): Promise<Picture> {
  const create = { width: 640, height: 480, channels: 3 as const, background: colour }
  return { name, mimeType: 'image/jpeg', buffer: await sharp({ create }).jpeg().toBuffer() }
}

/** As older people type numbers on a Thai keyboard. */
export const inThaiDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[+digit] ?? '')

/** Presses a button or follows a link, and waits for the page it leads to. */
export async function press(control: Locator): Promise<void> {
  const loaded = control.page().waitForEvent('load')
  await control.click()
  await loaded
}

export async function signIn(page: Page, name: MemberName): Promise<void> {
  await page.goto('/staff')
  await page.getByLabel('ชื่อผู้ใช้').fill(name)
  await page.getByLabel('รหัสผ่าน').fill(PASSWORD)
  await press(page.getByRole('button', { name: 'เข้าสู่ระบบ' }))
  await page.getByRole('button', { name: 'ออกจากระบบ' }).waitFor()
}

export async function track(page: Page, number: string, code: string): Promise<void> {
  await page.goto('/track')
  await page.getByLabel('เลขที่เรื่อง').fill(number)
  await page.getByLabel('รหัสติดตาม').fill(code)
  await press(page.getByRole('button', { name: 'ดูความคืบหน้า' }))
  await page.getByRole('heading', { name: 'สถานะปัจจุบัน' }).waitFor()
}

/** This year's four figures wherever the public page shows them: headline, sum of the months, category. */
export async function statisticsOn(page: Page): Promise<Record<string, string[]>> {
  await page.goto('/statistics')
  const numbersIn = async (table: string, row: RegExp) =>
    await page
      .getByRole('table', { name: table })
      .getByRole('row', { name: row })
      .getByRole('cell')
      .allInnerTexts()
  const headline = page.getByRole('region', { name: 'ยอดรวม', exact: true })
  const values = headline.getByRole('definition').filter({ hasText: /^[=+]?\d+$/ })
  return {
    year: (await values.allInnerTexts()).map((value) => value.replace(/^[=+]/, '')),
    months: await numbersIn('จำนวนเรื่องรายเดือน', /^รวม/),
    category: await numbersIn('จำแนกตามประเภทเรื่อง', /^ด้านโครงสร้างพื้นฐาน/),
  }
}

/** What is to be read on the page, without the frame around it. */
export const wordsOf = (page: Page): Promise<string> => page.getByRole('main').innerText()

/** Of an `img` element; the types of the browser are not among ours. */
interface LoadingPicture {
  naturalWidth: number
  decode(): Promise<void>
}

/** The width in pixels of every picture that the page shows, once it has arrived; 0 where it is broken. */
export async function pictureWidths(page: Page): Promise<number[]> {
  const widths: number[] = []
  for (const picture of await page.getByRole('main').locator('img').filter({ visible: true }).all()) {
    // One after the other: pictures further down are fetched when they come into sight.
    await picture.scrollIntoViewIfNeeded()
    const width = picture.evaluate((image: LoadingPicture) =>
      image.decode().then(
        () => image.naturalWidth,
        () => 0,
      ),
    )
    widths.push(await width)
  }
  return widths
}
