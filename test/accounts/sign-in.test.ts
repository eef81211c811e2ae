import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLines } from '../support/audit.ts'
import { PASSWORD } from '../support/cast.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const PAGE = '/staff/sign-in'

function cookieOf(answer: { headers: Record<string, unknown> }): string {
  return String([answer.headers['set-cookie']].flat()[0] ?? '')
}

describe('signing in', () => {
  it('leads everybody to the first page that is theirs', async () => {
    for (const [name, landing] of [
      ['nid', '/staff'],
      ['nayok', '/staff'],
      ['admin', '/staff/admin'],
    ] as const) {
      const answer = await post(office.newAgent(), PAGE, { username: name, password: PASSWORD })
      expect(answer.status).toBe(303)
      expect(answer.headers.location).toBe(landing)
    }
  })

  it('takes the user name however its letters were typed', async () => {
    const answer = await post(office.newAgent(), PAGE, { username: ' NID ', password: PASSWORD })
    expect(answer.status).toBe(303)
  })

  it('goes to the page that was asked for first', async () => {
    const agent = office.newAgent()
    const asked = await agent.get('/staff/account?saved')
    expect(asked.status).toBe(303)
    expect(asked.headers.location).toBe('/staff/sign-in?next=%2Fstaff%2Faccount%3Fsaved')
    const form = await agent.get(asked.headers.location ?? '')
    const next = typedIn(form, 'next') ?? ''
    const answer = await post(agent, PAGE, { username: 'nid', password: PASSWORD, next })
    expect(answer.headers.location).toBe('/staff/account?saved')
  })

  it('sets one cookie, for the staff zone only, out of reach of scripts and other sites', async () => {
    const answer = await post(office.newAgent(), PAGE, { username: 'nid', password: PASSWORD })
    const cookie = cookieOf(answer)
    expect(cookie).toMatch(/^siang_staff=[\w-]{22};/)
    expect(cookie).toContain('Path=/staff')
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).not.toMatch(/Secure|Domain|Expires|Max-Age/)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('marks the cookie Secure where the portal is reached by https', async () => {
    const secure = await startTestPortal({ env: { PUBLIC_URL: 'https://siang.example' } })
    const answer = await post(secure.newAgent(), PAGE, { username: 'nid', password: PASSWORD })
    await secure.close()
    expect(cookieOf(answer)).toContain('Secure')
  })

  it('leaves a line in the audit trail that names the person', async () => {
    await office.signIn('chai')
    expect(auditLines(office.portal, 'account.sign_in').at(-1)).toMatchObject({
      subject: `account:${office.cast.chai.id}`,
      actorName: office.cast.chai.displayName,
    })
  })

  it('sends who is signed in already on', async () => {
    const nid = await office.signIn('nid')
    const answer = await nid.get('/staff/sign-in?next=/staff/account')
    expect(answer.headers.location).toBe('/staff/account')
  })
})

describe('a refused sign-in', () => {
  it('gives one answer for a wrong password, an unknown name and a disabled account', async () => {
    office.portal.db.sqlite.prepare(`update staff set disabled_at = 1 where username = 'somsri'`).run()
    office.portal.db.sqlite.prepare(`update staff set password_hash = null where username = 'wit'`).run()
    const pages = new Set<string>()
    for (const [username, password] of [
      ['nid', 'wrong password 123'],
      ['nobody', PASSWORD],
      ['somsri', PASSWORD],
      ['somsri', 'wrong password 123'],
      ['wit', PASSWORD],
      ['nid', ''],
      ['', ''],
    ] as const) {
      const answer = await post(office.newAgent(), PAGE, { username, password })
      expect(answer.status).toBe(422)
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(answer.text).toContain('ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง')
      pages.add(answer.text.replaceAll(`value="${username}"`, 'value=""'))
    }
    expect(pages.size).toBe(1)
  })

  it('keeps the user name and the way on, and never shows the password again', async () => {
    const fields = { username: '<b>"นิด', password: 'secret "word" 1', next: '/staff/account' }
    const answer = await post(office.newAgent(), PAGE, fields)
    expect(answer.status).toBe(422)
    expect(typedIn(answer, 'username')).toBe('<b>"นิด')
    expect(typedIn(answer, 'next')).toBe('/staff/account')
    expect(errorsOf(answer)).toEqual(['username'])
    expect(answer.text).not.toContain('secret')
  })

  it('is what repeated or missing fields and strange bodies get', async () => {
    expect((await post(office.newAgent(), PAGE)).status).toBe(422)
    const twice = await post(office.newAgent(), PAGE, { username: ['nobody', 'nid'], password: PASSWORD })
    expect(twice.status).toBe(422)
    const json = await office
      .newAgent()
      .post(PAGE)
      .send({ username: { $ne: '' }, password: ['x'] })
    expect(json.status).toBe(415)
  })
})

describe('signing in is safe against', () => {
  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/staff/../\\evil.example',
    '/staff/..//evil.example',
    '/staff/../track',
    '/staff@evil.example',
    '/staffing',
    'javascript:alert(1)',
    '/staff\n//evil.example',
    '\t//evil.example',
    '/staff/sign-in',
    '/track',
  ])('being led astray to %j', async (next) => {
    const answer = await post(office.newAgent(), PAGE, { username: 'nid', password: PASSWORD, next })
    expect(answer.headers.location).toBe('/staff')
    const form = await office.agent.get(PAGE).query({ next })
    expect(typedIn(form, 'next')).toBeUndefined()
  })

  it('a session that somebody planted: its name is renewed, the planted one is dead', async () => {
    const attacker = await office.signIn('chai')
    const planted = cookieOf(await post(office.newAgent(), PAGE, { username: 'chai', password: PASSWORD }))
    const token = planted.split(';')[0] ?? ''
    const victim = await office
      .newAgent()
      .post(PAGE)
      .set('cookie', token)
      .type('form')
      .send({ username: 'nid', password: PASSWORD })
    expect(victim.status).toBe(303)
    expect(cookieOf(victim).split(';')[0]).not.toBe(token)
    const reused = await office.newAgent().get('/staff/account').set('cookie', token)
    expect(reused.status).toBe(303)
    expect((await attacker.get('/staff/account')).status).toBe(200)
  })

  it('forms that another site sends', async () => {
    const fields = { username: 'nid', password: PASSWORD }
    const agent = office.newAgent().set('Sec-Fetch-Site', 'cross-site')
    expect((await post(agent, PAGE, fields)).status).toBe(403)
    const bare = await office.newAgent().post(PAGE).unset('Sec-Fetch-Site').type('form').send(fields)
    expect(bare.status).toBe(403)
    expect(bare.headers['set-cookie']).toBeUndefined()
  })
})
