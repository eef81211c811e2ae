import type { Socket } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { type Delivery, deliverMail } from '#mail/deliver.ts'
import { NO_HOOKS } from '#mail/hooks.ts'
import { requeueMail } from '#mail/outbox-store.ts'
import { takeMail } from '#mail/take.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'
import { closedPort, IMPATIENT, mailServer, openOffice, queue, rows, rudeServer } from './post.ts'

const done = (some: Partial<Delivery>): Delivery => ({
  ...{ sent: 0, postponed: 0, failed: 0, unknown: 0, suppressed: 0 },
  ...some,
})

describe('delivery', () => {
  it('sends each mail once, however often it runs, and keeps the words of the server', async () => {
    const server = await mailServer()
    const office = openOffice(server.port)
    queue(office.portal)
    expect(await deliverMail(office.portal)).toEqual(done({ sent: 1 }))
    office.travel(24 * 60)
    expect(await deliverMail(office.portal)).toEqual(done({}))
    expect(server.inbox.map(({ to }) => to)).toEqual([['wilai@example.com']])
    const [row] = rows(office.portal)
    expect(row).toMatchObject({ state: 'sent', attempts: 1, next_attempt_at: null, last_code: 250 })
    expect(row?.last_error).toMatch(/^250 /)
  })

  it('leaves everything queued where no mail server is set', async () => {
    const { portal } = openOffice(1, { SMTP_URL: '' })
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({}))
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 0 })
  })

  it('does not send by itself what has waited for the first mail server for more than two weeks', async () => {
    const server = await mailServer()
    const office = openOffice(server.port)
    queue(office.portal)
    office.travel(60)
    queue(office.portal, { recipient: 'later@example.com' })
    office.travel(14 * 24 * 60 - 30)
    expect(await deliverMail(office.portal)).toEqual(done({ sent: 1, failed: 1 }))
    const [old] = rows(office.portal)
    expect(old).toMatchObject({ state: 'failed', attempts: 0, next_attempt_at: null })
    expect(old?.last_error).toContain('14 วัน')
    expect(requeueMail(office.portal.db, Number(old?.id), office.portal.now())).toBe(true)
    expect(await deliverMail(office.portal)).toEqual(done({ sent: 1 }))
    expect(server.inbox.flatMap(({ to }) => to)).toEqual(['later@example.com', 'wilai@example.com'])
  })

  it('does not send before its time', async () => {
    const server = await mailServer()
    const office = openOffice(server.port)
    queue(office.portal, { notBefore: new Date(office.portal.now().getTime() + 60 * 60_000) })
    expect(await deliverMail(office.portal)).toEqual(done({}))
    office.travel(60)
    expect(await deliverMail(office.portal)).toEqual(done({ sent: 1 }))
  })

  it('goes on to the others when one recipient is refused for good', async () => {
    const server = await mailServer({ refuse: { 'gone@example.com': 550 } })
    const { portal } = openOffice(server.port)
    for (const name of ['a', 'gone', 'b']) queue(portal, { recipient: `${name}@example.com` })
    expect(await deliverMail(portal)).toEqual(done({ sent: 2, failed: 1 }))
    expect(server.inbox.flatMap(({ to }) => to)).toEqual(['a@example.com', 'b@example.com'])
    expect(rows(portal)[1]).toMatchObject({ state: 'failed', next_attempt_at: null, last_code: 550 })
    expect(rows(portal)[1]?.last_error).toContain('refused by the test')
  })

  it.each([
    [550, 'failed'],
    [553, 'failed'],
    [421, 'queued'],
    [450, 'queued'],
    [452, 'queued'],
    // The session went wrong, not the mail.
    [503, 'queued'],
  ])('goes by the code: %i to the recipient is %s', async (code, state) => {
    const server = await mailServer({ refuse: { 'wilai@example.com': code } })
    const { portal } = openOffice(server.port)
    queue(portal)
    await deliverMail(portal)
    expect(rows(portal)[0]).toMatchObject({ state, last_code: code, attempts: 1 })
  })

  it.each([
    [554, 'failed'],
    [451, 'queued'],
  ])('goes by the code: %i to the text is %s', async (responseCode, state) => {
    const server = await mailServer({
      server: {
        onData: (stream, _session, answer) => {
          stream.resume()
          stream.on('end', () => answer(Object.assign(new Error('not this text'), { responseCode })))
        },
      },
    })
    const { portal } = openOffice(server.port)
    queue(portal)
    await deliverMail(portal)
    expect(rows(portal)[0]).toMatchObject({ state, last_code: responseCode })
  })

  it('tries again after 1, 5, 15 and 60 minutes, then hourly for three days', async () => {
    const office = openOffice(await closedPort())
    const { portal } = office
    queue(portal)
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
    const { portal } = openOffice(server.port)
    queue(portal, { recipient: 'full@example.com' })
    for (let round = 0; round < 5; round += 1) await deliverMail(portal)
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 1 })
  })

  it('waits while the server is down and sends once it is up, each mail once', async () => {
    const port = await closedPort()
    const office = openOffice(port)
    const { portal } = office
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}@example.com`)
    for (const recipient of names) queue(portal, { recipient })
    expect(await deliverMail(portal, { patience: IMPATIENT })).toEqual(done({ postponed: 2 }))
    expect(rows(portal).map(({ state }) => state)).toEqual(['queued', 'queued', 'queued', 'queued'])

    const up = await mailServer({ port })
    office.travel(1)
    expect(await deliverMail(portal)).toEqual(done({ sent: 4 }))
    expect(up.inbox.flatMap(({ to }) => to).sort()).toEqual(names)
  })

  it('keeps the mail when the server refuses our own sender: that is for the office to put right', async () => {
    const refuseSender = Object.assign(new Error('sender not owned'), { responseCode: 553 })
    const server = await mailServer({
      server: { onMailFrom: (_address, _session, answer) => answer(refuseSender) },
    })
    const { portal } = openOffice(server.port)
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({ postponed: 1 }))
    expect(rows(portal)[0]).toMatchObject({ last_code: 553 })
  })

  it.each([
    ['hangs before it greets', () => undefined],
    ['hangs up before it greets', (socket: Socket) => socket.destroy()],
    ['turns us away', (socket: Socket) => socket.end('554 no service for you\r\n')],
  ])('tries a server that %s again, a letter like any mail', async (_what, treat) => {
    const { portal } = openOffice(await rudeServer(treat))
    queue(portal)
    queue(portal, { kind: 'notice' })
    const started = Date.now()
    expect(await deliverMail(portal, { patience: IMPATIENT })).toEqual(done({ postponed: 2 }))
    expect(Date.now() - started).toBeLessThan(10_000)
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 1 })
  })

  it('lets two deliveries of two processes side by side send each mail once', async () => {
    const server = await mailServer({ slow: 20 })
    const { portal } = openOffice(server.port)
    for (let n = 0; n < 8; n += 1) queue(portal, { recipient: `person${n}@example.com` })
    const { dataDir, smtpUrl } = portal.config
    const config = readConfig({ DATA_DIR: dataDir, SMTP_URL: smtpUrl })
    const other = openPortal(config, portal.now)
    const [one, two] = await Promise.all([deliverMail(portal), deliverMail(other)])
    other.db.close()
    expect(one.sent + two.sent).toBe(8)
    expect(Math.min(one.sent, two.sent)).toBeGreaterThan(0)
    expect(new Set(server.inbox.map(({ mail }) => mail.messageId)).size).toBe(8)
    expect(server.inbox).toHaveLength(8)
  })

  it('leaves a mail that somebody else took between looking and taking', async () => {
    const { portal } = openOffice(1)
    const id = queue(portal)
    expect(takeMail(portal.db, id, portal.now(), NO_HOOKS)).toMatchObject({ mail: { attempts: 1 } })
    expect(takeMail(portal.db, id, portal.now(), NO_HOOKS)).toBeUndefined()
  })

  it.each(['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com', 'nobody'])(
    'never sends to what is not one address: %j',
    async (recipient) => {
      const server = await mailServer()
      const { portal } = openOffice(server.port)
      queue(portal, { recipient })
      queue(portal)
      expect(await deliverMail(portal)).toEqual(done({ sent: 1, failed: 1 }))
      expect(server.inbox.flatMap(({ to }) => to)).toEqual(['wilai@example.com'])
    },
  )

  it('stops between two mails when it is told to', async () => {
    const server = await mailServer()
    const { portal } = openOffice(server.port)
    queue(portal)
    expect(await deliverMail(portal, { signal: AbortSignal.abort() })).toEqual(done({}))
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 0 })
  })
})

describe('a mail server with a password', () => {
  const signIn = (port: number, query = '') => ({
    SMTP_URL: `smtp://office:secret@127.0.0.1:${port}${query}`,
  })

  it('is shown it only once the connection is encrypted', async () => {
    const asked: string[] = []
    const server = await mailServer({ server: { disabledCommands: [], onAuth: takeAnyPassword(asked) } })
    const { portal } = openOffice(server.port, signIn(server.port, '?tls.rejectUnauthorized=false'))
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({ sent: 1 }))
    expect(server.inbox[0]?.secure).toBe(true)
    expect(asked).toEqual(['office encrypted'])
  })

  it('is never shown it where it does not encrypt', async () => {
    const asked: string[] = []
    const server = await mailServer({ server: { onAuth: takeAnyPassword(asked), allowInsecureAuth: true } })
    const { portal } = openOffice(server.port, signIn(server.port))
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({ postponed: 1 }))
    expect(asked).toEqual([])
    expect(rows(portal)[0]).toMatchObject({ state: 'queued' })
  })

  it('that is encrypted from the first byte is reached by smtps', async () => {
    const asked: string[] = []
    const server = await mailServer({
      server: { secure: true, disabledCommands: [], onAuth: takeAnyPassword(asked) },
    })
    const url = `smtps://office:secret@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`
    const { portal } = openOffice(server.port, { SMTP_URL: url })
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({ sent: 1 }))
    expect(asked).toEqual(['office encrypted'])
  })

  it('whose certificate nobody vouches for gets neither password nor mail', async () => {
    const asked: string[] = []
    const server = await mailServer({ server: { disabledCommands: [], onAuth: takeAnyPassword(asked) } })
    const { portal } = openOffice(server.port, signIn(server.port))
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({ postponed: 1 }))
    expect([asked, server.inbox]).toEqual([[], []])
  })

  it('that does not know it leaves the mail waiting for a better one', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, answer) =>
      answer(Object.assign(new Error('who are you'), { responseCode: 535 }))
    const server = await mailServer({ server: { disabledCommands: [], onAuth } })
    const { portal } = openOffice(server.port, signIn(server.port, '?tls.rejectUnauthorized=false'))
    queue(portal)
    expect(await deliverMail(portal)).toEqual(done({ postponed: 1 }))
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', last_code: 535 })
  })
})

function takeAnyPassword(asked: string[]): SMTPServerOptions['onAuth'] {
  return ({ username }, session, answer) => {
    asked.push(`${username} ${session.secure ? 'encrypted' : 'in clear'}`)
    answer(null, { user: username ?? '' })
  }
}
