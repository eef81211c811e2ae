import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { proveTracking } from '#complaints/tracking-sign-in.ts'
import { networkOf } from '#web/throttle.ts'
import { COMPLAINT, fileAndKeepSlip, type Slip, send, track } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { tinyPdf } from '../support/upload-samples.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

let site: TestPortal
let slip: Slip
beforeAll(async () => {
  // One proxy in front of us, as in every office that has a certificate.
  site = await startTestPortal({ env: { TRUST_PROXY: '127.0.0.1' } })
  slip = await fileAndKeepSlip(site)
})
afterAll(() => site.close())

const from = (address: string) => site.newAgent().set('X-Forwarded-For', address)
const wrongCode = (n: number): string => String(n).padStart(12, '0')
const statusesOf = (answers: { status: number }[]): number[] =>
  [...new Set(answers.map(({ status }) => status))].sort()

describe('a case’s code', () => {
  it('tried forty times side by side, from forty addresses, is compared ten times', async () => {
    const tries = Array.from({ length: 40 }, (_, n) =>
      post(from(`10.0.0.${n}`), '/track', { number: slip.number, code: wrongCode(n) }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(10)
    expect(statusesOf(answers)).toEqual([422, 429])
    const right = await post(from('10.0.0.99'), '/track', { ...slip })
    expect([right.status, right.headers['set-cookie']]).toEqual([429, undefined])
  })

  it('in a hundred spellings is one code: dashes, spaces and Thai digits buy no further tries', async () => {
    const other = await fileAndKeepSlip(site)
    const thai = other.number.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)] ?? '')
    const spellings = [
      other.number,
      thai,
      other.number.replace('รท ', 'RT-'),
      ` ${other.number} `,
      other.number.replace('/', ' / '),
    ]
    const answers = []
    for (let n = 0; n < 15; n += 1) {
      answers.push(
        await post(from(`10.0.1.${n}`), '/track', { number: spellings[n % 5] ?? '', code: wrongCode(n) }),
      )
    }
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(10)
  })
})

describe('an address', () => {
  it('is the one our proxy saw: what a caller writes before it buys nothing', async () => {
    const answers = []
    for (let n = 0; n < 34; n += 1) {
      const agent = from(`192.0.2.${n}, 203.0.113.7`).set({
        Forwarded: `for=192.0.2.${n}`,
        'X-Real-IP': `192.0.2.${n}`,
        'CF-Connecting-IP': `192.0.2.${n}`,
      })
      answers.push(await post(agent, '/track', { number: `${100 + n}/2570`, code: wrongCode(n) }))
    }
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(30)
    expect(answers.at(-1)?.status).toBe(429)
  })

  it('with IPv6 is a whole household, however many addresses it has', async () => {
    const answers = []
    for (let n = 0; n < 32; n += 1) {
      const agent = from(`2001:db8:1:2:${n.toString(16)}::${n}`)
      answers.push(await post(agent, '/staff/sign-in', { username: `nobody${n}`, password: PASSWORD }))
    }
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(30)
    expect(answers.at(-1)?.status).toBe(429)
    expect(
      ['2001:db8::1', '2001:0DB8:0:0:9::', '::ffff:10.0.0.1', 'fe80::1%eth0', '10.0.0.1'].map(networkOf),
    ).toEqual(['2001:db8:0:0', '2001:db8:0:0', '10.0.0.1', 'fe80:0:0:0', '10.0.0.1'])
  })

  it('sends no more files by many forms at once than one after the other, by whatever form', async () => {
    const pdf = { name: 'a.pdf', content: tinyPdf() }
    const five = [pdf, pdf, pdf, pdf, pdf]
    const drafts = () =>
      Number(site.portal.db.sqlite.prepare('select count(*) from draft_files').pluck().get())
    const agent = from('198.51.100.1')
    const forms = Array.from({ length: 40 }, () =>
      send(agent, '/complaints', { ...COMPLAINT, subject: '' }, five),
    )
    expect(statusesOf(await Promise.all(forms))).toEqual([422, 429])
    expect(drafts()).toBe(150)
    const visitor = (await track(site, await fileAndKeepSlip(site))).set('X-Forwarded-For', '198.51.100.1')
    expect((await send(visitor, '/track/message', { text: '', rev: '1' }, five)).status).toBe(429)
    expect((await send(visitor, '/track/message', { text: 'ไม่มีไฟล์', rev: '1' })).status).toBe(303)
    expect(drafts()).toBe(150)
  })

  it('files no more than thirty complaints by sending two hundred at once', async () => {
    const agent = from('198.51.100.2')
    const before = Number(site.portal.db.sqlite.prepare('select count(*) from cases').pluck().get())
    const forms = Array.from({ length: 200 }, (_, n) =>
      post(agent, '/complaints', { ...COMPLAINT, subject: `เรื่องที่ ${n}` }),
    )
    const answers = await Promise.all(forms)
    expect(statusesOf(answers)).toEqual([201, 429])
    expect(Number(site.portal.db.sqlite.prepare('select count(*) from cases').pluck().get())).toBe(
      before + 30,
    )
  })
})

describe('the door of tracking', () => {
  it('takes as long for a number that nobody has as for a wrong code', async () => {
    const slips = Array.from({ length: 8 }, (_, n) => ({
      n,
      known: caseOf(site, { number: `รท ${String(n + 3).padStart(4, '0')}/2570` }),
    }))
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 9; round += 1) {
      for (const { n, known } of slips) {
        for (const kind of ['known', 'unknown'] as const) {
          const number = `${kind === 'known' ? known.seq : 5000 + n}/2570`
          const startedAt = performance.now()
          proveTracking(site.portal, number, wrongCode(round), `10.9.${n}.${round}${kind}`)
          times[kind].push(performance.now() - startedAt)
        }
      }
    }
    const [known, unknown] = [median(times.known), median(times.unknown)]
    console.log(`tracking: wrong code ${known.toFixed(3)} ms, unknown number ${unknown.toFixed(3)} ms`)
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(1.5)
  })
})

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
