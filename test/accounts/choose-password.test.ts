import type { Response } from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makePasswordLink, makeSetupLink, sweepLinks } from '#accounts/links.ts'
import { auditLines } from '../support/audit.ts'
import { PASSWORD } from '../support/cast.ts'
import { errorsOf, post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

const NEW = 'ปลาทูนั่งรถไฟไปซื้อร่ม'
const chosen = { newPassword: NEW, newPasswordAgain: NEW }

function linkFor(name: 'nid' | 'chai'): string {
  return makePasswordLink(office.portal, office.cast[name].id).replace('http://localhost:3000', '')
}

async function signInStatus(username: string, password: string): Promise<number> {
  return (await post(office.newAgent(), '/staff/sign-in', { username, password })).status
}

describe('choosing a password through a link', () => {
  it('works once: it signs the person in and the old password is gone', async () => {
    const link = linkFor('nid')
    const agent = office.newAgent()
    const page = await agent.get(link)
    expect(page.status).toBe(200)
    expect(page.text).toContain('นิด รับเรื่อง')
    const answer = await post(agent, link, chosen)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/staff')
    expect((await agent.get('/staff/account')).text).toContain('นิด รับเรื่อง')
    expect(await signInStatus('nid', NEW)).toBe(303)
    expect(await signInStatus('nid', PASSWORD)).toBe(422)
    expect(auditLines(office.portal, 'account.choose_password')).toMatchObject([
      { subject: `account:${office.cast.nid.id}`, actorName: 'นิด รับเรื่อง', before: null, after: null },
    ])
  })

  it('ends what was signed in with the old password, and no one else', async () => {
    const old = await office.signIn('nid')
    const other = await office.signIn('chai')
    await post(office.newAgent(), linkFor('nid'), chosen)
    expect((await old.get('/staff/account')).status).toBe(303)
    expect((await other.get('/staff/account')).status).toBe(200)
  })

  it('lets a person in who was locked out by wrong guesses', async () => {
    for (let time = 0; time < 6; time += 1) await signInStatus('nid', 'wrong')
    await post(office.newAgent(), linkFor('nid'), chosen)
    expect(await signInStatus('nid', NEW)).toBe(303)
  })

  it('refuses easy, short and mistyped passwords and leaves the link usable', async () => {
    const link = linkFor('nid')
    const tries: [string, string, string][] = [
      ['', '', 'newPassword'],
      ['สั้นไป', 'สั้นไป', 'newPassword'],
      ['รหัสผ่านรหัสผ่าน', 'รหัสผ่านรหัสผ่าน', 'newPassword'],
      [NEW, `${NEW}ม`, 'newPasswordAgain'],
    ]
    for (const [newPassword, newPasswordAgain, field] of tries) {
      const answer = await post(office.newAgent(), link, { newPassword, newPasswordAgain })
      expect(answer.status).toBe(422)
      expect(errorsOf(answer)).toEqual([field])
      if (newPassword) expect(answer.text).not.toContain(newPassword)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect((await post(office.newAgent(), link, chosen)).status).toBe(303)
  })

  it('side by side works for one', async () => {
    const link = linkFor('nid')
    const answers = await Promise.all([1, 2, 3].map(() => post(office.newAgent(), link, chosen)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404, 404])
  })

  it('is not done by looking at the link: mail readers open links ahead of people', async () => {
    const link = linkFor('nid')
    await office.agent.get(link)
    await office.agent.head(link)
    expect((await post(office.newAgent(), link, chosen)).status).toBe(303)
  })
})

describe('a link that is not good', () => {
  const bad: Record<string, () => string | Promise<string>> = {
    empty: () => '/staff/link/',
    blank: () => '/staff/link/%20',
    'made up': () => '/staff/link/AAAAAAAAAAAAAAAAAAAAAA',
    shortened: () => linkFor('nid').slice(0, -1),
    lengthened: () => `${linkFor('nid')}A`,
    'in capitals': () => linkFor('nid').replace(/[^/]+$/, (token) => token.toUpperCase()),
    'with a blank': () => `${linkFor('nid')}%20`,
    'of too many letters': () => `/staff/link/${'a'.repeat(200)}`,
    used: async () => {
      const link = linkFor('nid')
      await post(office.newAgent(), link, chosen)
      return link
    },
    replaced: () => {
      const link = linkFor('nid')
      linkFor('nid')
      return link
    },
    expired: () => {
      const link = linkFor('nid')
      office.clock.addMinutes(24 * 60)
      return link
    },
    'of another kind': () =>
      makeSetupLink(office.portal).replace('http://localhost:3000/staff/setup', '/staff/link'),
    'the stored hash': () => {
      linkFor('nid')
      const hash = office.portal.db.sqlite.prepare('select token_hash from single_use_links').pluck().get()
      return `/staff/link/${hash}`
    },
    'of a disabled account': () => {
      office.portal.db.sqlite.prepare(`update staff set disabled_at = 1 where username = 'nid'`).run()
      return linkFor('nid')
    },
  }

  it('is answered with one and the same 404, whatever is wrong with it', async () => {
    const pages = new Map<string, string[]>()
    for (const [name, make] of Object.entries(bad)) {
      const link = await make()
      const answers: Response[] = [await office.agent.get(link), await post(office.newAgent(), link, chosen)]
      for (const answer of answers) {
        expect([answer.status, name]).toEqual([404, name])
        expect(answer.headers['set-cookie']).toBeUndefined()
        pages.set(answer.text, [...(pages.get(answer.text) ?? []), name])
      }
    }
    expect([...pages.values()]).toHaveLength(1)
  })

  it('stays voided by a newer one, while the links of others live', async () => {
    const other = linkFor('chai')
    linkFor('nid')
    expect((await office.agent.get(other)).status).toBe(200)
  })

  it('is swept away once it has run out', async () => {
    linkFor('nid')
    office.clock.addMinutes(23 * 60)
    linkFor('chai')
    office.clock.addMinutes(60)
    sweepLinks(office.portal)
    const left = office.portal.db.sqlite.prepare('select staff_id from single_use_links').pluck().all()
    expect(left).toEqual([office.cast.chai.id])
  })
})
