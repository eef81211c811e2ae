import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

async function statusOf(username: string, password = 'wrong password 123'): Promise<number> {
  return (await post(office.newAgent(), '/staff/sign-in', { username, password })).status
}

async function guess(username: string, times: number): Promise<number[]> {
  const statuses: number[] = []
  for (let time = 0; time < times; time += 1) statuses.push(await statusOf(username))
  return statuses
}

describe('guessing a password', () => {
  it('ends after five tries, with a fresh browser and another forged address each time', async () => {
    for (let time = 1; time <= 5; time += 1) expect(await statusOf('nid')).toBe(422)
    const agent = office.newAgent().set('X-Forwarded-For', '203.0.113.77')
    const answer = await post(agent, '/staff/sign-in', { username: 'nid', password: PASSWORD })
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe('900')
    expect(answer.text).toContain('บัญชีถูกระงับชั่วคราว 15 นาที')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('ends alike for names that nobody has', async () => {
    expect(await guess('nobody', 6)).toEqual([422, 422, 422, 422, 422, 429])
    expect(await guess('NOBODY ', 1)).toEqual([429])
  })

  it('of one account leaves the others alone', async () => {
    await guess('nid', 6)
    expect(await statusOf('chai', PASSWORD)).toBe(303)
  })

  it('may go on when fifteen minutes have passed', async () => {
    await guess('nid', 6)
    office.clock.addMinutes(14)
    expect(await statusOf('nid', PASSWORD)).toBe(429)
    office.clock.addMinutes(1)
    expect(await statusOf('nid', PASSWORD)).toBe(303)
  })

  it('is not forgiven by a restart', async () => {
    await guess('nid', 5)
    office = await office.restart()
    expect(await statusOf('nid', PASSWORD)).toBe(429)
  })

  it('is forgotten when the right password comes', async () => {
    await guess('nid', 4)
    expect(await statusOf('nid', PASSWORD)).toBe(303)
    expect(await guess('nid', 5)).toEqual([422, 422, 422, 422, 422])
  })

  it('side by side gets five tries and no more', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf('nid')))
    expect(statuses.filter((status) => status === 422)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(15)
  })

  it('across many accounts ends for the address', async () => {
    const statuses = await Promise.all(Array.from({ length: 35 }, (_, n) => statusOf(`somebody${n}`)))
    expect(statuses.filter((status) => status === 422)).toHaveLength(30)
    expect(await statusOf('nid', PASSWORD)).toBe(429)
  })

  it('keeps no name and no address in the database', async () => {
    await guess('nid', 1)
    const rows = office.portal.db.sqlite.prepare('select * from attempts').all()
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toMatch(/nid|127\.0\.0\.1/)
  })
})

it('an office of forty at one address signs in within a quarter of an hour', async () => {
  for (let person = 1; person <= 40; person += 1) expect(await statusOf('nid', PASSWORD)).toBe(303)
})

it('behind a trusted proxy the limit of an address is that of the person, not of the proxy', async () => {
  const proxied = await startTestPortal({ env: { TRUST_PROXY: '127.0.0.1' } })
  const from = (address: string) => proxied.newAgent().set('X-Forwarded-For', address)
  const wrong = { username: 'x', password: 'x' }
  for (let n = 0; n < 30; n += 1)
    await post(from('203.0.113.5'), '/staff/sign-in', { ...wrong, username: `x${n}` })
  const blocked = await post(from('203.0.113.5'), '/staff/sign-in', { username: 'nid', password: PASSWORD })
  const other = await post(from('203.0.113.6'), '/staff/sign-in', { username: 'nid', password: PASSWORD })
  await proxied.close()
  expect([blocked.status, other.status]).toEqual([429, 303])
})
