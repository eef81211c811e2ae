import type { NewClockEvent } from '#clock/clock-store.ts'
import { acknowledgePolicy, resolvePolicy } from '#clock/clocks.ts'
import { caseClocks, clockEvents, type Verdict } from '#clock/tables.ts'
import { addDays, type CivilDate, instantOf, startOfDay } from '#domain/civil-date.ts'
import type { ClockPolicy } from '#domain/clock-schedule.ts'
import { dueDate, hasDuty } from '#domain/deadlines.ts'
import type { Kind } from '#domain/vocabulary.ts'
import { insertRow } from '#platform/rows.ts'
import type { Portal } from '#settings/portal.ts'
import type { CaseLife } from './case-life.ts'

/** The built portal goes by the machine's own time: no clock of the other benchmarks is to fire by it. */
const NOT_BY_ITSELF = startOfDay('2100-01-01')

/** Complaints that an earlier run has filed are not to fire in this one. */
export function restClocks({ db }: Pick<Portal, 'db'>): void {
  db.sqlite
    .prepare('update case_clocks set next_fire_at = ? where next_fire_at is not null')
    .run(NOT_BY_ITSELF.getTime())
}

interface Clocked {
  caseId: number
  kind: Kind
  receivedOn: CivilDate
  life: CaseLife
}

export interface WrittenClock {
  id: number
  caseId: number
  startedOn: CivilDate
  dueOn: CivilDate
  stoppedOn: CivilDate | null
  verdict: Verdict | null
  breachedAt: Date | null
}

type Running = Omit<WrittenClock, 'id'> & { duty: 'acknowledge' | 'resolve'; policy: ClockPolicy }

/** Writes the clocks of each case as its life has left them, and their history. */
export class ClockWriter {
  readonly #portal: Portal
  readonly #today: CivilDate
  readonly #resolve: ClockPolicy
  readonly #acknowledge: ClockPolicy

  constructor(portal: Portal, today: CivilDate) {
    this.#portal = portal
    this.#today = today
    this.#resolve = resolvePolicy(portal.settings, null)
    this.#acknowledge = acknowledgePolicy(portal.settings)
  }

  dueOn(receivedOn: CivilDate, policy = this.#resolve): CivilDate {
    return dueDate(receivedOn, policy, this.#portal.settings.holidays())
  }

  writeClocks({ caseId, kind, receivedOn, life }: Clocked): WrittenClock[] {
    const acknowledgedOn = life.status === 'submitted' ? null : receivedOn
    const duties: Running[] = [
      this.#clock({ caseId, duty: 'acknowledge', policy: this.#acknowledge }, receivedOn, acknowledgedOn),
    ]
    if (hasDuty(kind)) {
      const isMerged = life.status === 'merged'
      const stoppedOn = isMerged ? receivedOn : life.finishedOn
      const clock = this.#clock({ caseId, duty: 'resolve', policy: this.#resolve }, receivedOn, stoppedOn)
      duties.push(isMerged ? { ...clock, verdict: 'void' } : clock)
    }
    return duties.map(({ duty, policy, ...clock }) => {
      const nextFireAt = clock.verdict === null ? NOT_BY_ITSELF : null
      const row = { ...clock, duty, policy, round: 1, nextFireAt }
      return { ...clock, id: insertRow(this.#portal.db, caseClocks, row) }
    })
  }

  #clock(
    { caseId, duty, policy }: Pick<Running, 'caseId' | 'duty' | 'policy'>,
    startedOn: CivilDate,
    stoppedOn: CivilDate | null,
  ): Running {
    const dueOn = this.dueOn(startedOn, policy)
    const isLate = (stoppedOn ?? this.#today) > dueOn
    const verdict = stoppedOn === null ? null : isLate ? 'late' : 'met'
    const breachedAt = isLate ? startOfDay(addDays(dueOn, 1)) : null
    return { caseId, duty, policy, startedOn, dueOn, stoppedOn, verdict, breachedAt }
  }

  writeEvents({ id, caseId, startedOn, dueOn, stoppedOn, verdict, breachedAt }: WrittenClock): void {
    const write = (event: Pick<NewClockEvent, 'type' | 'mark' | 'at' | 'dueAfter' | 'detail'>) =>
      insertRow(this.#portal.db, clockEvents, { clockId: id, caseId, actorName: 'ระบบ', ...event })
    write({ type: 'started', mark: 'started', at: instantOf(startedOn, 9, 0), dueAfter: dueOn })
    if (breachedAt) write({ type: 'breached', mark: 'breach', at: breachedAt })
    if (!verdict || !stoppedOn) return
    const type = verdict === 'explained' ? 'met' : verdict
    write({ type, mark: 'stopped', at: instantOf(stoppedOn, 15, 0), detail: { on: stoppedOn, verdict } })
  }
}
