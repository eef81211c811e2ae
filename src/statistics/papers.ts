import type { HistoryLine } from './history-store.ts'

export interface PaperCounts {
  received: number
  finished: number
  /** Null where a paper does not tell. */
  grounds: number | null
}

/** A fiscal year as the office's own papers of before the portal have it. */
export interface PapersYear extends PaperCounts {
  fiscalYear: number
  /** The documents, each once. */
  sources: string[]
  categories: ({ code: string; source: string } & PaperCounts)[]
}

/** Undefined for a year of which nothing was entered. Brought forward and in progress no paper tells. */
export function papersOf(lines: readonly HistoryLine[], fiscalYear: number): PapersYear | undefined {
  const own = lines.filter((line) => line.fiscalYear === fiscalYear)
  if (own.length === 0) return undefined
  const sum = (of: (line: HistoryLine) => number) => own.reduce((all, line) => all + of(line), 0)
  return {
    fiscalYear,
    received: sum(({ received }) => received),
    finished: sum(({ finished }) => finished),
    grounds: own.some(({ grounds }) => grounds === null) ? null : sum(({ grounds }) => grounds ?? 0),
    sources: [...new Set(own.map(({ source }) => source))],
    categories: own.map(({ categoryCode, received, finished, grounds, source }) => ({
      code: categoryCode,
      ...{ received, finished, grounds, source },
    })),
  }
}
