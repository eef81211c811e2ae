import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorsOf } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, done, fileCase, wordsOf } from './desk.ts'

let office: TestPortal
let nid: TestAgent
let chai: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  nid = await office.signIn('nid')
  chai = await office.signIn('chai')
})
afterAll(() => office.close())

const numbersOn = (html: string): string[] =>
  [...html.matchAll(/sg-queue__number">([^<]+)</g)].map(([, number]) => `${number}`)

describe('GET /staff', () => {
  it('begins with what is to be done first: the desk registers, an officer works', async () => {
    caseIn(office, 'submitted')
    expect(/<h1[^>]*>([^<]+)/.exec((await nid.get('/staff')).text)?.[1]).toBe('รอตรวจรับ')
    expect(/<h1[^>]*>([^<]+)/.exec((await chai.get('/staff')).text)?.[1]).toBe('งานของฉัน')
  })

  it('shows number, subject, category, village, unit, officer, due date, days left and status', async () => {
    caseIn(office, 'in_progress', {
      subject: 'ไฟดับ <b>หน้าวัด</b>',
      receivedAt: new Date('2026-10-30T03:00:00Z'),
    })
    const page = await chai.get('/staff?view=mine')
    const words = wordsOf(page)
    for (const word of [
      ...['ไฟดับ <b>หน้าวัด</b>', 'ไฟฟ้าสาธารณะ (ไฟทาง) ดับหรือชำรุด', 'หมู่ที่ 1', 'กองช่าง', 'ชัย ช่างโยธา'],
      ...['14 พ.ย. 69', 'เกินกำหนด 2 วัน', 'กำลังดำเนินการ'],
    ]) {
      expect(words).toContain(word)
    }
    expect(page.text).not.toContain('<b>หน้าวัด')
    expect(page.text).toContain('sg-tag--overdue')
  })

  it('counts in the menu what the lists hold', async () => {
    for (let n = 0; n < 3; n += 1) caseIn(office, 'registered')
    const page = await nid.get('/staff?view=assign')
    const count = Number(
      /view=assign"[^>]*>\s*<span>[^<]*<\/span> <span class="sg-views__count">(\d+)/.exec(page.text)?.[1],
    )
    expect(numbersOn(page.text)).toHaveLength(count)
    expect(wordsOf(page)).toContain(`${count} เรื่อง`)
  })

  it('keeps the filters in the address, in the form, in words and in the links between pages', async () => {
    for (let n = 0; n < 60; n += 1) fileCase(office, { villageId: 4, channel: 'line' })
    const address = '/staff?view=all&village=4&channel=line&from=1%2F11%2F2569&to='
    const page = await nid.get(address)
    expect(page.status).toBe(200)
    expect(page.text).toContain('<option value="line" selected>')
    expect(page.text).toContain('value="1/11/2569"')
    expect(wordsOf(page)).toContain('กรองตาม: หมู่บ้าน หมู่ที่ 4 บ้านดอน ช่องทาง ไลน์ รับเรื่องตั้งแต่ 1/11/2569')
    expect(wordsOf(page)).toContain('60 เรื่อง ตามตัวกรอง')
    const next = /rel="next" href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(new URL(next, 'http://x').searchParams.get('channel')).toBe('line')
    const second = await nid.get(next)
    const both = [...numbersOn(page.text), ...numbersOn(second.text)]
    expect(new Set(both).size).toBe(60)
    expect(second.text).toContain('rel="prev"')
  })

  it('says which day it cannot read, and answers nonsense with an honest list and never with a fault', async () => {
    const wrong = await nid.get('/staff?view=all&from=31%2F2%2F2569')
    expect(wrong.status).toBe(422)
    expect(errorsOf(wrong)).toEqual(['from'])
    expect(wrong.text).toContain('value="31/2/2569"')
    const nonsense = [
      ...[
        'view=nowhere',
        'unit=-1',
        'unit=1e9',
        "category=A1'--",
        'village[]=1',
        'status=;drop',
        'officer=%00',
      ],
      ...['after=2026-11-30', 'after=9999-99-99.1', 'after=2026-11-30.1e9', 'before=x', 'view=all&view=new'],
      ...['after=2026-11-30.1&before=2026-11-30.1', 'q=', 'q=%20%20', 'channel=__proto__', 'done=__proto__'],
    ]
    for (const query of nonsense) {
      expect((await nid.get(`/staff?${query}`)).status, query).toBe(200)
    }
  })

  it('goes straight to a case by its number in any form, whatever list and filters are open', async () => {
    const testCase = caseIn(office, 'closed')
    const { fiscalYear, seq } = testCase.row()
    const thai = String(seq).replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
    for (const typed of [
      `รท ${seq}/${fiscalYear}`,
      `${seq}/${fiscalYear}`,
      `RT-${fiscalYear}-${seq}`,
      `รท.${thai}/๒๕๗๐`,
    ]) {
      const answer = await nid.get(`/staff?view=new&unit=2&q=${encodeURIComponent(typed)}`)
      expect(answer.status, typed).toBe(303)
      expect(answer.headers.location).toBe(testCase.address)
    }
  })

  it('does not tell whether a number that may not be seen exists', async () => {
    const restricted = fileCase(office, { categoryCode: 'H1', subject: 'เรื่องของบุคลากร' })
    const { seq } = restricted.row()
    const hidden = await nid.get(`/staff?q=${seq}/2570`)
    const missing = await nid.get('/staff?q=8888/2570')
    for (const answer of [hidden, missing]) {
      expect(answer.status).toBe(404)
      expect(answer.text).not.toContain('เรื่องของบุคลากร')
    }
    const padded = String(seq).padStart(4, '0')
    const neutral = (text: string, number: string, query: string) =>
      text.replaceAll(number, '#').replaceAll(`value="${query}"`, 'value="#"')
    expect(neutral(hidden.text, `รท ${padded}/2570`, `${seq}/2570`)).toBe(
      neutral(missing.text, 'รท 8888/2570', '8888/2570'),
    )
    const head = await office.signIn('dao')
    expect((await head.get(`/staff?q=${seq}/2570`)).status).toBe(303)
  })

  it('shows a unit nothing of another unit, not even in its counts', async () => {
    const testCase = caseIn(office, 'in_progress', { subject: 'เรื่องของกองช่างเท่านั้น' })
    const somsri = await office.signIn('somsri')
    const before = await somsri.get('/staff?view=all')
    expect(before.text).not.toContain('เรื่องของกองช่างเท่านั้น')
    expect(wordsOf(before)).toContain('ทุกเรื่อง 0')
    done(office, testCase, 'nid', 'assign', { unit: String(office.cast.somsri.unitId) })
    const after = await somsri.get('/staff?view=all')
    expect(after.text).toContain('เรื่องของกองช่างเท่านั้น')
    expect(wordsOf(after)).toContain('ทุกเรื่อง 1')
  })

  it('is closed to an administrator without another role and to whoever is not signed in', async () => {
    expect((await (await office.signIn('admin')).get('/staff')).status).toBe(403)
    expect((await office.newAgent().get('/staff')).status).toBe(303)
  })
})
