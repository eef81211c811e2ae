import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAdministrator, firstAdministratorLink } from '#accounts/first-administrator.ts'
import { makePasswordLink } from '#accounts/links.ts'
import { AppError } from '#domain/errors.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal({ unseeded: true })
})
afterEach(() => office.close())

const PASSWORD = 'ปลาทูนั่งรถไฟไปซื้อร่ม'
const person = {
  username: 'Aree',
  displayName: 'อารีย์ ดูแลระบบ',
  newPassword: PASSWORD,
  newPasswordAgain: PASSWORD,
}

function path(link: string | undefined): string {
  expect(link).toMatch(/^http:\/\/localhost:3000\/staff\/[\w-]+\/[\w-]{22}$/)
  return `${link}`.replace('http://localhost:3000', '')
}

function accounts(): unknown[] {
  return office.portal.db.sqlite.prepare('select username from staff').pluck().all()
}

describe('the first administrator', () => {
  it('is made through the printed link, is signed in and led to the setup', async () => {
    const link = path(firstAdministratorLink(office.portal))
    const agent = office.newAgent()
    expect((await agent.get(link)).text).toContain('ตั้งค่าครั้งแรก')
    const answer = await post(agent, link, person)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/staff/admin/setup')
    expect((await agent.get('/staff/admin/setup')).status).toBe(200)
    expect(accounts()).toEqual(['aree'])
    expect(auditLines(office.portal, 'account.first_administrator')).toMatchObject([
      { actorName: person.displayName, after: { username: 'aree', roles: ['administrator'] } },
    ])
  })

  it('is made once: afterwards no link is printed and the old ones are gone', async () => {
    const link = path(firstAdministratorLink(office.portal))
    await post(office.newAgent(), link, person)
    expect(firstAdministratorLink(office.portal)).toBeUndefined()
    expect((await office.agent.get(link)).status).toBe(404)
    expect((await post(office.newAgent(), link, { ...person, username: 'mallory' })).status).toBe(404)
    expect(accounts()).toEqual(['aree'])
  })

  it('is one even when the form is sent many times side by side', async () => {
    const link = path(firstAdministratorLink(office.portal))
    const names = ['anong', 'boonmee', 'chuchai']
    const answers = await Promise.all(
      names.map((username) => post(office.newAgent(), link, { ...person, username })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404])
    expect(accounts()).toHaveLength(1)
  })

  it('keeps what was typed, but no password, when something is wrong', async () => {
    const link = path(firstAdministratorLink(office.portal))
    const answer = await post(office.newAgent(), link, {
      username: 'อารีย์',
      displayName: 'อารีย์ <ดูแล>',
      newPassword: 'รหัสผ่าน',
      newPasswordAgain: 'รหัสผ่าน',
    })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['username', 'newPassword'])
    expect(typedIn(answer, 'username')).toBe('อารีย์')
    expect(typedIn(answer, 'displayName')).toBe('อารีย์ <ดูแล>')
    expect(typedIn(answer, 'newPassword')).toBe('')
    const empty = await post(office.newAgent(), link)
    expect(errorsOf(empty)).toEqual(['username', 'displayName', 'newPassword'])
    expect(accounts()).toEqual([])
  })

  it('cannot take more rights or another name by extra fields', async () => {
    const link = path(firstAdministratorLink(office.portal))
    await post(office.newAgent(), link, { ...person, roles: 'executive', id: '99', unitId: '1' })
    const rows = office.portal.db.sqlite.prepare('select staff_id, role from staff_roles').all()
    expect(rows).toEqual([{ staff_id: 1, role: 'administrator' }])
  })
})

describe('the link', () => {
  it('of each start voids the one before', async () => {
    const first = path(firstAdministratorLink(office.portal))
    office = await office.restart()
    const second = path(firstAdministratorLink(office.portal))
    expect((await office.agent.get(first)).status).toBe(404)
    expect((await office.agent.get(second)).status).toBe(200)
  })

  it('lasts 24 hours', async () => {
    const link = path(firstAdministratorLink(office.portal))
    office.clock.addMinutes(24 * 60 - 1)
    expect((await office.agent.get(link)).status).toBe(200)
    office.clock.addMinutes(1)
    expect((await office.agent.get(link)).status).toBe(404)
    expect((await post(office.newAgent(), link, person)).status).toBe(404)
  })

  it('is answered alike when it is shortened, re-cased, made up or of another kind', async () => {
    const link = path(firstAdministratorLink(office.portal))
    createAdministrator(office.portal, { username: 'spare', displayName: 'สำรอง' })
    const other = path(makePasswordLink(office.portal, 1)).replace('/link/', '/setup/')
    const pages = new Set<string>()
    for (const bad of [
      link.slice(0, -1),
      `${link}x`,
      link.toUpperCase().replace('/STAFF/SETUP', '/staff/setup'),
      '/staff/setup/x',
      '/staff/setup/',
      other,
    ]) {
      const answer = await office.agent.get(bad)
      expect(answer.status).toBe(404)
      pages.add(answer.text)
    }
    expect(pages.size).toBe(1)
  })

  it('is printed again while the only administrators cannot sign in', async () => {
    await post(office.newAgent(), path(firstAdministratorLink(office.portal)), person)
    office.portal.db.sqlite.prepare('update staff set disabled_at = 1').run()
    expect(firstAdministratorLink(office.portal)).toBeDefined()
  })

  it('does not take a user name that somebody has', async () => {
    createAdministrator(office.portal, { username: 'aree', displayName: 'อารีย์' })
    const answer = await post(office.newAgent(), path(firstAdministratorLink(office.portal)), person)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['username'])
  })
})

describe('create-admin', () => {
  it('makes an administrator who chooses the password through a link', async () => {
    const { link } = createAdministrator(office.portal, { username: ' Spare ', displayName: 'สำรอง' })
    const agent = office.newAgent()
    const chosen = { newPassword: PASSWORD, newPasswordAgain: PASSWORD }
    const answer = await post(agent, path(link), chosen)
    expect(answer.headers.location).toBe('/staff/admin')
    expect((await agent.get('/staff/admin')).status).toBe(200)
    expect(auditLines(office.portal, 'account.create')).toMatchObject([
      { actorName: 'คำสั่ง create-admin', after: { username: 'spare', roles: ['administrator'] } },
    ])
  })

  it('refuses a name that is taken or cannot be typed', () => {
    createAdministrator(office.portal, { username: 'spare', displayName: 'สำรอง' })
    for (const [username, displayName] of [
      ['SPARE', 'อีกคน'],
      ['ไทย', 'อีกคน'],
      ['other', ' '],
    ] as const) {
      expect(() => createAdministrator(office.portal, { username, displayName })).toThrow(AppError)
    }
    expect(accounts()).toEqual(['spare'])
  })
})
