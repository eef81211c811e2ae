import { parse } from 'csv-parse/sync'
import { fiscalYearOf, halfOf } from '#domain/fiscal-year.ts'
import { CONDUCTS, type Conduct, SEALED_OUTCOMES, type SealedOutcome } from '#domain/sealed-status.ts'
import { countOutcome, countReport } from '#sealed/figures-store.ts'
import { sealedOf } from '#sealed/open.ts'
import type { TestPortal } from '../support/portal.ts'

/** The figures of a year in the three forms they are published in. */
export interface Published {
  html: string
  csv: string
  /** As sent, and as read. */
  jsonText: string
  json: CorruptionJson
}

export interface JsonPeriod {
  code: string
  from: string
  to: string
  countedTo: string | null
  missing: string | null
  broughtForward: number | null
  received: number | null
  finished: number | null
  inProgress: number | null
}

interface JsonCount {
  code: string
  name: string
  nameEn: string
  count: number | null
  masked: string | null
}

export interface CorruptionJson {
  fiscalYear: number
  countedTo: string | null
  openedOn: string | null
  year: JsonPeriod
  halves: JsonPeriod[]
  quarters: JsonPeriod[]
  leastShown: number
  finishedBy: { asOf: string; total: number; outcomes: JsonCount[]; conducts: JsonCount[] } | null
  definitions: Record<string, string>
}

export async function publishedOf(
  { app }: Pick<TestPortal, 'app'>,
  fiscalYear: number,
  prefix = '',
): Promise<Published> {
  const get = async (suffix: string): Promise<string> => {
    const url = `${prefix}/statistics/${fiscalYear}/corruption${suffix}`
    const answer = await app.inject({ url, headers: { 'accept-encoding': 'identity' } })
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode}`)
    return answer.payload
  }
  const jsonText = await get('.json')
  return { html: await get(''), csv: await get('.csv'), jsonText, json: JSON.parse(jsonText) }
}

export const periodsOf = ({ year, halves, quarters }: CorruptionJson): JsonPeriod[] => [
  year,
  ...halves,
  ...quarters,
]

const FIELDS = ['broughtForward', 'received', 'finished', 'inProgress'] as const
const cellsOf = (period: JsonPeriod): string[] => FIELDS.map((field) => String(period[field] ?? ''))

/** Cells of a table on the page, without its headings; '–' is nothing. No rows where there is no such table. */
export function tableOf(html: string, labelledBy: string): string[][] {
  const table = new RegExp(`<table[^>]*aria-labelledby="${labelledBy}">([\\s\\S]*?)</table>`).exec(html)
  return `${table?.[1] ?? ''}`
    .split('<tr')
    .map((row) => [...row.matchAll(/<td[^>]*><span[^>]*>([^<]*)</g)].map(([, text]) => `${text}`))
    .filter((cells) => cells.length > 0)
    .map((cells) => cells.map((cell) => (cell === '–' ? '' : cell)))
}

/**
 * Every number and word of the page and of the CSV, against the JSON: what is published in one form and not in
 * another would be one more equation for whoever works masked numbers out.
 */
export function differences({ html, csv, json }: Published): string[] {
  const rows: string[][] = parse(csv, { bom: true })
  const inCsv = (code: string) => rows.find((row) => row[2] === code)?.slice(7, 11) ?? []
  const found: string[] = []
  const same = (what: string, one: unknown, other: unknown) => {
    if (JSON.stringify(one) !== JSON.stringify(other)) {
      found.push(`${what}: ${JSON.stringify(one)} ${JSON.stringify(other)}`)
    }
  }
  for (const period of periodsOf(json)) same(`CSV ${period.code}`, inCsv(period.code), cellsOf(period))
  const isKnown = json.year.received !== null
  const onPage = (periods: JsonPeriod[]) => (isKnown ? [...periods, json.year].map(cellsOf) : [])
  same('page halves', tableOf(html, 'byHalf'), onPage(json.halves))
  same('page quarters', tableOf(html, 'byQuarter'), onPage(json.quarters))
  const ended = json.finishedBy
  const words = (counts: JsonCount[]) =>
    counts.map(({ count, masked }) =>
      count === null ? (masked === 'withheld' ? 'ปิดไว้' : 'น้อยกว่า 5') : String(count),
    )
  const listed = [
    ['outcomes', SEALED_OUTCOMES, ended?.outcomes ?? []],
    ['conducts', CONDUCTS, ended?.conducts ?? []],
  ] as const
  for (const [list, codes, counts] of listed) {
    if (ended)
      same(
        `codes of ${list}`,
        counts.map(({ code }) => code),
        codes,
      )
    const onPageToo = ended && ended.total > 0 ? [...words(counts), String(ended.total)] : []
    same(`page ${list}`, tableOf(html, list).flat(), onPageToo)
    same(
      `CSV ${list}`,
      codes.map((code) => inCsv(code)[2]),
      ended ? words(counts) : codes.map(() => undefined),
    )
  }
  same('rows of the CSV', rows.length, 1 + 7 + (ended ? SEALED_OUTCOMES.length + CONDUCTS.length : 0))
  return found
}

/** Counts reports as received and ended today, as the verbs do. */
export function countEnded(
  { portal }: Pick<TestPortal, 'portal'>,
  number: number,
  conduct: Conduct,
  outcome: SealedOutcome,
): void {
  const { db, today } = sealedOf(portal)
  const on = today()
  const counted = { fiscalYear: fiscalYearOf(on), half: halfOf(on), conduct, outcome, isCase: false }
  db.inTransaction(() => {
    for (let left = number; left > 0; left -= 1) {
      countReport(db, 'received', on, 1, on)
      countReport(db, 'finished', on, 1, on)
      countOutcome(db, counted, 1, on)
    }
  })
}
