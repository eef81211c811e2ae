import { describe, expect, it } from 'vitest'
import {
  daysLeftText,
  formatDate,
  formatDateShort,
  formatDateTime,
  formatDay,
  formatNumber,
  formatSpan,
  formatTime,
} from '#web/thai-format.ts'

describe('dates', () => {
  it('are written in the Buddhist era in Thai and the Common Era in English', () => {
    expect(formatDate('2026-11-23', 'th')).toBe('23 พฤศจิกายน 2569')
    expect(formatDate('2026-11-23', 'en')).toBe('23 November 2026')
    expect(formatDateShort('2026-11-03', 'th')).toBe('3 พ.ย. 69')
    expect(formatDateShort('2026-11-03', 'en')).toBe('3 Nov 2026')
  })

  it('keep two digits of the year at the turn of a Buddhist century', () => {
    expect(formatDateShort('2057-01-01', 'th')).toBe('1 ม.ค. 00')
  })

  it('carry their weekday where people look for it', () => {
    expect(formatDay('2026-12-05', 'th')).toBe('วันเสาร์ที่ 5 ธันวาคม 2569')
    expect(formatDay('2026-12-06', 'en')).toBe('Sunday, 6 December 2026')
  })

  it('that follow one another are written as a span', () => {
    expect(formatSpan('2026-11-28', '2026-11-29', 'th')).toBe('28–29 พ.ย. 69')
    expect(formatSpan('2026-11-28', '2026-11-29', 'en')).toBe('28–29 Nov 2026')
    expect(formatSpan('2026-10-31', '2026-11-01', 'th')).toBe('31 ต.ค. – 1 พ.ย. 69')
    expect(formatSpan('2026-12-31', '2027-01-03', 'en')).toBe('31 Dec 2026 – 3 Jan 2027')
    expect(formatSpan('2026-12-05', '2026-12-05', 'th')).toBe('5 ธ.ค. 69')
  })

  it('of an instant are the day in Bangkok', () => {
    expect(formatDate(new Date('2026-12-31T17:30:00Z'), 'th')).toBe('1 มกราคม 2570')
    expect(formatDate(new Date('2026-12-31T16:59:59Z'), 'th')).toBe('31 ธันวาคม 2569')
  })
})

describe('times', () => {
  it('are written with a dot, in Thai time', () => {
    expect(formatTime(new Date('2026-11-23T06:30:00Z'), 'th')).toBe('13.30 น.')
    expect(formatTime(new Date('2026-11-23T17:05:59Z'), 'en')).toBe('00.05')
  })

  it('stand beside their date', () => {
    const at = new Date('2026-11-23T06:30:00Z')
    expect(formatDateTime(at, 'th')).toBe('23 พฤศจิกายน 2569 เวลา 13.30 น.')
    expect(formatDateTime(at, 'en')).toBe('23 November 2026, 13.30')
  })
})

it('numbers have separators and Arabic digits', () => {
  expect(formatNumber(1_234_567)).toBe('1,234,567')
  expect(formatNumber(0)).toBe('0')
})

describe('days left', () => {
  it('counts down to the due day and up after it', () => {
    expect(daysLeftText('th', '2026-11-23', '2026-11-20')).toBe('เหลือ 3 วัน')
    expect(daysLeftText('th', '2026-11-23', '2026-11-23')).toBe('ครบกำหนดวันนี้')
    expect(daysLeftText('th', '2026-11-23', '2026-11-25')).toBe('เกินกำหนด 2 วัน')
  })

  it('knows one day from several in English', () => {
    expect(daysLeftText('en', '2026-11-23', '2026-11-22')).toBe('1 day left')
    expect(daysLeftText('en', '2026-11-23', '2026-11-24')).toBe('1 day overdue')
    expect(daysLeftText('en', '2026-11-23', '2026-11-26')).toBe('3 days overdue')
  })
})
