import type { CaseAction } from './case-status.ts'

export const ROLES = ['officer', 'unit_head', 'working_group', 'executive', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** The signed-in person, as far as access is concerned. */
export interface Viewer {
  accountId: number
  displayName: string
  roles: readonly Role[]
  unitId: number | null
  /** The person's unit is the complaint centre (ศูนย์รับเรื่องร้องเรียน), which sees every unit's cases. */
  isCentre: boolean
}

/** The case, as far as access is concerned. */
export interface CaseFacts {
  /** Responsible unit; null until assigned. */
  unitId: number | null
  /** Responsible officer; null until there is one. */
  officerId: number | null
  /** Complaint about a member of staff (category H). */
  restricted: boolean
}

/**
 * The cases a viewer may see, for stores to turn into SQL. Either all, or those of one unit; among them
 * restricted ones only when `restricted`; and always those whose responsible officer is `ownId` (null: nobody).
 */
export type CaseScope =
  | { all: true; restricted: boolean; ownId: number | null }
  | { all?: undefined; unitId: number | null; restricted: boolean; ownId: number }
  | 'none'

/** What members of staff do; answering, withdrawing and reopening are the citizen's own acts. */
export type StaffAction = Exclude<CaseAction, 'answer_info' | 'withdraw' | 'reopen'>

type Party = 'centre' | 'unit' | 'head' | 'working_group' | 'executive'

const DESK: readonly Party[] = ['centre', 'working_group']
const WORK: readonly Party[] = ['centre', 'unit']

/** Who may do what, on a case that they may see; nobody else may. */
const MAY: Record<StaffAction, readonly Party[]> = {
  register: DESK,
  assign: [...DESK, 'head'],
  reject: DESK,
  merge: DESK,
  change_category: DESK,
  move_confidential: DESK,
  accept: WORK,
  return: WORK,
  ask_info: WORK,
  progress: WORK,
  explain: [...WORK, 'head', 'working_group'],
  urge: ['head', 'working_group', 'executive'],
  message: WORK,
  forward: WORK,
  conclude: WORK,
  close: WORK,
  note: [...WORK, 'working_group', 'executive'],
}

export function mayOpenQueue(viewer: Viewer): boolean {
  return handlesCases(viewer) || readsEverything(viewer)
}

/** May record what a citizen said on the phone, at the counter or in a letter. */
export function mayIntake(viewer: Viewer): boolean {
  return handlesCases(viewer)
}

/** Whose work the viewer watches over: every unit's, or that of the unit whose head the viewer is. */
export type Oversight = 'every_unit' | { unitId: number } | 'none'

export function oversightOf(viewer: Viewer): Oversight {
  if (readsEverything(viewer)) return 'every_unit'
  if (!has(viewer, 'unit_head')) return 'none'
  // The head of the complaint centre answers for what no unit has taken over yet.
  if (viewer.isCentre) return 'every_unit'
  return viewer.unitId === null ? 'none' : { unitId: viewer.unitId }
}

/** May see which unit and which officer is late. */
export function mayOversee(viewer: Viewer): boolean {
  return oversightOf(viewer) !== 'none'
}

/** May record what the office does so that a problem does not come back. */
export function mayPrevent(viewer: Viewer): boolean {
  return has(viewer, 'unit_head') || has(viewer, 'working_group')
}

/**
 * May see how many restricted complaints there are of each category and village: a number that small tells of a
 * case. Everything else is counted for whoever may open the queue.
 */
export function mayCountRestricted(viewer: Viewer): boolean {
  const scope = caseScope(viewer)
  return scope !== 'none' && scope.all === true && scope.restricted
}

/** Reads the summary reports while they are written. */
export function mayReadReports(viewer: Viewer): boolean {
  return readsEverything(viewer)
}

/** Writes summary reports, and tells when the executive took note of them. */
export function mayWriteReports(viewer: Viewer): boolean {
  return has(viewer, 'working_group')
}

/** Takes note of a summary report in person. */
export function mayNoteReports(viewer: Viewer): boolean {
  return has(viewer, 'executive')
}

/** Settings and accounts; the role opens no case. */
export function mayAdminister(viewer: Viewer): boolean {
  return has(viewer, 'administrator')
}

/** What a staff route asks of whoever calls it; the case's own rules come after. */
export type StaffPermission =
  | 'signed_in'
  | 'queue'
  | 'oversee'
  | 'prevent'
  | 'intake'
  | 'reports'
  | 'write_reports'
  | 'administer'

export function mayEnter(viewer: Viewer, permission: StaffPermission): boolean {
  switch (permission) {
    case 'signed_in':
      return true
    case 'queue':
      return mayOpenQueue(viewer)
    case 'oversee':
      return mayOversee(viewer)
    case 'prevent':
      return mayPrevent(viewer)
    case 'intake':
      return mayIntake(viewer)
    case 'reports':
      return mayReadReports(viewer)
    case 'write_reports':
      return mayWriteReports(viewer)
    case 'administer':
      return mayAdminister(viewer)
  }
}

/** Which cases the viewer may see; lists and single cases go by the same answer. */
export function caseScope(viewer: Viewer): CaseScope {
  if (readsEverything(viewer)) return { all: true, restricted: true, ownId: null }
  if (!handlesCases(viewer)) return 'none'
  const restricted = has(viewer, 'unit_head')
  const ownId = viewer.accountId
  return viewer.isCentre ? { all: true, restricted, ownId } : { unitId: viewer.unitId, restricted, ownId }
}

/** Callers answer 404 when not: that the case exists is itself not to be told. */
export function maySeeCase(viewer: Viewer, facts: CaseFacts): boolean {
  const scope = caseScope(viewer)
  if (scope === 'none') return false
  if (scope.ownId !== null && facts.officerId === scope.ownId) return true
  if (facts.restricted && !scope.restricted) return false
  return scope.all === true || isSameUnit(scope.unitId, facts.unitId)
}

/**
 * Whether the viewer may learn of a number that its case was moved to the confidential register, which is all
 * that is left to learn: whoever answers for every unit's cases is asked for it by its complainant.
 */
export function mayFindMoved(viewer: Viewer): boolean {
  const scope = caseScope(viewer)
  return scope !== 'none' && scope.all === true
}

/** Whether the viewer may do this to this case; whether the case is in the right status is `nextStatus`. */
export function mayDo(viewer: Viewer, action: StaffAction, facts: CaseFacts): boolean {
  const parties = partiesOf(viewer, facts)
  return maySeeCase(viewer, facts) && MAY[action].some((party) => parties.includes(party))
}

/** A unit head shares work out inside the unit; only the centre and the working group move a case to another. */
export function mayAssignTo(viewer: Viewer, facts: CaseFacts, targetUnitId: number): boolean {
  if (!mayDo(viewer, 'assign', facts)) return false
  const parties = partiesOf(viewer, facts)
  return DESK.some((party) => parties.includes(party)) || viewer.unitId === targetUnitId
}

/**
 * Who may let a letter about a delay go out: the unit's head, or the working group where the office has set it
 * so. The working group stands in for a unit without a head.
 */
export function mayApproveDelay(
  viewer: Viewer,
  facts: CaseFacts,
  approver: 'unit_head' | 'working_group',
): boolean {
  if (!mayDo(viewer, 'explain', facts)) return false
  const parties = partiesOf(viewer, facts)
  return parties.includes('working_group') || (approver === 'unit_head' && parties.includes('head'))
}

function partiesOf(viewer: Viewer, facts: CaseFacts): Party[] {
  const inUnit = isSameUnit(viewer.unitId, facts.unitId)
  const parties: Party[] = []
  if (handlesCases(viewer) && viewer.isCentre) parties.push('centre')
  if (handlesCases(viewer) && (inUnit || facts.officerId === viewer.accountId)) parties.push('unit')
  if (has(viewer, 'unit_head') && inUnit) parties.push('head')
  if (has(viewer, 'working_group')) parties.push('working_group')
  if (has(viewer, 'executive')) parties.push('executive')
  return parties
}

/** A person without a unit and a case without one do not belong together. */
function isSameUnit(a: number | null, b: number | null): boolean {
  return a !== null && a === b
}

function handlesCases(viewer: Viewer): boolean {
  return has(viewer, 'officer') || has(viewer, 'unit_head')
}

function readsEverything(viewer: Viewer): boolean {
  return has(viewer, 'working_group') || has(viewer, 'executive')
}

function has(viewer: Viewer, role: Role): boolean {
  return viewer.roles.includes(role)
}
