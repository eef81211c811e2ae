import { statusAfter } from '#complaints/case-state.ts'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { mayDo } from '#domain/permissions.ts'
import { REJECT_REASONS } from '#domain/vocabulary.ts'
import type { MemberName } from '../support/cast.ts'
import type { TestPortal } from '../support/portal.ts'
import { done, fileCase, type TestCase, viewerFor } from './desk.ts'

const CATEGORIES = ['A1', 'A2', 'C2', 'E1', 'H1', 'OP1', 'RQ1'] as const
const STAFF: MemberName[] = ['nid', 'dao', 'chai', 'malee', 'somsri', 'wit']

/** For explanations: two days, nine days and a month from the Monday on which everything is done. */
const NEW_DATES = ['18/11/2569', '25/11/2569', '12/12/2569'] as const

/** The same numbers for the same seed, so that a failure can be repeated. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Cases of every kind that went through whatever their officers happened to do, over two fiscal years. */
export function fillAtRandom(office: TestPortal, count: number, seed: number): TestCase[] {
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const testCases: TestCase[] = []
  const now = office.clock.now()
  for (let n = 0; n < count; n += 1) {
    const receivedAt = new Date(now.getTime() - random(80) * 86_400_000)
    const categoryCode = pick(CATEGORIES)
    const kind = office.portal.settings.category(categoryCode)?.kind ?? 'complaint'
    testCases.push(
      fileCase(office, {
        ...{ receivedAt, categoryCode, kind, villageId: random(6) || null },
        ...{ channel: pick(['web', 'phone', 'line']), subject: `เรื่องที่ ${n}` },
      }),
    )
  }
  for (const testCase of testCases) {
    for (let steps = random(16); steps > 0; steps -= 1) actAtRandom(office, testCase, testCases, pick)
    if (random(3) === 0) reopen(office, testCase)
  }
  return testCases
}

function actAtRandom(
  office: TestPortal,
  testCase: TestCase,
  others: readonly TestCase[],
  pick: <T>(list: readonly T[]) => T,
): void {
  const row = testCase.row()
  const name = pick(STAFF)
  const viewer = viewerFor(office, name)
  const allowed = ACTION_FORMS.filter(({ action }) => statusAfter(action, row) && mayDo(viewer, action, row))
  // Side exits are rarer than the way through, else nothing would ever be concluded.
  const onTheWay = allowed.filter(({ action }) => !['reject', 'merge', 'forward', 'note'].includes(action))
  const form = pick([...onTheWay, ...onTheWay, ...allowed, undefined])
  if (!form) return
  const target = pick(others).row()
  const member = pick(['chai', 'malee', 'somsri', 'nid'] as const)
  const { unitId, id } = office.cast[member]
  const typed = {
    ...{ text: 'ข้อความ', reason: form.action === 'reject' ? pick(REJECT_REASONS) : 'เหตุผล' },
    ...{ answerBy: '30/11/2569', otherBody: 'อำเภอ', outcome: 'solved', finding: 'na' },
    ...{ cause: 'ก', prevention: 'ข', unit: String(unitId), officer: pick(['', String(id)]) },
    ...{ doneText: 'ตรวจแล้ว', nextText: 'รออะไหล่', newDate: pick(NEW_DATES) },
    ...{ into: `${target.seq}/${target.fiscalYear}`, category: pick(['A1', 'A3', 'C2', 'H2', 'OP2', 'RQ2']) },
  }
  try {
    done(office, testCase, name, form.path, typed)
  } catch (error) {
    // A category of another kind, a unit that a head may not give to, a case merged into itself: refused.
    if (!(error instanceof Error) || !error.message.startsWith('{')) throw error
  }
}

/** What the complainant does: only the columns, because the officers' lists look at nothing else. */
function reopen(office: TestPortal, testCase: TestCase): void {
  const row = testCase.row()
  if (row.status !== 'resolved' && row.status !== 'closed') return
  office.portal.db.sqlite
    .prepare(
      "update cases set status = 'in_progress', finished_on = null, reopened_at = ?, reopen_accepted_at = null, rev = rev + 1 where id = ?",
    )
    .run(office.clock.now().getTime(), testCase.id)
}
