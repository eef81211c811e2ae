import type { CivilDate } from '#domain/civil-date.ts'
import { nextDay } from '../domain/calendar.ts'

/** What the office has set. */
export interface NaivePolicy {
  targetDays: number
  countMode: 'calendar' | 'working'
  rollForward: boolean
  pausesOnAsk: boolean
}

/**
 * A clock that a patient clerk could keep: every midnight it looks at the calendar and decides. It shares
 * nothing with the portal's clock, which computes when to look next.
 */
export class NaiveClock {
  breachedOn: CivilDate | null = null
  promisedOn: CivilDate | null = null
  explainedOn: CivilDate | null = null
  dueOn: CivilDate
  stoppedOn: CivilDate | null = null
  #pausedOn: CivilDate | null = null
  #pausedUntil: CivilDate | null = null
  /** Days on which it stood still. */
  readonly #stood = new Set<CivilDate>()
  readonly #started: CivilDate
  #policy: NaivePolicy
  readonly #holidays: Set<CivilDate>

  constructor(started: CivilDate, policy: NaivePolicy, holidays: Set<CivilDate>) {
    this.#started = started
    this.#policy = policy
    this.#holidays = holidays
    this.dueOn = this.#walk(policy.targetDays)
  }

  get verdict(): 'met' | 'explained' | 'late' | 'void' | null {
    return this.#verdict
  }
  #verdict: 'met' | 'explained' | 'late' | 'void' | null = null

  get isRunning(): boolean {
    return this.#verdict === null
  }
  get target(): CivilDate {
    return this.promisedOn ?? this.dueOn
  }
  get isPaused(): boolean {
    return this.#pausedUntil !== null
  }

  /** Midnight: the day begins. */
  midnight(day: CivilDate): void {
    if (!this.isRunning) return
    if (this.#pausedUntil !== null && day > this.#pausedUntil) this.resume(day)
    if (this.#pausedUntil === null && day > this.target) this.breachedOn ??= day
  }

  ask(today: CivilDate, until: CivilDate): void {
    if (!this.#policy.pausesOnAsk || !this.isRunning || this.isPaused) return
    if (this.promisedOn !== null || this.breachedOn !== null) return
    this.#pausedOn = today
    this.#pausedUntil = until
  }

  resume(today: CivilDate): void {
    if (!this.isRunning || this.#pausedOn === null) return
    for (let day = this.#pausedOn; day < today; ) {
      day = nextDay(day)
      this.#stood.add(day)
    }
    const due = this.#walk(this.#policy.targetDays)
    for (const day of [due, today]) if (day > this.dueOn) this.dueOn = day
    this.#pausedOn = null
    this.#pausedUntil = null
  }

  explain(today: CivilDate, newDate: CivilDate): void {
    this.promisedOn = newDate
    this.explainedOn ??= today
  }

  /** The category promises fewer days. */
  hurry(today: CivilDate, targetDays: number): CivilDate | null {
    if (!this.isRunning || this.breachedOn || this.promisedOn || this.isPaused) return null
    const days = Math.min(targetDays, this.#policy.targetDays)
    const due = this.#walk(days)
    const sooner = due < today ? today : due
    if (sooner >= this.dueOn) return null
    this.dueOn = sooner
    this.#policy = { ...this.#policy, targetDays: days }
    return sooner
  }

  /** The calendar has changed. */
  recount(today: CivilDate): void {
    if (!this.isRunning || this.breachedOn || this.promisedOn || this.isPaused) return
    const due = this.#walk(this.#policy.targetDays)
    this.dueOn = due < today ? (this.dueOn < today ? this.dueOn : today) : due
  }

  stop(today: CivilDate, isVoid: boolean): void {
    if (!this.isRunning) return
    this.stoppedOn = today
    if (this.breachedOn !== null) this.#verdict = 'late'
    else if (isVoid) this.#verdict = 'void'
    else this.#verdict = today <= this.dueOn ? 'met' : 'explained'
  }

  #walk(days: number): CivilDate {
    const { countMode, rollForward } = this.#policy
    let day = this.#started
    for (let counted = 0; counted < days; ) {
      day = nextDay(day)
      if (!this.#stood.has(day) && (countMode === 'calendar' || !this.#closed(day))) counted += 1
    }
    while (rollForward && (this.#closed(day) || this.#stood.has(day))) day = nextDay(day)
    return day
  }

  #closed(day: CivilDate): boolean {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
    return weekday === 0 || weekday === 6 || this.#holidays.has(day)
  }
}
