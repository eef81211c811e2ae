import type { FastifyBaseLogger, FastifyPluginCallback } from 'fastify'
import { type Account, findAccount, listAccounts, passwordHashOf } from '#accounts/store.ts'
import type { ConfidentialRegister, CountConfidential } from '#complaints/confidential-register.ts'
import { finishMoves } from '#complaints/move-case.ts'
import type { CorruptionCounts } from '#indicators/corruption-counts.ts'
import type { SealedSources } from '#ita/facts.ts'
import { verifyPassword } from '#platform/passwords.ts'
import type { CorruptionSource } from '#reports/corruption.ts'
import type { AccountBook, BookedAccount } from '#sealed/account-book.ts'
import { sealedAdminRoutes } from '#sealed/admin-routes.ts'
import { sendDailyMail } from '#sealed/daily-mail.ts'
import { openDemoChannel } from '#sealed/demo.ts'
import { destroyOld, sweepBlobs } from '#sealed/destroy.ts'
import { findOfficerOfAccount } from '#sealed/officer-store.ts'
import { sealedOf } from '#sealed/open.ts'
import { peopleRoutes } from '#sealed/people-routes.ts'
import { movedCases } from '#sealed/receive-moved.ts'
import { registerRoutes } from '#sealed/register-routes.ts'
import { safeRoutes } from '#sealed/safe-routes.ts'
import { sealedCounts } from '#sealed/sealed-counts.ts'
import { sealedStatisticsRoutes } from '#sealed/statistics-routes.ts'
import { hasFigures, openFacts, planCounts, progressOf } from '#sealed/told-outside.ts'
import type { Portal } from '#settings/portal.ts'

export { closeSealed } from '#sealed/open.ts'

/**
 * All that the rest of the portal knows of the sealed channel. A portal without the channel has this file with
 * empty lists in it, and nothing else changes.
 */
export interface SealedFeatures {
  /** Pages of who reports, for `/safe`. */
  reporter: FastifyPluginCallback[]
  staff: FastifyPluginCallback[]
  admin: FastifyPluginCallback[]
  /** Public figures. */
  figures: FastifyPluginCallback[]
  /** Where a general case goes that turns out to be about corruption; undefined without the channel. */
  confidential: ConfidentialRegister | undefined
  /** Duties towards confidential reports as numbers without content, as far as this account may know them. */
  countDuties: CountConfidential | undefined
  /** What the plan's indicators count of the channel. */
  counts: CorruptionCounts | undefined
  /** What the pages for the assessment (ITA) tell of it. */
  sources: SealedSources | undefined
  /** What the summary reports tell of it. */
  progress: CorruptionSource | undefined
  /** Whether an account is that of a named officer. */
  isOfficer(accountId: number): boolean
}

export function sealedFeatures(portal: Portal): SealedFeatures {
  const sealed = sealedOf(portal)
  const accounts = accountBook(portal)
  return {
    reporter: [safeRoutes(sealed)],
    staff: [peopleRoutes(sealed, accounts), registerRoutes(sealed)],
    admin: [sealedAdminRoutes(sealed, accounts)],
    figures: [sealedStatisticsRoutes(sealed)],
    confidential: movedCases(sealed),
    counts: planCounts(sealed),
    sources: {
      facts: () => openFacts(sealed),
      hasFigures: (fiscalYear) => hasFigures(sealed, fiscalYear),
    },
    progress: (fiscalYear, part) => progressOf(sealed, fiscalYear, part),
    isOfficer: (accountId) => findOfficerOfAccount(sealed.db, accountId) !== undefined,
    countDuties: (accountId) => sealedCounts(sealed, accountId),
  }
}

/** Opens the channel of a demonstration and tells its secrets, as lines to print. */
export function demonstrate(portal: Portal, officers: readonly DemoOfficer[]): Promise<string[]> {
  return openDemoChannel(sealedOf(portal), officers)
}

/** Who keeps the register of a demonstration. */
export interface DemoOfficer {
  accountId: number
  username: string
  displayName: string
  post: string
  involvement: 'receiving' | 'superior' | 'chief' | null
  passphrase: string
}

/** What the timetable does for the channel. Nothing of it is told but how much. */
export async function runSealedJobs(portal: Portal, log: Pick<FastifyBaseLogger, 'error'>): Promise<Done> {
  const sealed = sealedOf(portal)
  const moved = await finishMoves(portal, movedCases(sealed), (caseId, err) =>
    log.error({ job: 'confidential', case: caseId, err }, 'move set aside'),
  )
  const mails = sendDailyMail(sealed, {
    emailOf: (accountId) => findAccount(portal.db, accountId)?.email ?? null,
  })
  return { moved, mails, destroyed: await destroyOld(sealed), files: await sweepBlobs(sealed) }
}

type Done = Record<string, number>

/** The accounts of the portal, as far as the channel may know them. */
function accountBook({ db }: Portal): AccountBook {
  return {
    list: () => listAccounts(db).map(booked),
    find(id) {
      const account = findAccount(db, id)
      return account && booked(account)
    },
    async isPassword(id, text) {
      const hash = passwordHashOf(db, id)
      return hash !== null && (await verifyPassword(hash, text))
    },
  }
}

function booked({ id, displayName, post, disabledAt, roles }: Account): BookedAccount {
  return {
    ...{ id, displayName, post, disabled: disabledAt !== null },
    isAdministrator: roles.includes('administrator'),
  }
}
