import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { complaintForm } from '#complaints/forms.ts'
import { submitComplaint } from '#complaints/submit.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { type Random, randomFrom } from './random.ts'
import { percent, perSecond, type Result } from './results.ts'
import { caseText } from './texts.ts'
import { Times } from './timing.ts'

const FLOOR = 0.35
const ROUNDS = 60
const WARM_UP = 10
const PER_ROUND = 20
/** Citizens who send at the same time: the portal writes together what comes together. */
const AT_ONCE = 20

/**
 * Files complaints as the form's route does after reading the request: rules of the form, then one durable
 * transaction with number, case, contact, clock, event, audit, search words and receipt mail. One citizen
 * alone, and many at once. Beside it, in turns on the same disk, transactions of two rows by bare
 * better-sqlite3, as durable. Both are judged.
 */
export async function benchSubmission(portal: Portal, folder: string, size: number): Promise<Result[]> {
  const random = randomFrom(size)
  const bare = openBare(join(folder, `bare-${process.pid}-${size}.sqlite`))
  const times = newTimes()
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const { alone, together, bare: theirs } = round < 0 ? newTimes() : times
    for (let n = 0; n < PER_ROUND; n += 1) await alone.measure(() => fileOne(portal, random))
    await together.measure(() => fileMany(portal, random))
    for (let n = 0; n < PER_ROUND; n += 1) await theirs.measure(() => bare.commit(n))
  }
  bare.close()
  const rateOf = ({ count, total }: Times) => (1000 * count) / total
  const bareRate = rateOf(times.bare)
  const result = (how: string, rate: number): Result => ({
    what: `File a complaint, ${how}, ${size.toLocaleString('en-US')} cases`,
    budget: `>= ${percent(FLOOR)} of two-row commits`,
    measured: `${perSecond(rate)} (bare ${perSecond(bareRate)})`,
    ratio: percent(rate / bareRate),
    met: rate / bareRate >= FLOOR,
  })
  return [
    result('one after the other', rateOf(times.alone)),
    result(`${AT_ONCE} at once`, AT_ONCE * rateOf(times.together)),
  ]
}

const newTimes = () => ({ alone: new Times(), together: new Times(), bare: new Times() })

async function fileMany(portal: Portal, random: Random): Promise<void> {
  await Promise.all(Array.from({ length: AT_ONCE }, () => fileOne(portal, random)))
}

export async function fileOne(portal: Portal, random: Random): Promise<void> {
  const form = complaintForm({ settings: portal.settings, today: civilDateOf(portal.now()) })
  const { subject, detail, wish, place } = caseText(random, 'A2')
  const parsed = form.safeParse({
    ...{ kind: 'complaint', category: 'A2', subject, detail, wish: wish ?? '', place },
    ...{ village: '3', name: 'สมชาย ใจดี', phone: '081-234-5678' },
    ...{ replyBy: 'email', email: `somchai.${random.below(1e9)}@example.com`, privacy: 'yes' },
  })
  if (!parsed.success) throw new Error(`the form refuses the benchmark: ${parsed.error.message}`)
  const key = portal.keyed.hash('submission', newToken())
  await submitComplaint(portal, parsed.data, { key, language: 'th', drafts: [] })
}

function openBare(file: string): { commit(n: number): void; close(): void } {
  const sqlite = new Sqlite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.exec(
    'create table a (id integer primary key, text text); create table b (id integer primary key, text text)',
  )
  const first = sqlite.prepare('insert into a (text) values (?)')
  const second = sqlite.prepare('insert into b (text) values (?)')
  const text = 'ไฟทางดับหน้าวัดโพธิ์ทอง '.repeat(8)
  const both = sqlite.transaction((n: number) => {
    first.run(`${text}${n}`)
    second.run(`${text}${n}`)
  })
  return { commit: (n) => both.immediate(n), close: () => sqlite.close() }
}
