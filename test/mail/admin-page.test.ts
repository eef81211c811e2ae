import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { NO_HOOKS } from '#mail/hooks.ts'
import { recordOutcome } from '#mail/outbox-store.ts'
import { takeMail } from '#mail/take.ts'
import { file, slipOf } from '../complaints/citizen.ts'
import { wordsOf } from '../complaints-staff/desk.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { queue, rows } from './post.ts'

const PAGE = '/staff/admin/mail'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal({ env: { SMTP_URL: 'smtp://office:secret@127.0.0.1:9' } })
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

/** A mail that ended so. */
function ended(state: 'sent' | 'failed' | 'unknown', answer: string, mail: Parameters<typeof queue>[1] = {}) {
  const { db, now } = office.portal
  const id = queue(office.portal, mail)
  const taken = takeMail(db, id, now(), NO_HOOKS)
  if (!taken || !('mail' in taken)) throw new Error('not taken')
  recordOutcome(db, taken.mail, { state, lastError: answer, ...(state === 'sent' && { sentAt: now() }) })
  return id
}

const listed = async (state: string) => wordsOf(await admin.get(`${PAGE}?state=${state}`))

describe('the outbox page', () => {
  it('tells when, what, of which case, to whom roughly, how often and when again', async () => {
    const { number } = slipOf(await file(office, { email: 'wilai@example.com' }))
    const words = await listed('waiting')
    for (const part of [number, 'ถึงผู้ร้อง', 'w***i@example.com', '16 พฤศจิกายน 2569', 'จะส่งในอีกสักครู่']) {
      expect(words).toContain(part)
    }
    const { db, now } = office.portal
    const taken = takeMail(db, rows(office.portal)[0]?.id ?? 0, now(), NO_HOOKS)
    if (!taken || !('mail' in taken)) throw new Error('not taken')
    const nextAttemptAt = new Date(now().getTime() + 15 * 60_000)
    recordOutcome(db, taken.mail, { state: 'queued', nextAttemptAt, lastError: '452 full' })
    const later = await listed('waiting')
    expect(later).toContain('ลองส่งแล้ว 1 ครั้ง')
    expect(later).toContain('จะลองอีกครั้ง 16 พฤศจิกายน 2569 เวลา 10.15 น.')
    expect(later).toContain('452 full')
  })

  it('shows whoever looks after the post neither words nor addresses of anybody', async () => {
    const secret = { subject: 'ความลับในหัวข้อ', body: 'ความลับในเนื้อความ', recipient: 'wilai@example.com' }
    ended('failed', '550 5.1.1 <Wilai@Example.com>: unknown, tell boss@mail.example', secret)
    queue(office.portal, secret)
    for (const state of ['waiting', 'sent', 'failed', 'unknown', 'suppressed']) {
      const { text } = await admin.get(`${PAGE}?state=${state}`)
      expect(text).not.toMatch(/ความลับ|wilai@|boss@|secret/i)
    }
    expect(await listed('failed')).toContain(
      '550 5.1.1 <W***i@Example.com>: unknown, tell b***s@mail.example',
    )
  })

  it('has a list for each state with its number, and one that it does not know is the waiting one', async () => {
    ended('sent', '250 queued as 4711')
    ended('failed', '550 gone')
    ended('unknown', 'Timeout')
    queue(office.portal, { suppress: 'เพราะอย่างนี้' })
    queue(office.portal)
    expect(await listed('sent')).toContain('250 queued as 4711')
    expect(await listed('failed')).toContain('550 gone')
    expect(await listed('unknown')).toContain('ผู้ร้องอาจได้รับสองฉบับ')
    expect(await listed('suppressed')).toContain('เพราะอย่างนี้')
    const unknownList = await listed('nonsense')
    expect(unknownList).toContain('รอส่ง 1 ฉบับ ส่งแล้ว 1 ฉบับ ส่งไม่สำเร็จ 1 ฉบับ ไม่ทราบผล 1 ฉบับ ไม่ส่ง 1 ฉบับ')
    expect(unknownList).not.toContain('4711')
  })

  it('pages through what is there, newest first, there and back', async () => {
    for (let n = 0; n < 120; n += 1) queue(office.portal, { recipient: `x@p${n}.example` })
    const { sqlite } = office.portal.db
    sqlite.prepare("update outbox set state = 'sending', attempts = 1 where id % 7 = 0").run()
    const idsOn = (text: string) =>
      [...text.matchAll(/sg-mails__to">x\*\*\*@([^<]+)</g)].map(([, to]) => `${to}`)
    const linkOn = (text: string, rel: string) =>
      new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&')
    const pages: string[] = []
    for (let next: string | undefined = PAGE; next; next = linkOn(pages.at(-1) ?? '', 'next')) {
      pages.push((await admin.get(next)).text)
    }
    const all = pages.flatMap(idsOn)
    expect(pages.map((text) => idsOn(text).length)).toEqual([50, 50, 20])
    expect(all).toEqual([...Array(120).keys()].map((n) => `p${n}.example`).reverse())
    const back = await admin.get(linkOn(pages[2] ?? '', 'prev') ?? '')
    expect(idsOn(back.text)).toEqual(idsOn(pages[1] ?? ''))
    expect(linkOn(pages[0] ?? '', 'prev')).toBeUndefined()
  })

  it('reads old mail along an index, however much there is of it', () => {
    const { sqlite } = office.portal.db
    const plan = (query: string) =>
      sqlite.prepare<[], { detail: string }>(`explain query plan ${query}`).all()
    const details = [
      ...plan("select id from outbox where state = 'sent' and id < 99 order by id desc limit 51"),
      ...plan("select count(*) from (select 1 from outbox where state = 'sent' limit 1001)"),
    ].map(({ detail }) => detail)
    expect(details.filter((detail) => /outbox/.test(detail) && !/outbox_state/.test(detail))).toEqual([])
    expect(details.join()).not.toContain('TEMP B-TREE')
  })

  it('without a mail server says so, what to set, and that nothing is lost', async () => {
    const silent = await startTestPortal()
    try {
      const someone = await silent.signIn('admin')
      queue(silent.portal)
      const words = wordsOf(await someone.get(PAGE))
      for (const part of ['ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล', 'SMTP_URL', 'MAIL_FROM', '1 ฉบับเก็บไว้ครบ']) {
        expect(words).toContain(part)
      }
      const answer = await post(someone, `${PAGE}/test`, { to: 'admin@example.com' })
      expect([answer.status, errorsOf(answer)]).toEqual([422, ['to']])
      expect(rows(silent.portal)).toHaveLength(1)
    } finally {
      await silent.close()
    }
  })

  it('is reached from the settings', async () => {
    expect((await admin.get('/staff/admin')).text).toContain(`href="${PAGE}"`)
  })
})

describe('sending again', () => {
  it.each(['failed', 'unknown'] as const)(
    'puts the same %s mail back into the queue, with a line in the audit',
    async (state) => {
      const id = ended(state, 'Timeout')
      const [before] = rows(office.portal)
      const answer = await post(admin, `${PAGE}/${id}/again`)
      expect([answer.status, answer.headers.location]).toEqual([303, `${PAGE}?state=${state}&again`])
      expect(wordsOf(await admin.get(`${answer.headers.location}`))).toContain('ใส่กลับเข้าคิวแล้ว')
      expect(rows(office.portal)).toMatchObject([
        { id, state: 'queued', attempts: 0, last_error: null, message_id: before?.message_id },
      ])
      expect(auditLines(office.portal, 'mail.again')).toMatchObject([
        { subject: `mail:${id}`, before: { state, attempts: 1 }, after: { state: 'queued' } },
      ])
    },
  )

  it('of what is on its way, arrived or is not wanted is refused, and changes nothing', async () => {
    const ids = [queue(office.portal), ended('sent', '250 ok'), queue(office.portal, { suppress: 'ไม่ส่ง' })]
    const before = rows(office.portal)
    for (const id of ids) expect((await post(admin, `${PAGE}/${id}/again`)).status).toBe(409)
    expect(rows(office.portal)).toEqual(before)
    expect(auditLines(office.portal, 'mail.again')).toEqual([])
    for (const state of ['waiting', 'sent', 'suppressed']) {
      expect((await admin.get(`${PAGE}?state=${state}`)).text).not.toContain('/again"')
    }
  })

  it('twice is done once', async () => {
    const id = ended('failed', '550 gone')
    const [one, two] = [await post(admin, `${PAGE}/${id}/again`), await post(admin, `${PAGE}/${id}/again`)]
    expect([one.status, two.status]).toEqual([303, 409])
  })

  it('of a mail that does not exist is not found, and looking at the address sends nothing', async () => {
    const id = ended('failed', '550 gone')
    for (const wrong of ['999', 'x', '1.5']) {
      expect((await post(admin, `${PAGE}/${wrong}/again`)).status).toBe(404)
    }
    expect((await admin.get(`${PAGE}/${id}/again`)).status).toBe(404)
    expect(rows(office.portal)[0]?.state).toBe('failed')
  })

  it('is for administrators only', async () => {
    const id = ended('failed', '550 gone')
    for (const name of ['nid', 'dao', 'wit', 'nayok'] as const) {
      const agent = await office.signIn(name)
      expect((await agent.get(PAGE)).status).toBe(403)
      expect((await post(agent, `${PAGE}/${id}/again`)).status).toBe(403)
      expect((await post(agent, `${PAGE}/test`, { to: 'a@example.com' })).status).toBe(403)
    }
    expect((await post(office.newAgent(), `${PAGE}/${id}/again`)).status).toBe(401)
    expect(rows(office.portal)[0]?.state).toBe('failed')
  })
})

it('a test needs one address and keeps what was typed', async () => {
  for (const to of ['', 'nobody', 'a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com']) {
    const answer = await post(admin, `${PAGE}/test`, { to })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['to']])
    expect(typedIn(answer, 'to')).toBe(to.replace(/\r?\n/g, '\r\n'))
  }
  expect(rows(office.portal)).toEqual([])
})
