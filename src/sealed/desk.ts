import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CivilDate } from '#domain/civil-date.ts'
import type { ReportBody } from './bodies.ts'
import { officerOf } from './guard.ts'
import { type ActiveOfficer, listActiveOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { type OpenedReport, openReport } from './open-report.ts'
import { reportAddress } from './register-words.ts'
import { findInterest, listHolders } from './report-store.ts'
import { requireVault } from './require-vault.ts'
import type { OpenVault } from './vaults.ts'

export type ReportRequest = FastifyRequest<{ Params: { id: string } }>

/** An officer in front of an open report: what every act is decided from. */
export interface Desk {
  sealed: Sealed
  officer: Officer
  vault: OpenVault
  opened: OpenedReport & { first: ReportBody }
  /** Who else can open the report, and so be the second officer. */
  others: ActiveOfficer[]
  today: CivilDate
}

/**
 * Opens a report for an officer who has said to have no interest in it. Where it cannot be worked on, the page
 * of the report says why.
 * @returns undefined when the answer has been sent
 * @throws AppError not_found
 */
export async function openDesk(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<Desk | undefined> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return undefined
  const opened = openReport(sealed, vault, request.params.id)
  const { report, first } = opened
  if (!first || !hasDeclared(sealed, vault, report.id)) {
    reply.redirect(reportAddress(report.id), 303)
    return undefined
  }
  return deskOf(sealed, officerOf(request), vault, { ...opened, first })
}

export function deskOf(sealed: Sealed, officer: Officer, vault: OpenVault, opened: Desk['opened']): Desk {
  const others = otherHolders(sealed, opened.report.id, officer.id)
  return { sealed, officer, vault, opened, others, today: sealed.today() }
}

export function hasDeclared(sealed: Sealed, vault: OpenVault, reportId: string): boolean {
  return findInterest(sealed.db, reportId, vault.officerId)?.withdrew === false
}

/** The officers besides this one who hold a key to the report. */
export function otherHolders(sealed: Sealed, reportId: string, officerId: string): ActiveOfficer[] {
  const holders = listHolders(sealed.db, reportId)
  return listActiveOfficers(sealed.db).filter(({ id }) => id !== officerId && holders.includes(id))
}
