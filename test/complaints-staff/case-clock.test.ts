import type { Response } from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLOCK_EVENT_TYPES } from '#clock/tables.ts'
import { clockEventLines } from '#complaints/clock-words.ts'
import type { MemberName } from '../support/cast.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, done, fileCase, type TestCase, tickClocks, wordsOf } from './desk.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

const EXPLANATION = { text: 'รออะไหล่', doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยนหลอด', newDate: '30/11/2569' }

/** In the hands of chai; due on the day given, by fifteen calendar days. */
const dueOn = (day: string): TestCase =>
  caseIn(office, 'in_progress', {
    receivedAt: new Date(Date.parse(`${day}T03:00:00Z`) - 15 * 86_400_000),
  })

const look = async (name: MemberName, { address }: TestCase): Promise<Response> =>
  (await office.signIn(name)).get(address)

const banner = ({ text }: Response): string | undefined =>
  /<div class="sg-pressing"[\s\S]*?<\/div>/
    .exec(text)?.[0]
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

describe('the banner of a case page', () => {
  it('stands there from the days on that count as near, with the way to explain', async () => {
    const far = await look('chai', dueOn('2026-11-20'))
    expect(banner(far)).toBeUndefined()
    const testCase = dueOn('2026-11-19')
    const near = await look('chai', testCase)
    expect(banner(near)).toBe(
      'เรื่องนี้จะครบ 15 วันในวันที่ 19 พฤศจิกายน 2569 ต้องบันทึกผลหรือชี้แจงเหตุล่าช้าภายในวันดังกล่าว ชี้แจงเหตุล่าช้า',
    )
    expect(near.text).toContain(`href="${testCase.address}/explain-delay"`)
  })

  it('says on the day itself that it is today, and afterwards since when it is over', async () => {
    expect(banner(await look('chai', dueOn('2026-11-16')))).toContain('ครบ 15 วันวันนี้')
    expect(banner(await look('chai', dueOn('2026-11-10')))).toContain(
      'เกินกำหนด 10 พฤศจิกายน 2569 และยังไม่ได้ชี้แจง',
    )
  })

  it('leads to the draft that lies ready, and to no form for who may only read', async () => {
    const testCase = dueOn('2026-11-16')
    office.clock.addMinutes(180)
    await tickClocks(office)
    expect(banner(await look('malee', testCase))).toContain('เปิดร่างหนังสือชี้แจงเหตุล่าช้า')
    const reader = await look('nayok', testCase)
    expect(banner(reader)).toBeDefined()
    expect(reader.text).not.toContain('/explain-delay')
  })

  it('says whose approval a proposed letter awaits, and asks that person for it', async () => {
    const testCase = dueOn('2026-11-16')
    done(office, testCase, 'chai', 'explain-delay', EXPLANATION)
    const words = 'หนังสือชี้แจงเหตุล่าช้ารอหัวหน้าหน่วยงานอนุมัติ ผู้ร้องยังไม่ได้รับ กำหนด 16 พฤศจิกายน 2569 ยังนับต่อไป'
    expect(banner(await look('chai', testCase))).toBe(`${words} แก้ไขหนังสือที่เสนอไว้`)
    expect(banner(await look('malee', testCase))).toBe(`${words} ตรวจและอนุมัติหนังสือชี้แจง`)
    expect((await look('chai', testCase)).text).toContain('เสนอหนังสือชี้แจงเหตุล่าช้า')
  })

  it('is gone once the delay is explained, and back when the new date has passed too', async () => {
    const testCase = dueOn('2026-11-16')
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    expect(banner(await look('chai', testCase))).toBeUndefined()
    office.clock.addDays(14)
    expect(banner(await look('chai', testCase))).toBeUndefined()
    office.clock.addDays(1)
    expect(banner(await look('chai', testCase))).toContain('เกินกำหนด 30 พฤศจิกายน 2569')
  })

  it('says that a letter still has to be sent where it goes by post', async () => {
    const contact = { name: 'ยายแก้ว', address: '9 หมู่ 1', replyBy: 'post' } as const
    const testCase = caseIn(office, 'in_progress', { receivedAt: new Date('2026-11-02T03:00:00Z'), contact })
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    const page = await look('chai', testCase)
    expect(banner(page)).toContain('หนังสือชี้แจงเหตุล่าช้ายังไม่ถึงผู้ร้อง')
    expect(banner(page)).not.toContain('จะครบ')
    expect(banner(page)).toContain('บันทึกการส่งในหัวข้อ')
    expect(banner(await look('nayok', testCase))).toContain('หน่วยงานที่รับผิดชอบบันทึกการส่งแล้ว')
  })

  it('does not stand on a case without a duty, and not on one that has ended', async () => {
    const praise = fileCase(office, { kind: 'praise', receivedAt: new Date('2026-10-01T03:00:00Z') })
    expect(banner(await look('nid', praise))).toBeUndefined()
    const ended = caseIn(office, 'resolved', { receivedAt: new Date('2026-10-01T03:00:00Z') })
    expect(banner(await look('chai', ended))).toBeUndefined()
  })
})

describe('the deadlines of a case page', () => {
  it('show the plan’s date and beside it the one that the complainant was told since', async () => {
    const testCase = dueOn('2026-11-18')
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    const words = wordsOf(await look('chai', testCase))
    expect(words).toContain('กำหนดแก้ไขหรือชี้แจง 18 พฤศจิกายน 2569 (ตามแผน)')
    expect(words).toContain('กำหนดใหม่ที่แจ้งผู้ร้องแล้ว 30 พฤศจิกายน 2569')
    expect(words).not.toContain('เลยกำหนดโดยไม่ได้ชี้แจงเมื่อ')
    expect(words).toContain(
      'ส่งคำชี้แจงแล้ว กำหนดใหม่ 30 พฤศจิกายน 2569 (เดิม 18 พฤศจิกายน 2569) มาลี ผู้อำนวยการกองช่าง · 16 พฤศจิกายน 2569 เวลา 10.00 น.',
    )
  })

  it('keep a breach in words, also after the case was explained and closed', async () => {
    const testCase = dueOn('2026-11-10')
    await tickClocks(office)
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    const breach = 'เลยกำหนดโดยไม่ได้ชี้แจงเมื่อ 11 พฤศจิกายน 2569'
    expect(wordsOf(await look('chai', testCase))).toContain(breach)
    done(office, testCase, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })
    expect(wordsOf(await look('chai', testCase))).toContain(breach)
  })

  it('tell the duty to register in one line', async () => {
    const testCase = fileCase(office)
    expect(wordsOf(await look('nid', testCase))).toContain(
      'ลงทะเบียนรับเรื่องภายใน 17 พฤศจิกายน 2569 ยังไม่ได้ลงทะเบียน',
    )
    done(office, testCase, 'nid', 'register')
    expect(wordsOf(await look('nid', testCase))).toContain(
      'ลงทะเบียนรับเรื่องภายใน 17 พฤศจิกายน 2569 ลงทะเบียนทันกำหนดเมื่อ 16 พฤศจิกายน 2569',
    )
  })

  it('tell a pause and what came of it', async () => {
    const testCase = caseIn(office, 'in_progress')
    pauses(testCase)
    done(office, testCase, 'chai', 'ask-info', { text: 'เสาไฟต้นใด', answerBy: '20/11/2569' })
    const words = wordsOf(await look('chai', testCase))
    expect(words).toContain('หยุดนับชั่วคราวเพื่อรอข้อมูลจากผู้ร้อง ถึง 20 พฤศจิกายน 2569')
    expect(words).toContain('หยุดนับเพื่อรอข้อมูลจากผู้ร้อง ถึง 20 พฤศจิกายน 2569 ชัย ช่างโยธา')
    office.clock.addDays(5)
    await tickClocks(office)
    expect(wordsOf(await look('chai', testCase))).toContain(
      'กำหนดเลื่อนจาก 1 ธันวาคม 2569 เป็น 6 ธันวาคม 2569 เพราะหยุดนับระหว่างรอผู้ร้อง ระบบติดตามกำหนด',
    )
  })

  it('tell reminders in plain words, and which were passed over for a later one', async () => {
    const testCase = dueOn('2026-11-19')
    await tickClocks(office)
    office.clock.addDays(4)
    await tickClocks(office)
    const words = wordsOf(await look('chai', testCase))
    for (const line of [
      'เริ่มนับ กำหนด 19 พฤศจิกายน 2569',
      'เตือนก่อนครบกำหนด 3 วัน (แจ้ง 2 คน) ระบบติดตามกำหนด · 16 พฤศจิกายน 2569 เวลา 10.00 น.',
      'ข้ามการเตือน “เตือนก่อนครบกำหนด 1 วัน” เพราะมีการเตือนหลังกว่า',
      'เลยกำหนดโดยไม่มีผลและไม่ได้ชี้แจง',
      'เตือนว่าเกินกำหนด 1 วัน (แจ้ง',
    ]) {
      expect(words, line).toContain(line)
    }
  })

  it('have words for everything that happens to a clock', () => {
    const event = { id: 1, clockId: 1, caseId: 1, at: new Date(0), actorName: 'ก', detail: null }
    const dates = { mark: null, dueBefore: '2026-11-16', dueAfter: '2026-11-30' }
    for (const type of CLOCK_EVENT_TYPES) {
      const [line] = clockEventLines([{ ...event, ...dates, type }], [{ id: 1, duty: 'resolve' }])
      expect(line?.text, type).toMatch(/^[ก-๙]/)
      expect(line?.text, type).not.toContain(type)
    }
  })
})

/** Its clock is one that waits for the complainant: a policy of the day it was started. */
function pauses({ id }: TestCase): void {
  office.portal.db.sqlite
    .prepare(
      "update case_clocks set policy = json_set(policy, '$.pausesOnAsk', json('true')) where case_id = ? and duty = 'resolve'",
    )
    .run(id)
}
