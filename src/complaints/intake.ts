import { viewerActor } from '#accounts/actor.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { createCase } from './create.ts'
import { removeDrafts } from './draft-files.ts'
import { type DraftFile, moveDraftsToCase } from './draft-files-store.ts'
import type { IntakeInput } from './intake-form.ts'
import { findCaseBySubmission } from './store.ts'

interface Intake extends IntakeInput {
  key: string
  /** Scans of the letter: for the office, not for tracking. */
  drafts: readonly DraftFile[]
}

/** Takes a case down for somebody, by its real time of receipt; the same form sent twice is one case. */
export async function takeDown(portal: Portal, viewer: Viewer, intake: Intake): Promise<{ isNew: boolean }> {
  const { arrival, form, key, drafts } = intake
  const { kind, categoryCode, subject, detail, wish, happenedOn, urgent, villageId, place } = form
  const { latitude, longitude, name, phone, email, address, replyBy, withhold } = form
  const isNew = portal.db.inTransaction(() => {
    if (findCaseBySubmission(portal.db, key)) return false
    const { id } = createCase(portal, {
      ...{ kind, categoryCode, subject, detail, wish, happenedOn, urgent, villageId, place },
      ...{ latitude, longitude, language: 'th', ...arrival },
      // The register that the reference is a number of.
      source: arrival.sourceRef === null ? null : arrival.channel,
      contact: { name, phone, email, address, replyBy, withholdName: withhold },
      actor: viewerActor(viewer),
      submissionKey: key,
    })
    moveDraftsToCase(portal.db, drafts, {
      ...{ caseId: id, eventId: null },
      ...{ uploadedBy: 'staff', audience: 'internal' },
    })
    return true
  })
  if (!isNew) await removeDrafts(portal, drafts)
  return { isNew }
}
