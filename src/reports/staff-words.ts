import { formatDate } from '#web/thai-format.ts'
import { periodIn, periodName } from './periods.ts'
import type { ReportLine } from './store.ts'
import type { ReportState } from './tables.ts'

export const REPORTS = '/staff/reports'

const STATES: Record<ReportState, { text: string; tag: string }> = {
  draft: { text: 'ร่าง', tag: 'sg-tag--ask' },
  noted: { text: 'ผู้บริหารรับทราบแล้ว', tag: 'sg-tag--ask' },
  published: { text: 'เผยแพร่อยู่', tag: 'sg-tag--done' },
  replaced: { text: 'มีฉบับใหม่แทน', tag: '' },
}

/** A version in the words of the staff's pages. */
export interface ReportView {
  href: string
  title: string
  version: number
  /** Below the site: where the public reads it, or will. */
  path: string
  period: string
  state: ReportState
  stateText: string
  stateTag: string
  made: string
  noted: string | null
  publishedOn: string | null
}

export function reportView(row: ReportLine): ReportView {
  return {
    ...{ href: `${REPORTS}/${row.id}`, title: row.title, version: row.version, state: row.state },
    path: `/reports/${row.slug}`,
    period: periodName(periodIn(row)),
    stateText: STATES[row.state].text,
    stateTag: STATES[row.state].tag,
    made: `${row.createdBy} ${formatDate(row.createdAt, 'th')}`,
    noted: row.notedOn && `${row.notedBy} ${formatDate(row.notedOn, 'th')}`,
    publishedOn: row.publishedAt && formatDate(row.publishedAt, 'th'),
  }
}
