import type { Response } from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clocksOf } from '#clock/clock-store.ts'
import { countUnread, insertNotice, noticesFor } from '#clock/notice-store.ts'
import { letterLost } from '#complaints/mail-outcome.ts'
import type { MemberName } from '../support/cast.ts'
import { post, typedIn } from '../support/forms.ts'
import { plansOf } from '../support/plans.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type CaseOptions, caseIn, done, fileCase, type TestCase, tickClocks, wordsOf } from './desk.ts'

const NOTICES = '/staff/notices'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

/** In the hands of chai, and due in three days: the office is reminded of it today. */
function nearCase(options: CaseOptions = {}): TestCase {
  return caseIn(office, 'in_progress', { receivedAt: new Date('2026-11-04T03:00:00Z'), ...options })
}

const unreadOf = (name: MemberName): number => countUnread(office.portal.db, office.cast[name].id, 1000)

/** How the bell on a page is read aloud; undefined where there is none. */
function bellOn(answer: Response): string | undefined {
  const bell = /<a class="sg-bell"[\s\S]*?<\/a>/.exec(answer.text)?.[0]
  return bell?.replace(/<[^>]+>/g, '').trim()
}

describe('the bell', () => {
  it('says on every page how much is unread, to whoever works on cases', async () => {
    nearCase()
    await tickClocks(office)
    const chai = await office.signIn('chai')
    for (const page of ['/staff', '/staff/account', '/staff/intake', '/staff/cases/x', '/staff/admin']) {
      expect(bellOn(await chai.get(page)), page).toBe('แจ้งเตือน 1 เรื่องที่ยังไม่ได้อ่าน')
    }
    expect(bellOn(await (await office.signIn('somsri')).get('/staff'))).toBe('แจ้งเตือน')
    expect(bellOn(await (await office.signIn('admin')).get('/staff/admin'))).toBeUndefined()
    expect(bellOn(await office.agent.get('/staff/sign-in'))).toBeUndefined()
  })

  it('counts no further than 99', async () => {
    const { id } = nearCase()
    for (let n = 0; n < 120; n += 1) remind('chai', id, n)
    expect(bellOn(await (await office.signIn('chai')).get('/staff'))).toBe('แจ้งเตือน 99+ เรื่องที่ยังไม่ได้อ่าน')
  })

  it('is counted off its own index, and the list read in its order', () => {
    const { db } = office.portal
    const plans = plansOf(db, () => {
      countUnread(db, 1, 100)
      noticesFor(db, 1, 1e9, 51)
    }).map(({ plan }) => plan)
    expect(plans.some((plan) => plan.includes('INDEX notices_unread (recipient_id=?)'))).toBe(true)
    expect(plans.some((plan) => plan.includes('INDEX notices_recipient (recipient_id=? AND id<?)'))).toBe(
      true,
    )
    for (const plan of plans) expect(plan).not.toMatch(/TEMP B-TREE|SCAN notices/)
  })
})

describe('GET /staff/notices', () => {
  it('tells what it is about, which case, for which date, how long that is and when it was told', async () => {
    const testCase = nearCase({ subject: 'ไฟดับ <b>หน้าวัด</b>' })
    await tickClocks(office)
    const page = await (await office.signIn('chai')).get(NOTICES)
    const { seq } = testCase.row()
    const words = wordsOf(page)
    for (const word of [
      ...['ใกล้ครบกำหนด', 'ยังไม่ได้อ่าน', '16 พฤศจิกายน 2569 เวลา 10.00 น.', 'ไฟดับ <b>หน้าวัด</b>'],
      ...[`รท ${String(seq).padStart(4, '0')}/2570`, 'กำหนดวันที่ 19 พฤศจิกายน 2569', 'เหลือ 3 วัน'],
    ]) {
      expect(words).toContain(word)
    }
    expect(page.text).toContain(`href="${testCase.address}"`)
    expect(page.text).not.toContain('<b>หน้าวัด')
  })

  it('counts the days left anew each day, and names the date that was put in place of the first', async () => {
    const testCase = nearCase()
    await tickClocks(office)
    office.clock.addDays(2)
    const chai = await office.signIn('chai')
    expect(wordsOf(await chai.get(NOTICES))).toContain('กำหนดวันที่ 19 พฤศจิกายน 2569 เหลือ 1 วัน')
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    expect(wordsOf(await chai.get(NOTICES))).toContain(
      'กำหนดวันที่ 19 พฤศจิกายน 2569 เลื่อนเป็น 30 พฤศจิกายน 2569 เหลือ 12 วัน',
    )
  })

  it('says why it comes to somebody for whom it was not meant', async () => {
    const testCase = nearCase()
    office.portal.db.sqlite.prepare('update cases set officer_id = null where id = ?').run(testCase.id)
    await tickClocks(office)
    expect(wordsOf(await (await office.signIn('malee')).get(NOTICES))).toContain('เรื่องนี้ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบ')
  })

  it('names the duty to register a case apart from the duty to solve it', async () => {
    const testCase = fileCase(office, { receivedAt: new Date('2026-11-12T03:00:00Z') })
    await tickClocks(office)
    const page = await (await office.signIn('nid')).get(NOTICES)
    expect(wordsOf(page)).toContain('(ลงทะเบียนรับเรื่อง)')
    expect(page.text).toContain(testCase.address)
  })

  it('leads from a draft and from a proposal straight to the form, as long as they wait', async () => {
    const testCase = nearCase({ receivedAt: new Date('2026-11-01T03:00:00Z') })
    office.clock.addMinutes(180)
    await tickClocks(office)
    const malee = await office.signIn('malee')
    const form = `href="${testCase.address}/explain-delay"`
    const drafted = await malee.get(NOTICES)
    expect(wordsOf(drafted)).toContain('มีร่างหนังสือชี้แจงเหตุล่าช้ารอท่านตรวจ')
    expect(drafted.text).toContain(form)
    done(office, testCase, 'chai', 'explain-delay', EXPLANATION)
    const proposed = await malee.get(NOTICES)
    expect(wordsOf(proposed)).toContain('หนังสือชี้แจงเหตุล่าช้ารอท่านอนุมัติ')
    expect(proposed.text.split(form)).toHaveLength(3)
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    const sent = await malee.get(NOTICES)
    expect(sent.text).not.toContain(form)
    expect(sent.text).toContain(`href="${testCase.address}"`)
  })

  it('keeps what has ended in the list and says so', async () => {
    const testCase = nearCase()
    await tickClocks(office)
    done(office, testCase, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })
    const page = await (await office.signIn('chai')).get(NOTICES)
    expect(wordsOf(page)).toContain('เรื่องนี้สิ้นสุดแล้ว (ส่งต่อหน่วยงานอื่นแล้ว) ไม่ต้องทำอะไรอีก')
    expect(wordsOf(page)).not.toContain('เหลือ 3 วัน')
    expect(page.text).toContain(testCase.address)
  })

  it.each([
    ['moved to another unit', () => ({ unit: String(office.cast.somsri.unitId) }), 'assign'],
    ['made a matter about staff', () => ({ category: 'H1', reason: 'เกี่ยวกับบุคลากร' }), 'change-category'],
  ] as const)('tells nothing of a case that was %s', async (_what, typed, path) => {
    const testCase = nearCase({ subject: 'เรื่องที่ไม่ใช่ของชัยแล้ว' })
    await tickClocks(office)
    const { db } = office.portal
    db.sqlite.prepare("update notices set text = 'คำสั่งของเรื่องนี้'").run()
    done(office, testCase, 'nid', path, typed())
    db.sqlite.prepare('update cases set officer_id = null where id = ?').run(testCase.id)
    const page = await (await office.signIn('chai')).get(NOTICES)
    expect(page.status).toBe(200)
    expect(wordsOf(page)).toContain('เรื่องนี้ย้ายไปอยู่ในความรับผิดชอบของผู้อื่นแล้ว')
    const number = `รท ${String(testCase.row().seq).padStart(4, '0')}/2570`
    for (const word of ['เรื่องที่ไม่ใช่ของชัยแล้ว', 'คำสั่งของเรื่องนี้', testCase.address, number]) {
      expect(page.text, word).not.toContain(word)
    }
  })

  it('gives the phone number of a complainant whom an e-mail did not reach to who may know it', async () => {
    const contact = { name: 'ยายแก้ว', phone: '0812345678', email: 'kaew@example.com', withholdName: true }
    const testCase = nearCase({ contact })
    lose(testCase, 1)
    const words = wordsOf(await (await office.signIn('chai')).get(NOTICES))
    expect(words).toContain('อีเมลอาจไม่ถึงผู้ร้อง')
    expect(words).toContain('โทรศัพท์ผู้ร้อง 0812345678')
    done(office, testCase, 'nid', 'assign', { unit: String(emptyUnit()), officer: '' })
    lose(testCase, 2)
    const stand = wordsOf(await (await office.signIn('wit')).get(NOTICES))
    expect(stand).toContain('อีเมลอาจไม่ถึงผู้ร้อง')
    expect(stand).not.toContain('0812345678')
  })

  it('pages by fifty, so that each is met once although new ones come in', async () => {
    const { id } = nearCase()
    for (let n = 0; n < 120; n += 1) remind('chai', id, n)
    const chai = await office.signIn('chai')
    const met: string[] = []
    let next: string | undefined = NOTICES
    for (let page = 0; next; page += 1) {
      const answer: Response = await chai.get(next)
      met.push(...[...answer.text.matchAll(/ข้อสั่งการ (\d+)</g)].map(([, n]) => `${n}`))
      next = /rel="next" href="([^"]+)"/.exec(answer.text)?.[1]
      if (page === 0) remind('chai', id, 500)
    }
    expect(met).toEqual(Array.from({ length: 120 }, (_, n) => String(119 - n)))
  })

  it('shows nobody the reminders of another', async () => {
    nearCase({ subject: 'ของชัยกับมาลี' })
    await tickClocks(office)
    for (const name of ['somsri', 'nid', 'wit', 'nayok'] as const) {
      const page = await (await office.signIn(name)).get(NOTICES)
      expect(page.text, name).not.toContain('ของชัยกับมาลี')
    }
  })

  it('answers a nonsensical page with the newest', async () => {
    const chai = await office.signIn('chai')
    for (const before of ['x', '-1', '1e9', '99999999999999999999', '']) {
      expect((await chai.get(`${NOTICES}?before=${before}`)).status, before).toBe(200)
    }
  })

  it('is closed to who has no cases and to strangers', async () => {
    expect((await (await office.signIn('admin')).get(NOTICES)).status).toBe(403)
    expect((await office.agent.get(NOTICES)).status).toBe(303)
  })
})

describe('what was read', () => {
  it('is what the person opened, from that page on, and stays unread for others', async () => {
    const testCase = nearCase()
    nearCase()
    await tickClocks(office)
    const chai = await office.signIn('chai')
    const opened = await chai.get(testCase.address)
    expect(bellOn(opened)).toBe('แจ้งเตือน 1 เรื่องที่ยังไม่ได้อ่าน')
    expect(unreadOf('chai')).toBe(1)
    expect(unreadOf('malee')).toBe(2)
    expect(wordsOf(await chai.get(NOTICES)).split('ยังไม่ได้อ่าน')).toHaveLength(2)
  })

  it('is everything up to what was on the page, and nothing that came since', async () => {
    const { id } = nearCase()
    nearCase()
    await tickClocks(office)
    const chai = await office.signIn('chai')
    const through = typedIn(await chai.get(NOTICES), 'through') ?? ''
    remind('chai', id, 1)
    const answer = await post(chai, `${NOTICES}/read`, { through })
    expect([answer.status, answer.headers.location]).toEqual([303, `${NOTICES}?done=read`])
    expect(unreadOf('chai')).toBe(1)
    expect(unreadOf('malee')).toBe(2)
    const after = await chai.get(`${NOTICES}?done=read`)
    expect(wordsOf(after)).toContain('ทำเครื่องหมายว่าอ่านแล้ว')
    await post(chai, `${NOTICES}/read`, { through: typedIn(after, 'through') ?? '' })
    expect(typedIn(await chai.get(NOTICES), 'through')).toBeUndefined()
  })

  it('is nothing for a form without a number, and only one’s own', async () => {
    nearCase()
    await tickClocks(office)
    const chai = await office.signIn('chai')
    for (const fields of [{}, { through: 'x' }, { through: '-1' }, { through: '1e9' }]) {
      expect((await post(chai, `${NOTICES}/read`, fields as Record<string, string>)).status).toBe(303)
    }
    await post(await office.signIn('somsri'), `${NOTICES}/read`, { through: '999999999' })
    expect(unreadOf('chai')).toBe(1)
    expect((await chai.get(`${NOTICES}/read`)).status).toBe(404)
    expect((await post(office.newAgent(), `${NOTICES}/read`, { through: '9' })).status).toBe(401)
    expect((await post(await office.signIn('admin'), `${NOTICES}/read`, { through: '9' })).status).toBe(403)
  })
})

const EXPLANATION = {
  ...{ text: 'รออะไหล่', doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยนหลอด', newDate: '30/11/2569' },
}

function remind(name: MemberName, caseId: number, n: number): void {
  insertNotice(office.portal.db, {
    ...{ caseId, kind: 'urged', mark: `test:${n}`, recipientId: office.cast[name].id },
    ...{ clockId: clocksOf(office.portal.db, caseId)[0]?.id ?? null, text: `ข้อสั่งการ ${n}` },
    createdAt: office.portal.now(),
  })
}

function lose({ id }: TestCase, mailId: number): void {
  letterLost(office.portal, { id: mailId, kind: 'letter', caseId: id }, 'failed', office.clock.now())
}

/** A unit that nobody works in. */
function emptyUnit(): number {
  const taken = Object.values(office.cast).map(({ unitId }) => unitId)
  return office.portal.settings.units().find(({ id }) => !taken.includes(id))?.id ?? 0
}
