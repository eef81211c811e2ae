import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { itemsOf, itemYears } from '#ita/item-store.ts'
import { ITA_ITEMS } from '#ita/tables.ts'
import { wordsOf } from '../complaints-staff/desk.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { publishManual, publishPage } from './library.ts'

const PAGE = '/staff/admin/ita'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const numbers = (year: number) =>
  Object.fromEntries(itemsOf(office.portal.db, year).map(({ item, number }) => [item, number]))

/** All fields of the year's form as they stand. */
async function form(year: number): Promise<Record<string, string>> {
  const page = await admin.get(`${PAGE}?year=${year}`)
  const names = ['year', ...ITA_ITEMS.flatMap((item) => [`number-${item}`, `note-${item}`])]
  return Object.fromEntries(names.map((name) => [name, typedIn(page, name) ?? '']))
}

describe('the numbers of the items', () => {
  it('are there from the start for the years that were announced, and open for the present one', () => {
    expect(itemYears(office.portal.db)).toEqual([2570, 2569, 2568, 2567, 2566])
    expect(numbers(2566)).toMatchObject({
      guideline: 'O27',
      channel: 'O28',
      statistics: 'O29',
      participation: 'O30',
    })
    expect(numbers(2567)).toMatchObject({ guideline: 'O22', e_service: 'O13', service_statistics: 'O12' })
    expect(numbers(2568)).toMatchObject({ channel: 'O18', e_service: 'O10', service_statistics: 'O11' })
    expect(numbers(2569)).toMatchObject({ statistics: 'O18', participation: 'O19', satisfaction: '' })
    expect(Object.values(numbers(2570))).toEqual(Array(7).fill(''))
  })

  it('that an administrator has changed stay after a restart', async () => {
    await post(admin, PAGE, { ...(await form(2569)), 'number-guideline': 'O99' })
    office = await office.restart()
    expect(numbers(2569).guideline).toBe('O99')
    expect(itemYears(office.portal.db)).toHaveLength(5)
  })

  it('stay where the form did not bring them', async () => {
    const before = numbers(2569)
    await post(admin, PAGE, { year: '2569', 'number-guideline': 'O98', 'note-guideline': '' })
    expect(numbers(2569)).toEqual({ ...before, guideline: 'O98' })
  })

  it('are written with an audit line, in Thai digits too, and nothing is written where nothing changed', async () => {
    const typed = { ...(await form(2570)), 'number-guideline': 'O๑๕', 'note-channel': ' ดู  เว็บไซต์หลัก ' }
    expect((await post(admin, PAGE, typed)).headers.location).toBe(`${PAGE}?year=2570&saved`)
    expect(numbers(2570).guideline).toBe('O15')
    await post(admin, PAGE, await form(2570))
    expect(auditLines(office.portal, 'ita.items')).toMatchObject([
      {
        subject: 'ita:2570',
        before: { guideline: '' },
        after: { guideline: 'O15', channel: ['', 'ดู เว็บไซต์หลัก'] },
      },
    ])
    const page = wordsOf(await office.agent.get('/ita/2570'))
    expect(page).toContain('ข้อ O15')
    expect(page).toContain('ดู เว็บไซต์หลัก')
  })

  it('too long are refused and kept as typed', async () => {
    const typed = {
      ...(await form(2570)),
      'number-channel': 'ก'.repeat(21),
      'note-statistics': 'ข'.repeat(501),
    }
    const answer = await post(admin, PAGE, typed)
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['number-channel', 'note-statistics']])
    expect(typedIn(answer, 'number-channel')).toBe('ก'.repeat(21))
    expect(numbers(2570).channel).toBe('')
  })

  it('are copied into a new year, and into the empty numbers of a year', async () => {
    await post(admin, PAGE, { ...(await form(2570)), 'number-guideline': 'O15' })
    await post(admin, `${PAGE}/copy`, { year: '2570' })
    expect(numbers(2570)).toMatchObject({
      guideline: 'O15',
      channel: 'O17',
      statistics: 'O18',
      satisfaction: '',
    })
    expect((await post(admin, `${PAGE}/copy`, { year: '2571' })).headers.location).toBe(
      `${PAGE}?year=2571&saved`,
    )
    expect(numbers(2571)).toEqual(numbers(2570))
    // A year cannot be taken back: one press too many adds none.
    expect((await post(admin, `${PAGE}/copy`, { year: '2572' })).status).toBe(400)
    expect((await admin.get(PAGE)).text).not.toContain('เพิ่มปี')
    expect((await admin.get(`${PAGE}?year=2570`)).text).not.toContain('เติมเลขข้อที่ว่าง')
    // Prepared early, it is not the newest page before its year has begun.
    expect(wordsOf(await office.agent.get('/ita'))).toContain('ปีงบประมาณ พ.ศ. 2570')
    expect((await office.agent.get('/ita/2571')).status).toBe(200)
    office.clock.set(new Date('2027-10-01T03:00:00Z'))
    expect(wordsOf(await office.agent.get('/ita'))).toContain('ปีงบประมาณ พ.ศ. 2571')
  })

  it('of a year that there is not are not written', async () => {
    for (const year of ['2600', '', 'x', '2565']) {
      expect((await post(admin, PAGE, { year })).status).toBe(400)
      expect((await post(admin, `${PAGE}/copy`, { year })).status).toBe(400)
    }
    expect((await post(admin, `${PAGE}/copy`, { year: '2566' })).status).toBe(400)
    expect(itemYears(office.portal.db)).toHaveLength(5)
  })

  it('are the administrators’ alone', async () => {
    const nid = await office.signIn('nid')
    for (const path of [PAGE, `${PAGE}/copy`]) {
      expect((await post(nid, path, { year: '2570' })).status).toBe(403)
      expect((await post(office.newAgent(), path, { year: '2570' })).status).toBe(401)
    }
    expect((await nid.get(PAGE)).status).toBe(403)
  })
})

describe('what is missing', () => {
  const shown = async () => wordsOf(await admin.get(`${PAGE}?year=2570`))

  it('is told in words, and disappears as it is published', async () => {
    const before = await shown()
    for (const words of [
      'ครบแล้ว 2 จาก 7 ข้อ',
      'ยังไม่ได้เผยแพร่คู่มือเรื่องร้องเรียนการทุจริต',
      'ช่องทางแจ้งเบาะแสการทุจริต (/safe) ยังไม่เปิดรับเรื่อง',
      'ยังไม่มีตัวเลขเรื่องร้องเรียนการทุจริตของปีงบประมาณนี้',
      'ให้เผยแพร่เอกสารด้วยที่อยู่ community-forum',
      'ให้เผยแพร่เอกสารด้วยที่อยู่ satisfaction-2570',
      'ข้อมูลจะครบหกเดือนแรกของปีงบประมาณหลังวันที่ 31 มีนาคม',
    ]) {
      expect(before).toContain(words)
    }
    publishManual(office, 'manual_corruption')
    publishPage(office, 'community-forum', 'กำหนดการเวทีประชาคม')
    publishPage(office, 'satisfaction-2570', 'รายงานผลการสำรวจ')
    const after = await shown()
    expect(after).toContain('ครบแล้ว 5 จาก 7 ข้อ')
    expect(after).not.toContain('ยังไม่ได้เผยแพร่คู่มือ')
  })

  it('names a heading that the guideline lacks, on this page and before publishing', async () => {
    publishManual(office, 'manual_corruption', (sections) =>
      sections.filter(({ heading }) => heading !== 'ระยะเวลาดำเนินการ' && heading !== 'ช่องทาง'),
    )
    const words = await shown()
    expect(words).toContain('คู่มือขาดหัวข้อ “ระยะเวลาดำเนินการ”')
    expect(words).toContain('ควรมีหัวข้อ “ช่องทาง”')
    expect(words).not.toContain('คู่มือขาดหัวข้อ “ส่วนงานที่รับผิดชอบ”')
    const preview = wordsOf(await admin.get('/staff/admin/documents/1/preview'))
    expect(preview).toContain('ยังขาดหัวข้อ “ระยะเวลาดำเนินการ” ที่การประเมิน ITA กำหนด')
  })
})
