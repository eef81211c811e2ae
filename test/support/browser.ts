import { accessSync, constants } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

/** Where Chromium usually is; CHROMIUM_PATH names another place. */
export function findChromium(): string | undefined {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]
  return places.find((place): place is string => Boolean(place) && isExecutable(place ?? ''))
}

/** A browser that talks to nobody but the portal. Close it in `afterAll`. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: run npm test once, or set CHROMIUM_PATH')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return await chromium.launch({ executablePath, args: [...sandbox, ...quiet] })
}

export interface PageOptions {
  /** CSS pixels; 360 is an old phone. */
  width: number
  javaScript: boolean
  /** Where the portal listens, so that pages are named by their paths. */
  baseURL?: string
}

/** A page with cookies of its own, in Thai. */
export async function newPage(browser: Browser, { width, javaScript, baseURL }: PageOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 900 },
    javaScriptEnabled: javaScript,
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    reducedMotion: 'reduce',
    ...(baseURL && { baseURL }),
  })
  // Long for a page of ours, short for whoever waits to read what was not found.
  context.setDefaultTimeout(8_000)
  return await context.newPage()
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
