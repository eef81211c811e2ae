import { parse } from 'csv-parse/sync'

/** A table's line as anybody reads it off the page: its name, and each number under its heading. */
export type Line = Record<string, string>

const plain = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()

/** The tables of an indicator's section: every year, and the categories. */
export function tablesOf(html: string, id: string): { years: Line[]; parts: Line[] } {
  const anchor = `i-${id.replace('.', '-')}`
  const section = html
    .split(`<section class="sg-indicator" aria-labelledby="${anchor}">`)[1]
    ?.split('</section>')[0]
  const lines = (name: string): Line[] => {
    const table = section?.split(`aria-labelledby="${anchor}-${name}">`)[1]?.split('</table>')[0] ?? ''
    const rows = (table.split('<tbody')[1] ?? '').match(/<tr[\s\S]*?<\/tr>/g) ?? []
    return rows.map((row) => {
      const cells = [...row.matchAll(/<td[^>]*data-label="([^"]*)"[^>]*>([\s\S]*?)<\/td>/g)]
      const heading = /<th[\s\S]*?<\/th>/.exec(row)?.[0] ?? ''
      return {
        name: plain(heading),
        ...Object.fromEntries(cells.map(([, label = '', text = '']) => [plain(label), plain(text)])),
      }
    })
  }
  return { years: lines('years'), parts: lines('parts') }
}

export const csvLines = (text: string): Line[] => parse(text, { bom: true, columns: true })

/** What of the JSON the tests look at. */
export interface JsonFigures {
  fiscalYear: number
  indicators: {
    id: string
    years: {
      fiscalYear: number
      result: string
      accepted: number | null
      grounds: number | null
      series: {
        code: string
        value: number | null
        masked: string | null
        sources: string[]
        base: { value: number | null; masked: string | null } | null
        change: number | null
        verdict: string
      }[]
    }[]
    parts: {
      kind: string
      code: string
      received: number | null
      masked: string | null
      accepted: number | null
      grounds: number | null
      base: number | null
      baseMasked: string | null
    }[]
  }[]
}
