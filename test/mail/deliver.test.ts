import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { deliverMail } from '#mail/deliver.ts'
import { queueMail } from '#mail/outbox.ts'
import { takeDueMail } from '#mail/outbox-store.ts'
import type { Portal } from '#settings/portal.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { startMailServer } from '../support/mail-server.ts'

const SUBJECT = 'อบต.เมืองใหม่ ได้รับเรื่องของท่านแล้ว เลขที่ รท 0001/2570'
const BODY = 'เรียน ท่านผู้แจ้ง\n\nได้รับเรื่องของท่านเมื่อวันที่ 16 พฤศจิกายน 2569 เวลา 10.00 น.\n\nขอแสดงความนับถือ'
const IMPATIENT = { connect: 400, greet: 400, answer: 400, mail: 2000 }

let office: TestFolder
const cleanUp: (() => unknown)[] = []

/** An office whose mail server listens on the port. */
function openOffice(port: number, env: Record<string, string> = {}): Portal {
  office = openTestFolder(undefined, {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'no-reply@mueangmai.example',
    ...env,
  })
  cleanUp.push(office.close)
  return office.portal
}

async function mailServer(options: Parameters<typeof startMailServer>[0] = {}) {
  const server = await startMailServer(options)
  cleanUp.push(server.close)
  return server
}

function queue(portal: Portal, recipient: string, subject = SUBJECT): void {
  const at = portal.now()
  const mail = { dedupeKey: `test:${recipient}:${subject}`, caseId: null, recipient, subject, body: BODY }
  queueMail(portal.db, { ...mail, at, host: 'mueangmai.example' })
}

interface Row {
  recipient: string
  state: string
  attempts: number
  next_attempt_at: number | null
  last_error: string | null
  message_id: string
}

const rows = (portal: Portal) => portal.db.sqlite.prepare<[], Row>('select * from outbox order by id').all()

afterEach(async () => {
  for (const close of cleanUp.splice(0)) await close()
})

describe('delivery', () => {
  it('sends Thai subject and text as written, from the office, marked as made by a machine', async () => {
    const server = await mailServer()
    const portal = openOffice(server.port)
    queue(portal, 'wilai@example.com')
    expect(await deliverMail(portal)).toEqual({ sent: 1, postponed: 0, failed: 0 })

    const [received] = server.inbox
    expect(received?.from).toBe('no-reply@mueangmai.example')
    expect(received?.to).toEqual(['wilai@example.com'])
    expect(received?.mail.subject).toBe(SUBJECT)
    expect(received?.mail.text?.trimEnd()).toBe(BODY)
    expect(received?.mail.html).toBe(false)
    expect(received?.mail.from?.value).toEqual([
      { name: portal.office().orgName, address: 'no-reply@mueangmai.example' },
    ])
    const headers = received?.mail.headers
    expect(headers?.get('auto-submitted')).toBe('auto-generated')
    expect(headers?.get('precedence')).toBe('bulk')
    expect(headers?.get('x-auto-response-suppress')).toBe('All')
    expect(received?.mail.messageId).toBe(rows(portal)[0]?.message_id)
    expect(rows(portal)[0]).toMatchObject({ state: 'sent', attempts: 1, next_attempt_at: null })
  })

  it('sends nothing twice, however often it runs', async () => {
    const server = await mailServer()
    const portal = openOffice(server.port)
    queue(portal, 'wilai@example.com')
    await deliverMail(portal)
    office.travel(24 * 60)
    expect(await deliverMail(portal)).toEqual({ sent: 0, postponed: 0, failed: 0 })
    expect(server.inbox).toHaveLength(1)
  })

  it('leaves everything queued where no mail server is set', async () => {
    const portal = openOffice(1, { SMTP_URL: '' })
    queue(portal, 'wilai@example.com')
    expect(await deliverMail(portal)).toEqual({ sent: 0, postponed: 0, failed: 0 })
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 0 })
  })

  it('goes on to the others when one recipient is refused for good', async () => {
    const server = await mailServer({ refuse: { 'gone@example.com': 550 } })
    const portal = openOffice(server.port)
    for (const name of ['a', 'gone', 'b']) queue(portal, `${name}@example.com`)
    expect(await deliverMail(portal)).toEqual({ sent: 2, postponed: 0, failed: 1 })
    expect(server.inbox.flatMap(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
    expect(rows(portal)[1]).toMatchObject({ state: 'failed', next_attempt_at: null })
    expect(rows(portal)[1]?.last_error).toContain('550')
  })

  it('tries again after 1, 5, 15 and 60 minutes, then hourly for three days', async () => {
    const nobody = await startMailServer()
    await nobody.close()
    const portal = openOffice(nobody.port)
    queue(portal, 'wilai@example.com')
    const started = portal.now().getTime()
    const waits: number[] = []
    for (;;) {
      await deliverMail(portal)
      const next = rows(portal)[0]?.next_attempt_at
      if (!next) break
      waits.push((next - portal.now().getTime()) / 60_000)
      office.travel(waits.at(-1) ?? 0)
    }
    expect(waits.slice(0, 6)).toEqual([1, 5, 15, 60, 60, 60])
    const hours = (portal.now().getTime() - started) / 3_600_000
    expect(hours).toBeGreaterThan(70)
    expect(hours).toBeLessThanOrEqual(72)
    expect(rows(portal)[0]).toMatchObject({ state: 'failed' })
  })

  it('does not use up attempts while a mail waits for its turn', async () => {
    const server = await mailServer({ refuse: { 'full@example.com': 452 } })
    const portal = openOffice(server.port)
    queue(portal, 'full@example.com')
    for (let round = 0; round < 5; round += 1) await deliverMail(portal)
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 1 })
  })

  it('waits while the server is down and sends once it is up, each mail once', async () => {
    const down = await startMailServer()
    await down.close()
    const portal = openOffice(down.port)
    for (const name of ['a', 'b', 'c', 'd']) queue(portal, `${name}@example.com`)
    expect(await deliverMail(portal, { patience: IMPATIENT })).toEqual({ sent: 0, postponed: 2, failed: 0 })
    expect(rows(portal).map(({ state }) => state)).toEqual(['queued', 'queued', 'queued', 'queued'])

    const up = await mailServer({ port: down.port })
    office.travel(1)
    expect(await deliverMail(portal)).toEqual({ sent: 4, postponed: 0, failed: 0 })
    expect(up.inbox.flatMap(({ to }) => to).sort()).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => `${name}@example.com`),
    )
  })

  it('gives a server that hangs up on silence, and keeps the mail', async () => {
    const silent = createServer(() => undefined)
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    cleanUp.push(() => silent.close())
    const portal = openOffice((silent.address() as AddressInfo).port)
    queue(portal, 'wilai@example.com')
    const started = Date.now()
    expect(await deliverMail(portal, { patience: IMPATIENT })).toEqual({ sent: 0, postponed: 1, failed: 0 })
    expect(Date.now() - started).toBeLessThan(5000)
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 1 })
  })

  it('keeps the mail when the server refuses our own sender: that is for the office to put right', async () => {
    const refuseSender = Object.assign(new Error('sender not owned'), { responseCode: 553 })
    const server = await mailServer({
      server: { onMailFrom: (_address, _session, done) => done(refuseSender) },
    })
    const portal = openOffice(server.port)
    queue(portal, 'wilai@example.com')
    expect(await deliverMail(portal)).toEqual({ sent: 0, postponed: 1, failed: 0 })
    expect(rows(portal)[0]?.last_error).toContain('553')
  })

  it('sends what a crash left half-way again with the same Message-ID, but not before its lease ends', async () => {
    const server = await mailServer()
    const portal = openOffice(server.port)
    queue(portal, 'wilai@example.com')
    const now = portal.now()
    takeDueMail(portal.db, now, new Date(now.getTime() + 600_000))
    expect(await deliverMail(portal)).toEqual({ sent: 0, postponed: 0, failed: 0 })
    expect(rows(portal)[0]).toMatchObject({ state: 'sending' })
    office.travel(10)
    expect(await deliverMail(portal)).toEqual({ sent: 1, postponed: 0, failed: 0 })
    expect(server.inbox[0]?.mail.messageId).toBe(rows(portal)[0]?.message_id)
  })

  it('lets two deliveries side by side send each mail once', async () => {
    const server = await mailServer()
    const portal = openOffice(server.port)
    for (let n = 0; n < 6; n += 1) queue(portal, `person${n}@example.com`)
    const [one, other] = await Promise.all([deliverMail(portal), deliverMail(portal)])
    expect(one.sent + other.sent).toBe(6)
    expect(server.inbox).toHaveLength(6)
  })

  it.each(['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', 'nobody'])(
    'never sends to what is not one address: %j',
    async (recipient) => {
      const server = await mailServer()
      const portal = openOffice(server.port)
      queue(portal, recipient)
      queue(portal, 'wilai@example.com')
      expect(await deliverMail(portal)).toEqual({ sent: 1, postponed: 0, failed: 1 })
      expect(server.inbox.flatMap(({ to }) => to)).toEqual(['wilai@example.com'])
    },
  )

  it('stops between two mails when it is told to', async () => {
    const server = await mailServer()
    const portal = openOffice(server.port)
    queue(portal, 'wilai@example.com')
    expect(await deliverMail(portal, { signal: AbortSignal.abort() })).toEqual({
      sent: 0,
      postponed: 0,
      failed: 0,
    })
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 0 })
  })

  it('encrypts where the server offers it, before it shows the password', async () => {
    const asked: string[] = []
    const server = await mailServer({ server: { disabledCommands: [], onAuth: takeAnyPassword(asked) } })
    const portal = openOffice(server.port, {
      SMTP_URL: `smtp://office:secret@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`,
    })
    queue(portal, 'wilai@example.com')
    expect(await deliverMail(portal)).toEqual({ sent: 1, postponed: 0, failed: 0 })
    expect(server.inbox[0]?.secure).toBe(true)
    expect(asked).toEqual(['office encrypted'])
  })

  it('shows the password to no server that does not encrypt', async () => {
    const asked: string[] = []
    const server = await mailServer({ server: { onAuth: takeAnyPassword(asked), allowInsecureAuth: true } })
    const portal = openOffice(server.port, { SMTP_URL: `smtp://office:secret@127.0.0.1:${server.port}` })
    queue(portal, 'wilai@example.com')
    expect(await deliverMail(portal)).toEqual({ sent: 0, postponed: 1, failed: 0 })
    expect(asked).toEqual([])
    expect(rows(portal)[0]).toMatchObject({ state: 'queued' })
  })
})

function takeAnyPassword(asked: string[]): SMTPServerOptions['onAuth'] {
  return ({ username }, session, done) => {
    asked.push(`${username} ${session.secure ? 'encrypted' : 'in clear'}`)
    done(null, { user: username ?? '' })
  }
}
