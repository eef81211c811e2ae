import type { ParsedMail } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { deliverMail } from '#mail/deliver.ts'
import type { OutgoingMail } from '#mail/outbox.ts'
import { writeDocument } from '#settings/store.ts'
import { OFFICE } from '../support/portal.ts'
import { BODY, mailServer, openOffice, queue, rows, SUBJECT } from './post.ts'

const PORTAL = 'https://rongthuk.mueangmai.example'

/** What arrives of such mails. */
async function arrive(mails: Partial<OutgoingMail>[], office = OFFICE): Promise<ParsedMail[]> {
  const server = await mailServer()
  const { portal } = openOffice(server.port, { PUBLIC_URL: PORTAL })
  writeDocument(portal.db, 'office', office, portal.now())
  portal.settings.changed()
  for (const mail of mails) queue(portal, mail)
  await deliverMail(portal)
  expect(rows(portal).map(({ message_id }) => message_id)).toEqual(
    server.inbox.map(({ mail }) => mail.messageId),
  )
  return server.inbox.map(({ mail }) => mail)
}

async function arriveOne(mail: Partial<OutgoingMail>): Promise<ParsedMail & { html: string; text: string }> {
  const [one] = await arrive([mail])
  if (!one?.html || one.text === undefined) throw new Error('a mail without both parts')
  return { ...one, html: one.html, text: one.text }
}

const header = (mail: ParsedMail, name: string) => mail.headers.get(name)

/** The page as it is read, without its markup. */
const wordsOf = (html: string) =>
  html
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

const linksOf = (html: string) => [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)

describe('the envelope and the headers', () => {
  it('name the office and one recipient, and mark the mail as made by a machine', async () => {
    const mail = await arriveOne({ caseId: 3 })
    expect(mail.subject).toBe(SUBJECT)
    expect(mail.from?.value).toEqual([{ name: OFFICE.orgName, address: 'no-reply@mueangmai.example' }])
    expect(header(mail, 'auto-submitted')).toBe('auto-generated')
    expect(header(mail, 'precedence')).toBe('bulk')
    expect(header(mail, 'x-auto-response-suppress')).toBe('All')
    expect(header(mail, 'content-language')).toBe('th')
  })

  it('set no trap for answers: there is no Reply-To', async () => {
    const mail = await arriveOne({})
    const traps = ['reply-to', 'cc', 'bcc', 'list-unsubscribe', 'disposition-notification-to']
    expect(traps.filter((name) => mail.headers.has(name))).toEqual([])
  })

  it('hold the letters of a case together, apart from those to the staff and of other cases', async () => {
    const mails = await arrive([
      { caseId: 3 },
      { caseId: 3 },
      { caseId: 3, kind: 'notice' },
      { caseId: 4 },
      { caseId: null, kind: 'digest' },
    ])
    const threads = mails.map((mail) => header(mail, 'references'))
    expect(threads[0]).toMatch(/^<[0-9a-f]{32}@mueangmai\.example>$/)
    expect(threads[1]).toBe(threads[0])
    expect(new Set(threads).size).toBe(4)
    expect(threads[4]).toBeUndefined()
    expect(mails.map((mail) => header(mail, 'in-reply-to'))).toEqual(threads)
  })

  it('survive an office whose name tries to add a header', async () => {
    const [mail] = await arrive([{}], { ...OFFICE, orgName: 'อบต.\r\nBcc: b@example.com\r\n\r\nfoo' })
    expect(mail?.headers.has('bcc')).toBe(false)
    expect(mail?.from?.value[0]?.address).toBe('no-reply@mueangmai.example')
    expect(mail?.to).toMatchObject({ value: [{ address: 'wilai@example.com' }] })
  })
})

describe('the text', () => {
  it('is what was queued, and in its foot says that nobody reads answers and where to give one', async () => {
    const { text } = await arriveOne({})
    expect(text.startsWith(`${BODY}\n\n`)).toBe(true)
    const foot = text.slice(BODY.length)
    for (const part of ['ไม่มีผู้อ่านอีเมลที่ตอบกลับมา', `${PORTAL}/track`, OFFICE.phone, OFFICE.orgName]) {
      expect(foot).toContain(part)
    }
  })

  it('has its foot in English where the case is in English', async () => {
    const mail = await arriveOne({ language: 'en', body: 'Dear complainant' })
    expect(mail.text).toContain('nobody reads replies')
    expect(mail.text).toContain(`${PORTAL}/en/track`)
    expect(mail.html).toContain('<html lang="en">')
    expect(header(mail, 'content-language')).toBe('en')
  })

  it.each(['notice', 'digest', 'test'] as const)(
    'of a %s sends members of staff to their own pages',
    async (kind) => {
      const { text } = await arriveOne({ kind })
      expect(text).toContain(`${PORTAL}/staff`)
      expect(text).not.toContain('/track')
    },
  )
})

describe('the page beside the text', () => {
  it('says the very same, word for word', async () => {
    const body = 'เรียน ท่าน\n\n1. ข้อหนึ่ง <b>หนา</b> & "อ้าง"\n   ย่อหน้า\n\n\n2. ข้อสอง\n\nลงชื่อ'
    const { html, text } = await arriveOne({ body })
    expect(wordsOf(html)).toBe(text.replace(/\s+/g, ' ').trim())
    expect(html).not.toContain('<b>')
  })

  it('names its language, fits a phone and loads nothing from anywhere', async () => {
    const { html } = await arriveOne({})
    expect(html).toContain('<html lang="th">')
    expect(html).toContain('width=device-width')
    expect(html).not.toMatch(/<(img|script|link|iframe|object|style|form|base)|url\(|src=|background=/i)
  })

  it('leads to our own site only', async () => {
    const body = [
      `ดูที่ ${PORTAL}/track?number=RT-2570-0001 หรือ (${PORTAL}/guide).`,
      `ติดกัน${PORTAL}/privacyโดยไม่เว้น`,
      'https://evil.example/x http://rongthuk.mueangmai.example/track',
      `${PORTAL}.evil.example/ ${PORTAL}@evil.example/ ${PORTAL}evil/ javascript:alert(1)`,
    ].join('\n')
    const { html } = await arriveOne({ body })
    expect(linksOf(html)).toEqual([
      `${PORTAL}/track?number=RT-2570-0001`,
      `${PORTAL}/guide`,
      `${PORTAL}/privacy`,
      `${PORTAL}/track`,
    ])
  })

  it('cannot be broken out of', async () => {
    const { html } = await arriveOne({
      body: `${PORTAL}/"><script>alert(1)</script> </div></body><img src=x>`,
    })
    expect(html).not.toMatch(/<script|<img/)
    expect(html.match(/<\/body>/g)).toHaveLength(1)
  })
})
