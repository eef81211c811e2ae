import fc from 'fast-check'
import { addDays, type CivilDate, instantOf } from '#domain/civil-date.ts'
import { KINDS } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { fileCase, setStatus } from './office.ts'

const FIRST_DAY = '2024-09-20'
export const TODAY = '2026-11-16'
const DAYS = 787

const day = fc.nat(DAYS).map((days) => addDays(FIRST_DAY, days))
export const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('file' as const),
      on: day,
      kind: fc.oneof({ weight: 2, arbitrary: fc.constant('complaint' as const) }, fc.constantFrom(...KINDS)),
      category: fc.constantFrom('A2', 'E1', 'S2'),
      channel: fc.constantFrom('web', 'phone', 'walkin'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('finish' as const),
      which: fc.nat(),
      later: fc.nat(60),
      status: fc.constantFrom('resolved', 'not_accepted', 'forwarded', 'withdrawn'),
    }),
  },
  fc.record({ do: fc.constant('reopen' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('merge' as const), which: fc.nat() }),
  fc.record({
    do: fc.constant('move' as const),
    which: fc.nat(),
    category: fc.constantFrom('A2', 'C1', 'E1'),
  }),
  fc.record({
    do: fc.constant('place' as const),
    which: fc.nat(),
    village: fc.constantFrom(null, 1, 2),
    unit: fc.constantFrom(null, 1, 2),
  }),
  fc.record({
    do: fc.constant('find' as const),
    which: fc.nat(),
    finding: fc.constantFrom(null, 'yes', 'part', 'no'),
  }),
  fc.record({
    do: fc.constant('clock' as const),
    which: fc.nat(),
    state: fc.constantFrom('late', 'explained', 'met', 'void'),
  }),
  fc.record({ do: fc.constant('kind' as const), which: fc.nat(), kind: fc.constantFrom(...KINDS) }),
  fc.record({ do: fc.constant('leave' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('assign' as const), which: fc.nat() }),
)
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Runs `work` and takes back everything it wrote. */
export function undone<T>({ db }: Portal, work: () => T): T {
  db.sqlite.exec('begin immediate')
  try {
    return work()
  } finally {
    db.sqlite.exec('rollback')
  }
}

/** Everything that can happen to a case, in any order. */
export function live(portal: Portal, history: readonly Step[]): void {
  const { sqlite } = portal.db
  const filed: { id: number; on: CivilDate }[] = []
  for (const act of history) {
    if (act.do === 'file') {
      const { kind, channel, category: categoryCode } = act
      const { id } = fileCase(portal, {
        ...{ kind, channel, categoryCode },
        receivedAt: instantOf(act.on, 23, 30),
      })
      filed.push({ id, on: act.on })
      continue
    }
    const chosen = filed[act.which % Math.max(1, filed.length)]
    if (!chosen) continue
    const end = addDays(chosen.on, act.do === 'finish' ? act.later : 0)
    if (act.do === 'finish') setStatus(portal, chosen.id, act.status, end < TODAY ? end : TODAY)
    if (act.do === 'reopen') setStatus(portal, chosen.id, 'in_progress')
    if (act.do === 'merge') setStatus(portal, chosen.id, 'merged')
    if (act.do === 'leave') setStatus(portal, chosen.id, 'moved')
    if (act.do === 'assign') setStatus(portal, chosen.id, 'assigned')
    if (act.do === 'move') {
      sqlite
        .prepare('update cases set category_group = ?, category_code = ?, updated_at = 1 where id = ?')
        .run(act.category.slice(0, 1), act.category, chosen.id)
    }
    if (act.do === 'place') {
      sqlite
        .prepare('update cases set village_id = ?, unit_id = ?, updated_at = 1 where id = ?')
        .run(act.village, act.unit, chosen.id)
    }
    if (act.do === 'find') {
      sqlite.prepare('update cases set finding = ?, updated_at = 1 where id = ?').run(act.finding, chosen.id)
    }
    if (act.do === 'kind') {
      sqlite.prepare('update cases set kind = ?, updated_at = 1 where id = ?').run(act.kind, chosen.id)
    }
    if (act.do === 'clock') setClock(portal, chosen, act.state)
  }
}

/** A verdict stands, and so does a breach. */
function setClock({ db }: Portal, { id, on }: { id: number; on: CivilDate }, state: string): void {
  const verdict = state === 'met' || state === 'void' ? state : null
  db.sqlite
    .prepare(
      `update case_clocks set breached_at = coalesce(breached_at, @breached), explained_on = @explained,
         verdict = @verdict, stopped_on = @stopped, next_fire_at = iif(@verdict is null, next_fire_at, null)
       where case_id = @id and verdict is null`,
    )
    .run({
      id,
      verdict,
      breached: state === 'late' ? 1 : null,
      explained: state === 'explained' ? on : null,
      stopped: verdict && on,
    })
}
