import { civilDateOf } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import { CONDUCTS, type Conduct } from '#domain/sealed-status.ts'
import { readChannel } from './channel-store.ts'
import { corruptionFigures, type FiguresSource, type PeriodFigures, wasOpenIn } from './figures.ts'
import { corruptionCases, readEndings, readMonthCounts } from './figures-store.ts'
import { listOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { isOpen } from './recipients.ts'

/**
 * What the indicators of the plan count of the channel: of years that are over, and as it stood then, so that no
 * number differs from that of the channel's own page or moves when a report is opened again.
 */
export function planCounts(sealed: Sealed) {
  const isTold = (fiscalYear: number) => wasOpenIn(sourceOf(sealed), fiscalYear)
  return {
    conduct(fiscalYear: number): Record<Conduct, number> | undefined {
      if (!isTold(fiscalYear)) return undefined
      const endings = readEndings(sealed.db, fiscalYear)
      const countOf = (conduct: Conduct) =>
        endings.reduce((sum, row) => sum + (row.conduct === conduct ? row.count : 0), 0)
      return Object.fromEntries(CONDUCTS.map((conduct) => [conduct, countOf(conduct)])) as Record<
        Conduct,
        number
      >
    },
    cases: (fiscalYear: number): number | undefined =>
      isTold(fiscalYear) ? corruptionCases(sealed.db, fiscalYear) : undefined,
  }
}

/** What anybody may know of the channel: that it is open, by whose order and with which times. */
export function openFacts(sealed: Sealed) {
  const { orderNo, orderOn, settings } = readChannel(sealed.db)
  const { acknowledgeDays, checkDays, inquiryDays, extensionDays } = settings
  return {
    ...{ isOpen: isOpen(sealed), orderNo, orderOn },
    posts: listOfficers(sealed.db).map(({ post }) => post),
    ...{ acknowledgeDays, checkDays, inquiryDays, extensionDays },
  }
}

/** Whether the channel's public page has numbers of that year, and not only words about why it has none. */
export function hasFigures(sealed: Sealed, fiscalYear: number): boolean {
  return corruptionFigures(sourceOf(sealed), fiscalYear, []).year.balance !== null
}

/** A year or half as the channel's public page shows it, for the summary reports of the office. */
export function progressOf(
  sealed: Sealed,
  fiscalYear: number,
  part: 'year' | 'h1' | 'h2',
): Pick<PeriodFigures, 'balance' | 'countedTo' | 'missing'> {
  const { year, halves } = corruptionFigures(sourceOf(sealed), fiscalYear, [])
  const { balance, countedTo, missing } =
    (part === 'year' ? year : halves.find(({ code }) => code === part.toUpperCase())) ?? year
  return { balance, countedTo, missing }
}

function sourceOf(sealed: Sealed): FiguresSource {
  const { openedAt } = readChannel(sealed.db)
  const today = sealed.today()
  return {
    ...{ counts: readMonthCounts(sealed.db, monthOf(today)), today },
    openedOn: openedAt && civilDateOf(openedAt),
  }
}
