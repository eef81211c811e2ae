import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { randomFrom } from '../bench/random.ts'
import type { TestFolder } from '../support/folder.ts'
import { openBusyOffice, START } from './busy-office.ts'
import { type ClockProcess, loadClockProcess, type MailSink, openMailSink } from './clock-process.ts'
import { carriersIn, decisionsIn, inDatabase, mailsIn } from './office-state.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 })

const TICKS = 200
/** Afterwards, undisturbed: long enough for the lease of whatever was killed last to run out. */
const QUIET = 3
/** So many steps (a job begun or done, a mail taken over) a process lives on average, or on to the next mail. */
const STEPS = 18
const FEWEST_KILLS = 16

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const random = randomFrom(seed)

/** An attempt to send that was cut off by a kill. */
interface CutOff {
  messageId: string
  attempt: number
  /** The mail server had taken it over, and we had not written that down. */
  wasAccepted: boolean
}

let office: TestFolder
let sink: MailSink
let onStep: (step: 'job' | 'mail') => void = () => undefined
let kills = 0
const cutOffs: CutOff[] = []
/** What each kill left, and what was there in the end. */
const seen: { mails: ReturnType<typeof mailsIn>; carriers: ReturnType<typeof carriersIn> }[] = []

const folderOf = (name: string) => join(office.folder, name)
const hours = (from: number, to: number) => ({ start: START.getTime(), from, to })
const countArrived = (messageId: string) => sink.accepted.filter((id) => id === messageId).length

const load = (name: string, url = sink.url): ClockProcess =>
  loadClockProcess({ DATA_DIR: folderOf(name), SMTP_URL: url }, () => onStep('job'))

beforeAll(async () => {
  office = await openBusyOffice(TICKS)
  office.portal.db.sqlite.pragma('wal_checkpoint(truncate)')
  const slow = () => random.below(8)
  sink = await openMailSink(slow, () => onStep('mail'))
  for (const name of ['killed', 'undisturbed']) {
    cpSync(office.portal.config.dataDir, folderOf(name), { recursive: true })
  }
  await liveAndDie()
  await live('killed', TICKS, TICKS + QUIET)
  look('killed')
  console.log(
    `seed ${seed}: ${kills} kills, ${sink.accepted.length} mails taken over, ${cutOffs.length} cut off,`,
    `${cutOffs.filter(({ wasAccepted }) => wasAccepted).length} of them after they were taken over`,
  )
})
afterAll(async () => {
  await sink.close()
  office.close()
})

async function live(name: string, from: number, to: number, url?: string): Promise<void> {
  const running = load(name, url)
  running.begin(hours(from, to))
  await running.ended
}

/** Two processes are always loading, because that takes longer than most of them live. */
async function liveAndDie(): Promise<void> {
  const loading = [load('killed'), load('killed')]
  for (let from = 0; from < TICKS; ) {
    const running = loading.shift() ?? load('killed')
    loading.push(load('killed'))
    const isOld = waitFor(1 + random.below(2 * STEPS), random.chance(0.5))
    running.begin(hours(from, TICKS))
    await Promise.race([isOld, running.ended])
    await pause(random.below(12))
    await running.kill()
    from = running.nextHour()
    if (from < TICKS) kills += 1
    await sink.isIdle()
    // In a copy, so that the next process finds everything as it was left.
    cpSync(folderOf('killed'), folderOf('copy'), { recursive: true })
    look('copy')
  }
  await Promise.all(loading.map((spare) => spare.kill()))
}

function waitFor(steps: number, forMail: boolean): Promise<void> {
  let left = steps
  return new Promise((resolve) => {
    onStep = (step) => {
      left -= 1
      if (left <= 0 && (step === 'mail' || !forMail)) resolve()
    }
  })
}

function look(name: string): void {
  const [mails, carriers] = inDatabase(folderOf(name), (db) => [mailsIn(db), carriersIn(db)] as const)
  seen.push({ mails, carriers })
  for (const { state, messageId, attempts: attempt } of mails) {
    const before = cutOffs.filter((one) => one.messageId === messageId)
    if (state !== 'sending' || before.some((one) => one.attempt === attempt)) continue
    const counted = before.filter(({ wasAccepted }) => wasAccepted).length
    cutOffs.push({ messageId, attempt, wasAccepted: countArrived(messageId) > counted })
  }
}

describe(`a clockwork that is killed again and again (SEED=${seed})`, () => {
  const last = () => seen.at(-1)?.mails ?? []
  const cutOffsOf = (messageId: string) => cutOffs.filter((one) => one.messageId === messageId)

  it('was killed dozens of times, and while it was sending', () => {
    expect(kills).toBeGreaterThanOrEqual(FEWEST_KILLS)
    expect(cutOffs.length).toBeGreaterThan(0)
    const states = last().map(({ state }) => state)
    for (const state of ['sent', 'unknown'] as const) expect(states).toContain(state)
  })

  it('has decided in the end what an undisturbed one decides: every clock, event, notice and draft', async () => {
    // A letter of which nobody knows does not move a date: neither must it where nobody was killed.
    const unknown = last().filter(({ state }) => state === 'unknown')
    const leave = "update outbox set state = 'unknown', next_attempt_at = null where id = ?"
    inDatabase(folderOf('undisturbed'), (db) => {
      for (const { id } of unknown) db.prepare(leave).run(id)
    })
    const calm = await openMailSink(
      () => 0,
      () => undefined,
    )
    await live('undisturbed', 0, TICKS + QUIET, calm.url)
    await calm.close()
    expect(calm.accepted.length).toBe(new Set(calm.accepted).size)
    const [killed, undisturbed] = ['killed', 'undisturbed'].map((name) =>
      inDatabase(folderOf(name), decisionsIn),
    )
    expect(killed).toEqual(undisturbed)
    expect(killed?.events.length).toBeGreaterThan(100)
  })

  it('has sent every mail that was due, and is still sending none', () => {
    const end = START.getTime() + (TICKS + QUIET - 1) * 3_600_000
    const waiting = last().filter(
      ({ state, dueAt }) => state === 'sending' || (dueAt !== null && dueAt <= end),
    )
    expect(waiting).toEqual([])
    const missing = last().filter(({ state, messageId }) => state === 'sent' && countArrived(messageId) === 0)
    expect(missing).toEqual([])
  })

  it('has given no notice and no mail two Message-IDs', () => {
    const known = new Map<string, string>()
    for (const { mails, carriers } of seen) {
      const ids = mails.map(({ dedupeKey, messageId }): [string, string] => [dedupeKey, messageId])
      for (const [cause, messageId] of [...ids, ...carriers]) {
        expect(known.get(cause) ?? messageId, cause).toBe(messageId)
        known.set(cause, messageId)
      }
    }
    const ours = new Set(last().map(({ messageId }) => messageId))
    expect(sink.accepted.filter((messageId) => !ours.has(messageId))).toEqual([])
    expect(ours.size).toBe(last().length)
  })

  it('has sent a mail twice only where a kill fell between its acceptance and our record of it', () => {
    for (const { messageId, state, attempts, dedupeKey } of last()) {
      const cut = cutOffsOf(messageId)
      const unrecorded = cut.filter(({ wasAccepted }) => wasAccepted).length
      expect(countArrived(messageId), dedupeKey).toBe(unrecorded + (state === 'sent' ? 1 : 0))
      expect(attempts, dedupeKey).toBe(cut.length + (state === 'sent' ? 1 : 0))
    }
  })

  it('has sent no letter twice: one cut off waits for a person, and somebody was told', () => {
    const letters = last().filter(({ kind }) => kind === 'letter')
    expect(letters.length).toBeGreaterThan(20)
    for (const { id, messageId, state } of letters) {
      const arrived = countArrived(messageId)
      expect(arrived).toBeLessThanOrEqual(1)
      if (cutOffsOf(messageId).length > 0) expect(state).toBe('unknown')
      // An explanation whose new date was over before its turn came is held back, and did not arrive.
      else expect([state, arrived]).toEqual(state === 'suppressed' ? ['suppressed', 0] : ['sent', 1])
      const tasks = inDatabase(folderOf('killed'), (db) =>
        db.prepare('select 1 from notices where mark like ?').all(`mail:${id}:unknown:%`),
      )
      expect(tasks.length > 0).toBe(state === 'unknown')
    }
  })

  it('has left the database whole', () => {
    const checks = ['integrity_check', 'foreign_key_check'] as const
    const [whole, foreign] = inDatabase(folderOf('killed'), (db) => checks.map((check) => db.pragma(check)))
    expect([whole, foreign]).toEqual([[{ integrity_check: 'ok' }], []])
  })
})
