import type { SealedStatus } from '#domain/sealed-status.ts'
import type { Sealed } from './open.ts'
import { hasNewReply, type OpenedReport } from './open-report.ts'
import { warningFor } from './register-lines.ts'
import { destructionText, numberOf, reportAddress, statusText } from './register-words.ts'

/** What stands on top of every page of a report (views/sealed/staff/_report-head.eta). */
export interface ReportHead {
  address: string
  number: string
  status: SealedStatus
  statusText: string
  marks: string[]
}

export function reportHead(sealed: Sealed, { report, messages }: OpenedReport): ReportHead {
  const isNew = hasNewReply(messages)
  const destroyedIn = warningFor(report, sealed.today())
  return {
    ...{ address: reportAddress(report.id), number: numberOf(report) },
    ...{ status: report.status, statusText: statusText(report.status) },
    marks: [
      isNew ? 'ข้อความใหม่จากผู้แจ้ง' : '',
      destroyedIn === undefined ? '' : destructionText(destroyedIn, isNew),
      report.rotationDue ? 'กุญแจรอเปลี่ยน' : '',
    ].filter(Boolean),
  }
}
