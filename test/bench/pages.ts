import { randomFrom } from './random.ts'
import { ms, type Result, times } from './results.ts'
import { Times } from './timing.ts'
import type { OpenOffice } from './visitor.ts'

const MOST_MS = 15
const MOST_RATIO = 1.5
const WARM_UP = 40
const ROUNDS = 300

/** What is asked of an office, each time anew: address and cookies. */
type Ask = (round: number) => { url: string; cookie: string }

interface PageKind {
  name: string
  /** False where a small office's list is nearly empty: its time is then no measure for a full page. */
  fillsPage: boolean
  /** Prepares the office, outside the measurement. */
  prepare(office: OpenOffice): Promise<Ask>
}

const list = (name: string, member: 'nid' | 'chai' | 'wit', ...addresses: string[]): PageKind => ({
  name,
  fillsPage: true,
  prepare: async (office) => {
    const cookie = await office.signIn(member)
    return (round) => ({ url: `/staff?${addresses[round % addresses.length]}`, cookie })
  },
})

const PAGES: readonly PageKind[] = [
  {
    name: 'Tracking page',
    fillsPage: true,
    prepare: async (office) => {
      const random = randomFrom(1)
      const cookies: string[] = []
      for (let n = 0; n < 100; n += 1) cookies.push(await office.track(random))
      return (round) => ({ url: '/track/case', cookie: cookies[round % cookies.length] ?? '' })
    },
  },
  {
    name: 'Case page',
    fillsPage: true,
    prepare: async (office) => {
      const random = randomFrom(2)
      const cookie = await office.signIn('wit')
      return () => ({ url: office.anyCase(random), cookie })
    },
  },
  list('Queue: to register', 'nid', 'view=new'),
  list('Queue: my unit', 'chai', 'view=unit'),
  list('Queue: overdue', 'wit', 'view=over'),
  list('Queue: all, first page', 'nid', 'view=all'),
  list('Queue: all, far inside', 'nid', 'view=all&after=2026-03-01.1', 'view=all&before=2026-06-01.1'),
  list('Queue: all, of a unit officer', 'chai', 'view=all'),
  list(
    'Queue: all, filtered',
    'nid',
    'view=all&village=7',
    'view=all&status=closed&unit=3',
    'view=all&channel=phone',
    'view=all&from=01/10/2568&to=31/03/2569',
  ),
  {
    ...list(
      'Queue: all, many filters at once',
      'nid',
      'view=all&category=A2&village=3&status=closed',
      'view=all&status=withdrawn&category=E1&channel=letter',
      'view=all&village=7&from=01/03/2569&to=15/03/2569&channel=letter',
      'view=all&officer=6&status=not_accepted&village=2&category=C2&channel=qr',
    ),
    fillsPage: false,
  },
  {
    ...list(
      'Queue: filters of a unit officer',
      'chai',
      'view=all&officer=4',
      'view=all&village=2&category=E1',
      'view=all&status=need_info&village=3',
      'view=over&channel=psc1111&village=2',
    ),
    fillsPage: false,
  },
]

/** The same page of a small and a large office, asked in turns. */
export async function benchPages(small: OpenOffice, large: OpenOffice): Promise<Result[]> {
  const results: Result[] = []
  for (const kind of PAGES) results.push(await benchPage(kind, small, large))
  return results
}

async function benchPage(kind: PageKind, small: OpenOffice, large: OpenOffice): Promise<Result> {
  const sides = [
    { office: small, ask: await kind.prepare(small), spent: new Times() },
    { office: large, ask: await kind.prepare(large), spent: new Times() },
  ]
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const { office, ask, spent } of sides) {
      const { url, cookie } = ask(round + WARM_UP)
      const time = await office.read(url, cookie)
      if (round >= 0) spent.add(time)
    }
  }
  const [inSmall = Number.NaN, inLarge = Number.NaN] = sides.map(({ spent }) => spent.percentile(0.95))
  const [typical = Number.NaN] = sides.slice(1).map(({ spent }) => spent.percentile(0.5))
  const ratio = inLarge / inSmall
  return {
    what: kind.name,
    budget: `p95 < ${MOST_MS} ms${kind.fillsPage ? `, <= ${MOST_RATIO} x` : ''}`,
    measured: `p95 ${ms(inLarge)}, p50 ${ms(typical)} (small p95 ${ms(inSmall)})`,
    ratio: kind.fillsPage ? times(ratio) : '',
    met: inLarge < MOST_MS && (!kind.fillsPage || ratio <= MOST_RATIO),
  }
}
