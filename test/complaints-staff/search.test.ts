import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchQueries } from '#complaints/search-query.ts'
import { searchCases } from '#complaints/search-store.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { done, fileCase, type TestCase, viewerFor } from './desk.ts'

const TEXTS = {
  light: ['ไฟดับ', 'ไฟดับทั้งซอย มืดมาก เสาไฟหมู่ 3 ล้ม'],
  train: ['สถานีรถไฟฟ้า', 'ทางเดินไปสถานีรถไฟฟ้าชำรุด'],
  medicine: ['ขอยา', 'ผู้สูงอายุต้องการยาความดัน อนามัยไม่มียา'],
  long: ['ถนนยาว', 'ถนนสายยาวหน้าโรงเรียนชำรุดเป็นหลุม ขนาดกว้าง 2 เมตร'],
  effort: ['พยายาม', 'พยายามติดต่อหลายครั้งแล้ว'],
  flood: ['น้ำท่วมขัง', 'นํ้าท่วมขังหน้าบ้าน เเม้ฝนหยุดแล้ว'],
  name: ['ป้าสมศรี', 'บ้านป้าสมศรี แก้วมณีโชติวรรณกุล น้ำไม่ไหล'],
  odd: ['100% "ของแท้"', "NEAR(ถนน, 5) AND 'x' OR * -ลบ ราคา 1,500.50 บาท 🔥🔥🔥 c++ O'Neil"],
  phone: ['โทรกลับ', 'โทร 0812345678 ติดต่อคุณวิชัย'],
} as const
type Name = keyof typeof TEXTS

let office: TestPortal
let cases: Record<Name, TestCase>
let nid: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  cases = Object.fromEntries(
    Object.entries(TEXTS).map(([name, [subject, detail]]) => [name, fileCase(office, { subject, detail })]),
  ) as Record<Name, TestCase>
  nid = await office.signIn('nid')
})
afterAll(() => office.close())

function found(text: string, member: 'nid' | 'chai' = 'nid'): Name[] {
  const { ids } = searchCases(office.portal.db, viewerFor(office, member), text)
  const names = Object.keys(cases) as Name[]
  return ids.flatMap((id) => names.filter((name) => cases[name].id === id))
}

describe('search', () => {
  it.each<[string, Name[]]>([
    ['ไฟ', ['light']],
    ['ยา', ['medicine', 'long']],
    ['ไฟดับ', ['light']],
    ['รถไฟฟ้า', ['train']],
    ['ไฟฟ้า', ['train']],
    ['ถนนสายยาวหน้าโรงเรียนชำรุดเป็นหลุม', ['long']],
    ['หน้าโรงเรียนชำรุด', ['long']],
    ['น้ำท่วม', ['flood']],
    ['นํ้าท่วม', ['flood']],
    ['แม้ฝน', ['flood']],
    ['แก้วมณีโชติวรรณกุล', ['name']],
    ['มณีโชติ', ['name']],
    ['ป้า', ['name']],
    ['ป่า', []],
    ['หมู่ 3', ['light']],
    ['หมู่ ๓', ['light']],
    ['หมู่ 3 เส', ['light']],
    ['ไม่มียา ต้องการ', ['medicine']],
    ['กว้าง ถนนสายย', ['long']],
    ['โทร 08123', ['phone']],
    ['ราคา 1,500.5', ['odd']],
    ['ราคา 1,50', ['odd']],
    ['ไฟดับ เสาไฟ', ['light']],
    ['เสาไฟ มืด', ['light']],
    ['0812345678', ['phone']],
    ['081234', ['phone']],
    ['081-234-5678', ['phone']],
    ['+66 81 234 5678', ['phone']],
    ['๐๘-๑๒๓๔-๕๖๗๘', ['phone']],
    ['วิชัย', ['phone']],
    ['1,500.50', ['odd']],
    ['🔥🔥🔥', ['odd']],
    ["O'Neil", ['odd']],
    ['"ของแท้"', ['odd']],
    ['ไม่มีคำนี้เลย', []],
  ])('%s finds %j', (text, names) => {
    expect(found(text).sort()).toEqual([...names].sort())
  })

  it('puts the very word before words that only begin with it', () => {
    const shirt = fileCase(office, { subject: 'เสื้อยาม', detail: 'เสื้อยามขาด ยางรถแบน' })
    const { ids } = searchCases(office.portal.db, viewerFor(office, 'nid'), 'ยา')
    expect(ids[0]).toBe(cases.medicine.id)
    expect(ids).not.toContain(cases.effort.id)
    expect(ids.indexOf(shirt.id)).not.toBe(0)
  })

  it('lists the newest first', () => {
    const older = fileCase(office, { subject: 'ตลิ่งพัง', detail: 'ตลิ่งพังริมคลอง' })
    const newer = fileCase(office, { subject: 'ตลิ่งพังอีก', detail: 'ตลิ่งพังหลังวัด' })
    const { ids } = searchCases(office.portal.db, viewerFor(office, 'nid'), 'ตลิ่งพัง')
    expect(ids).toEqual([newer.id, older.id])
  })

  it('goes on page by page through every stage without a case twice', () => {
    for (let n = 0; n < 23; n += 1)
      fileCase(office, { subject: n % 3 ? 'หอย' : 'หอยทาก', detail: 'ต้นฉบับตัวเลข' })
    const viewer = viewerFor(office, 'nid')
    const ids: number[] = []
    let from: Parameters<typeof searchCases>[3]
    do {
      const page = searchCases(office.portal.db, viewer, 'หอย', from, 4)
      ids.push(...page.ids)
      from = page.next
    } while (from)
    expect(ids).toHaveLength(23)
    expect(new Set(ids).size).toBe(23)
  })

  it('shows only what the viewer may see', () => {
    fileCase(office, { subject: 'แต่งตั้งไม่เป็นธรรม', detail: 'การแต่งตั้งบุคลากร', categoryCode: 'H1' })
    expect(searchCases(office.portal.db, viewerFor(office, 'nid'), 'แต่งตั้ง').ids).toHaveLength(0)
    expect(searchCases(office.portal.db, viewerFor(office, 'dao'), 'แต่งตั้ง').ids).toHaveLength(1)
    expect(found('ไฟดับ', 'chai')).toEqual([])
    done(office, cases.light, 'nid', 'assign', { unit: String(office.cast.chai.unitId) })
    expect(found('ไฟดับ', 'chai')).toEqual(['light'])
    expect(searchCases(office.portal.db, viewerFor(office, 'admin'), 'ไฟดับ').ids).toEqual([])
  })

  it('survives whatever is typed', async () => {
    const typed = [
      ...[
        '"',
        '""',
        "'",
        '*',
        '-',
        '^',
        '(',
        ')',
        'NEAR(',
        'NEAR(a b, 5)',
        'AND',
        'a AND',
        'NOT',
        'a NOT b',
        'OR OR',
      ],
      ...[
        'text:ไฟ',
        '{text}:x',
        'rowid:1',
        '"unclosed',
        'a*b',
        '\\',
        '%',
        '_',
        ';--',
        '\u0000',
        'ไฟ\u0000ดับ',
        '\ud800',
      ],
      ...[
        'ก',
        'กข',
        'กขค',
        '่่่',
        '😀',
        '👨‍👩‍👧',
        'ี',
        '\u200b\u200b',
        'x'.repeat(5000),
        'ไฟ '.repeat(400),
        '1'.repeat(50),
      ],
    ]
    for (const text of typed) {
      expect(() => searchCases(office.portal.db, viewerFor(office, 'nid'), text), text).not.toThrow()
      if (text.includes('\ud800')) continue
      const answer = await nid.get(`/staff?q=${encodeURIComponent(text)}`)
      expect([200, 404], `${text.slice(0, 20)} ${answer.status}`).toContain(answer.status)
      expect(answer.text).not.toContain('<script>')
    }
  })

  it('quotes every piece, so that nothing typed is an operator', () => {
    const { exact, loose, letters } = searchQueries('NEAR("ไฟ" OR *)')
    for (const query of [exact, loose, letters]) {
      expect(query?.match.replace(/"(?:[^"]|"")*"/g, '')).toMatch(/^[\s()*]*(?:(?:OR|AND|NOT)[\s()*]*)*$/)
    }
  })

  it('shows results on the page with the words that were searched', async () => {
    const answer = await nid.get(`/staff?q=${encodeURIComponent('มืดมาก <b>')}`)
    expect(answer.text).toContain('ผลการค้นหา “มืดมาก &lt;b&gt;”')
    const hit = await nid.get(`/staff?view=over&unit=5&q=${encodeURIComponent('มืดมาก')}`)
    expect(hit.text).toContain(cases.light.address)
  })
})
