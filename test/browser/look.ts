import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const WIDTHS = [360, 768, 1280]

/** What a page is found to be; `faultless` says what it should be. */
export interface Findings {
  status: number
  language: string
  /** What axe objects to, with the elements. */
  axe: string[]
  /** Widths at which the page scrolls sideways, with what sticks out. */
  tooWide: string[]
  /** Errors in the console, and requests to anybody but the portal. */
  troubles: string[]
}

export const faultless = (status: number, language: string): Findings => ({
  ...{ status, language },
  ...{ axe: [], tooWide: [], troubles: [] },
})

/** The widths are tried one after the other; axe looks at the page at the width it came with. */
export type Look = () => Promise<Findings>

/** Watches a page from now on; each look tells what has happened since the last one. */
export function watch(page: Page, origin: string): Look {
  let status = 0
  let troubles: string[] = []
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) status = response.status()
  })
  page.on('console', (message) => {
    // That a form was refused is the status's to tell, not a fault of the page.
    const isAnswer = status >= 400 && message.location().url === page.url()
    if (message.type() === 'error' && !isAnswer) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) troubles.push(`asked for ${url}`)
  })
  return async () => {
    const language = await page.evaluate<string>('document.documentElement.lang')
    const axe = await axeFaults(page)
    const findings = { status, language, axe, tooWide: await sidewaysWidths(page), troubles }
    troubles = []
    return findings
  }
}

async function axeFaults(page: Page): Promise<string[]> {
  // Legacy mode leaves frames out, of which we have none, and takes half the time.
  const axe = new AxeBuilder({ page }).options({ runOnly: RULES, resultTypes: ['violations'] })
  const { violations } = await axe.setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  )
}

const STICKING_OUT = `(() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const isOut = (element) => element.getBoundingClientRect().right > root.clientWidth + 1
  const out = [...document.body.querySelectorAll('*')].filter(isOut)
  return [String(root.scrollWidth), ...out.slice(0, 5).map((element) => element.tagName + '.' + element.className)]
})()`

async function sidewaysWidths(page: Page): Promise<string[]> {
  const before = page.viewportSize()
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    const out = await page.evaluate<string[]>(STICKING_OUT)
    if (out.length > 0) found.push(`${width}: ${out.join(' ')}`)
  }
  if (before) await page.setViewportSize(before)
  return found
}
