import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CASE_ACTIONS,
  CASE_STATUSES,
  type CaseStatus,
  isFinished,
  isOpen,
  mayReopen,
  nextStatus,
  publicStage,
  REOPEN_DAYS,
} from '#domain/case-status.ts'

// Written out in full and on purpose not derived from the code: '=' stays, '-' is refused.
// Columns in the order of the case's life, as in the heading.
const TABLE = `
                 submitted     registered    assigned      in_progress   need_info     resolved     closed       not_accepted  forwarded  merged  withdrawn  moved
register         registered    -             -             -             -             -            -            -             -          -       -          -
assign           assigned      assigned      =             assigned      assigned      -            -            -             -          -       -          -
accept           -             -             in_progress   -             -             -            -            -             -          -       -          -
return           -             -             registered    -             -             -            -            -             -          -       -          -
ask_info         -             need_info     need_info     need_info     -             -            -            -             -          -       -          -
answer_info      -             -             -             -             in_progress   -            -            -             -          -       -          -
progress         -             -             -             =             =             -            -            -             -          -       -          -
explain          =             =             =             =             =             -            -            -             -          -       -          -
urge             =             =             =             =             =             -            -            -             -          -       -          -
note             =             =             =             =             =             =            =            =             =          =       =          -
forward          -             forwarded     forwarded     forwarded     forwarded     -            -            -             -          -       -          -
conclude         -             -             -             resolved      resolved      -            -            -             -          -       -          -
close            -             -             -             -             -             closed       -            -             -          -       -          -
reject           not_accepted  not_accepted  not_accepted  not_accepted  not_accepted  -            -            -             -          -       -          -
merge            merged        merged        merged        merged        merged        -            -            -             -          -       -          -
change_category  =             =             =             =             =             -            -            -             -          -       -          -
move_confidential moved        moved         moved         moved         moved         moved        moved        -             -          moved   -          -
withdraw         withdrawn     withdrawn     withdrawn     withdrawn     withdrawn     -            -            -             -          -       -          -
reopen           -             -             -             -             -             in_progress  in_progress  -             -          -       -          -
message          =             =             =             =             =             =            -            -             -          -       -          -
`
const [heading = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

function expectedAfter(cell: string | undefined, status: string): string | undefined {
  if (cell === '-') return undefined
  return cell === '=' ? status : cell
}

describe('what an action does to a case', () => {
  test('the table names every action and every status', () => {
    expect(rows.map(([action]) => action)).toEqual([...CASE_ACTIONS])
    expect(heading).toEqual([...CASE_STATUSES])
    for (const row of rows) expect(row).toHaveLength(CASE_STATUSES.length + 1)
  })

  test.each(CASE_ACTIONS)('%s', (action) => {
    const [, ...cells] = rows.find(([name]) => name === action) ?? []
    for (const [column, status] of CASE_STATUSES.entries()) {
      const after = nextStatus(action, { status, reopenPending: false })
      expect(after, `${action} when ${status}`).toBe(expectedAfter(cells[column], status))
    }
  })

  test('a reopened case waits to be accepted again, and nothing else changes by it', () => {
    for (const action of CASE_ACTIONS) {
      for (const status of CASE_STATUSES) {
        const usual = nextStatus(action, { status, reopenPending: false })
        const waiting = action === 'accept' && status === 'in_progress' ? 'in_progress' : usual
        expect(nextStatus(action, { status, reopenPending: true })).toBe(waiting)
      }
    }
  })

  test('along any chain of actions a finished case comes back only by reopening', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CASE_ACTIONS), { maxLength: 40 }), (actions) => {
        let status: CaseStatus = 'submitted'
        for (const action of actions) {
          const after = nextStatus(action, { status, reopenPending: false })
          if (after !== undefined && !isOpen(status) && isOpen(after)) expect(action).toBe('reopen')
          if (status === 'merged' && after !== undefined) expect(['merged', 'moved']).toContain(after)
          if (status === 'moved') expect(after).toBeUndefined()
          status = after ?? status
        }
      }),
    )
  })

  test('every status can be reached from a new case', () => {
    const reached = new Set<CaseStatus>(['submitted'])
    for (const status of reached) {
      for (const action of CASE_ACTIONS) {
        const after = nextStatus(action, { status, reopenPending: false })
        if (after !== undefined) reached.add(after)
      }
    }
    expect([...reached].sort()).toEqual([...CASE_STATUSES].sort())
  })
})

describe('where a status counts', () => {
  test.each([
    ['submitted', 'in_progress'],
    ['registered', 'in_progress'],
    ['assigned', 'in_progress'],
    ['in_progress', 'in_progress'],
    ['need_info', 'in_progress'],
    ['resolved', 'finished'],
    ['closed', 'finished'],
    ['not_accepted', 'finished'],
    ['forwarded', 'finished'],
    ['withdrawn', 'finished'],
    ['merged', 'uncounted'],
    ['moved', 'uncounted'],
  ] as const)('%s is published as %s', (status, stage) => {
    expect(publicStage(status)).toBe(stage)
    expect(isOpen(status)).toBe(stage === 'in_progress')
    expect(isFinished(status)).toBe(stage === 'finished')
  })
})

describe('reopening', () => {
  test.each([
    ['on the day of the result', '2026-11-01', true],
    ['on the thirtieth day after it', '2026-12-01', true],
    ['on the thirty-first', '2026-12-02', false],
    ['a year later', '2027-11-01', false],
  ])('%s', (_, today, allowed) => {
    expect(mayReopen({ status: 'resolved', resolvedOn: '2026-11-01' }, today)).toBe(allowed)
    expect(mayReopen({ status: 'closed', resolvedOn: '2026-11-01' }, today)).toBe(allowed)
  })

  test('is for cases with a result only', () => {
    expect(REOPEN_DAYS).toBe(30)
    const without = CASE_STATUSES.filter((status) => status !== 'resolved' && status !== 'closed')
    for (const status of without) {
      expect(mayReopen({ status, resolvedOn: '2026-11-01' }, '2026-11-02')).toBe(false)
    }
    expect(mayReopen({ status: 'resolved', resolvedOn: null }, '2026-11-02')).toBe(false)
  })
})
