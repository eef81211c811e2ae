import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askInfo } from '#complaints/ask-info.ts'
import { register } from '#complaints/register.ts'
import { message } from '#complaints/write-to-citizen.ts'
import { deliverMail } from '#mail/deliver.ts'
import { COMPLAINT, fileAndKeepSlip, send } from '../complaints/citizen.ts'
import { officerDoes } from '../complaints/officer.ts'
import { post } from '../support/forms.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let mail: MailServer
let site: TestPortal
beforeAll(async () => {
  mail = await startMailServer()
  site = await startTestPortal({ env: { SMTP_URL: `smtp://127.0.0.1:${mail.port}` } })
})
afterAll(async () => {
  await site.close()
  await mail.close()
})

const queued = (): unknown => site.portal.db.sqlite.prepare('select count(*) from outbox').pluck().get()

describe('an e-mail address', () => {
  it.each([
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com\nBcc: b@example.com',
    'a@example.com%0aBcc:b@example.com',
    'a@example.com, b@example.com',
    'a@example.com;b@example.com',
    'a@example.com b@example.com',
    'Somsri <a@example.com>',
    '<a@example.com>',
    '"a b"@example.com',
    '"a@b.example\\" <c@d.example>"@example.com',
    'a@example.com(comment)',
    'a@b@example.com',
    'a@[127.0.0.1]',
    'a@localhost',
    'a@example.com\u2028Bcc: b@example.com',
    'a@example.com> SIZE=1 RCPT TO:<b@example.com',
    '-oQ/tmp@',
    'a@exa mple.com',
  ])('like %j is refused', async (email) => {
    const before = queued()
    const answer = await send(site.newAgent(), '/complaints', { ...COMPLAINT, email, replyBy: 'email' })
    expect(answer.status).toBe(422)
    expect(queued()).toBe(before)
  })

  it('sent as a list counts once at most', async () => {
    const before = Number(queued())
    const lists = [
      'email=a%40example.com&email=b%40example.com',
      'email[]=c%40example.com',
      'email[0]=d%40example.com',
    ]
    for (const list of lists) {
      const body = `${new URLSearchParams({ ...COMPLAINT, subject: list })}&${list}`
      const answer = await site.newAgent().post('/complaints').type('form').send(body)
      expect(answer.status).toBe(201)
    }
    expect(queued()).toBe(before + 1)
  })
})

describe('a mail', () => {
  it('goes to one address and carries not a word a stranger typed, so that nobody can write through us', async () => {
    const canary = 'kanari\r\nBcc: b@example.com\r\n\r\nคลิก https://evil.example'
    const texts = {
      subject: canary,
      detail: canary,
      name: canary,
      place: canary,
      wish: canary,
      address: canary,
    }
    await fileAndKeepSlip(site, { ...texts, email: 'victim@example.com' })
    await deliverMail(site.portal)
    const got = mail.inbox.filter(({ to }) => to.includes('victim@example.com'))
    expect(got).toHaveLength(1)
    expect(got[0]?.to).toEqual(['victim@example.com'])
    expect(JSON.stringify(got[0]?.mail)).not.toMatch(/kanari|evil\.example|Bcc:/i)
    expect(got[0]?.mail.text).not.toMatch(/\d{4} \d{4} \d{4}/)
  })

  it('of an officer keeps line breaks and colons in its text, out of its headers', async () => {
    const slip = await fileAndKeepSlip(site, { email: 'somsri@example.com' })
    officerDoes(site, slip, register)
    const text = 'ขอทราบที่อยู่\r\nBcc: b@example.com\r\n\r\n.\r\nRCPT TO:<c@example.com>'
    officerDoes(site, slip, askInfo, { text, answerBy: '20/11/2569' })
    await deliverMail(site.portal)
    const letters = mail.inbox.filter(({ to }) => to.includes('somsri@example.com'))
    expect(letters.map(({ to }) => to)).toEqual([['somsri@example.com'], ['somsri@example.com']])
    const letter = letters.at(-1)?.mail
    expect(letter?.headers.has('bcc')).toBe(false)
    expect(letter?.text).toContain('Bcc: b@example.com\n\n.\nRCPT TO:<c@example.com>')
  })
})

describe('every header', () => {
  const KNOWN = new Set([
    ...['from', 'to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'mime-version'],
    ...['content-type', 'content-transfer-encoding', 'content-language'],
    ...['auto-submitted', 'precedence', 'x-auto-response-suppress', 'received'],
  ])

  it('is one of ours and holds nothing a person typed, whoever typed it and into whichever field', async () => {
    const canary = 'kanari\r\nX-Kanari: 1\nBcc: b@example.com'
    const form = Object.fromEntries(
      ['subject', 'detail', 'name', 'place', 'wish', 'address', 'phone'].map((field) => [field, canary]),
    )
    const slip = await fileAndKeepSlip(site, { ...form, phone: '', email: 'headers@example.com' })
    officerDoes(site, slip, register)
    officerDoes(site, slip, askInfo, { text: canary, answerBy: '20/11/2569' })
    officerDoes(site, slip, message, { text: canary })
    await deliverMail(site.portal)
    const letters = mail.inbox.filter(({ to }) => to.includes('headers@example.com'))
    expect(letters.length).toBeGreaterThanOrEqual(3)
    for (const { mail: letter } of letters) {
      expect(letter.headerLines.map(({ key }) => key).filter((key) => !KNOWN.has(key))).toEqual([])
      expect(letter.headerLines.map(({ line }) => line).join('\n')).not.toMatch(/kanari|b@example/i)
      expect(letter.subject).not.toMatch(/kanari/i)
    }
  })
})

describe('mail that comes in', () => {
  it('has no way in: no address takes it', async () => {
    for (const path of ['/mail', '/inbound', '/webhooks/mail', '/api/mail', '/staff/mail']) {
      expect(
        (await post(site.newAgent(), path, { from: 'a@example.com', subject: 'รท 0001/2570' })).status,
      ).toBe(404)
    }
  })
})
