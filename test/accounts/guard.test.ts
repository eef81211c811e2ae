import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD } from '../support/cast.ts'
import { post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const UNITS = '/staff/admin/units'

function unitNames(): unknown[] {
  return office.portal.db.sqlite.prepare('select name from units').pluck().all()
}

/** Every route of the staff that is not open to anyone, with something in place of its parameters. */
function closedRoutes(): { method: string; url: string }[] {
  return office.app.routeTable
    .filter(({ zone }) => zone === 'staff' || zone === 'admin')
    .filter(({ permission }) => permission !== 'anyone')
    .map(({ method, url }) => ({ method, url: url.replace(/:\w+/g, '1') }))
}

describe('a stranger', () => {
  it('is led to the sign-in page by every page of the staff, and by no form further than that', async () => {
    expect(closedRoutes().length).toBeGreaterThan(20)
    for (const { method, url } of closedRoutes()) {
      const answer = method === 'GET' ? await office.agent.get(url) : await post(office.agent, url)
      expect([answer.status, url]).toEqual([method === 'GET' ? 303 : 401, url])
      if (method === 'GET') expect(answer.headers.location).toMatch(/^\/staff\/sign-in/)
    }
  })

  it('who asks for a page that is not there is told so', async () => {
    expect((await office.agent.get('/staff/admin/nothing')).status).toBe(404)
  })
})

describe('who lacks the permission', () => {
  it.each(['nid', 'dao', 'wit', 'nayok'] as const)('%s may not open or change any setting', async (name) => {
    const agent = await office.signIn(name)
    const before = office.portal.db.sqlite.prepare('select count(*) from audit_lines').pluck().get()
    for (const { method, url } of closedRoutes().filter((route) => route.url.startsWith('/staff/admin'))) {
      const answer = method === 'GET' ? await agent.get(url) : await post(agent, url)
      expect([answer.status, url]).toEqual([403, url])
    }
    expect(office.portal.db.sqlite.prepare('select count(*) from audit_lines').pluck().get()).toBe(before)
  })

  it.each([
    ['admin', '/staff'],
    ['nid', '/staff/admin'],
  ] as const)('%s is led from %s only to pages that may be opened', async (name, path) => {
    const agent = await office.signIn(name)
    const refusal = await agent.get(path)
    expect(refusal.status).toBe(403)
    const links = [...refusal.text.matchAll(/<a [^>]*href="(\/staff[^"]*)"/g)].map(([, href]) => `${href}`)
    expect(links.length).toBeGreaterThan(2)
    for (const link of links) expect([link, (await agent.get(link)).status]).toEqual([link, 200])
  })

  it('an administrator opens no page about cases', async () => {
    const admin = await office.signIn('admin')
    const routes = office.app.routeTable.filter(
      ({ permission }) => permission === 'queue' || permission === 'intake',
    )
    for (const { method, url } of routes) {
      const path = url.replace(/:\w+/g, '1')
      const answer = method === 'GET' ? await admin.get(path) : await post(admin, path)
      expect([answer.status, url]).toEqual([403, url])
    }
  })
})

describe('a form that comes after the session has ended', () => {
  const typed = {
    name: 'กอง "ใหม่" <b>&',
    nameEn: 'ใจความ\r\nสองบรรทัด',
    isCentre: ['yes', 'no'],
    'strange[name]': '',
  }

  it('comes back with everything typed, and can be sent again after signing in', async () => {
    const agent = office.newAgent()
    const late = await post(agent, UNITS, typed)
    expect(late.status).toBe(401)
    expect(late.text).toContain('ข้อความที่ท่านกรอกยังอยู่ครบ')
    expect(late.text).toMatch(/<a [^>]*href="\/staff\/sign-in" target="_blank"/)
    expect(late.text).toContain(`<form method="post" action="${UNITS}">`)
    expect(typedIn(late, 'name')).toBe('กอง "ใหม่" <b>&')
    expect(typedIn(late, 'nameEn')).toBe('ใจความ\r\nสองบรรทัด')
    expect(late.text.match(/name="isCentre" value="(yes|no)"/g)).toHaveLength(2)
    expect(late.text).toContain('name="strange[name]" value=""')
    expect(unitNames()).not.toContain(typed.name)

    await post(agent, '/staff/sign-in', { username: 'admin', password: PASSWORD })
    const again = await post(agent, UNITS, { ...typed, name: typedIn(late, 'name') ?? '' })
    expect(again.status).toBe(303)
    expect(unitNames()).toContain(typed.name)
  })

  it('keeps the texts of a form with files, and says that the files are to be attached again', async () => {
    const late = await office
      .newAgent()
      .post('/staff/account')
      .field('text', 'พิมพ์ไว้นาน')
      .field('text', 'สองครั้ง')
      .attach('files', Buffer.from('a picture'), 'ภาพ.jpg')
    expect(late.status).toBe(401)
    expect(late.text).toContain('enctype="multipart/form-data"')
    expect(late.text).toContain('value="พิมพ์ไว้นาน"')
    expect(late.text).toContain('value="สองครั้ง"')
    expect(late.text).toContain('กรุณาแนบไฟล์อีกครั้ง')
  })

  it('writes no password into the page', async () => {
    const fields = { oldPassword: 'old secret phrase', newPassword: 'new secret phrase', note: 'kept' }
    const late = await post(office.newAgent(), '/staff/account', fields)
    expect(late.status).toBe(401)
    expect(late.text).not.toContain('secret phrase')
    expect(typedIn(late, 'note')).toBe('kept')
  })

  it('from another site is refused, not shown', async () => {
    const agent = office.newAgent().set('Sec-Fetch-Site', 'cross-site')
    const answer = await post(agent, UNITS, typed)
    expect(answer.status).toBe(403)
    expect(answer.text).not.toContain('สองบรรทัด')
  })
})
