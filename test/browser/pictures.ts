import type { Page } from 'playwright-core'

/** For whoever wants to look at the pages with their own eyes: the environment's PICTURES names a folder. */
export async function takePictures(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (!folder) return
  const before = page.viewportSize()
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${folder}/${name.replace(/\W+/g, '-')}-${width}.png`, fullPage: true })
  }
  if (before) await page.setViewportSize(before)
}
