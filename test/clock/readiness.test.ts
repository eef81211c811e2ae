import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jobRun } from '#clock/clock-store.ts'
import { buildApp } from '../../src/app.ts'
import { type Jobs, startJobs } from '../../src/jobs.ts'
import {
  bangkok,
  briefly,
  type ClockOffice,
  caseOfChai,
  listenFor,
  openClockOffice,
  tickAt,
} from './clock-office.ts'

let office: ClockOffice
let app: FastifyInstance
let jobs: Jobs | undefined

beforeEach(async () => {
  office = await openClockOffice()
  app = await buildApp(office.portal)
})
afterEach(async () => {
  await jobs?.stop()
  jobs = undefined
  await app.close()
  await office.close()
})

async function readyAt(time: string): Promise<[number, string]> {
  office.setTime(time)
  const { statusCode, json } = await app.inject('/readyz')
  return [statusCode, json().status]
}

const LOG = { info: () => undefined, error: () => undefined }

describe('GET /readyz', () => {
  it('says that the clock stopped once nobody has turned it for five minutes, until it is turned', async () => {
    await tickAt(office, '2026-11-16 10:00')
    expect(await readyAt('2026-11-16 10:05')).toEqual([200, 'ready'])
    expect(await readyAt('2026-11-16 10:06')).toEqual([503, 'clock stopped'])
    expect(await readyAt('2026-11-20 10:06')).toEqual([503, 'clock stopped'])
    await tickAt(office, '2026-11-20 10:06')
    expect(await readyAt('2026-11-20 10:07')).toEqual([200, 'ready'])
  })

  it('gives a portal that has just started its five minutes, however long it was down', async () => {
    await tickAt(office, '2026-11-16 10:00')
    office.setTime('2026-11-23 10:00')
    await app.close()
    app = await buildApp(office.portal)
    expect(await readyAt('2026-11-23 10:04')).toEqual([200, 'ready'])
    expect(await readyAt('2026-11-23 10:06')).toEqual([503, 'clock stopped'])
  })

  it('is not impressed by a tick that failed', async () => {
    await tickAt(office, '2026-11-16 10:00')
    office.portal.db.sqlite.exec('alter table notices rename to gone; alter table staff rename to away')
    await expect(tickAt(office, '2026-11-16 10:10')).rejects.toThrow()
    office.portal.db.sqlite.exec('alter table away rename to staff; alter table gone rename to notices')
    expect(jobRun(office.portal.db, 'tick')).toMatchObject({
      okAt: bangkok('2026-11-16 10:00'),
      failedAt: bangkok('2026-11-16 10:10'),
      error: expect.stringContaining('staff'),
    })
    expect(await readyAt('2026-11-16 10:10')).toEqual([503, 'clock stopped'])
  })
})

describe('the timetable', () => {
  it('turns the clocks at once when the portal starts, not at its first minute', async () => {
    const listen = listenFor(office, caseOfChai(office))
    office.setTime('2026-12-06 09:00')
    jobs = startJobs(office.portal, LOG, 60 * 60_000)
    const turnedAt = () => jobRun(office.portal.db, 'tick')?.okAt
    await vi.waitFor(() => expect(turnedAt()).toEqual(bangkok('2026-12-06 09:00')), 10_000)
    expect(briefly(listen())).toEqual(['chai over', 'malee over', 'nayok over', 'wit over'])
    expect(await readyAt('2026-12-06 09:01')).toEqual([200, 'ready'])
  })
})
