import { describe, expect, it } from 'vitest'
import { readHolidayLines } from '#settings/holiday-lines.ts'
import { asLine, usualHolidays } from '#settings/usual-holidays.ts'

const read = (text: string) => readHolidayLines(text, 2570)
const NEW_YEAR = { days: ['2027-01-01'], name: 'วันขึ้นปีใหม่', substitute: false }

describe('a line of a holiday list', () => {
  it.each([
    '1 มกราคม 2570 วันขึ้นปีใหม่',
    '๑ มกราคม ๒๕๗๐ วันขึ้นปีใหม่',
    '1 มกราคม พ.ศ. 2570 วันขึ้นปีใหม่',
    '1 ม.ค. 2570 วันขึ้นปีใหม่',
    '1 ม.ค. 70 วันขึ้นปีใหม่',
    '1 มค 2570 วันขึ้นปีใหม่',
    '1 มกราคม วันขึ้นปีใหม่',
    '1 มกราคม 2570วันขึ้นปีใหม่',
    '1/1/2570 วันขึ้นปีใหม่',
    '01-01-2570 วันขึ้นปีใหม่',
    '1.1.2570 วันขึ้นปีใหม่',
    '1/1/2027 วันขึ้นปีใหม่',
    '2027-01-01 วันขึ้นปีใหม่',
    '1/1/2570\tวันขึ้นปีใหม่',
    '1/1/2570,วันขึ้นปีใหม่',
    '"1/1/2570","วันขึ้นปีใหม่"',
    '1 มกราคม 2570 - วันขึ้นปีใหม่',
    'วันศุกร์ที่ 1 มกราคม 2570 วันขึ้นปีใหม่',
    'ศุกร์ 1 มกราคม 2570: วันขึ้นปีใหม่',
    'วันที่ 1 มกราคม 2570 วันขึ้นปีใหม่',
    '1. วันศุกร์ที่ 1 มกราคม 2570 วันขึ้นปีใหม่',
    '1) 1 มกราคม 2570 วันขึ้นปีใหม่',
    '• 1 มกราคม 2570  วันขึ้นปีใหม่',
    'วันขึ้นปีใหม่ 1 มกราคม 2570',
    'วันขึ้นปีใหม่ วันศุกร์ที่ 1 มกราคม 2570',
  ])('is understood: %s', (text) => {
    expect(read(text)).toEqual([{ line: 1, text, ...NEW_YEAR }])
  })

  it.each([
    ['13-15 เมษายน 2570 วันสงกรานต์'],
    ['13 – 15 เม.ย. 2570 วันสงกรานต์'],
    ['13 ถึง 15 เมษายน 2570 วันสงกรานต์'],
    ['13-15/4/2570 วันสงกรานต์'],
  ])('may name several days in a row: %s', (text) => {
    expect(read(text)).toMatchObject([
      { days: ['2027-04-13', '2027-04-14', '2027-04-15'], name: 'วันสงกรานต์' },
    ])
  })

  it('tells a substitution day by its name, which may name another day', () => {
    expect(read('3 พฤษภาคม 2570 ชดเชยวันที่ 1 พฤษภาคม')).toMatchObject([
      { days: ['2027-05-03'], name: 'ชดเชยวันที่ 1 พฤษภาคม', substitute: true },
    ])
  })

  it.each([
    ['วันขึ้นปีใหม่', 'ไม่พบวันที่'],
    ['1 วันขึ้นปีใหม่', 'ไม่พบวันที่'],
    ['12 มีคนถาม 2570', 'ไม่พบวันที่'],
    ['1 มกราคม 2570', 'ไม่พบชื่อ'],
    ['1/1/2570 -', 'ไม่พบชื่อ'],
    ['31 กุมภาพันธ์ 2570 วันหยุด', 'ไม่มีวันที่นี้'],
    ['32/1/2570 วันหยุด', 'ไม่มีวันที่นี้'],
    ['0 มกราคม 2570 วันหยุด', 'ไม่มีวันที่นี้'],
    ['1/13/2570 วันหยุด', 'ไม่มีวันที่นี้'],
    ['1 มกราคม 2571 วันขึ้นปีใหม่', 'ปี 2571 ไม่ตรงกับปี 2570'],
    ['1 ม.ค. 71 วันขึ้นปีใหม่', 'ปี 71 ไม่ตรง'],
    ['1/1/2026 วันขึ้นปีใหม่', 'ปี 2026 ไม่ตรง'],
    ['วันพฤหัสบดีที่ 1 มกราคม 2570 วันขึ้นปีใหม่', 'เป็นวันศุกร์ ไม่ใช่วันพฤหัสบดี'],
    ['15-13 เมษายน 2570 วันสงกรานต์', 'วันสุดท้ายมาก่อนวันแรก'],
    ['13 เม.ย. - 15 เม.ย. 2570 วันสงกรานต์', 'มีวันที่สองวัน'],
    [`1 มกราคม 2570 ${'ก'.repeat(151)}`, 'ยาวเกิน'],
    ['9'.repeat(301), 'ยาวเกินไป'],
  ])('that cannot be right is told: %s', (text, problem) => {
    expect(read(text)).toEqual([{ line: 1, text, problem: expect.stringContaining(problem) }])
  })
})

describe('a list', () => {
  it('may have empty lines, keeps its line numbers, and names the first of two equal days', () => {
    const text = '1 มกราคม 2570 วันขึ้นปีใหม่\r\n\r\n6 เมษายน 2570 วันจักรี\n1/1/2570 ปีใหม่\n'
    expect(read(text).map((line) => [line.line, 'problem' in line ? line.problem : line.days])).toEqual([
      [1, ['2027-01-01']],
      [3, ['2027-04-06']],
      [4, 'วันที่ 1 มกราคม 2570 ซ้ำกับบรรทัดที่ 1'],
    ])
  })
})

describe('the proposal for a year', () => {
  it('is the holidays of fixed dates, with substitutes for those on a weekend, in lines that are read back', () => {
    const lines = usualHolidays(2570).map(asLine)
    expect(lines).toEqual([
      '1 มกราคม 2570 วันขึ้นปีใหม่',
      '6 เมษายน 2570 วันจักรี',
      '13 เมษายน 2570 วันสงกรานต์',
      '14 เมษายน 2570 วันสงกรานต์',
      '15 เมษายน 2570 วันสงกรานต์',
      '4 พฤษภาคม 2570 วันฉัตรมงคล',
      '3 มิถุนายน 2570 วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี',
      '28 กรกฎาคม 2570 วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว',
      '12 สิงหาคม 2570 วันแม่แห่งชาติ',
      '13 ตุลาคม 2570 วันนวมินทรมหาราช',
      '23 ตุลาคม 2570 วันปิยมหาราช',
      '25 ตุลาคม 2570 ชดเชยวันปิยมหาราช',
      '5 ธันวาคม 2570 วันชาติและวันพ่อแห่งชาติ',
      '6 ธันวาคม 2570 ชดเชยวันชาติและวันพ่อแห่งชาติ',
      '10 ธันวาคม 2570 วันรัฐธรรมนูญ',
      '31 ธันวาคม 2570 วันสิ้นปี',
    ])
    for (const line of read(lines.join('\n'))) expect(line).not.toHaveProperty('problem')
  })

  const substitutes = (year: number) =>
    usualHolidays(year)
      .filter(({ name }) => name.startsWith('ชดเชย'))
      .map(({ day }) => day)

  it('gives days off in a row one substitute together', () => {
    // Songkran 2567 was Saturday to Monday: the Tuesday was off.
    expect(substitutes(2567)).toContain('2024-04-16')
    // Saturday, 31 December 2565, and Sunday, 1 January 2566: one Monday.
    expect(substitutes(2566).filter((day) => day < '2023-02')).toEqual(['2023-01-02'])
    // Sunday, 31 December 2566: the substitute falls into 2567, after New Year's Day.
    expect(substitutes(2567)).toContain('2024-01-02')
  })

  it('never proposes a weekend or a day twice', () => {
    for (let year = 2560; year <= 2600; year += 1) {
      const days = usualHolidays(year).map(({ day }) => day)
      expect(new Set(days).size).toBe(days.length)
      for (const day of substitutes(year)) {
        expect([0, 6]).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
      }
    }
  })
})
