import type { StaffAction } from '#domain/permissions.ts'
import { t } from '#web/languages.ts'
import type { CaseChange, Deed } from './action-form.ts'
import type { DraftFile } from './draft-files-store.ts'
import { caseAfter, performChange } from './handle.ts'
import { casePageData, type ResultView } from './tracking-page.ts'
import type { StatusWords } from './tracking-status.ts'
import type { TimelineEntry } from './tracking-timeline.ts'

/** What is new in tracking for the complainant, in the case's language. */
export interface Rehearsal {
  status: StatusWords
  /** Said above the status of the case that this one was merged into. */
  merged: string | null
  entry: TimelineEntry
  /** Only where the change tells a result. */
  result: ResultView | null
}

const TAKEN_BACK = Symbol('taken back')

/**
 * Does the change, looks at the case through the tracking page's own eyes, and takes everything back: a
 * preview made in any other way would sooner or later differ from what the complainant gets.
 */
export function rehearse(
  deed: Deed,
  action: StaffAction,
  change: CaseChange,
  drafts: readonly DraftFile[],
): Rehearsal {
  const { portal, row } = deed
  let seen: Rehearsal | undefined
  try {
    portal.db.inTransaction(() => {
      performChange(deed, action, change, drafts)
      seen = lookAt(deed, action, change)
      throw TAKEN_BACK
    })
  } catch (reason) {
    if (reason !== TAKEN_BACK) throw reason
  }
  if (!seen) throw new Error(`case ${row.id}: nothing was seen of the rehearsal`)
  return seen
}

function lookAt(deed: Deed, action: StaffAction, change: CaseChange): Rehearsal {
  const { portal, row } = deed
  const nothingTyped = { message: { token: '', text: '', errors: {}, kept: [] }, done: null, warning: null }
  const data = casePageData(portal, row.language, caseAfter(deed, action, change), nothingTyped)
  const [entry] = data.timeline
  if (!entry) throw new Error(`case ${row.id}: the change leaves no trace in tracking`)
  const merged = data.isMerged ? t(row.language, 'st.merged.help') : null
  return { status: data.status, merged, entry, result: action === 'conclude' ? data.result : null }
}
