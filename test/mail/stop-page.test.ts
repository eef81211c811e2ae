import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askInfo } from '#complaints/ask-info.ts'
import { register } from '#complaints/register.ts'
import { caseSlug } from '#domain/reference.ts'
import { deliverMail } from '#mail/deliver.ts'
import { type MailHooks, NO_HOOKS } from '#mail/hooks.ts'
import { mailboxOf, mailboxOfToken, stopUrl } from '#mail/mailbox.ts'
import { STOPPED } from '#mail/outbox.ts'
import { COMPLAINT, file, newForm, send, slipOf } from '../complaints/citizen.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { wordsOf } from '../complaints-staff/desk.ts'
import { auditLines } from '../support/audit.ts'
import { post } from '../support/forms.ts'
import { startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { queue, type Row, rows } from './post.ts'

const HOST = 'http://localhost:3000'
const EMAIL = 'somsri@example.com'

let site: TestPortal
beforeEach(async () => {
  site = await startTestPortal()
})
afterEach(() => site.close())

const linkFor = (email = EMAIL, language: 'th' | 'en' = 'th') =>
  stopUrl(site.portal, language, email).slice(HOST.length)
const stop = (link = linkFor(), todo = 'stop') => post(site.newAgent(), link, { do: todo })
const stopped = () =>
  site.portal.db.sqlite.prepare('select address_hash from stopped_addresses').pluck().all()
const last = (): Row | undefined => rows(site.portal).at(-1)

describe('the link in a receipt', () => {
  it('is in the mail of both languages and opens the page in its language', async () => {
    for (const [prefix, words] of [
      ['', 'ฉันไม่ได้แจ้งเรื่อง หยุดส่งอีเมล'],
      ['/en', 'It was not me, stop the e-mails'],
    ]) {
      const mail = rows(site.portal).length
      const token = await newForm(site.agent, `${prefix}/complaints/new`)
      const form = { token, ...COMPLAINT, email: `a${mail}@example.com` }
      expect((await send(site.agent, `${prefix}/complaints`, form)).status).toBe(201)
      const link = /http:\/\/localhost:3000(\S*\/mail\/stop\/\S+)/.exec(last()?.body ?? '')?.[1] ?? ''
      expect(link).toMatch(prefix === '' ? /^\/mail\/stop\// : /^\/en\/mail\/stop\//)
      const page = await site.newAgent().get(link)
      expect(page.status).toBe(200)
      expect(wordsOf(page)).toContain(words)
    }
  })

  it('names no address, and neither does its page', async () => {
    expect(linkFor()).not.toMatch(/somsri|example/)
    expect((await site.agent.get(linkFor())).text).not.toContain('somsri')
  })

  it('changes nothing by being looked at, however often: mail programs look by themselves', async () => {
    for (let look = 0; look < 3; look += 1) expect((await site.newAgent().get(linkFor())).status).toBe(200)
    expect((await site.newAgent().head(linkFor())).status).toBe(200)
    expect(stopped()).toEqual([])
  })

  it('sets no cookie and is kept by no cache', async () => {
    for (const answer of [await site.newAgent().get(linkFor()), await stop()]) {
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it.each(['', 'x', '0'.repeat(64), 'wrong half', 'upper case', 'one digit less', 'one digit more'])(
    'that we did not make (%s) is said to be wrong and stops nothing',
    async (kind) => {
      const token = linkFor().split('/').at(-1) ?? ''
      const wrong =
        {
          'wrong half': `${token.slice(0, 32)}${'0'.repeat(32)}`,
          'upper case': token.toUpperCase(),
          'one digit less': token.slice(0, -1),
          'one digit more': `${token}0`,
        }[kind] ?? kind
      for (const prefix of ['', '/en']) {
        for (const answer of [
          await site.newAgent().get(`${prefix}/mail/stop/${wrong}`),
          await stop(`${prefix}/mail/stop/${wrong}`),
        ]) {
          expect(answer.status).toBe(404)
          if (wrong !== '') expect(answer.text).toContain(prefix ? 'wrong or incomplete' : 'ไม่ถูกต้องหรือไม่ครบ')
        }
      }
      expect(stopped()).toEqual([])
    },
  )

  it('cannot be worked out from what is stored', async () => {
    await stop()
    const [hash] = stopped()
    expect(mailboxOfToken(site.portal.keyed, `${hash}${hash}`)).toBeUndefined()
    expect(JSON.stringify(stopped())).not.toContain('somsri')
  })
})

describe('stopping', () => {
  it('is said on the page, in its language, and written in the audit without the address', async () => {
    const answer = await stop()
    expect([answer.status, wordsOf(answer)]).toEqual([200, expect.stringContaining('หยุดส่งอีเมลแล้ว')])
    const english = await stop(linkFor(EMAIL, 'en'))
    expect([english.status, wordsOf(english)]).toEqual([200, expect.stringContaining('E-mail stopped')])
    expect(english.text).toContain('<html lang="en"')
    expect(wordsOf(await site.newAgent().get(linkFor()))).toContain('หยุดส่งอีเมลแล้ว')
    const lines = auditLines(site.portal, 'mail.stop')
    expect(lines).toMatchObject([{ actorName: 'เจ้าของที่อยู่อีเมล' }])
    expect(JSON.stringify(lines)).not.toContain('somsri')
  })

  it('keeps every later letter from being sent, however the address is typed, and says why', async () => {
    await stop()
    for (const email of [EMAIL, 'Somsri@Example.com', 'somsri+siang@example.com']) {
      await file(site, { email })
      expect(last()).toMatchObject({ state: 'suppressed', last_error: STOPPED, next_attempt_at: null })
    }
    await file(site, { email: 'malee@example.com' })
    expect(last()).toMatchObject({ state: 'queued' })
  })

  it('keeps an officer’s letters from being sent as well, and the case page says so', async () => {
    const slip = slipOf(await file(site, { email: EMAIL }))
    await stop()
    officerDoes(site, slip, register)
    officerDoes(site, slip, askInfo, { text: 'เสาไฟต้นใด', answerBy: '20/11/2569' })
    expect(last()).toMatchObject({ state: 'suppressed', last_error: STOPPED })
    const { fiscalYear, seq } = caseOf(site, slip)
    const page = await (await site.signIn('nid')).get(`/staff/cases/${caseSlug(fiscalYear, seq)}`)
    expect(wordsOf(page)).toContain(`อีเมลถึง ${EMAIL} ไม่ได้ส่ง: ${STOPPED}`)
  })

  it('holds for a letter that was waiting, and not for what the office tells its own people', async () => {
    const server = await startMailServer()
    const open = await startTestPortal({ env: { SMTP_URL: `smtp://127.0.0.1:${server.port}` } })
    try {
      const id = queue(open.portal, { recipient: EMAIL })
      queue(open.portal, { recipient: EMAIL, kind: 'notice' })
      await post(open.newAgent(), stopUrl(open.portal, 'th', EMAIL).slice(HOST.length), { do: 'stop' })
      const told: unknown[] = []
      const hooks: MailHooks = { ...NO_HOOKS, suppressed: (mail, reason) => told.push([mail.id, reason]) }
      expect(await deliverMail(open.portal, { hooks })).toMatchObject({ sent: 1, suppressed: 1 })
      expect(told).toEqual([[id, STOPPED]])
      expect(rows(open.portal).map(({ state }) => state)).toEqual(['suppressed', 'sent'])
    } finally {
      await open.close()
      await server.close()
    }
  })

  it('is done once, and can be taken back by the same link', async () => {
    await stop()
    await stop()
    expect(stopped()).toHaveLength(1)
    expect(auditLines(site.portal, 'mail.stop')).toHaveLength(1)
    const answer = await stop(linkFor(), 'resume')
    expect([answer.status, wordsOf(answer)]).toEqual([200, expect.stringContaining('รับอีเมลตามเดิมแล้ว')])
    expect(stopped()).toEqual([])
    await file(site, { email: EMAIL })
    expect(last()).toMatchObject({ state: 'queued' })
    expect(auditLines(site.portal, 'mail.resume')).toHaveLength(1)
  })

  it('is refused when another site made somebody send the form', async () => {
    const answer = await site
      .newAgent()
      .post(linkFor())
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send('do=stop')
    expect(answer.status).toBe(403)
    expect(stopped()).toEqual([])
  })

  it.each([
    ['', 'กรุณารอ 60 นาที'],
    ['/en', 'wait 60 minutes'],
  ])('too often from one network has to wait (%s)', async (prefix, words) => {
    for (let time = 0; time < 30; time += 1) expect((await stop('/mail/stop/x')).status).toBe(404)
    const answer = await stop(`${prefix}${linkFor()}`)
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '3600'])
    expect(wordsOf(answer)).toContain(words)
    expect(stopped()).toEqual([])
    site.clock.addMinutes(61)
    expect((await stop(`${prefix}${linkFor()}`)).status).toBe(200)
    expect(stopped()).toHaveLength(1)
  })
})

it.each([
  ['Wilai@Example.com', 'wilai@example.com'],
  ['wilai+siang@example.com', 'wilai@example.com'],
  ['wilai+a+b@example.com', 'wilai@example.com'],
  ['+wilai@example.com', '+wilai@example.com'],
  ['wilai@ex+ample.com', 'wilai@ex+ample.com'],
])('the mailbox of %s is %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox)
})
