import { AppError } from '#domain/errors.ts'
import type { Viewer } from '#domain/permissions.ts'
import { type CaseReference, parseCaseReference } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { type Case, findCaseForViewer } from './store.ts'

type Deps = Pick<Portal, 'db'>

/** The case of that number, if it exists and the viewer may see it. */
export function findCaseNumbered({ db }: Deps, viewer: Viewer, { fy, seq }: CaseReference): Case | undefined {
  try {
    return findCaseForViewer(db, viewer, fy, seq)
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not_found') return undefined
    throw error
  }
}

/** @throws AppError not_found for whatever is not the number of a case that the viewer may see */
export function findCaseBySlug({ db }: Deps, viewer: Viewer, slug: string): Case {
  const reference = parseCaseReference(slug)
  if (!reference) throw new AppError('not_found', 'case')
  return findCaseForViewer(db, viewer, reference.fy, reference.seq)
}
