import { launchBrowser, newPage } from '../support/browser.ts'
import type { Server } from './processes.ts'
import type { Result } from './results.ts'

const MOST_BYTES = 60 * 1024

/** Public pages that a citizen may see first, in both languages. */
export const PUBLIC_PAGES = ['', '/en'].flatMap((prefix) =>
  [
    ...['/', '/complaints/new', '/track', '/statistics', '/indicators', '/ita', '/guide', '/channels'],
    '/privacy',
  ].map((path) => (prefix + path).replace(/(.)\/$/, '$1')),
)

/**
 * What a phone with an empty cache fetches for its first view: counted by the browser itself, headers and
 * fonts included.
 */
export async function benchFirstView(portal: Server): Promise<Result> {
  const browser = await launchBrowser()
  const largest = { path: '', bytes: 0, requests: 0 }
  for (const path of PUBLIC_PAGES) {
    const page = await newPage(browser, { width: 360, javaScript: true })
    const network = await page.context().newCDPSession(page)
    await network.send('Network.enable')
    let bytes = 0
    let requests = 0
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
      requests += 1
    })
    const answer = await page.goto(portal.url + path, { waitUntil: 'networkidle' })
    if (answer?.status() !== 200) throw new Error(`${path} answered ${answer?.status()}`)
    if (bytes > largest.bytes) Object.assign(largest, { path, bytes, requests })
    await page.context().close()
  }
  await browser.close()
  return {
    what: `First view, the largest of ${PUBLIC_PAGES.length} public pages`,
    budget: '<= 60 KB over the wire',
    measured: `${(largest.bytes / 1024).toFixed(1)} KB in ${largest.requests} requests (${largest.path})`,
    ratio: '',
    met: largest.bytes > 0 && largest.bytes <= MOST_BYTES,
  }
}
