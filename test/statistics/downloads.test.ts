import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { readFigures } from '#statistics/published.ts'
import { figuresCsv } from '#statistics/year-csv.ts'
import { figuresJson } from '#statistics/year-json.ts'
import { fromPapers } from '../indicators/plan.ts'
import { openTestFolder } from '../support/folder.ts'
import { fileCase, setStatus } from './office.ts'

const { portal, close } = openTestFolder()
afterAll(close)

const on = (day: string) => ({ receivedAt: instantOf(day, 9, 0) })
for (const day of ['2026-08-03', '2026-08-04', '2026-08-05']) fileCase(portal, on(day))
const done = fileCase(portal, { ...on('2026-10-05'), villageId: 1, channel: 'phone' })
setStatus(portal, done.id, 'closed', '2026-10-12')
fileCase(portal, { ...on('2026-10-06'), categoryCode: 'B1' })
fileCase(portal, { ...on('2026-10-07'), kind: 'praise', categoryCode: 'OP3' })
fromPapers(portal, 2566, { A2: 12 }, 3)
fromPapers(portal, 2566, { B1: 5 })
portal.db.sqlite
  .prepare('update categories set name = ?, name_en = ? where code = ?')
  .run('=HYPERLINK("http://evil.example")', '@SUM(1)', 'B')
portal.settings.changed()
const { settings } = portal

const source = { changedAt: Date.UTC(2026, 10, 16, 3), settings, today: '2026-11-16' }
const published = readFigures(portal, () => [])
const csvOf = (year: number, lang: 'th' | 'en' = 'th') => figuresCsv(published.year(year), settings, lang)
const jsonOf = (year: number, changedAt = source.changedAt) =>
  JSON.parse(figuresJson(published.year(year), { ...source, changedAt }, 'th'))

describe('the CSV of a year', () => {
  const csv = csvOf(2570)
  const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true })
  const table = (name: string) => rows.filter((row) => row.ตาราง === name)

  it('begins with a byte-order mark and ends its lines as Excel does', () => {
    expect(Buffer.from(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(csv.split('\r\n')).toHaveLength(1 + rows.length + 1)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('begins with the year, its months, groups and the other kinds under Thai headings', () => {
    expect(rows[0]).toEqual({
      'ปีงบประมาณ (พ.ศ.)': '2570',
      ตาราง: 'ทั้งปีงบประมาณ',
      รหัส: 'complaint',
      รายการ: 'รวม',
      ยกมาจากงวดก่อน: '3',
      รับใหม่: '2',
      ดำเนินการแล้วเสร็จ: '1',
      อยู่ระหว่างดำเนินการ: '4',
      ช่วงเวลา: 'ทั้งปี',
      จำนวน: '',
      เอกสารที่มา: '',
    })
    expect(rows[1]).toMatchObject({ ตาราง: 'รายเดือน', รหัส: '2026-10', รายการ: 'ตุลาคม 2569', รับใหม่: '2' })
    expect(table('รายเดือน')).toHaveLength(12)
    expect(table('เรื่องชนิดอื่น').at(-1)).toMatchObject({ รหัส: 'praise', รับใหม่: '1' })
  })

  it('leaves the cells of a month that has not begun empty', () => {
    expect(rows[3]).toMatchObject({ รหัส: '2026-12', รับใหม่: '', อยู่ระหว่างดำเนินการ: '' })
  })

  it('has further lines for every list of the pages, and for single figures', () => {
    expect(table('หมู่บ้าน')).toMatchObject([
      { รหัส: '1', รายการ: 'หมู่ที่ 1 บ้านเหนือ', รับใหม่: '1', ดำเนินการแล้วเสร็จ: '1' },
      { รหัส: '0', รายการ: 'ไม่ระบุหมู่บ้าน', ยกมาจากงวดก่อน: '3', อยู่ระหว่างดำเนินการ: '4' },
    ])
    expect(table('จำนวนวันที่ใช้').map(({ รหัส, จำนวน }) => [รหัส, จำนวน])).toEqual([
      ['finished', '1'],
      ['median', '7'],
      ['percentile90', '7'],
    ])
    expect(table('E-Service')).toHaveLength(12 * 5)
    expect(table('E-Service')[0]).toMatchObject({ รหัส: '2026-10 complaint', จำนวน: '1' })
    expect(table('E-Service').at(-1)).toMatchObject({ รหัส: '2027-09 praise', จำนวน: '' })
  })

  it('has a half-year in tables of its own, and nothing of one that has not begun', () => {
    expect(table('ช่องทาง (ครึ่งปีแรก)')).toMatchObject([
      { รหัส: 'web', ช่วงเวลา: 'ครึ่งปีแรก', รับใหม่: '1' },
      { รหัส: 'phone', รับใหม่: '1' },
    ])
    expect(rows.filter((row) => row.ช่วงเวลา === 'ครึ่งปีหลัง')).toEqual([])
  })

  it('makes a name harmless that begins like a formula', () => {
    expect(rows.find((row) => row.รหัส === 'B')).toMatchObject({
      รายการ: `'=HYPERLINK("http://evil.example")`,
    })
    expect(csvOf(2570, 'en')).toContain("'@SUM(1)")
  })

  it('has English headings in English', () => {
    expect(csvOf(2570, 'en').split('\r\n')[0]).toBe(
      '\uFEFFFiscal year (B.E.),Table,Code,Item,Brought forward,Received,Finished,In progress,Period,Value,Source',
    )
  })

  it('of a year of papers names the papers, and nothing that they do not tell', () => {
    const lines: Record<string, string>[] = parse(csvOf(2566), { bom: true, columns: true })
    expect(lines.map((line) => Object.values(line).slice(1))).toEqual([
      ['จากเอกสาร', 'A2', expect.any(String), '', '12', '12', '', 'ทั้งปี', '', 'ทะเบียนปี 2566'],
      ['จากเอกสาร (มีมูล)', 'A2', expect.any(String), '', '', '', '', 'ทั้งปี', '3', 'ทะเบียนปี 2566'],
      ['จากเอกสาร', 'B1', expect.any(String), '', '5', '5', '', 'ทั้งปี', '', 'ทะเบียนปี 2566'],
      ['จากเอกสาร (มีมูล)', 'B1', expect.any(String), '', '', '', '', 'ทั้งปี', '', 'ทะเบียนปี 2566'],
    ])
  })
})

describe('the JSON of a year', () => {
  const json = jsonOf(2570)

  it('has the field names that programs rely on', () => {
    expect(Object.keys(json)).toEqual([
      ...['fiscalYear', 'from', 'to', 'countedTo', 'lastUpdated', 'kind', 'year', 'months', 'categories'],
      ...['otherKinds', 'parts', 'eService', 'papers', 'surveys', 'definitions'],
    ])
    expect(json).toMatchObject({
      fiscalYear: 2570,
      from: '2026-10-01',
      to: '2027-09-30',
      countedTo: '2026-11-16',
      lastUpdated: '2026-11-16T03:00:00.000Z',
      year: { broughtForward: 3, received: 2, finished: 1, inProgress: 4 },
    })
    expect(json.months[0]).toEqual({
      month: '2026-10',
      broughtForward: 3,
      received: 2,
      finished: 1,
      inProgress: 4,
    })
    expect(json.months[11].received).toBeNull()
    expect(json.categories[0]).toMatchObject({ code: 'A', nameEn: 'Infrastructure', received: 1 })
  })

  it('has the lists of the year and of each half that has begun', () => {
    const { year, h1, h2 } = json.parts
    expect(Object.keys(year)).toEqual([
      ...['from', 'to', 'countedTo', 'balance', 'months', 'groups', 'categories', 'channels', 'units'],
      ...['villages', 'otherKinds', 'outcomes', 'findings', 'accepted', 'grounds', 'timeliness', 'days'],
    ])
    expect(Object.keys(h1)).toEqual(Object.keys(year))
    expect(h1.months).toHaveLength(6)
    expect(h2).toEqual({ from: '2027-04-01', to: '2027-09-30', countedTo: null, balance: null })
    expect(year.outcomes).toEqual([{ code: 'solved', name: 'แก้ไขแล้ว', nameEn: 'Solved', count: 1 }])
    expect(year.units).toMatchObject([{ code: '0', nameEn: 'Not assigned yet', inProgress: 4 }])
  })

  it('knows nothing of a year of papers but what they tell', () => {
    const papers = jsonOf(2566)
    expect(papers).toMatchObject({
      countedTo: '2023-09-30',
      year: { broughtForward: null, received: null, finished: null, inProgress: null },
      ...{ months: [], categories: [], eService: [] },
      papers: { received: 17, finished: 17, grounds: null, sources: ['ทะเบียนปี 2566'] },
    })
    expect(papers.papers.categories[0]).toMatchObject({ code: 'A2', received: 12, grounds: 3 })
  })

  it('has no last update in a portal that never had a case', () => {
    expect(jsonOf(2570, 0).lastUpdated).toBeNull()
  })

  it('defines every figure it names', () => {
    const { definitions, year, parts } = json
    for (const field of Object.keys(year)) expect(definitions[field]).toMatch(/\S/)
    const { timeliness, days } = parts.year
    for (const field of Object.keys({ ...timeliness, ...days })) {
      if (field !== 'due') expect(definitions[field], field).toMatch(/\S/)
    }
  })
})
