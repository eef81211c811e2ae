import { execFile } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REGISTER_COMPLETE } from '#indicators/counts.ts'
import { writeHistoryLine } from '#statistics/history-store.ts'
import { fromPapers, typeIn } from '../indicators/plan.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { historyOf, live } from './history.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  writeHistoryLine(office.portal.db, {
    ...{ fiscalYear: 2568, categoryCode: 'A2', received: 12, finished: 9, grounds: null },
    ...{ source: '=ทะเบียนเดิม', enteredAt: office.clock.now(), enteredBy: 'admin' },
  })
  fromPapers(office.portal, 2569, { S2: 3 })
  // All complaints of the years before this portal are in it.
  for (const year of [2568, 2569]) typeIn(office.portal, year, { [REGISTER_COMPLETE]: 1 })
})
afterAll(() => office.close())

/** Another program in another language, which has nothing but the addresses. */
async function read(): Promise<string> {
  const { port } = office.app.server.address() as AddressInfo
  const script = 'test/open-data/independent-reader.py'
  const { stdout } = await promisify(execFile)('python3', [script, `http://127.0.0.1:${port}`])
  return stdout
}

describe('the open data', () => {
  it('are enough for an independent reader to count every public figure anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        live(office.portal, historyOf(seed), '2026-11-16')
        office.clock.addMinutes(1)
        expect(await read()).toMatch(/^checked \d{2,}\n$/)
      }),
      { numRuns: 2, endOnFailure: true },
    )
  })

  it('tell the reader of a total that is wrong', async () => {
    const { sqlite } = office.portal.db
    sqlite.exec(
      "update figure_totals set count = count + 1 where dimension = 'outcome' and month = '2026-11'",
    )
    sqlite.exec('update figures_version set version = version + 1')
    expect(await read()).toContain('2570 year outcomes: counted')
    sqlite.exec(
      "update figure_totals set count = count + 1 where dimension = 'grounds' and value = 'S2' and month < '2025-10'",
    )
    sqlite.exec('update figures_version set version = version + 1')
    expect(await read()).toContain('2568 indicator 17.2 S2: counted')
  })
})
