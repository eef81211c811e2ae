import type { ActionForm } from '#complaints/action-form.ts'
import { performChange } from '#complaints/handle.ts'
import { type Case, contactOf, findCaseForViewer } from '#complaints/store.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import { parseCaseReference } from '#domain/reference.ts'
import type { MemberName } from '../support/cast.ts'
import type { TestPortal } from '../support/portal.ts'
import type { Slip } from './citizen.ts'

const viewerOf = ({ cast, portal }: TestPortal, name: MemberName): Viewer => {
  const { id, displayName, roles, unitId } = cast[name]
  const isCentre = portal.settings.unit(unitId)?.isCentre ?? false
  return { accountId: id, displayName, roles, unitId, isCentre }
}

/** The case behind a slip, as the working group sees it: whole. */
export function caseOf(site: TestPortal, { number }: Pick<Slip, 'number'>): Case {
  const reference = parseCaseReference(number)
  if (!reference) throw new Error(`not a number: ${number}`)
  return findCaseForViewer(site.portal.db, viewerOf(site, 'wit'), reference.fy, reference.seq)
}

/** An officer fills in the form of an action and sends it. */
export function officerDoes(
  site: TestPortal,
  slip: Pick<Slip, 'number'>,
  form: ActionForm,
  typed: Record<string, string> = {},
  name: MemberName = 'nid',
): void {
  const { portal } = site
  const row = caseOf(site, slip)
  const contact = contactOf(portal.db, row.id)
  if (!contact) throw new Error('no contact')
  const now = portal.now()
  const deed = { portal, viewer: viewerOf(site, name), row, contact, now, today: civilDateOf(now) }
  const fields = Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, [value]]))
  const read = form.read(deed, fields)
  if ('errors' in read) throw new Error(`${form.path}: ${JSON.stringify(read.errors)}`)
  performChange(deed, form.action, read.change)
}

/** The unit of a member of staff, as a form sends it. */
export const unitId = (site: TestPortal, name: MemberName): string => String(site.cast[name].unitId)
