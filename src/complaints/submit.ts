import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { KeyedHash } from '#platform/keyed-hash.ts'
import { inSharedTransaction } from '#platform/shared-transaction.ts'
import type { Portal } from '#settings/portal.ts'
import type { Fields } from '#web/forms.ts'
import type { Language } from '#web/languages.ts'
import { countFailure, type Limit, minutesToWait, networkOf } from '#web/throttle.ts'
import type { ReceivedFile } from '#web/uploads.ts'
import { createCase } from './create.ts'
import { removeDrafts } from './draft-files.ts'
import { type DraftFile, moveDraftsToCase } from './draft-files-store.ts'
import type { ComplaintForm } from './forms.ts'
import { findCaseBySubmission } from './store.ts'

type Deps = Pick<Portal, 'db' | 'keyed' | 'now' | 'settings' | 'config' | 'office' | 'files'>

/** What identifies one sending of one form. */
export interface Submission {
  key: string
  language: Language
  drafts: readonly DraftFile[]
  /** Who sent it, for the limit per address; kept only as a keyed count for an hour. */
  address?: string
}

/**
 * The same form sent again, by a double click or by reloading the receipt, has the same key and is the same
 * case; a form changed after the back button has another and is a new one. Only who holds the form's random
 * token can make its key.
 */
export async function submissionKeyOf(
  keyed: KeyedHash,
  token: string,
  fields: Fields,
  files: readonly ReceivedFile[],
): Promise<string> {
  const texts = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  const contents: string[] = []
  for (const { name, path } of files) {
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    contents.push(`${name}:${digest}`)
  }
  return keyed.hash('submission', JSON.stringify([token, texts, contents]))
}

/**
 * Files the complaint with its files, all or nothing and safe on the disk when it resolves, unless this very
 * submission did already.
 */
export async function submitComplaint(
  portal: Deps,
  form: ComplaintForm,
  { key, language, drafts, address: sender }: Submission,
): Promise<{ isNew: boolean }> {
  const { kind, categoryCode, subject, detail, wish, happenedOn, urgent, villageId, place } = form
  const { latitude, longitude, name, phone, email, address, replyBy, withhold } = form
  const isNew = await inSharedTransaction(portal.db, () => {
    if (findCaseBySubmission(portal.db, key)) return false
    const created = createCase(portal, {
      ...{ kind, categoryCode, subject, detail, wish, happenedOn, urgent, villageId, place },
      ...{ latitude, longitude, language },
      channel: 'web',
      receivedAt: portal.now(),
      contact: { name, phone, email, address, replyBy, withholdName: withhold },
      actor: { kind: 'citizen' },
      submissionKey: key,
    })
    moveDraftsToCase(portal.db, drafts, {
      caseId: created.id,
      eventId: null,
      uploadedBy: 'citizen',
      audience: 'public',
    })
    if (sender !== undefined) countFailure(portal, [limitsFor(sender).cases])
    return true
  })
  // The other half of a double click brought its own copies of the files.
  if (!isNew) await removeDrafts(portal, drafts)
  return { isNew }
}

/** Generous, because a whole village may share one address of its telephone company. */
const SUBMISSIONS_PER_HOUR = 30
const FILES_PER_HOUR = 150

const limitsFor = (address: string): { cases: Limit; files: Limit } => ({
  cases: { scope: 'submit:address', key: networkOf(address), most: SUBMISSIONS_PER_HOUR, windowMinutes: 60 },
  files: { scope: 'files:address', key: networkOf(address), most: FILES_PER_HOUR, windowMinutes: 60 },
})

/** Minutes this address must wait before it may file another case, or 0. */
export function minutesToWaitToSubmit(portal: Deps, address: string): number {
  const { cases, files } = limitsFor(address)
  return minutesToWait(portal, [cases, files])
}

/** Minutes this address must wait before it may send files again, or 0. */
export function minutesToWaitForFiles(portal: Deps, address: string): number {
  return minutesToWait(portal, [limitsFor(address).files])
}

/** Files are counted even where their form is not accepted: they take up the disk all the same. */
export function countFiles(portal: Deps, address: string, files: number): void {
  for (let file = 0; file < files; file += 1) countFailure(portal, [limitsFor(address).files])
}
