import { describe, expect, it } from 'vitest'
import { deliverMail } from '#mail/deliver.ts'
import { type MailHooks, NO_HOOKS } from '#mail/hooks.ts'
import type { Portal } from '#settings/portal.ts'
import { closedPort, IMPATIENT, mailServer, openOffice, queue, rows } from './post.ts'

const digest = (portal: Portal) => queue(portal, { kind: 'digest', staffId: 7, subject: '', body: '' })

const composing = (compose: MailHooks['compose']): MailHooks => ({ ...NO_HOOKS, compose })

/** A hook that writes to the database, so that a test can see whether it stood with the mail or fell with it. */
const writing = (portal: Portal, hook: 'sent' | 'failed' | 'unknown', thenThrow = false): MailHooks => ({
  ...NO_HOOKS,
  [hook]: ({ id }: { id: number }) => {
    portal.db.sqlite.prepare('insert into job_runs (name, error) values (?, ?)').run(`${hook} ${id}`, hook)
    if (thenThrow) throw new Error('a bug of ours')
  },
})
const written = ({ db }: Portal) => db.sqlite.prepare('select name from job_runs').pluck().all()

describe('a digest', () => {
  it('gets its words at the first attempt and keeps them, whatever happens meanwhile', async () => {
    const port = await closedPort()
    const office = openOffice(port)
    const { portal } = office
    const id = digest(portal)
    let composed = 0
    const hooks = composing((mail, now) => {
      composed += 1
      expect([mail.id, mail.staffId, now]).toEqual([id, 7, portal.now()])
      return { subject: `มี ${composed} เรื่อง`, body: `เรื่องที่ ${composed}` }
    })
    await deliverMail(portal, { patience: IMPATIENT, hooks })
    expect(rows(portal)[0]).toMatchObject({ state: 'queued', subject: 'มี 1 เรื่อง', body: 'เรื่องที่ 1' })
    const server = await mailServer({ port })
    office.travel(1)
    expect(await deliverMail(portal, { hooks })).toMatchObject({ sent: 1 })
    expect(server.inbox[0]?.mail.subject).toBe('มี 1 เรื่อง')
    expect(server.inbox[0]?.mail.text).toContain('เรื่องที่ 1')
    expect(composed).toBe(1)
  })

  it('that has nothing to tell any more is not sent, and says why', async () => {
    const server = await mailServer()
    const { portal } = openOffice(server.port)
    digest(portal)
    queue(portal)
    const hooks = composing(() => ({ suppress: 'ทุกเรื่องเสร็จแล้ว' }))
    expect(await deliverMail(portal, { hooks })).toMatchObject({ sent: 1, suppressed: 1 })
    expect(rows(portal)[0]).toMatchObject({ state: 'suppressed', last_error: 'ทุกเรื่องเสร็จแล้ว', attempts: 0 })
  })

  it('cannot bring a header of its own along in its subject', async () => {
    const server = await mailServer()
    const { portal } = openOffice(server.port)
    digest(portal)
    const hooks = composing(() => ({ subject: 'มีเรื่อง\r\nBcc: b@example.com', body: 'ข้อความ' }))
    expect(await deliverMail(portal, { hooks })).toMatchObject({ sent: 1 })
    expect(server.inbox[0]?.to).toEqual(['wilai@example.com'])
    expect(server.inbox[0]?.mail.subject).toBe('มีเรื่อง Bcc: b@example.com')
    expect(server.inbox[0]?.mail.headers.has('bcc')).toBe(false)
  })
})

describe('what a mail means to its case', () => {
  it('is written together with the mail', async () => {
    const server = await mailServer()
    const { portal } = openOffice(server.port)
    const id = queue(portal)
    await deliverMail(portal, { hooks: writing(portal, 'sent') })
    expect(written(portal)).toEqual([`sent ${id}`])
  })

  it('is told of a refusal with the words of the server', async () => {
    const server = await mailServer({ refuse: { 'wilai@example.com': 550 } })
    const { portal } = openOffice(server.port)
    queue(portal)
    const told: string[] = []
    const hooks: MailHooks = { ...NO_HOOKS, failed: (_mail, error) => told.push(error) }
    await deliverMail(portal, { hooks })
    expect(told).toEqual([expect.stringContaining('550 refused by the test')])
  })

  it('is told once, of the end and not of the attempts before it', async () => {
    const office = openOffice(await closedPort())
    const told: string[] = []
    const hooks: MailHooks = { ...NO_HOOKS, failed: (_mail, error) => told.push(error) }
    queue(office.portal)
    for (let hour = 0; hour < 80; hour += 1) {
      await deliverMail(office.portal, { hooks })
      office.travel(60)
    }
    expect(told).toEqual([expect.stringContaining('ECONNREFUSED')])
  })

  it('falls with the mail where our own code breaks; the other mails go on, and it is heard of', async () => {
    const server = await mailServer()
    const { portal } = openOffice(server.port)
    const bad = queue(portal)
    queue(portal, { recipient: 'b@example.com' })
    const heard: number[] = []
    const hooks = writing(portal, 'sent', true)
    const broken: MailHooks = { ...hooks, sent: (mail, at) => mail.id === bad && hooks.sent(mail, at) }
    const report = (id: number) => heard.push(id)
    expect(await deliverMail(portal, { hooks: broken, report })).toMatchObject({ sent: 1 })
    expect(written(portal)).toEqual([])
    expect(heard).toEqual([bad])
    expect(rows(portal).map(({ state }) => state)).toEqual(['sending', 'sent'])
  })

  it('does not stop the post for ever where a mail cannot even be begun', async () => {
    const server = await mailServer()
    const office = openOffice(server.port)
    const { portal } = office
    const bad = digest(portal)
    queue(portal)
    const hooks = composing(() => {
      throw new Error('a bug of ours')
    })
    await expect(deliverMail(portal, { hooks })).rejects.toThrow('a bug of ours')
    expect(await deliverMail(portal, { hooks })).toMatchObject({ sent: 1 })
    expect(rows(portal)[0]).toMatchObject({ id: bad, state: 'queued', attempts: 0 })
    expect(rows(portal)[0]?.last_error).toContain('a bug of ours')
    office.travel(60)
    const fine = composing(() => ({ subject: 'มีเรื่อง', body: 'ข้อความ' }))
    expect(await deliverMail(portal, { hooks: fine })).toMatchObject({ sent: 1 })
  })
})
