import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import type { Breakdowns } from './breakdowns.ts'
import { type ServiceMonth, serviceMonths } from './e-service.ts'
import { type MonthTotal, type YearFigures, yearFigures, yearsCovered } from './figures.ts'
import { type HistoryLine, readHistoryLines } from './history-store.ts'
import { breakdownsInOrder } from './in-order.ts'
import { complaintGroups } from './names.ts'
import { type PapersYear, papersOf } from './papers.ts'
import { hasBegun, PARTS, type Part, periodOf } from './period.ts'
import { readMonthTotals } from './store.ts'
import type { Survey, Surveys } from './surveys.ts'

/** What is published of a year or of a half that has begun, every list in the office's order. */
export interface PublishedPart {
  figures: YearFigures
  breakdowns: Breakdowns
}

/** A fiscal year as it is published: on its pages, in CSV and in JSON. */
export interface PublishedYear {
  fiscalYear: number
  /** Null where nothing is known: a half that has not begun, and each part of a year of papers alone. */
  parts: Record<Part, PublishedPart | null>
  eService: ServiceMonth[]
  papers: PapersYear | undefined
  surveys: Survey[]
}

/** Everything that is published, as it stands; read once, and each year worked out when it is asked for. */
export interface Figures {
  /** Newest first; the first is the present one. */
  years: readonly number[]
  today: CivilDate
  year(fiscalYear: number): PublishedYear
}

export function readFigures(portal: Portal, surveys: Surveys): Figures {
  const totals = readMonthTotals(portal.db)
  const history = readHistoryLines(portal.db)
  const today = civilDateOf(portal.now())
  const counted = yearsCovered(totals, today)
  const years = [...new Set([...counted, ...history.map(({ fiscalYear }) => fiscalYear)])]
  const known = new Map<number, PublishedYear>()
  return {
    years: years.sort((a, b) => b - a),
    today,
    year(fiscalYear) {
      const found =
        known.get(fiscalYear) ??
        publishedYear({ portal, surveys, totals, history, today }, fiscalYear, counted.includes(fiscalYear))
      known.set(fiscalYear, found)
      return found
    },
  }
}

interface Source {
  portal: Portal
  surveys: Surveys
  totals: readonly MonthTotal[]
  history: readonly HistoryLine[]
  today: CivilDate
}

function publishedYear(source: Source, fiscalYear: number, isCounted: boolean): PublishedYear {
  const partOf = (part: Part) =>
    isCounted && hasBegun(fiscalYear, part, source.today) ? publishedPart(source, fiscalYear, part) : null
  return {
    fiscalYear,
    parts: Object.fromEntries(PARTS.map((part) => [part, partOf(part)])) as PublishedYear['parts'],
    eService: isCounted ? serviceMonths(source.portal.db, fiscalYear, source.today) : [],
    papers: papersOf(source.history, fiscalYear),
    surveys: source.surveys(fiscalYear),
  }
}

function publishedPart({ portal, totals, today }: Source, fiscalYear: number, part: Part): PublishedPart {
  return {
    figures: yearFigures(totals, fiscalYear, today, complaintGroups(portal.settings), part),
    breakdowns: breakdownsInOrder(portal, periodOf(fiscalYear, part)),
  }
}
