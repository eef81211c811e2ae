import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { caseSlug } from '#domain/reference.ts'
import { deliverMail } from '#mail/deliver.ts'
import { MAILED_SINCE, MAILED_SINCE_DOTTED } from '#mail/mailbox-store.ts'
import { file, slipOf } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { fileCase, wordsOf } from '../complaints-staff/desk.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { queue, rows } from './post.ts'

const EMAIL = 'somsri@example.com'

let server: MailServer
let site: TestPortal
beforeEach(async () => {
  server = await startMailServer()
  site = await startTestPortal({ env: { SMTP_URL: `smtp://127.0.0.1:${server.port}` } })
})
afterEach(async () => {
  await site.close()
  await server.close()
})

const states = () => rows(site.portal).map(({ state }) => state)

describe('an address that a stranger typed', () => {
  it('gets one receipt in 24 hours, whatever number of cases is filed with it', async () => {
    for (let n = 0; n < 5; n += 1) await file(site, { email: EMAIL })
    expect(states()).toEqual(['queued', 'suppressed', 'suppressed', 'suppressed', 'suppressed'])
    await deliverMail(site.portal)
    expect(server.inbox).toHaveLength(1)
    site.clock.addMinutes(24 * 60 - 1)
    await file(site, { email: EMAIL })
    site.clock.addMinutes(1)
    await file(site, { email: EMAIL })
    expect(states().slice(5)).toEqual(['suppressed', 'queued'])
  })

  it('is the same one in capitals and with something behind a plus', async () => {
    for (const email of [EMAIL, 'SomSri@Example.COM', 'somsri+1@example.com', 'somsri+22@example.com']) {
      await file(site, { email })
    }
    expect(states()).toEqual(['queued', 'suppressed', 'suppressed', 'suppressed'])
  })

  it('is the same one however its name is dotted, where the provider takes no notice of dots', async () => {
    const same = [
      'v.ictim@gmail.com',
      'victim@gmail.com',
      'VIC.tim+1@gmail.com',
      'v.i.c.t.i.m@googlemail.com',
    ]
    for (const email of same) await file(site, { email })
    expect(states()).toEqual(['queued', 'suppressed', 'suppressed', 'suppressed'])
    await file(site, { email: 'victi@gmail.com' })
    await file(site, { email: 'victims@gmail.com' })
    expect(states().slice(4)).toEqual(['queued', 'queued'])
  })

  it('is told from others that look like it', async () => {
    const others = ['somsri@example.org', 'somsr@example.com', 'somsri.a@example.com', 'somsri-a@example.com']
    await file(site, { email: 'somsri+1@example.com' })
    for (const email of others) await file(site, { email })
    expect(states()).toEqual(['queued', 'queued', 'queued', 'queued', 'queued'])
  })

  it('has its receipt all the same where an officer wrote to it today', async () => {
    queue(site.portal, { recipient: EMAIL })
    await file(site, { email: EMAIL })
    expect(states()).toEqual(['queued', 'queued'])
  })

  it('is not counted where an officer takes the case down and knows whose it is', async () => {
    const officer = { kind: 'staff', id: site.cast.nid.id, name: site.cast.nid.displayName } as const
    for (let n = 0; n < 2; n += 1) fileCase(site, { contact: { email: EMAIL }, actor: officer })
    expect(states()).toEqual(['queued', 'queued'])
  })

  it('is looked up along an index', () => {
    const plan = site.portal.db.sqlite
      .prepare<object, { detail: string }>(`explain query plan ${MAILED_SINCE}`)
      .all({ mailbox: '', from: '', to: '', host: '', cause: '', since: 0 })
      .map(({ detail }) => detail)
    expect(plan.filter((detail) => /outbox_recipient/.test(detail))).toHaveLength(2)
    expect(plan.filter((detail) => /SCAN/.test(detail))).toEqual([])
    const dotted = site.portal.db.sqlite
      .prepare<object, { detail: string }>(`explain query plan ${MAILED_SINCE_DOTTED}`)
      .all({ name: '', from: '', to: '', cause: '', since: 0 })
      .map(({ detail }) => detail)
    expect(dotted).toEqual([expect.stringMatching(/^SEARCH .*outbox_recipient/)])
  })
})

describe('a receipt that is not sent', () => {
  it('claims nothing on the page: it reads the same whether the address had one today or not', async () => {
    const [first, second] = [await file(site, { email: EMAIL }), await file(site, { email: EMAIL })]
    const sentence = (page: typeof first) => /[^>]*so\*\*\*@example\.com[^<]*/.exec(page.text)?.[0]
    expect(sentence(first)).toBeDefined()
    expect(sentence(second)).toBe(sentence(first))
    expect(sentence(second)).toContain('หากส่งไปแล้วใน 24 ชั่วโมงนี้')
  })

  it('is on the case page with its reason, and counts as given on the screen', async () => {
    await file(site, { email: EMAIL })
    const slip = slipOf(await file(site, { email: EMAIL }))
    const { id, fiscalYear, seq } = caseOf(site, slip)
    const page = await (await site.signIn('nid')).get(`/staff/cases/${caseSlug(fiscalYear, seq)}`)
    expect(wordsOf(page)).toContain(`อีเมลถึง ${EMAIL} ไม่ได้ส่ง: ส่งใบรับเรื่องไปยังที่อยู่นี้แล้วใน 24 ชั่วโมงที่ผ่านมา`)
    const delivered = site.portal.db.sqlite
      .prepare(
        'select d.means from letter_deliveries d join letters l on l.id = d.letter_id where l.case_id = ?',
      )
      .pluck()
    expect(delivered.all(id)).toEqual(['tracking'])
  })
})

it('a receipt is the same text for everybody but for number, time and link', async () => {
  await file(site, { email: EMAIL, name: 'สมศรี', subject: 'หัวข้อ ก', detail: 'รายละเอียดของเรื่อง ก' })
  await file(site, {
    email: 'malee@example.com',
    name: 'มาลี',
    subject: 'หัวข้อ ข',
    detail: 'รายละเอียดของเรื่อง ข',
  })
  const [one, two] = rows(site.portal).map(({ body }) =>
    body.replace(/รท \d+\/\d+/g, 'NUMBER').replace(/stop\/[0-9a-f]{64}/g, 'LINK'),
  )
  expect(one).toBe(two)
})
