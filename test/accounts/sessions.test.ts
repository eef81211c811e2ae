import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepSessions } from '#accounts/sessions.ts'
import { auditLines } from '../support/audit.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

async function tokenOf(username: string): Promise<string> {
  const answer = await post(office.newAgent(), '/staff/sign-in', { username, password: PASSWORD })
  return /siang_staff=([\w-]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? ''
}

async function statusWith(token: string): Promise<number> {
  return (await office.newAgent().get('/staff/account').set('cookie', `siang_staff=${token}`)).status
}

function storedSessions(): Record<string, unknown>[] {
  return office.portal.db.sqlite.prepare<[], Record<string, unknown>>('select * from staff_sessions').all()
}

describe('a session', () => {
  it('ends an hour after the last click', async () => {
    const token = await tokenOf('nid')
    for (let click = 1; click <= 3; click += 1) {
      office.clock.addMinutes(59)
      expect(await statusWith(token)).toBe(200)
    }
    office.clock.addMinutes(60)
    expect(await statusWith(token)).toBe(303)
    expect(storedSessions()).toEqual([])
  })

  it('ends after twelve hours however busy it is', async () => {
    const token = await tokenOf('nid')
    for (let minutes = 30; minutes < 12 * 60; minutes += 30) {
      office.clock.addMinutes(30)
      expect(await statusWith(token)).toBe(200)
    }
    office.clock.addMinutes(30)
    expect(await statusWith(token)).toBe(303)
  })

  it('lives on through a restart', async () => {
    const token = await tokenOf('nid')
    office = await office.restart()
    expect(await statusWith(token)).toBe(200)
  })

  it('is known by its exact token only, of which the database keeps a keyed hash', async () => {
    const token = await tokenOf('nid')
    expect(JSON.stringify(storedSessions())).not.toContain(token)
    const hash = String(storedSessions()[0]?.token_hash)
    for (const wrong of [
      '',
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      hash,
      '%20',
      `${token}%00`,
    ]) {
      expect(await statusWith(wrong), wrong).toBe(303)
    }
    expect(await statusWith(token)).toBe(200)
  })

  it('ends at sign-out, on this device only', async () => {
    const there = await tokenOf('nid')
    const here = await office.signIn('nid')
    const answer = await post(here, '/staff/sign-out')
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/staff/sign-in')
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^siang_staff=;.*Path=\/staff.*Expires=Thu, 01 Jan 1970/,
    )
    expect((await here.get('/staff/account')).status).toBe(303)
    expect(await statusWith(there)).toBe(200)
    expect(auditLines(office.portal, 'account.sign_out')).toHaveLength(1)
  })

  it('cannot be ended by a link or by another site', async () => {
    const nid = await office.signIn('nid')
    expect((await nid.get('/staff/sign-out')).status).toBe(404)
    const foreign = await nid.post('/staff/sign-out').set('Sec-Fetch-Site', 'cross-site')
    expect(foreign.status).toBe(403)
    expect((await nid.get('/staff/account')).status).toBe(200)
  })

  it('signed out twice is no error', async () => {
    expect((await post(office.agent, '/staff/sign-out')).status).toBe(303)
  })

  it('of a disabled account dies at once', async () => {
    const token = await tokenOf('nid')
    const { nid } = office.cast
    office.portal.db.sqlite.prepare('update staff set disabled_at = 1 where id = ?').run(nid.id)
    expect(await statusWith(token)).toBe(303)
  })

  it('follows the rights of the account as they are now', async () => {
    const admin = await office.signIn('admin')
    expect((await admin.get('/staff/admin')).status).toBe(200)
    office.portal.db.sqlite
      .prepare(`update staff_roles set role = 'officer' where role = 'administrator'`)
      .run()
    expect((await admin.get('/staff/admin')).status).toBe(403)
  })

  it('writes to the disk once a minute, not at every click', async () => {
    const token = await tokenOf('nid')
    const first = storedSessions()[0]?.seen_at
    office.clock.addMinutes(0.5)
    await statusWith(token)
    expect(storedSessions()[0]?.seen_at).toBe(first)
    office.clock.addMinutes(0.5)
    await statusWith(token)
    expect(storedSessions()[0]?.seen_at).toBe(Number(first) + 60_000)
  })

  it('that has ended is swept away', async () => {
    await tokenOf('nid')
    office.clock.addMinutes(30)
    await tokenOf('chai')
    office.clock.addMinutes(30)
    sweepSessions(office.portal)
    expect(storedSessions().map((row) => row.staff_id)).toEqual([office.cast.chai.id])
  })
})
