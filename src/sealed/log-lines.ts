import { formatDate, formatTime } from '#web/thai-format.ts'
import { listDeeds, type SealedAuditLine, verifyDeeds } from './audit-store.ts'
import { deedWords } from './deed-words.ts'
import type { Sealed } from './open.ts'

const PAGE_SIZE = 100

export interface LogLine {
  day: string
  time: string
  actor: string
  what: string
  detail: string
  /** The beginning of the report's random id; '' for what the channel as a whole concerns. */
  report: string
}

/** A page of the log. Pages are numbered, and lines are not: a gap would tell of a line that is kept back. */
export interface Log {
  lines: LogLine[]
  isWhole: boolean
  newer: string | null
  older: string | null
}

/** The lines of the channel, and of the reports named. */
export function logPage(
  sealed: Sealed,
  reportIds: readonly string[],
  address: string,
  asked: string | undefined,
): Log {
  const number = /^[1-9]\d{0,5}$/.test(asked ?? '') ? Number(asked) : 1
  const rows = listDeeds(sealed.db, reportIds, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
  return {
    lines: rows.slice(0, PAGE_SIZE).map(lineOf),
    isWhole: verifyDeeds(sealed.db),
    newer: number > 1 ? `${address}?page=${number - 1}` : null,
    older: rows.length > PAGE_SIZE ? `${address}?page=${number + 1}` : null,
  }
}

function lineOf({ at, actor, action, detail, reportId }: SealedAuditLine): LogLine {
  return {
    ...{ day: formatDate(at, 'th'), time: formatTime(at, 'th') },
    ...{ actor, what: deedWords(action), detail, report: reportId?.slice(0, 8) ?? '' },
  }
}
