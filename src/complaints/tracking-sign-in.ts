import { parseCaseReference, parseTrackingCode } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { countFailure, forgetFailures, type Limit, minutesToWait, networkOf } from '#web/throttle.ts'
import { type Case, findCaseByTrackingCode } from './store.ts'
import { trackingHashOf } from './tracking-code.ts'

type Deps = Pick<Portal, 'db' | 'keyed' | 'now'>

/** Without a case: minutes to wait after too many wrong tries (nothing was compared then), or 0. */
export type Proof = { case: Case } | { case: undefined; minutes: number }

/**
 * Looks the case up by what is on the slip. An unknown number, a wrong code and plain nonsense are one and
 * the same answer. Only a well-formed pair is a try at guessing: a slip of the finger costs nothing.
 */
export function proveTracking(portal: Deps, number: string, code: string, address: string): Proof {
  const reference = parseCaseReference(number)
  const digits = parseTrackingCode(code)
  const target = reference ? `${reference.fy}/${reference.seq}` : ''
  const ofCase: Limit = { scope: 'track:case', key: target, most: 10, windowMinutes: 60 }
  const limits: Limit[] = [
    ofCase,
    { scope: 'track:address', key: networkOf(address), most: 30, windowMinutes: 60 },
    { scope: 'track:all', key: 'all', most: 600, windowMinutes: 60 },
  ]
  const minutes = minutesToWait(portal, limits)
  if (minutes > 0) return { case: undefined, minutes }
  if (!reference || !digits) return { case: undefined, minutes: 0 }
  const hash = trackingHashOf(portal.keyed, reference.fy, reference.seq, digits)
  const found = findCaseByTrackingCode(portal.db, reference.fy, reference.seq, hash)
  if (!found) {
    countFailure(portal, limits)
    return { case: undefined, minutes: 0 }
  }
  forgetFailures(portal, ofCase)
  return { case: found }
}
