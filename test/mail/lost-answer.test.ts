import { describe, expect, it } from 'vitest'
import { deliverMail } from '#mail/deliver.ts'
import { type MailHooks, NO_HOOKS } from '#mail/hooks.ts'
import { recordOutcome, requeueMail, settleUnknown } from '#mail/outbox-store.ts'
import { takeMail } from '#mail/take.ts'
import type { Portal } from '#settings/portal.ts'
import { IMPATIENT, mailServer, openOffice, queue, rows, rudeServer } from './post.ts'

/** Takes the mail as a process does that is killed right afterwards. */
const takeAndCrash = (portal: Portal, id: number) => takeMail(portal.db, id, portal.now(), NO_HOOKS)

/** Hooks that write down what they are told. */
function listen(): { told: string[]; hooks: MailHooks } {
  const told: string[] = []
  const hooks: MailHooks = {
    ...NO_HOOKS,
    sent: ({ id }) => told.push(`sent ${id}`),
    failed: ({ id }, error) => told.push(`failed ${id} ${error}`),
    unknown: ({ id }) => told.push(`unknown ${id}`),
  }
  return { told, hooks }
}

describe('a process that dies between handing a mail over and writing that down', () => {
  it('leaves a letter of which nobody knows, for a person to decide, and sends it not again', async () => {
    const server = await mailServer()
    const office = openOffice(server.port)
    const id = queue(office.portal)
    takeAndCrash(office.portal, id)
    const { told, hooks } = listen()
    expect(await deliverMail(office.portal, { hooks })).toMatchObject({ unknown: 0 })
    expect(rows(office.portal)[0]).toMatchObject({ state: 'sending' })
    office.travel(10)
    expect(await deliverMail(office.portal, { hooks })).toMatchObject({ sent: 0, unknown: 1 })
    office.travel(24 * 60)
    expect(await deliverMail(office.portal, { hooks })).toMatchObject({ sent: 0, unknown: 0 })
    expect(rows(office.portal)[0]).toMatchObject({ state: 'unknown', next_attempt_at: null, attempts: 1 })
    expect(told).toEqual([`unknown ${id}`])
    expect(server.inbox).toEqual([])
  })

  it.each(['notice', 'digest', 'test'] as const)('leads to a %s with the same Message-ID', async (kind) => {
    const server = await mailServer()
    const office = openOffice(server.port)
    const id = queue(office.portal, { kind })
    takeAndCrash(office.portal, id)
    expect(await deliverMail(office.portal)).toMatchObject({ sent: 0 })
    office.travel(10)
    expect(await deliverMail(office.portal)).toMatchObject({ sent: 1 })
    expect(server.inbox[0]?.mail.messageId).toBe(rows(office.portal)[0]?.message_id)
    expect(rows(office.portal)[0]).toMatchObject({ state: 'sent', attempts: 2 })
  })
})

describe.each(['dies', 'hangs'] as const)('a server that takes a mail and then %s', (thenIt) => {
  it('leaves a letter of which nobody knows', async () => {
    const server = await mailServer({ thenIt })
    const { portal } = openOffice(server.port)
    const id = queue(portal)
    const { told, hooks } = listen()
    expect(await deliverMail(portal, { patience: IMPATIENT, hooks })).toMatchObject({ unknown: 1 })
    expect(rows(portal)[0]).toMatchObject({ state: 'unknown', next_attempt_at: null, last_code: null })
    expect(rows(portal)[0]?.last_error).toMatch(thenIt === 'dies' ? /closed/ : /Timeout/)
    expect(told).toEqual([`unknown ${id}`])
  })

  it('is given a notice again with the same Message-ID and the same text', async () => {
    const server = await mailServer({ thenIt })
    const office = openOffice(server.port)
    queue(office.portal, { kind: 'notice' })
    expect(await deliverMail(office.portal, { patience: IMPATIENT })).toMatchObject({ postponed: 1 })
    office.travel(1)
    await deliverMail(office.portal, { patience: IMPATIENT })
    const [first, second] = server.inbox.map(({ mail }) => mail)
    expect(second?.messageId).toBe(first?.messageId)
    expect([second?.text, second?.html]).toEqual([first?.text, first?.html])
  })
})

describe('a connection lost before the whole text was sent', () => {
  it.each([
    ['answers DATA and dies', 'die'],
    ['hangs at DATA', 'hang'],
  ])('to a server that %s is an ordinary failure, for a letter too', async (_what, end) => {
    const port = await rudeServer((socket) => {
      socket.write('220 hello\r\n')
      socket.on('data', (piece) => {
        if (!`${piece}`.startsWith('DATA')) socket.write('250 ok\r\n')
        else if (end === 'die') socket.end('354 go on\r\n', () => socket.destroy())
      })
    })
    const { portal } = openOffice(port)
    queue(portal, { body: 'ยาวมาก '.repeat(400_000) })
    expect(await deliverMail(portal, { patience: IMPATIENT })).toMatchObject({ postponed: 1, unknown: 0 })
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', attempts: 1 })
  })
})

describe('a portal that stops while a server thinks about a mail', () => {
  it('waits a moment for the answer and then leaves a letter of which nobody knows', async () => {
    const server = await mailServer({ thenIt: 'hangs' })
    const { portal } = openOffice(server.port)
    queue(portal)
    const stop = new AbortController()
    const delivery = deliverMail(portal, { signal: stop.signal })
    while (server.inbox.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const toldAt = Date.now()
    stop.abort()
    expect(await delivery).toMatchObject({ unknown: 1 })
    expect(Date.now() - toldAt).toBeLessThan(10_000)
    expect(rows(portal)[0]?.last_error).toBe('the portal was stopped')
  })
})

describe('an answer that comes late', () => {
  const sent = { state: 'sent', lastError: '250 ok' } as const

  it('after the lease had run out still makes it a sent letter', async () => {
    const office = openOffice((await mailServer()).port)
    const { db } = office.portal
    const taken = takeAndCrash(office.portal, queue(office.portal))
    office.travel(10)
    await deliverMail(office.portal)
    expect(rows(office.portal)[0]?.state).toBe('unknown')
    if (!taken || !('mail' in taken)) throw new Error('not taken')
    expect(recordOutcome(db, taken.mail, { state: 'failed' })).toBe(false)
    expect(recordOutcome(db, taken.mail, sent)).toBe(true)
    expect(rows(office.portal)[0]?.state).toBe('sent')
  })

  it('after somebody decided otherwise changes nothing', async () => {
    const office = openOffice((await mailServer()).port)
    const { db } = office.portal
    const id = queue(office.portal)
    const taken = takeAndCrash(office.portal, id)
    office.travel(10)
    await deliverMail(office.portal)
    requeueMail(db, id, office.portal.now())
    if (!taken || !('mail' in taken)) throw new Error('not taken')
    expect(recordOutcome(db, taken.mail, sent)).toBe(false)
    expect(rows(office.portal)[0]?.state).toBe('queued')
  })

  it('of an earlier attempt does not end the one that is under way', () => {
    const office = openOffice(1)
    const { db } = office.portal
    const id = queue(office.portal, { kind: 'notice' })
    const first = takeAndCrash(office.portal, id)
    office.travel(10)
    takeAndCrash(office.portal, id)
    if (!first || !('mail' in first)) throw new Error('not taken')
    expect(recordOutcome(db, first.mail, { state: 'failed' })).toBe(false)
    expect(rows(office.portal)[0]).toMatchObject({ state: 'sending', attempts: 2 })
  })
})

describe('a letter of which nobody knows', () => {
  const unknownLetter = async () => {
    const server = await mailServer()
    const office = openOffice(server.port)
    const id = queue(office.portal)
    takeAndCrash(office.portal, id)
    office.travel(10)
    await deliverMail(office.portal)
    return { office, id, server, db: office.portal.db }
  }

  it('is settled once by whoever found out', async () => {
    const { office, id, db } = await unknownLetter()
    const at = office.portal.now()
    expect(settleUnknown(db, id, 'sent', at)).toBe(true)
    expect(rows(office.portal)[0]).toMatchObject({ state: 'sent', sent_at: at.getTime() })
    expect(settleUnknown(db, id, 'failed', at)).toBe(false)
    expect(requeueMail(db, id, at)).toBe(false)
    expect(rows(office.portal)[0]).toMatchObject({ state: 'sent' })
  })

  it('is sent again as the same mail when somebody asks for it', async () => {
    const { office, id, db, server } = await unknownLetter()
    const [before] = rows(office.portal)
    expect(requeueMail(db, id, office.portal.now())).toBe(true)
    expect(requeueMail(db, id, office.portal.now())).toBe(false)
    expect(await deliverMail(office.portal)).toMatchObject({ sent: 1 })
    expect(server.inbox.map(({ mail }) => mail.messageId)).toEqual([before?.message_id])
    expect(rows(office.portal)).toHaveLength(1)
  })
})
