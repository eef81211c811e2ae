import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweepAttempts } from '#web/throttle.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

const TRIES = 30

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  office.portal.db.sqlite.prepare(`update staff set disabled_at = 1 where username = 'somsri'`).run()
  office.portal.db.sqlite.prepare(`update staff set password_hash = null where username = 'wit'`).run()
})
afterAll(() => office.close())

/** The mean of the fastest third: whatever else the machine does can only make an answer slower. */
function undisturbedMean(times: number[]): number {
  const fastest = [...times].sort((a, b) => a - b).slice(0, Math.ceil(times.length / 3))
  return fastest.reduce((sum, time) => sum + time, 0) / fastest.length
}

async function timeOf([username, password]: readonly [string, string]): Promise<number> {
  // Processor time of this process: what others do on the machine does not count.
  const start = process.cpuUsage()
  const answer = await post(office.agent, '/staff/sign-in', { username, password })
  const { user, system } = process.cpuUsage(start)
  const time = user + system
  expect(answer.status).toBe(422)
  return time
}

it('the time of a refusal does not tell whether the name exists', async () => {
  const cases = {
    wrong: ['nid', 'wrong password 123'],
    unknown: ['nobody', 'wrong password 123'],
    disabled: ['somsri', PASSWORD],
    withoutPassword: ['wit', 'wrong password 123'],
  } as const
  const times: Record<keyof typeof cases, number[]> = {
    wrong: [],
    unknown: [],
    disabled: [],
    withoutPassword: [],
  }
  const names = Object.keys(cases) as (keyof typeof cases)[]
  for (let round = 0; round < TRIES + 2; round += 1) {
    for (const name of names) {
      const time = await timeOf(cases[name])
      // The first rounds warm up the process.
      if (round >= 2) times[name].push(time)
      office.clock.addMinutes(16)
      sweepAttempts(office.portal)
    }
  }
  const means = names.map((name) => undisturbedMean(times[name]))
  expect(Math.max(...means) / Math.min(...means)).toBeLessThan(1.25)
})
