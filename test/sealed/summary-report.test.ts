import { afterAll, beforeAll, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { countFigures } from '#reports/figures.ts'
import { type Period, periodOf } from '#statistics/period.ts'
import { sealedFeatures } from '../../src/sealed-wiring.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel } from './channel.ts'
import { periodsOf, publishedOf } from './published.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal({ now: instantOf('2026-11-16', 9, 0) })
  await openTestChannel(office)
})
afterAll(() => office.close())

const told = (period: Period) =>
  countFigures(office.portal, sealedFeatures(office.portal).progress, period).corruption

it('a summary report tells of corruption what the public page of that day tells, and nothing finer', async () => {
  expect(told(periodOf(2570, 'h1'))).toMatchObject({ balance: null, missing: 'coming' })
  await fileReport(office)
  await fileReport(office)
  office.clock.set(instantOf('2026-12-20', 9, 0))
  await fileReport(office)
  const { json } = await publishedOf(office, 2570)
  for (const [part, code] of [
    ['year', 'year'],
    ['h1', 'H1'],
    ['h2', 'H2'],
  ] as const) {
    const shown = periodsOf(json).find((period) => period.code === code)
    const { balance, countedTo, missing } = told(periodOf(2570, part)) ?? {}
    const unknown = { broughtForward: null, received: null, finished: null, inProgress: null }
    expect({ countedTo, missing, ...(balance ?? unknown) }).toMatchObject({
      ...{ countedTo: shown?.countedTo, missing: shown?.missing, received: shown?.received },
      ...{ finished: shown?.finished, inProgress: shown?.inProgress },
    })
  }
  expect(told(periodOf(2570, 'h1'))).toMatchObject({ countedTo: '2026-11-30', balance: { received: 2 } })
  for (const period of [periodOf(2569, 'year'), { from: '2026-12', to: '2026-12' }])
    expect(told(period)?.balance ?? null).toBeNull()
  expect(told({ from: '2026-10', to: '2026-11' })).toBeNull()
})
