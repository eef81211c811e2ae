import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CASE_ACTIONS } from '#domain/case-status.ts'
import {
  type CaseFacts,
  type CaseScope,
  caseScope,
  mayAdminister,
  mayAssignTo,
  mayCountRestricted,
  mayDo,
  mayEnter,
  mayFindMoved,
  mayIntake,
  mayNoteReports,
  mayOpenQueue,
  mayOversee,
  mayPrevent,
  maySeeCase,
  oversightOf,
  ROLES,
  type StaffAction,
  type Viewer,
} from '#domain/permissions.ts'

const CENTRE = 1
const ROADS = 2
const HEALTH = 3
const ME = 100
const SOMEBODY = 200

const person = (roles: Viewer['roles'], unitId: number | null = null): Viewer => ({
  accountId: ME,
  displayName: 'สมชาย ใจดี',
  roles,
  unitId,
  isCentre: unitId === CENTRE,
})

const cast = {
  officer: person(['officer'], ROADS),
  head: person(['unit_head'], ROADS),
  centreOfficer: person(['officer'], CENTRE),
  centreHead: person(['unit_head'], CENTRE),
  workingGroup: person(['working_group']),
  executive: person(['executive']),
  administrator: person(['administrator'], ROADS),
  centreAdministrator: person(['administrator'], CENTRE),
  officerWithoutUnit: person(['officer']),
  headWithoutUnit: person(['unit_head']),
  nobody: person([], ROADS),
}
type Name = keyof typeof cast

const caseOf = (unitId: number | null, officerId: number | null, restricted: boolean): CaseFacts => ({
  unitId,
  officerId,
  restricted,
})
const files = {
  own: caseOf(ROADS, SOMEBODY, false),
  ownRestricted: caseOf(ROADS, SOMEBODY, true),
  other: caseOf(HEALTH, SOMEBODY, false),
  otherRestricted: caseOf(HEALTH, SOMEBODY, true),
  unassigned: caseOf(null, null, false),
  unassignedRestricted: caseOf(null, null, true),
  mine: caseOf(ROADS, ME, false),
  mineRestricted: caseOf(ROADS, ME, true),
  mineElsewhereRestricted: caseOf(HEALTH, ME, true),
}
type File = keyof typeof files
const ALL_FILES = Object.keys(files) as File[]
const STAFF_ACTIONS = CASE_ACTIONS.filter(
  (action): action is StaffAction => !['answer_info', 'withdraw', 'reopen'].includes(action),
)

describe('who sees which case', () => {
  const MINE: File[] = ['mine', 'mineRestricted', 'mineElsewhereRestricted']
  const sees: Record<Name, File[]> = {
    officer: ['own', ...MINE],
    head: ['own', 'ownRestricted', ...MINE],
    centreOfficer: ['own', 'other', 'unassigned', ...MINE],
    centreHead: ALL_FILES,
    workingGroup: ALL_FILES,
    executive: ALL_FILES,
    administrator: [],
    centreAdministrator: [],
    officerWithoutUnit: MINE,
    headWithoutUnit: MINE,
    nobody: [],
  }

  test.each(Object.keys(cast) as Name[])('%s', (name) => {
    expect(ALL_FILES.filter((file) => maySeeCase(cast[name], files[file])).sort()).toEqual(
      [...sees[name]].sort(),
    )
  })
})

describe('who does what', () => {
  const DESK: StaffAction[] = [
    ...(['register', 'assign', 'reject', 'merge', 'change_category', 'move_confidential'] as const),
  ]
  const WORK: StaffAction[] = [
    ...([
      'accept',
      'return',
      'ask_info',
      'progress',
      'explain',
      'message',
      'forward',
      'conclude',
      'close',
      'note',
    ] as const),
  ]
  const everywhere = (acts: StaffAction[]) => Object.fromEntries(ALL_FILES.map((file) => [file, acts]))
  const headsWork: StaffAction[] = ['assign', 'urge', ...WORK]
  const deskAndWork = [...DESK, ...WORK]

  // A case left out: nothing may be done to it.
  const does: Record<Name, Partial<Record<File, StaffAction[]>>> = {
    officer: { own: WORK, mine: WORK, mineRestricted: WORK, mineElsewhereRestricted: WORK },
    head: {
      own: headsWork,
      ownRestricted: headsWork,
      mine: headsWork,
      mineRestricted: headsWork,
      mineElsewhereRestricted: WORK,
    },
    centreOfficer: {
      own: deskAndWork,
      other: deskAndWork,
      unassigned: deskAndWork,
      mine: deskAndWork,
      mineRestricted: deskAndWork,
      mineElsewhereRestricted: deskAndWork,
    },
    centreHead: everywhere(deskAndWork),
    workingGroup: everywhere([...DESK, 'explain', 'urge', 'note']),
    executive: everywhere(['urge', 'note']),
    administrator: {},
    centreAdministrator: {},
    officerWithoutUnit: { mine: WORK, mineRestricted: WORK, mineElsewhereRestricted: WORK },
    headWithoutUnit: { mine: WORK, mineRestricted: WORK, mineElsewhereRestricted: WORK },
    nobody: {},
  }

  test.each(Object.keys(cast) as Name[])('%s', (name) => {
    for (const file of ALL_FILES) {
      const done = STAFF_ACTIONS.filter((action) => mayDo(cast[name], action, files[file]))
      expect(done.sort(), file).toEqual([...(does[name][file] ?? [])].sort())
    }
  })

  test('roles add up: a working-group member who heads a unit also works its cases', () => {
    const both = person(['unit_head', 'working_group'], ROADS)
    expect(mayDo(both, 'conclude', files.ownRestricted)).toBe(true)
    expect(mayDo(both, 'register', files.other)).toBe(true)
    expect(mayDo(both, 'conclude', files.other)).toBe(false)
  })

  test('an administrator who is also an officer sees what an officer sees, no more', () => {
    const both = person(['administrator', 'officer'], ROADS)
    for (const file of ALL_FILES) {
      expect(maySeeCase(both, files[file])).toBe(maySeeCase(cast.officer, files[file]))
    }
  })
})

describe('who learns of a number that its case was moved to the confidential register', () => {
  test('whoever answers for the cases of every unit', () => {
    const finders = (Object.keys(cast) as Name[]).filter((name) => mayFindMoved(cast[name]))
    expect(finders).toEqual(['centreOfficer', 'centreHead', 'workingGroup', 'executive'])
  })
})

describe('to whom a case may be assigned', () => {
  test('a unit head shares out inside the unit and gives nothing away', () => {
    expect(mayAssignTo(cast.head, files.own, ROADS)).toBe(true)
    expect(mayAssignTo(cast.head, files.own, HEALTH)).toBe(false)
    expect(mayAssignTo(cast.head, files.other, ROADS)).toBe(false)
  })

  test('the centre and the working group assign to any unit', () => {
    for (const name of ['centreOfficer', 'centreHead', 'workingGroup'] as const) {
      expect(mayAssignTo(cast[name], files.unassigned, HEALTH)).toBe(true)
    }
  })

  test('nobody else assigns', () => {
    for (const name of ['officer', 'executive', 'administrator', 'nobody'] as const) {
      expect(mayAssignTo(cast[name], files.own, ROADS)).toBe(false)
    }
  })
})

describe('which doors open', () => {
  test.each([
    ['officer', true, false, true, false],
    ['centreOfficer', true, false, true, false],
    ['head', true, true, true, false],
    ['headWithoutUnit', true, false, true, false],
    ['workingGroup', true, true, false, false],
    ['executive', true, true, false, false],
    ['administrator', false, false, false, true],
    ['nobody', false, false, false, false],
  ] as const)('%s: queue %s, overview %s, intake %s, administration %s', (name, ...doors) => {
    const viewer = cast[name]
    const [queue, overview, intake, administration] = doors
    expect([mayOpenQueue(viewer), mayOversee(viewer), mayIntake(viewer), mayAdminister(viewer)]).toEqual(
      doors,
    )
    expect(mayEnter(viewer, 'queue')).toBe(queue)
    expect(mayEnter(viewer, 'oversee')).toBe(overview)
    expect(mayEnter(viewer, 'intake')).toBe(intake)
    expect(mayEnter(viewer, 'administer')).toBe(administration)
    expect(mayEnter(viewer, 'signed_in')).toBe(true)
  })
})

describe('who has to do with summary reports', () => {
  test.each([
    ['workingGroup', true, true, false],
    ['executive', true, false, true],
    ...(['officer', 'head', 'centreOfficer', 'centreHead', 'administrator', 'nobody'] as const).map(
      (name) => [name, false, false, false] as const,
    ),
  ] as const)('%s: reads %s, writes %s, takes note %s', (name, reads, writes, notes) => {
    const viewer = cast[name]
    expect([mayEnter(viewer, 'reports'), mayEnter(viewer, 'write_reports'), mayNoteReports(viewer)]).toEqual([
      reads,
      writes,
      notes,
    ])
  })
})

describe('what recurs', () => {
  test.each([
    ['workingGroup', true, true],
    ['executive', false, true],
    ['centreHead', true, true],
    ['head', true, false],
    ['headWithoutUnit', true, false],
    ['centreOfficer', false, false],
    ['officer', false, false],
    ['administrator', false, false],
    ['nobody', false, false],
  ] as const)('%s: records measures %s, counts restricted cases %s', (name, prevents, counts) => {
    expect(mayPrevent(cast[name])).toBe(prevents)
    expect(mayEnter(cast[name], 'prevent')).toBe(prevents)
    expect(mayCountRestricted(cast[name])).toBe(counts)
  })
})

describe('whose work is watched over', () => {
  test.each([
    ['workingGroup', 'every_unit'],
    ['executive', 'every_unit'],
    ['centreHead', 'every_unit'],
    ['head', { unitId: ROADS }],
    ['headWithoutUnit', 'none'],
    ['centreOfficer', 'none'],
    ['officer', 'none'],
    ['centreAdministrator', 'none'],
  ] as const)('%s: %o', (name, oversight) => {
    expect(oversightOf(cast[name])).toEqual(oversight)
  })

  test('never reaches a case that may not be opened', () => {
    for (const viewer of Object.values(cast)) {
      const oversight = oversightOf(viewer)
      const overseen = ALL_FILES.filter(
        (file) =>
          oversight === 'every_unit' ||
          (typeof oversight === 'object' && oversight.unitId === files[file].unitId),
      )
      for (const file of overseen) expect(maySeeCase(viewer, files[file]), file).toBe(true)
    }
  })
})

describe('the scope that stores turn into SQL', () => {
  // As SQL evaluates it: null equals nothing.
  const sqlEquals = (a: number | null, b: number | null) => a !== null && b !== null && a === b
  function selects(scope: CaseScope, facts: CaseFacts): boolean {
    if (scope === 'none') return false
    if (sqlEquals(facts.officerId, scope.ownId)) return true
    const inReach = scope.all ? true : sqlEquals(facts.unitId, scope.unitId)
    return inReach && (scope.restricted || !facts.restricted)
  }

  test('selects exactly the cases that may be opened, for any viewer and any case', () => {
    const anyUnit = fc.constantFrom(null, CENTRE, ROADS, HEALTH)
    const anyViewer = fc
      .tuple(fc.subarray([...ROLES]), anyUnit)
      .map(([roles, unitId]) => person(roles, unitId))
    const anyCase = fc.record({
      unitId: anyUnit,
      officerId: fc.constantFrom(null, ME, SOMEBODY),
      restricted: fc.boolean(),
    })
    fc.assert(
      fc.property(anyViewer, anyCase, (viewer, facts) => {
        expect(selects(caseScope(viewer), facts)).toBe(maySeeCase(viewer, facts))
        if (!maySeeCase(viewer, facts)) {
          expect(STAFF_ACTIONS.some((action) => mayDo(viewer, action, facts))).toBe(false)
        }
        if (caseScope(viewer) !== 'none') expect(mayOpenQueue(viewer)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is spelled out for each role', () => {
    expect(caseScope(cast.officer)).toEqual({ unitId: ROADS, restricted: false, ownId: ME })
    expect(caseScope(cast.head)).toEqual({ unitId: ROADS, restricted: true, ownId: ME })
    expect(caseScope(cast.centreOfficer)).toEqual({ all: true, restricted: false, ownId: ME })
    expect(caseScope(cast.centreHead)).toEqual({ all: true, restricted: true, ownId: ME })
    expect(caseScope(cast.workingGroup)).toEqual({ all: true, restricted: true, ownId: null })
    expect(caseScope(cast.executive)).toEqual({ all: true, restricted: true, ownId: null })
    expect(caseScope(cast.administrator)).toBe('none')
  })
})
