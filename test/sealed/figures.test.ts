import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, type CivilDate, instantOf } from '#domain/civil-date.ts'
import { fiscalYearOf, halfOf, monthOf } from '#domain/fiscal-year.ts'
import { CONDUCTS, SEALED_OUTCOMES } from '#domain/sealed-status.ts'
import { type CountedOutcome, corruptionCases, countOutcome, countReport } from '#sealed/figures-store.ts'
import type { Sealed } from '#sealed/open.ts'
import { changeReport, deleteReport, findReport } from '#sealed/report-store.ts'
import { submitReport } from '#sealed/submit.ts'
import { planCounts } from '#sealed/told-outside.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type Known, workedOut } from '../support/working-out.ts'
import { openTestChannel, reportBody } from './channel.ts'
import { type CorruptionJson, differences, periodsOf, publishedOf } from './published.ts'

/** A month before the fiscal year 2570 begins. */
const START: CivilDate = '2026-09-01'

let office: TestPortal
let sealed: Sealed
beforeAll(async () => {
  office = await startTestPortal({ now: instantOf(START, 9, 0) })
  sealed = (await openTestChannel(office)).sealed
})
afterAll(() => office.close())

/** Runs `work` on the office of the first day and takes back everything it wrote. */
async function undone(work: () => Promise<void>): Promise<void> {
  office.clock.set(instantOf(START, 9, 0))
  // Answers that were kept are of the life before.
  office.portal.settings.changed()
  sealed.db.sqlite.exec('begin immediate')
  try {
    await work()
  } finally {
    sealed.db.sqlite.exec('rollback')
  }
}

interface LivingReport {
  id: string
  /** Of a report that has ended. */
  ended: (CountedOutcome & { on: CivilDate }) | null
}

/** A report through the real sealing; from the general register, which spares the slow derivation of a receipt. */
async function receive(daysAgo: number): Promise<LivingReport> {
  const { reportId } = await submitReport(sealed, {
    ...{ body: reportBody(office), contact: { name: '', contact: '' }, files: [] },
    receivedOn: addDays(sealed.today(), -daysAgo),
    moved: { token: randomUUID() },
  })
  return { id: reportId, ended: null }
}

type How = Pick<CountedOutcome, 'conduct' | 'outcome' | 'isCase'>

/** As an officer's act does it. */
function finish(report: LivingReport, how: How): void {
  const today = sealed.today()
  const counted = { ...how, fiscalYear: fiscalYearOf(today), half: halfOf(today) }
  sealed.db.inTransaction(() => {
    const row = findReport(sealed.db, report.id)
    if (!row) throw new Error('no such report')
    changeReport(sealed.db, row, { status: 'closed', outcome: how.outcome, finishedOn: today })
    countReport(sealed.db, 'finished', today, 1, today)
    countOutcome(sealed.db, counted, 1, today)
  })
  report.ended = { ...counted, on: today }
}

function reopen(report: LivingReport): void {
  const { ended } = report
  if (!ended) throw new Error('not finished')
  const { on, ...counted } = ended
  sealed.db.inTransaction(() => {
    const row = findReport(sealed.db, report.id)
    if (!row) throw new Error('no such report')
    changeReport(sealed.db, row, { status: 'inquiry', outcome: null, finishedOn: null })
    countReport(sealed.db, 'finished', on, -1, sealed.today())
    countOutcome(sealed.db, counted, -1, sealed.today())
  })
  report.ended = null
}

/** What the reports' own rows say of a period, counted one by one. */
interface Rows {
  receivedOn: string
  finishedOn: string | null
}
const rawRows = (): Rows[] =>
  sealed.db.sqlite
    .prepare<[], Rows>('select received_on as receivedOn, finished_on as finishedOn from reports')
    .all()

function recount(rows: readonly Rows[], from: CivilDate, to: CivilDate) {
  const within = (day: string | null) => day !== null && day >= from && day <= to
  const before = (day: string | null) => day !== null && day < from
  return {
    broughtForward: rows.filter((row) => before(row.receivedOn) && !before(row.finishedOn)).length,
    received: rows.filter((row) => within(row.receivedOn)).length,
    finished: rows.filter((row) => within(row.finishedOn)).length,
    inProgress: rows.filter(
      (row) => row.receivedOn <= to && !(before(row.finishedOn) || within(row.finishedOn)),
    ).length,
  }
}

/** Against the rows as they stood at the end of the month. */
function expectFigures(json: CorruptionJson, rows: readonly Rows[], cutOff: CivilDate): void {
  for (const period of periodsOf(json)) {
    if (period.received === null) {
      expect(period.countedTo).toBeNull()
      continue
    }
    expect(period.countedTo).toBe(period.to < cutOff ? period.to : cutOff)
    const { broughtForward, received, finished, inProgress } = period
    expect({ broughtForward, received, finished, inProgress }, period.code).toEqual(
      recount(rows, period.from, `${period.countedTo}`),
    )
    expect(Number(broughtForward) + received).toBe(Number(finished) + Number(inProgress))
  }
}

/**
 * No number below five is shown or can be worked out of how the year's reports had ended.
 * @returns whether there was anything to tell
 */
function expectNothingTold({ finishedBy }: CorruptionJson, endings: readonly CountedOutcome[]): boolean {
  if (!finishedBy) return false
  expect(finishedBy.total).toBe(endings.length)
  for (const list of ['outcomes', 'conducts'] as const) {
    const field = list === 'outcomes' ? 'outcome' : 'conduct'
    const { total } = finishedBy
    const truth = finishedBy[list].map(({ code }) => endings.filter((ended) => ended[field] === code).length)
    const known = finishedBy[list].map(({ count, masked }): Known => {
      if (count !== null) return { least: count, most: count }
      return { least: 0, most: masked === 'fewer_than_5' ? Math.min(4, total) : total }
    })
    const sums = [{ parts: truth.map((_, index) => index), total: truth.length }]
    for (const [index, { count, masked }] of finishedBy[list].entries()) {
      if (count !== null) {
        expect(count).toBe(truth[index])
        if (total > 0) expect(count).toBeGreaterThanOrEqual(5)
        continue
      }
      if (masked === 'fewer_than_5') expect(truth[index]).toBeLessThan(5)
      expect(workedOut([...known, { least: total, most: total }], sums, index)).toBeUndefined()
    }
  }
  return finishedBy.total > 0
}

const how: fc.Arbitrary<How> = fc.record({
  conduct: fc.constantFrom(...CONDUCTS),
  // Few outcomes, so that some of them come to be five and more.
  outcome: fc.constantFrom('no_ground', 'no_ground', 'no_ground', 'insufficient', ...SEALED_OUTCOMES),
  isCase: fc.boolean(),
})
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      number: fc.constantFrom(1, 1, 1, 7),
      daysAgo: fc.constantFrom(0, 0, 0, 3, 40, 400),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('finish' as const), which: fc.nat(), how }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('finish all' as const), how }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), which: fc.nat() }) },
)
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never
const life = fc.array(fc.record({ daysLater: fc.oneof(fc.nat(3), fc.nat(60)), act }), {
  minLength: 15,
  maxLength: 40,
})

async function doIt(act: Act, reports: LivingReport[]): Promise<void> {
  if (act.do === 'receive') {
    for (let left = act.number; left > 0; left -= 1) reports.push(await receive(act.daysAgo))
    return
  }
  const chosen = reports.filter(({ ended }) => (ended !== null) === (act.do === 'reopen'))
  if (act.do === 'finish all') for (const report of chosen) finish(report, act.how)
  else if (chosen.length > 0) {
    const report = chosen[act.which % chosen.length] as LivingReport
    if (act.do === 'finish') finish(report, act.how)
    else reopen(report)
  }
}

/**
 * A life of the office that is checked at every end of a month, and for standing still in between.
 * @returns how many lists of masked numbers were attacked
 */
async function live(steps: readonly { daysLater: number; act: Act }[]): Promise<number> {
  const reports: LivingReport[] = []
  const endings = new Map<number, CountedOutcome[]>()
  let attacked = 0
  for (const { daysLater, act } of steps) {
    const before = sealed.today()
    const today = addDays(before, daysLater)
    const year = fiscalYearOf(today)
    if (year !== fiscalYearOf(before)) {
      endings.set(
        year - 1,
        reports.flatMap(({ ended }) => (ended?.fiscalYear === year - 1 ? [ended] : [])),
      )
    }
    office.clock.set(instantOf(today, 9, 0))
    if (monthOf(today) !== monthOf(before)) {
      const rows = rawRows()
      for (let past = year; past >= 2569; past -= 1) {
        const published = await publishedOf(office, past)
        expect(differences(published)).toEqual([])
        expectFigures(published.json, rows, addDays(`${monthOf(today)}-01`, -1))
        if (expectNothingTold(published.json, endings.get(past) ?? [])) attacked += 1
      }
    }
    const still = [await publishedOf(office, year), await publishedOf(office, year - 1)]
    await doIt(act, reports)
    // What was kept is forgotten: it is the figures that stand still.
    office.portal.settings.changed()
    expect([await publishedOf(office, year), await publishedOf(office, year - 1)]).toEqual(still)
  }
  return attacked
}

/** However chance falls: a year that ends with eight reports, one of them unlike the others. */
const YEAR_WITH_A_SMALL_CELL: Parameters<typeof live>[0] = [
  { daysLater: 0, act: { do: 'receive', number: 7, daysAgo: 0 } },
  { daysLater: 0, act: { do: 'receive', number: 1, daysAgo: 3 } },
  {
    daysLater: 2,
    act: { do: 'finish', which: 7, how: { conduct: 'K2', outcome: 'disciplinary', isCase: true } },
  },
  { daysLater: 1, act: { do: 'finish all', how: { conduct: 'K1', outcome: 'no_ground', isCase: false } } },
  { daysLater: 60, act: { do: 'receive', number: 1, daysAgo: 0 } },
]

describe('the figures of years of random work', () => {
  it('say in all forms what the rows said at the end of the month, and stand still within it', async () => {
    let attacked = 0
    const property = fc.asyncProperty(life, (steps) =>
      undone(async () => {
        attacked += await live(steps)
      }),
    )
    await fc.assert(property, { numRuns: 5, examples: [[YEAR_WITH_A_SMALL_CELL]] })
    expect(attacked).toBeGreaterThan(0)
  }, 240_000)
})

describe('exact counts for the plan', () => {
  it('are told when the year is over and stay as they were then, whatever is opened again', () =>
    undone(async () => {
      office.clock.set(instantOf('2027-08-02', 9, 0))
      const bribe = { conduct: 'K1', outcome: 'prosecution', isCase: true } as const
      const reports: LivingReport[] = []
      for (let left = 7; left > 0; left -= 1) reports.push(await receive(0))
      for (const report of reports.slice(0, 6)) finish(report, bribe)
      finish(reports[6] as LivingReport, { conduct: 'K9', outcome: 'other', isCase: false })
      expect(corruptionCases(sealed.db, 2570)).toBe(6)
      expect(planCounts(sealed).conduct(2570)).toBeUndefined()

      office.clock.set(instantOf('2027-10-05', 9, 0))
      const published = await publishedOf(office, 2570)
      expect(published.json.finishedBy?.total).toBe(7)
      reopen(reports[0] as LivingReport)
      expect(planCounts(sealed).cases(2570)).toBe(6)
      expect(planCounts(sealed).conduct(2570)).toMatchObject({ K1: 6, K2: 0, K9: 1 })
      finish(reports[0] as LivingReport, { ...bribe, isCase: false })
      expect(planCounts(sealed).cases(2571)).toBeUndefined()
      expect(corruptionCases(sealed.db, 2571)).toBe(0)
      expect(planCounts(sealed).conduct(2568)).toBeUndefined()

      office.clock.set(instantOf('2027-12-01', 9, 0))
      const later = await publishedOf(office, 2570)
      expect(later.json.finishedBy).toEqual(published.json.finishedBy)
      expect(later.json.year.finished).toBe(6)
    }))

  it('outlive the reports, which are destroyed in time', () =>
    undone(async () => {
      const report = await receive(0)
      finish(report, { conduct: 'K3', outcome: 'corrected', isCase: true })
      office.clock.set(instantOf('2026-10-01', 9, 0))
      const before = await publishedOf(office, 2569)
      sealed.db.inTransaction(() => deleteReport(sealed.db, report.id))
      office.portal.settings.changed()
      expect(await publishedOf(office, 2569)).toEqual(before)
      expect(before.json.year).toMatchObject({ received: 1, finished: 1, inProgress: 0 })
      expect(corruptionCases(sealed.db, 2569)).toBe(1)
    }))
})
