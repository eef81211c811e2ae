import fc from 'fast-check'
import { addDays, type CivilDate, instantOf } from '#domain/civil-date.ts'
import { CHANNELS, FINDINGS, KINDS, OUTCOMES } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { fileCase, setStatus } from '../statistics/office.ts'

/** The portal's years from 2568 on, by days after its first. */
const FIRST_DAY = '2024-10-01'

const happening = fc.record({
  on: fc.nat(770),
  kind: fc.oneof({ weight: 5, arbitrary: fc.constant('complaint' as const) }, fc.constantFrom(...KINDS)),
  category: fc.constantFrom('A2', 'A2', 'A2', 'E1', 'S2'),
  channel: fc.constantFrom(...CHANNELS.slice(0, 4)),
  village: fc.constantFrom(null, 1, 1, 1, 2, 2, 3),
  unit: fc.constantFrom(null, 1, 2),
  end: fc.constantFrom(
    'open',
    'closed',
    'closed',
    'resolved',
    'not_accepted',
    'forwarded',
    'withdrawn',
    'merged',
    'moved',
    'reopened',
  ),
  after: fc.oneof(fc.nat(20), fc.nat(300)),
  outcome: fc.constantFrom(...OUTCOMES),
  finding: fc.constantFrom(null, ...FINDINGS),
  duty: fc.constantFrom('none', 'late', 'explained', 'met', 'late then met'),
})
type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never

/** Enough cases that some cells of the crossing are large enough to be shown. */
const history = fc.array(happening, { minLength: 160, maxLength: 220 })

/** The same happenings for the same number. */
export const historyOf = (seed: number): Happening[] => fc.sample(history, { seed, numRuns: 1 })[0] ?? []

/** Lives it, as far as the day `today`. */
export function live(portal: Portal, happenings: readonly Happening[], today: CivilDate): void {
  const { sqlite } = portal.db
  const set = sqlite.prepare(
    'update cases set village_id = ?, unit_id = ?, finding = ?, updated_at = updated_at + 1 where id = ?',
  )
  const setOutcome = sqlite.prepare('update cases set outcome = ? where id = ? and outcome is not null')
  const keepOutcome = sqlite.prepare('update cases set outcome = ? where id = ?')
  const breach = sqlite.prepare('update case_clocks set breached_at = 1 where case_id = ?')
  const explain = sqlite.prepare('update case_clocks set explained_on = ? where case_id = ?')
  const meet = sqlite.prepare(
    "update case_clocks set verdict = 'met', stopped_on = due_on, next_fire_at = null where verdict is null and case_id = ?",
  )
  portal.db.inTransaction(() => {
    for (const one of happenings) {
      const on = addDays(FIRST_DAY, one.on)
      const end = addDays(on, one.after) < today ? addDays(on, one.after) : today
      const { kind, category: categoryCode, channel } = one
      const { id } = fileCase(portal, { kind, categoryCode, channel, receivedAt: instantOf(on, 12, 0) })
      set.run(one.village, one.unit, one.finding, id)
      if (one.end === 'reopened') setStatus(portal, id, 'closed', end)
      if (one.end !== 'open') setStatus(portal, id, one.end === 'reopened' ? 'in_progress' : one.end, end)
      setOutcome.run(one.outcome, id)
      // Whoever opens a case again leaves in it how it had ended.
      if (one.end === 'reopened') keepOutcome.run(one.outcome, id)
      if (one.duty.startsWith('late')) breach.run(id)
      if (one.duty === 'explained') explain.run(on, id)
      if (one.duty.endsWith('met')) meet.run(id)
    }
  })
}
