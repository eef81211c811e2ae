import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdfProblem } from '#letters/letter-pdf.ts'
import { caseIn, done, type TestCase } from '../complaints-staff/desk.ts'
import { letterIn } from '../complaints-staff/explanations.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

/** A letter of usual length takes a busy machine a tenth of a second; forty in one go took four. */
const LONGEST_WAIT = 1_000
const WORDS = 'ดำเนินการซ่อมแซมไฟทางหน้าวัดเรียบร้อยแล้ว '.repeat(40)

let office: TestPortal
let testCase: TestCase
beforeAll(async () => {
  office = await startTestPortal()
  testCase = caseIn(office, 'in_progress')
  done(office, testCase, 'chai', 'progress', { text: WORDS })
})
afterAll(() => office.close())

async function visitor() {
  const { fiscalYear, seq } = testCase.row()
  const agent = office.newAgent()
  await post(agent, '/track', { number: `${seq}/${fiscalYear}`, code: testCase.trackingCode })
  return agent
}

const addressOf = () => `/track/letters/${letterIn(office, testCase, 'progress').publicId}`

describe.skipIf(pdfProblem() !== null)('PDFs of letters', () => {
  it('asked for all at once are made one after the other, and nobody else waits for them', async () => {
    const agent = await visitor()
    await agent.get(`${addressOf()}/pdf`)
    let longest = 0
    const flood = Promise.all(Array.from({ length: 25 }, () => agent.get(`${addressOf()}/pdf`)))
    let isOver = false
    const answers = flood.finally(() => {
      isOver = true
    })
    while (!isOver) {
      const begun = performance.now()
      expect((await office.agent.get('/healthz')).status).toBe(200)
      longest = Math.max(longest, performance.now() - begun)
    }
    expect((await answers).map(({ status }) => status)).toEqual(Array(25).fill(200))
    expect(longest).toBeLessThan(LONGEST_WAIT)
  })

  it('asked for without end are refused after a while, for this case alone, and the letter can still be read', async () => {
    const agent = await visitor()
    let refused = await agent.get(`${addressOf()}/pdf`)
    for (let times = 0; times < 40 && refused.status === 200; times += 1) {
      refused = await agent.get(`${addressOf()}/pdf`)
    }
    expect([refused.status, refused.headers['cache-control']]).toEqual([429, 'no-store'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await (await visitor()).get(`${addressOf()}/pdf`)).status).toBe(429)
    expect((await agent.get(addressOf())).status).toBe(200)
    office.clock.addMinutes(11)
    expect((await agent.get(`${addressOf()}/pdf`)).status).toBe(200)
  })
})
