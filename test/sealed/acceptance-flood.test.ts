import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newReceipt } from '#sealed/crypto/receipt.ts'
import { type BuiltPortal, startBuilt, temporaryFolder } from '../process/built-portal.ts'
import { typedIn } from '../support/forms.ts'
import { REPORT, receiptOn, sendForm } from './reporter.ts'
import { fillWithOpenChannel } from './sealed-folder.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 })

// Acceptance check 9, on the portal as it is built, in a process of its own.

const GUESSES = 50

const folder = temporaryFolder()
let portal: BuiltPortal
let token: string
let receipt: string
beforeAll(async () => {
  await fillWithOpenChannel(folder.path)
  portal = await startBuilt(folder.path)
  token = typedIn(await newAgent().get('/safe/report'), 'token') ?? ''
  // Nobody fills in a form in less.
  await pause(4_500)
  receipt = receiptOn(await fileReport('ก่อน'))
})
afterAll(async () => {
  portal.signal('SIGKILL')
  await portal.ended
  folder.remove()
})

const newAgent = () => request.agent(portal.url).set('Sec-Fetch-Site', 'same-origin')

const fileReport = (when: string) => sendForm(newAgent(), '/safe/report', { token, ...REPORT, when })

const enter = async (typed: string): Promise<number> =>
  (await newAgent().post('/safe/mailbox').type('form').send({ receipt: typed })).status

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; took: number }> {
  const at = performance.now()
  const result = await work()
  return { result, took: performance.now() - at }
}

/** What one guess takes when nobody else guesses: the quickest of three. */
async function oneGuess(): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < 3; n += 1) {
    const { result, took } = await timed(() => enter(newReceipt()))
    expect(result).toBe(422)
    times.push(took)
  }
  return Math.min(...times)
}

/** Resident memory of the process, in megabytes. */
function memory(): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${portal.pid}/status`, 'utf8')) ?? []
  if (!kilobytes) throw new Error('the process tells no memory')
  return Number(kilobytes) / 1024
}

/** Who has a true receipt is asked to wait while the queue is full, and tries again. */
async function comeBack(): Promise<number> {
  for (;;) {
    const status = await enter(receipt)
    if (status !== 503) return status
    await pause(50)
  }
}

interface Flood {
  statuses: number[]
  took: number
  /** What the general portal's pages took meanwhile. */
  pages: number[]
  grewBy: number
  /** The answers to who came back and to who reported, and whether the flood was still on. */
  cameBack: number
  reported: { status: number; isDuring: boolean }
}

async function flood(n: number): Promise<Flood> {
  const before = memory()
  let highest = before
  let isOver = false
  const guesses = timed(() => Promise.all(Array.from({ length: GUESSES }, () => enter(newReceipt()))))
  const watched = guesses.finally(() => {
    isOver = true
  })
  const visits = (async () => {
    const pages: number[] = []
    while (!isOver) {
      for (const path of ['/', '/complaints/new']) {
        const { result, took } = await timed(() => newAgent().get(path))
        expect(result.status).toBe(200)
        pages.push(took)
        highest = Math.max(highest, memory())
      }
    }
    return pages
  })()
  // The guesses stand in line before these two come.
  await pause(200)
  const [{ result: statuses, took }, pages, cameBack, reported] = await Promise.all([
    watched,
    visits,
    comeBack(),
    fileReport(`ระหว่าง ${n}`).then(({ status }) => ({ status, isDuring: !isOver })),
  ])
  return { statuses, took, pages, grewBy: highest - before, cameBack, reported }
}

const percentile95 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0

describe('fifty wrong receipts at once', () => {
  const floods: Flood[] = []
  /** The quickest that one guess alone was ever answered in. */
  let single = Number.POSITIVE_INFINITY
  const last = () => floods.at(-1) as Flood
  const derivedIn = ({ statuses }: Flood) => statuses.filter((status) => status === 422).length
  const isSlow = ({ pages }: Flood) => percentile95(pages) >= 500
  const isQuick = (one: Flood) => one.took < 0.75 * single * derivedIn(one)

  beforeAll(async () => {
    for (let n = 0; n < 2; n += 1) {
      single = Math.min(single, await oneGuess())
      floods.push(await flood(n))
      single = Math.min(single, await oneGuess())
      // A busy machine may have decided: once more.
      if (!isSlow(last()) && !isQuick(last())) break
    }
  })

  it('are answered no faster than one at a time, and those beyond the queue not at all', () => {
    for (const one of floods) {
      expect(new Set(one.statuses)).toEqual(new Set([422, 503]))
      // Twenty-one: one whose turn it is, twenty who wait, and whoever came into a place that was left.
      expect(derivedIn(one)).toBeGreaterThanOrEqual(15)
    }
    expect(last().took).toBeGreaterThan(0.75 * single * derivedIn(last()))
  })

  it('keep nobody waiting for half a second on the general portal', () => {
    expect(last().pages.length).toBeGreaterThan(20)
    expect(percentile95(last().pages)).toBeLessThan(500)
  })

  it('take no more memory than two derivations at once', () => {
    for (const { grewBy } of floods) expect(grewBy).toBeLessThan(450)
  })

  it('keep out neither who comes back with a true receipt nor who reports', () => {
    for (const { cameBack, reported } of floods) {
      expect(cameBack).toBe(303)
      expect(reported).toEqual({ status: 200, isDuring: true })
    }
  })
})
