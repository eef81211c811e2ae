import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { figuresCsv, figuresJson } from '#statistics/downloads.ts'
import { yearFigures } from '#statistics/figures.ts'
import { openTestFolder } from '../support/folder.ts'

const { portal, close } = openTestFolder()
portal.db.sqlite
  .prepare('update categories set name = ?, name_en = ? where code = ?')
  .run('=HYPERLINK("http://evil.example")', '@SUM(1)', 'B')
portal.settings.changed()
const { settings } = portal

afterAll(close)

const figures = yearFigures(
  [
    { month: '2026-08', kind: 'complaint', categoryGroup: 'A', received: 6, finished: 1 },
    { month: '2026-10', kind: 'complaint', categoryGroup: 'A', received: 1200, finished: 2 },
    { month: '2026-10', kind: 'praise', categoryGroup: 'OP', received: 3, finished: 0 },
  ],
  2570,
  '2026-11-16',
  ['A', 'B'],
)

describe('the CSV of a year', () => {
  const csv = figuresCsv(figures, settings, 'th')
  const rows: Record<string, string>[] = parse(csv, { bom: true, columns: true })

  it('begins with a byte-order mark and ends its lines as Excel does', () => {
    expect(Buffer.from(csv).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(csv.split('\r\n')).toHaveLength(1 + rows.length + 1)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('has the year, its months, categories and the other kinds under Thai headings', () => {
    expect(rows).toHaveLength(1 + 12 + 2 + 4)
    expect(rows[0]).toEqual({
      'ปีงบประมาณ (พ.ศ.)': '2570',
      ตาราง: 'ทั้งปีงบประมาณ',
      รหัส: 'complaint',
      รายการ: 'รวม',
      ยกมาจากงวดก่อน: '5',
      รับใหม่: '1200',
      ดำเนินการแล้วเสร็จ: '2',
      อยู่ระหว่างดำเนินการ: '1203',
    })
    expect(rows[1]).toMatchObject({ รหัส: '2026-10', รายการ: 'ตุลาคม 2569', รับใหม่: '1200' })
    expect(rows.at(-1)).toMatchObject({ รหัส: 'praise', รับใหม่: '3' })
  })

  it('leaves the cells of a month that has not begun empty', () => {
    expect(rows[3]).toMatchObject({ รหัส: '2026-12', รับใหม่: '', อยู่ระหว่างดำเนินการ: '' })
  })

  it('makes a name harmless that begins like a formula', () => {
    expect(rows.find((row) => row.รหัส === 'B')).toMatchObject({
      รายการ: `'=HYPERLINK("http://evil.example")`,
    })
    expect(figuresCsv(figures, settings, 'en')).toContain("'@SUM(1)")
  })

  it('has English headings in English', () => {
    expect(figuresCsv(figures, settings, 'en').split('\r\n')[0]).toBe(
      '\uFEFFFiscal year (B.E.),Table,Code,Item,Brought forward,Received,Finished,In progress',
    )
  })
})

describe('the JSON of a year', () => {
  it('has the field names that programs rely on', () => {
    const json = JSON.parse(figuresJson(figures, Date.UTC(2026, 10, 16, 3), settings, 'th'))
    expect(Object.keys(json)).toEqual([
      'fiscalYear',
      'from',
      'to',
      'countedTo',
      'lastUpdated',
      'kind',
      'year',
      'months',
      'categories',
      'otherKinds',
      'definitions',
    ])
    expect(json).toMatchObject({
      fiscalYear: 2570,
      from: '2026-10-01',
      to: '2027-09-30',
      countedTo: '2026-11-16',
      lastUpdated: '2026-11-16T03:00:00.000Z',
      year: { broughtForward: 5, received: 1200, finished: 2, inProgress: 1203 },
    })
    expect(json.months[0]).toEqual({
      month: '2026-10',
      broughtForward: 5,
      received: 1200,
      finished: 2,
      inProgress: 1203,
    })
    expect(json.months[11].received).toBeNull()
    expect(json.categories[0]).toMatchObject({ code: 'A', nameEn: 'Infrastructure', received: 1200 })
  })

  it('has no last update in a portal that never had a case', () => {
    expect(JSON.parse(figuresJson(figures, 0, settings, 'th')).lastUpdated).toBeNull()
  })

  it('defines every figure it names', () => {
    const { definitions, year } = JSON.parse(figuresJson(figures, 0, settings, 'en'))
    for (const field of Object.keys(year)) expect(definitions[field]).toMatch(/\w/)
  })
})
