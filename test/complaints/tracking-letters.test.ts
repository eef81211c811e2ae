import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { writeDocument } from '#settings/store.ts'
import {
  type CaseOptions,
  caseIn,
  done,
  fileCase,
  type TestCase,
  tickClocks,
} from '../complaints-staff/desk.ts'
import {
  clockOf,
  DUE_ON,
  explain,
  letterIn,
  RESULT,
  setDeadlines,
  trackingPage,
} from '../complaints-staff/explanations.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { wordsOf } from './citizen.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

const NAMED: CaseOptions = { contact: { name: 'นางแก้ว ใจดี', withholdName: true } }
const BY_POST: CaseOptions = { contact: { address: '12 หมู่ 1', replyBy: 'post' } }

/** Somebody who has given number and code of the case. */
async function visitor(testCase: TestCase) {
  const { fiscalYear, seq } = testCase.row()
  const agent = office.newAgent()
  await post(agent, '/track', { number: `${seq}/${fiscalYear}`, code: testCase.trackingCode })
  return agent
}

const words = async (testCase: TestCase, prefix = '') =>
  wordsOf(await trackingPage(office, testCase, prefix)).replace(/\s+/g, ' ')

/** The letters that the page offers, as they are called. */
const listOf = (html: string) =>
  [...html.matchAll(/sg-letters__name"><strong>([^<]+)</g)].map(([, name]) => name)

const addressOf = (testCase: TestCase, kind: Parameters<typeof letterIn>[2]) =>
  `/track/letters/${letterIn(office, testCase, kind).publicId}`

describe('the letters of a case', () => {
  it('are listed with their dates, newest first, to be read, printed and opened as PDF', async () => {
    const testCase = caseIn(office, 'in_progress', NAMED)
    office.clock.addMinutes(60)
    done(office, testCase, 'chai', 'progress', { text: 'สั่งหลอดไฟแล้ว' })
    done(office, testCase, 'chai', 'conclude', RESULT)
    const html = await trackingPage(office, testCase)
    expect(listOf(html)).toEqual(['หนังสือแจ้งผลการดำเนินการ', 'หนังสือแจ้งความคืบหน้า', 'หนังสือแจ้งการรับเรื่อง'])
    expect(wordsOf(html)).toContain('ออกเมื่อวันที่ 16 พฤศจิกายน 2569')
    const agent = await visitor(testCase)
    const address = addressOf(testCase, 'result')
    expect(html).toContain(`href="${address}"`)
    const page = await agent.get(address)
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(wordsOf(page.text)).toContain('เปลี่ยนหลอดไฟแล้ว')
    const pdf = await agent.get(`${address}/pdf`)
    expect([pdf.status, pdf.headers['content-type'], pdf.headers['cache-control']]).toEqual([
      ...[200, 'application/pdf', 'no-store'],
    ])
    expect(pdf.headers['content-disposition']).toBe('inline; filename="RT-2570-0001-result.pdf"')
  })

  it('bear the name of the complainant, who asked only that others should not know it', async () => {
    const testCase = fileCase(office, NAMED)
    const page = await (await visitor(testCase)).get(addressOf(testCase, 'receipt'))
    expect(wordsOf(page.text).replace(/\s+/g, ' ')).toContain('เรียน นางแก้ว ใจดี')
  })

  it('are in Thai on the English page, which says so', async () => {
    const testCase = caseIn(office, 'resolved', { language: 'en' })
    const html = await trackingPage(office, testCase, '/en')
    expect(listOf(html)).toEqual(['Letter with the result', 'Letter of receipt'])
    const address = addressOf(testCase, 'result')
    expect(html).toContain(`href="/en${address}"`)
    expect(html).toContain(`href="/en${address}/pdf"`)
    const { text } = await (await visitor(testCase)).get(`/en${address}`)
    expect(text).toContain('<html lang="en"')
    expect(wordsOf(text)).toContain('Official letters are in Thai.')
    expect(text).toMatch(/<article[^>]* lang="th"/)
    expect(wordsOf(text)).toContain('แจ้งผลการดำเนินการเรื่องร้องเรียน / ร้องทุกข์')
  })

  it('of another case, drafts and proposals do not exist', async () => {
    const [own, other] = [caseIn(office, 'in_progress', BY_POST), caseIn(office, 'resolved')]
    await explain(office, own, 'chai')
    const proposed = addressOf(own, 'delay')
    office.clock.set(instantOf(DUE_ON, 12, 0))
    const drafted = caseIn(office, 'in_progress', { receivedAt: instantOf('2026-11-16', 9, 0) })
    await tickClocks(office)
    expect(letterIn(office, drafted).state).toBe('draft')
    const agent = await visitor(own)
    for (const address of [
      proposed,
      addressOf(other, 'result'),
      addressOf(drafted, 'delay'),
      '/track/letters/x',
    ]) {
      for (const part of ['', '/pdf']) {
        const answer = await agent.get(`${address}${part}`)
        expect([address, answer.status]).toEqual([address, 404])
      }
    }
    expect((await (await visitor(drafted)).get(addressOf(drafted, 'delay'))).status).toBe(404)
    expect(listOf(await trackingPage(office, own))).toEqual(['หนังสือแจ้งการรับเรื่อง'])
  })

  it('are closed to whoever has not given number and code', async () => {
    const testCase = caseIn(office, 'resolved')
    for (const part of ['', '/pdf']) {
      const answer = await office.newAgent().get(`${addressOf(testCase, 'result')}${part}`)
      expect([answer.status, answer.headers.location]).toEqual([303, '/track'])
    }
  })

  it('of a case that was merged stay its own; those of the other complainant are not there', async () => {
    const [first, second] = [caseIn(office, 'in_progress', NAMED), fileCase(office)]
    await explain(office, first, 'malee')
    done(office, second, 'nid', 'merge', { into: '1/2570' })
    const html = await trackingPage(office, second)
    expect(listOf(html)).toEqual(['หนังสือแจ้งการรับเรื่อง'])
    expect(wordsOf(html)).toContain('หลอดไฟที่สั่งซื้อยังส่งมาไม่ถึง')
    const agent = await visitor(second)
    expect((await agent.get(addressOf(first, 'delay'))).status).toBe(404)
    expect((await agent.get(addressOf(second, 'receipt'))).status).toBe(200)
  })

  it('about a matter of staff give no word away to whoever’s case was merged into it', async () => {
    const first = fileCase(office, { categoryCode: 'H1' })
    const unit = String(office.cast.dao.unitId)
    for (const [path, typed] of [
      ['register', {}],
      ['assign', { unit, officer: String(office.cast.dao.id) }],
      ['accept', {}],
    ] as const) {
      done(office, first, 'dao', path, typed)
    }
    await explain(office, first, 'dao')
    const second = fileCase(office)
    done(office, second, 'dao', 'merge', { into: '1/2570' })
    const html = await words(second)
    expect(html).toContain('กำหนดใหม่ 10 ธันวาคม 2569')
    expect(html).not.toContain('หลอดไฟที่สั่งซื้อ')
  })
})

describe('the due date', () => {
  it('is told beside the new one with the reason, once the letter has arrived and not before', async () => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'malee')
    const waiting = await words(testCase)
    expect(waiting).toContain('สถานะปัจจุบัน กำลังดำเนินการ กองช่าง')
    expect(waiting).not.toContain('กำหนดใหม่ 10')
    const agent = await office.signIn('chai')
    const path = `${testCase.address}/letters/${letterIn(office, testCase).publicId}/delivery`
    await post(agent, path, { rev: '1', means: 'post', deliveredOn: '16/11/2569' })
    const told = await words(testCase)
    expect(told).toContain(
      'กำลังดำเนินการ (ชี้แจงเหตุล่าช้าแล้ว) ไม่สามารถแล้วเสร็จภายในกำหนดเดิม ได้ชี้แจงเหตุผลและกำหนดใหม่แล้ว',
    )
    expect(told).toContain('กำหนดแก้ไขหรือชี้แจง 1 ธันวาคม 2569')
    expect(told).toContain('กำหนดใหม่ 10 ธันวาคม 2569 เหลือ 24 วัน')
    expect(told).toContain('เหตุที่ยังไม่แล้วเสร็จ หลอดไฟที่สั่งซื้อยังส่งมาไม่ถึง')
    expect(told).not.toContain('เกินกำหนด')
  })

  it('is told in English as well', async () => {
    const testCase = caseIn(office, 'in_progress', { language: 'en' })
    await explain(office, testCase, 'malee', { text: 'The lamp has not arrived.' })
    const told = await words(testCase, '/en')
    expect(told).toContain('In progress (delay explained) It cannot be finished by the first date.')
    expect(told).toContain('New date 10 December 2026 24 days left')
    expect(told).toContain('Why it is not finished yet The lamp has not arrived.')
  })

  it('that has passed is called so from the next day, with whom to call and when', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf(DUE_ON, 23, 59))
    expect(await words(testCase)).not.toContain('เกินกำหนด')
    office.clock.set(instantOf('2026-12-02', 0, 0))
    expect(await words(testCase)).toContain(
      'เรื่องนี้เกินกำหนดแล้ว ขออภัยในความล่าช้า ท่านโทรเร่งรัดหรือสอบถามได้ที่ 038 123 456 วันจันทร์ – ศุกร์ เวลา 08.30 – 16.30 น.',
    )
    expect(await words(testCase, '/en')).toContain(
      'This case is past its due date. We are sorry for the delay.',
    )
  })

  it('that was new and has passed too is called so, and no promise is shown as standing', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'malee')
    office.clock.set(instantOf('2026-12-10', 23, 59))
    expect(await words(testCase)).toContain('กำหนดใหม่ 10 ธันวาคม 2569 ครบกำหนดวันนี้')
    office.clock.set(instantOf('2026-12-11', 0, 0))
    const told = await words(testCase)
    expect(told).toContain('เรื่องนี้เกินกำหนดใหม่ที่แจ้งไว้แล้วเช่นกัน ขออภัยในความล่าช้า')
    expect(told).toContain('เกินกำหนด 1 วัน')
    expect(told).not.toContain('(ชี้แจงเหตุล่าช้าแล้ว)')
  })

  it('that was explained too late is not made good by the explanation', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf('2026-12-03', 9, 0))
    await explain(office, testCase, 'malee')
    expect(await words(testCase)).toContain('คำชี้แจงถึงท่านหลังพ้นกำหนดแล้ว ขออภัยในความล่าช้า')
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(await words(testCase)).toContain('แจ้งผลช้ากว่ากำหนด เมื่อวันที่ 3 ธันวาคม 2569')
  })

  it('that was explained in time and kept is told as that', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'malee')
    office.clock.set(instantOf('2026-12-10', 9, 0))
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(await words(testCase)).toContain('แจ้งผลภายในกำหนดใหม่ที่ชี้แจงไว้ เมื่อวันที่ 10 ธันวาคม 2569')
  })

  it('rests while the answer is waited for, and has moved by those days afterwards', async () => {
    setDeadlines(office, { pausesOnAsk: true })
    const testCase = caseIn(office, 'need_info')
    const asked = await words(testCase)
    expect(asked).toContain('หยุดนับวันไว้ระหว่างรอคำตอบจากท่าน จนกว่าท่านจะตอบหรือถึงวันที่ 20 พฤศจิกายน 2569')
    expect(asked).not.toContain('เหลือ 15 วัน')
    expect(asked).not.toContain('กำหนดวันเดิมยังนับต่อไป')
    office.clock.addDays(3)
    done(office, testCase, 'chai', 'progress', { text: 'ได้คำตอบทางโทรศัพท์แล้ว' })
    office.clock.addDays(2)
    await tickClocks(office)
    expect(clockOf(office, testCase).dueOn > DUE_ON).toBe(true)
    expect(await words(testCase)).toMatch(
      /กำหนดเปลี่ยนจากวันที่ 1 ธันวาคม 2569 เป็นวันที่ \d+ ธันวาคม 2569 เพราะหยุดนับวันไว้ระหว่างรอคำตอบจากท่าน/,
    )
  })

  it('goes on while the answer is waited for where the office does not let it rest, and says so', async () => {
    const testCase = caseIn(office, 'need_info')
    const asked = await words(testCase)
    expect(asked).toContain('กำหนดวันเดิมยังนับต่อไป')
    expect(asked).toContain('เหลือ 15 วัน')
  })

  it('that the office counted anew tells from when to when, and why', async () => {
    const testCase = caseIn(office, 'in_progress')
    const { id, caseId } = clockOf(office, testCase)
    const { sqlite } = office.portal.db
    const detail = JSON.stringify({ reason: 'เพิ่มวันหยุด วันชาติ' })
    sqlite
      .prepare(
        `insert into clock_events (clock_id, case_id, type, due_before, due_after, at, actor_name, detail)
         values (?, ?, 'recalculated', '2026-12-01', '2026-12-02', ?, 'อารีย์', ?)`,
      )
      .run(id, caseId, office.clock.now().getTime(), detail)
    sqlite.prepare("update case_clocks set due_on = '2026-12-02' where id = ?").run(id)
    expect(await words(testCase)).toContain(
      'กำหนดเปลี่ยนจากวันที่ 1 ธันวาคม 2569 เป็นวันที่ 2 ธันวาคม 2569 เพราะเพิ่มวันหยุด วันชาติ',
    )
    expect(await words(testCase, '/en')).toContain(
      'The due date moved from 1 December 2026 to 2 December 2026',
    )
  })
})

it('a letter keeps the unit, number and signer that it went out with, whatever the office changes', async () => {
  const testCase = caseIn(office, 'resolved')
  const agent = await office.signIn('chai')
  const letter = letterIn(office, testCase, 'result')
  const path = `${testCase.address}/letters/${letter.publicId}/register`
  const registered = {
    officialNo: 'ชบ 1/9',
    officialOn: '16/11/2569',
    signerName: 'นายเก่า',
    signerPost: 'นายก',
  }
  await post(agent, path, { rev: String(letter.rev), ...registered })
  const settings = { signerName: 'นายใหม่', signerPost: 'รองนายก', numberPrefix: 'ชบ 2/' }
  writeDocument(office.portal.db, 'letters', settings, office.portal.now())
  office.portal.settings.changed()
  const page = await (await visitor(testCase)).get(addressOf(testCase, 'result'))
  const shown = wordsOf(page.text).replace(/\s+/g, ' ')
  expect(shown).toContain('ที่ ชบ 1/9')
  expect(shown).toContain('นายเก่า')
  expect(shown).not.toContain('รองนายก')
})
