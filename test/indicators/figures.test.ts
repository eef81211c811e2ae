import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import type { IndicatorId, PlanYear } from '#domain/indicators.ts'
import type { CorruptionCounts } from '#indicators/corruption-counts.ts'
import { REGISTER_COMPLETE, readCounts } from '#indicators/counts.ts'
import { planFigures, sourcesOf, yearsBegun } from '#indicators/figures.ts'
import { writeOverride, writeSet } from '#indicators/store.ts'
import { fileCase, setStatus } from '../statistics/office.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { plansOf } from '../support/plans.ts'
import { channelWith, complain, eraseMoved, fromPapers, lineOf, moveAway, typeIn } from './plan.ts'

let office: TestFolder
beforeEach(() => {
  office = openTestFolder()
})
afterEach(() => office.close())

/** The day after the plan's last year. */
const AFTER = '2027-10-01'

const line = (id: IndicatorId, year: PlanYear, channel?: CorruptionCounts, today = AFTER) =>
  lineOf(office.portal, id, year, { today, ...(channel && { channel }) })
const shown = (id: IndicatorId, year: PlanYear, channel?: CorruptionCounts, today?: string) => {
  const found = line(id, year, channel, today)
  const series = found.series.map(({ now, base, change }) => [now.shown, base?.shown, change])
  return [found.result, ...series]
}

/** All that was received in these years is in the portal. */
const complete = (...years: number[]) => {
  for (const year of years) typeIn(office.portal, year, { [REGISTER_COMPLETE]: 1 })
}

describe('complaints that are to become fewer', () => {
  it('are counted by their day of receipt in Bangkok and compared with the year before', () => {
    complete(2569, 2570)
    for (const on of ['2025-10-01', '2026-03-03', '2026-09-30']) complain(office.portal, 'S1', on)
    for (const on of ['2026-10-01', '2027-09-30']) complain(office.portal, 'S1', on)
    complain(office.portal, 'S2', '2026-10-05')
    expect(shown('13', 2570)).toEqual(['met', [2, 3, expect.closeTo(-33.333, 2)]])
    expect(shown('14.2', 2570)).toEqual(shown('13', 2570))
  })

  it('are no fewer where they are as many', () => {
    complete(2569, 2570)
    for (const on of ['2026-05-01', '2026-11-01']) complain(office.portal, 'S1', on)
    expect(shown('13', 2570)).toEqual(['not_met', [1, 1, 0]])
  })

  it('are judged by their number after a year with none', () => {
    complete(2568, 2569, 2570)
    expect(shown('13', 2569)).toEqual(['met', [0, 0, null]])
    complain(office.portal, 'S1', '2026-11-01')
    expect(shown('13', 2570)).toEqual(['not_met', [1, 0, null]])
  })

  it('are not judged before the year is over, and show how many there are so far', () => {
    complete(2569, 2570)
    complain(office.portal, 'S1', '2026-11-01')
    expect(shown('13', 2570, undefined, '2027-09-30')).toEqual(['open', [1, 0, null]])
    expect(shown('13', 2570, undefined, '2026-09-30')).toEqual(['coming'])
  })

  it('count neither requests, nor merged and moved cases, nor those of other categories', () => {
    complete(2569, 2570)
    const ids = Array.from({ length: 4 }, () => complain(office.portal, 'S1', '2026-11-01'))
    setStatus(office.portal, ids[0] ?? 0, 'merged')
    moveAway(office.portal, ids[1] ?? 0)
    office.portal.db.sqlite.prepare("update cases set kind = 'question' where id = ?").run(ids[2])
    expect(line('13', 2570).series[0]?.now.shown).toBe(1)
  })

  it('stand beside those accepted and those with grounds', () => {
    complete(2569, 2570)
    const [a = 0, b = 0, c = 0] = Array.from({ length: 4 }, () => complain(office.portal, 'S1', '2026-11-01'))
    setStatus(office.portal, a, 'not_accepted', '2026-11-02')
    for (const [id, finding] of [
      [b, 'yes'],
      [c, 'no'],
    ] as const) {
      setStatus(office.portal, id, 'resolved', '2026-11-02')
      office.portal.db.sqlite.prepare('update cases set finding = ? where id = ?').run(finding, id)
    }
    expect(line('13', 2570).general).toMatchObject({ received: 4, accepted: 2, grounds: 1 })
  })
})

describe('what nobody counted', () => {
  it('is not taken for zero: a year before the portal is unknown, whatever was entered of it by the way', () => {
    complete(2570)
    complain(office.portal, 'S1', '2026-09-30')
    complain(office.portal, 'S1', '2026-11-01')
    expect(shown('13', 2570)).toEqual(['no_base', [1, 'unknown', null]])
    expect(shown('13', 2569)).toEqual(['no_value', ['unknown', 'unknown', null]])
  })

  it('is known from the year in which the office got its first account', () => {
    const { sqlite } = office.portal.db
    const opened = new Date('2026-09-30T16:59:00Z').getTime()
    sqlite
      .prepare("insert into staff (username, display_name, post, created_at) values ('a', 'ก', '', ?)")
      .run(opened)
    expect(shown('13', 2569)).toEqual(['no_base', [0, 'unknown', null]])
    expect(shown('13', 2570)).toEqual(['met', [0, 0, null]])
  })

  it('is told by the papers, with cases that are in the portal besides', () => {
    complete(2570)
    fromPapers(office.portal, 2569, { S1: 4 }, 1)
    fromPapers(office.portal, 2570, { S1: 1 })
    complain(office.portal, 'S1', '2026-09-30')
    complain(office.portal, 'S1', '2026-11-01')
    expect(shown('13', 2570)).toEqual(['met', [2, 5, -60]])
    expect(line('13', 2570).general).toMatchObject({ received: 2, accepted: null, grounds: null })
    expect(sourcesOf(line('13', 2570))).toEqual(['ทะเบียนปี 2570', 'ทะเบียนปี 2569'])
  })

  it('of one category leaves the sum of several unknown', () => {
    complete(2570)
    fromPapers(office.portal, 2569, { S1: 4, S2: 3 })
    expect(line('17.2', 2570).series[0]?.base?.shown).toBe('unknown')
  })
})

describe('corruption reports', () => {
  const none = [0, 0, 0, 0, 0, 0, 0, 0, 0]

  it('are told when the year is over, and general complaints of the same indicator before', () => {
    complete(2569, 2570)
    complain(office.portal, 'H1', '2026-11-01')
    const asked: number[] = []
    const channel = channelWith({ 2568: none, 2569: none, 2570: none })
    const watched = {
      ...channel,
      conduct: (year: number) => {
        asked.push(year)
        return channel.conduct(year)
      },
    }
    const running = line('7', 2570, watched, '2027-09-30')
    expect(running).toMatchObject({ result: 'open', series: [{ now: { shown: 'later', soFar: 1 } }] })
    expect(asked).not.toContain(2570)
    expect(shown('5', 2570, watched, '2027-09-30')).toEqual(['open', ['later', undefined, null]])
    expect(shown('7', 2570, watched)).toEqual(['not_met', [1, 0, null]])
  })

  it('of which there are none at all meet the target of project 5, and five of bribery break it', () => {
    expect(shown('5', 2570, channelWith({ 2570: none }))).toEqual(['met', [0, undefined, null]])
    const few = channelWith({ 2570: [2, 0, 0, 0, 1, 0, 0, 0, 0] })
    expect(shown('5', 2570, few)).toEqual(['hidden', ['small', undefined, null]])
    const others = channelWith({ 2570: [0, 0, 2, 0, 1, 0, 0, 0, 0] })
    expect(shown('5', 2570, others)).toEqual(['hidden', ['small', undefined, null]])
    const many = channelWith({ 2570: [5, 0, 2, 0, 1, 0, 0, 0, 0] })
    expect(shown('5', 2570, many)).toEqual(['not_met', [5, undefined, null]])
  })

  it('tell no verdict and no sum that would tell a small number', () => {
    complete(2569, 2570)
    for (const on of ['2026-05-01', '2026-11-01']) complain(office.portal, 'H1', on)
    const channel = channelWith({ 2569: [1, 0, 2, 0, 3, 0, 0, 0, 0], 2570: [2, 0, 1, 0, 1, 0, 0, 0, 0] })
    expect(shown('7', 2570, channel)).toEqual(['hidden', ['withheld', 'withheld', null]])
    expect(shown('11', 2570, channel)).toEqual(['hidden', ['small', 'small', null]])
    expect(shown('22', 2570, channel).slice(0, 2)).toEqual(['no_value', [4, 6, expect.closeTo(-33.33, 1)]])
  })

  it('are all withheld where the total would tell the one small number, but for the total', () => {
    complete(2569, 2570)
    const channel = channelWith({ 2569: none, 2570: [6, 5, 5, 5, 5, 5, 3, 5, 5] }, { 2569: 0, 2570: 1 })
    expect(shown('5', 2570, channel)).toEqual(['hidden', ['withheld', undefined, null]])
    expect(shown('22', 2570, channel)).toEqual(['not_met', [44, 0, null], [1, 0, null]])
  })

  it('give a verdict where it follows from what is told', () => {
    complete(2569, 2570)
    for (let n = 0; n < 9; n += 1) complain(office.portal, 'H1', '2026-05-01')
    const channel = channelWith({ 2569: none, 2570: [2, 0, 0, 0, 3, 0, 0, 0, 0] })
    expect(shown('7', 2570, channel)).toEqual(['met', ['small', 9, null]])
  })

  it('and service have to become fewer each for itself', () => {
    complete(2569, 2570)
    complain(office.portal, 'S3', '2026-05-01')
    const fell = channelWith({ 2569: [9, 0, 0, 0, 0, 0, 0, 0, 0], 2570: none })
    const rose = channelWith({ 2569: none, 2570: [9, 0, 0, 0, 0, 0, 0, 0, 0] })
    expect(line('17.2', 2570, fell).result).toBe('met')
    expect(line('17.2', 2570, rose).series.map(({ code, verdict }) => [code, verdict])).toEqual([
      ['service', 'met'],
      ['corruption', 'not_met'],
    ])
    expect(line('17.2', 2570, rose).result).toBe('not_met')
    expect(shown('16', 2570, rose)).toEqual(['not_met', [9, 1, 800]])
  })

  it('of years before the channel are those that were typed in, all nine kinds or none', () => {
    typeIn(office.portal, 2570, { K1: 6, K2: 1, K3: 0, K4: 0, K5: 0, K6: 0, K7: 0, K8: 0 })
    expect(shown('5', 2570)).toEqual(['no_value', ['unknown', undefined, null]])
    typeIn(office.portal, 2570, { K9: 0 })
    expect(shown('5', 2570)).toEqual(['not_met', [6, undefined, null]])
    expect(shown('5', 2570, channelWith({ 2570: none }))).toEqual(['met', [0, undefined, null]])
  })
})

describe('corruption cases (คดี)', () => {
  it('fall by the share of the year against 2565', () => {
    typeIn(office.portal, 2565, { cases: 10 })
    typeIn(office.portal, 2566, { cases: 9 })
    typeIn(office.portal, 2567, { cases: 9 })
    const channel = channelWith({}, { 2570: 5 })
    expect(shown('g1', 2566)).toEqual(['met', [9, 10, -10]])
    expect(shown('g1', 2567)).toEqual(['not_met', [9, 10, -10]])
    expect(shown('g1', 2568)).toEqual(['no_value', ['unknown', 10, null]])
    expect(shown('g1', 2570, channel)).toEqual(['met', [5, 10, -50]])
    expect(shown('g1', 2570, channel, '2027-09-30')).toEqual(['open', ['later', 10, null]])
  })

  it('cannot be compared without those of 2565, and after none only none is good enough', () => {
    typeIn(office.portal, 2566, { cases: 0 })
    expect(shown('g1', 2566)).toEqual(['no_base', [0, 'unknown', null]])
    typeIn(office.portal, 2565, { cases: 0 })
    expect(shown('g1', 2566)).toEqual(['met', [0, 0, null]])
    expect(shown('20.3', 2566)).toEqual(['met', [0, 0, null]])
    typeIn(office.portal, 2567, { cases: 1 })
    expect(shown('21.3', 2567)).toEqual(['not_met', [1, 0, null]])
  })
})

describe('results that are typed in', () => {
  it('are held against the points of the year, as soon as they are known', () => {
    expect(shown('g2', 2570, undefined, '2027-08-01')).toEqual(['open', ['unknown', undefined, null]])
    expect(shown('g2', 2569)).toEqual(['no_value', ['unknown', undefined, null]])
    typeIn(office.portal, 2569, { ita: 80 })
    typeIn(office.portal, 2570, { ita: 84.99 })
    expect(shown('g2', 2569)).toEqual(['met', [80, undefined, null]])
    expect(shown('6', 2569)).toEqual(['not_met', [80, undefined, null]])
    expect(shown('g2', 2570, undefined, '2027-08-01')).toEqual(['not_met', [84.99, undefined, null]])
  })

  it('without a target are shown and not judged', () => {
    typeIn(office.portal, 2570, { sv1: 71.5 })
    expect(shown('1', 2570)).toEqual(['no_target', [71.5, undefined, null]])
    expect(shown('9', 2570)).toEqual(['uncounted'])
  })
})

describe('the categories of an indicator', () => {
  it('are those of the year, for its base year as well, and of another year their own', () => {
    complete(2568, 2569, 2570)
    complain(office.portal, 'S1', '2026-05-01')
    complain(office.portal, 'S2', '2026-05-01')
    complain(office.portal, 'S2', '2026-11-01')
    writeSet(office.portal.db, 2570, '13', ['S1', 'S2'])
    expect(shown('13', 2569)).toEqual(['not_met', [1, 0, null]])
    expect(shown('13', 2570)).toEqual(['met', [1, 2, -50]])
  })

  it('that are none make no figure, not a zero', () => {
    complete(2569, 2570)
    writeSet(office.portal.db, 2570, '13', [])
    expect(shown('13', 2570)).toEqual(['no_value', ['unknown', 'unknown', null]])
    writeSet(office.portal.db, 2570, '17.2', ['S1'])
    expect(line('17.2', 2570).series[1]?.now.shown).toBe('unknown')
  })

  it('stay as they are when the portal is opened again, also where the office changed them', () => {
    writeSet(office.portal.db, 2568, '13', ['S3'])
    office.reopen()
    const counts = readCounts(office.portal.db, undefined)
    expect(counts.setOf(2568, '13')).toEqual(['S3'])
    expect(counts.setOf(2569, '13')).toEqual(['S1'])
    expect(counts.setOf(2570, '16')).toEqual([
      ...['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S9'],
      ...['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9'],
    ])
  })
})

describe('a decision about a single case', () => {
  const decide = (caseId: number, counts: boolean) =>
    writeOverride(office.portal.db, {
      ...{ caseId, indicator: '13', counts, reason: 'เหตุผล' },
      ...{ decidedAt: office.portal.now(), decidedBy: 'วิทย์ คณะทำงาน' },
    })

  it('adds it or takes it out, in its own year only, and shows apart', () => {
    complete(2568, 2569, 2570)
    const inside = complain(office.portal, 'S1', '2026-11-01')
    complain(office.portal, 'S1', '2026-11-01')
    const outside = complain(office.portal, 'A1', '2026-11-01')
    decide(inside, false)
    expect(line('13', 2570).general?.received).toBe(1)
    decide(outside, true)
    expect(shown('13', 2570)).toEqual(['not_met', [2, 0, null]])
    expect(shown('13', 2569)).toEqual(['met', [0, 0, null]])
    const figures = planFigures(readCounts(office.portal.db, undefined), 2570, AFTER)
    const parts = figures.indicators.find(({ id }) => id === '13')?.parts
    expect(parts?.map(({ kind, now }) => [kind, now])).toEqual([
      ['category', 2],
      ['added', 1],
      ['taken', 1],
    ])
  })

  it('that only says what the category says changes nothing', () => {
    complete(2569, 2570)
    const inside = complain(office.portal, 'S1', '2026-11-01')
    const outside = complain(office.portal, 'A1', '2026-11-01')
    decide(inside, true)
    decide(outside, false)
    expect(line('13', 2570).series[0]?.now.shown).toBe(1)
  })

  it('goes with a case that is merged, and leaves no word behind of one that was moved', () => {
    complete(2569, 2570)
    const outside = complain(office.portal, 'A1', '2026-11-01')
    decide(outside, true)
    setStatus(office.portal, outside, 'merged')
    expect(line('13', 2570).series[0]?.now.shown).toBe(0)
    const moved = complain(office.portal, 'A1', '2026-11-01')
    decide(moved, true)
    moveAway(office.portal, moved)
    expect(line('13', 2570).series[0]?.now.shown).toBe(0)
    eraseMoved(office.portal, moved)
    const left = office.portal.db.sqlite.prepare('select case_id from indicator_overrides').pluck().all()
    expect(left).toEqual([outside])
  })
})

it('opinions are told beside what nobody counts, with the villages they came from', () => {
  complete(2570)
  for (const [categoryCode, villageId] of [
    ['OP2', 1],
    ['OP2', 1],
    ['OP2', 3],
    ['OP2', null],
    ['OP1', 2],
  ] as const)
    fileCase(office.portal, {
      kind: 'suggestion',
      categoryCode,
      villageId,
      receivedAt: instantOf('2026-11-01', 9, 0),
    })
  const opinions = (id: IndicatorId, year: PlanYear) =>
    planFigures(readCounts(office.portal.db, undefined), year, AFTER).indicators.find((one) => one.id === id)
      ?.opinions
  expect(opinions('18', 2570)).toEqual({ count: 4, villages: 2 })
  expect(opinions('4.2', 2570)).toEqual({ count: 5, villages: 3 })
  expect(opinions('18', 2569)).toBeNull()
  expect(opinions('9', 2570)).toBeNull()
})

it('the years that have begun are the plan’s', () => {
  expect(yearsBegun('2026-11-16')).toEqual([2570, 2569, 2568, 2567, 2566])
  expect(yearsBegun('2024-01-01')).toEqual([2567, 2566])
  expect(yearsBegun('2031-01-01')).toEqual([2570, 2569, 2568, 2567, 2566])
  expect(yearsBegun('2020-01-01')).toEqual([2566])
})

it('the figures are read from running totals: no statement goes through the cases', () => {
  for (let n = 0; n < 30; n += 1) complain(office.portal, 'S1', '2026-11-01')
  const plans = plansOf(office.portal.db, () => readCounts(office.portal.db, undefined))
  expect(plans.length).toBeGreaterThan(4)
  const walks = plans.filter(({ plan }) => /SCAN (cases|figure_totals)/.test(plan))
  expect(walks).toEqual([])
})
