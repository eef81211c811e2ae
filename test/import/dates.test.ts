import { describe, expect, it } from 'vitest'
import { readDay, readInstant } from '#import/dates.ts'
import { Mapping } from '#import/mapping.ts'

const usual = Mapping.parse({}).dates
const rules = (dates: object) => Mapping.parse({ dates }).dates
const at = (text: string, time = '', dates = usual) => readInstant(text, time, dates)?.toISOString()

describe('days of registers', () => {
  it.each([
    '18/5/2566',
    '18/05/2566',
    '18-5-2566',
    '18.05.2566',
    '๑๘/๐๕/๒๕๖๖',
    '18/5/2023',
    '2023-05-18',
    '2566-05-18',
    '18 พฤษภาคม 2566',
    '18 พฤษภาคม พ.ศ. 2566',
    '18 พ.ค. 2566',
    '18 พ.ค. 66',
    '18พ.ค.66',
    'วันพฤหัสบดีที่ 18 พฤษภาคม 2566',
    '18 May 2023',
    '18/5/2566 14:30',
    '18 พ.ค. 66 เวลา 14.30 น.',
  ])('reads %s', (text) => {
    expect(readDay(text, usual)).toBe('2023-05-18')
  })

  it.each(['', '31/2/2566', '18/13/2566', '5/2566', '18 มกร 2566', 'เมื่อวาน', '18/5/66', '18 May 23', '2566'])(
    'reads no day from %j',
    (text) => {
      expect(readDay(text, usual)).toBeUndefined()
    },
  )

  it('reads two-digit years only as the mapping says', () => {
    expect(readDay('18/5/66', rules({ twoDigitYears: 'BE' }))).toBe('2023-05-18')
    expect(readDay('18/5/23', rules({ twoDigitYears: 'CE' }))).toBe('2023-05-18')
    expect(readDay('18.05.66', rules({ twoDigitYears: 'BE' }))).toBe('2023-05-18')
  })

  it('reads the month first where the mapping says so', () => {
    expect(readDay('5/18/2023', rules({ order: 'mdy' }))).toBe('2023-05-18')
    expect(readDay('5/18/2023', usual)).toBeUndefined()
  })
})

describe('instants of registers', () => {
  it.each([
    ['18/5/2566 14:30', ''],
    ['18/5/2566', '14.30 น.'],
    ['18/5/2566', '๑๔.๓๐'],
    ['18 พ.ค. 2566 เวลา 14.30 น.', ''],
    ['2023-05-18 14:30:59', ''],
    ['2023-05-18T14:30:59', ''],
    ['2023-05-18 07:30:12.147669+00', ''],
    ['2023-05-18T07:30:00Z', ''],
    ['2023-05-18T14:30:00+07:00', ''],
    ['18/5/2023 2:30:00 PM', ''],
  ])('reads %s %s as half past two in Bangkok', (text, time) => {
    expect(at(text, time)).toBe('2023-05-18T07:30:00.000Z')
  })

  it('takes the hour offices open where the register names a day only', () => {
    expect(at('18/5/2566')).toBe('2023-05-18T01:30:00.000Z')
    expect(at('18.05.2566', '', rules({ timeZone: 'UTC' }))).toBe('2023-05-18T01:30:00.000Z')
  })

  it('reads a time without a zone in the zone of the mapping', () => {
    expect(at('2023-05-17 20:15', '', rules({ timeZone: 'UTC' }))).toBe('2023-05-17T20:15:00.000Z')
    expect(at('17/5/2566 20:15', '', rules({ timeZone: '+05:30' }))).toBe('2023-05-17T14:45:00.000Z')
  })

  it('knows midnight and noon on a clock of twelve hours', () => {
    expect(at('18/5/2023 12:05 AM')).toBe('2023-05-17T17:05:00.000Z')
    expect(at('18/5/2023 12:05 PM')).toBe('2023-05-18T05:05:00.000Z')
  })

  it.each([
    ['18/5/2566', '25.00'],
    ['18/5/2566', 'ตอนบ่าย'],
    ['18/5/2566 24:30', ''],
    ['18/5/2566 13:30 PM', ''],
    ['2023-05-18T24:30:00Z', ''],
  ])('reads nothing from %s %s: half a date would be a wrong one', (text, time) => {
    expect(at(text, time)).toBeUndefined()
  })
})
