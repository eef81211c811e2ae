import type { Page } from 'playwright-core'

/** The rows of a page's tables as a reader sees them, by the heading that names each table. */
export type PageTables = Record<string, string[][]>

const READ = `(html) => {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const text = (cell) => {
    const copy = cell.cloneNode(true)
    for (const note of copy.querySelectorAll('.sg-tally__means, .sg-counts__note')) note.remove()
    return copy.textContent.replace(/\\s+/g, ' ').trim()
  }
  const rows = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells].map(text))
  return Object.fromEntries(
    [...page.querySelectorAll('table')].map((table) => [table.getAttribute('aria-labelledby'), rows(table)]),
  )
}`

/** Read by a browser's own parser. */
export async function pageTables(browser: Page, html: string): Promise<PageTables> {
  return await browser.evaluate<PageTables>(`(${READ})(${JSON.stringify(html)})`)
}

/** A cell's number; null for what is not known. */
export const numberIn = (cell = ''): number | null =>
  cell === '' || cell === '–' ? null : Number(cell.replaceAll(',', '').replace(/ วัน$/, ''))
