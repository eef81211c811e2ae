import { describe, expect, it } from 'vitest'
import { type DueLines, dueLines } from '#complaints/due-lines.ts'
import { dueWorking, type Holidays } from '#domain/deadlines.ts'

const HOLIDAYS: Holidays = new Map([
  ['2026-12-05', 'วันพ่อแห่งชาติ'],
  ['2026-12-07', 'ชดเชยวันพ่อแห่งชาติ'],
  ['2026-12-10', 'วันรัฐธรรมนูญ'],
])
const CALENDAR = { targetDays: 15, countMode: 'calendar', rollForward: false } as const
const WORKING = { targetDays: 15, countMode: 'working', rollForward: false } as const

/** As it is read: without what keeps a line from ending within a span of days. */
const read = ({ on, working }: DueLines) => ({
  on,
  working: working.map((line) => line.replaceAll('\u00a0', ' ').replaceAll('\u2060', '')),
})

describe('the working of a due date', () => {
  it('counts every calendar day, holidays included', () => {
    expect(dueLines('th', dueWorking('2026-11-23', CALENDAR, HOLIDAYS))).toEqual({
      on: '8 ธันวาคม 2569',
      working: [
        'วันรับเรื่อง 23 พฤศจิกายน 2569 ไม่นับ',
        'นับทุกวันตามปฏิทิน รวมวันหยุด',
        'วันที่ 1 คือ 24 พฤศจิกายน 2569',
        'วันที่ 15 คือ 8 ธันวาคม 2569 เป็นวันครบกำหนด',
      ],
    })
  })

  it('in working days names every holiday and keeps the weekends in one line', () => {
    expect(read(dueLines('th', dueWorking('2026-11-20', WORKING, HOLIDAYS)))).toEqual({
      on: '15 ธันวาคม 2569',
      working: [
        'วันรับเรื่อง 20 พฤศจิกายน 2569 ไม่นับ',
        'นับเฉพาะวันทำการ',
        'วันที่ 1 คือ 23 พฤศจิกายน 2569',
        'ไม่นับวันเสาร์และอาทิตย์ 7 วัน: 21–22 พ.ย. 69, 28–29 พ.ย. 69, 6 ธ.ค. 69, 12–13 ธ.ค. 69',
        'ไม่นับวันเสาร์ที่ 5 ธันวาคม 2569 (วันพ่อแห่งชาติ)',
        'ไม่นับวันจันทร์ที่ 7 ธันวาคม 2569 (ชดเชยวันพ่อแห่งชาติ)',
        'ไม่นับวันพฤหัสบดีที่ 10 ธันวาคม 2569 (วันรัฐธรรมนูญ)',
        'วันที่ 15 คือ 15 ธันวาคม 2569 เป็นวันครบกำหนด',
      ],
    })
  })

  it('tells rolling forward in a line of its own, with the days passed over', () => {
    const rolled = dueWorking('2026-11-20', { ...CALENDAR, rollForward: true }, HOLIDAYS)
    expect(dueLines('en', rolled)).toEqual({
      on: '8 December 2026',
      working: [
        'The day we received it, 20 November 2026, is not counted',
        'Every calendar day counts, holidays included',
        'Day 1 is 21 November 2026',
        'Day 15 is 5 December 2026',
        'Closed days passed over: Saturday, 5 December 2026 (วันพ่อแห่งชาติ), Sunday, 6 December 2026, Monday, 7 December 2026 (ชดเชยวันพ่อแห่งชาติ). It is due on Tuesday, 8 December 2026',
      ],
    })
  })

  it('of one day is told in one line, and tells days of waiting', () => {
    const one = { ...CALENDAR, targetDays: 1 }
    const waited = [{ after: '2026-11-23', through: '2026-11-25' }]
    expect(read(dueLines('th', dueWorking('2026-11-23', one, HOLIDAYS, waited))).working.slice(2)).toEqual([
      'ไม่นับช่วงที่รอข้อมูลเพิ่มเติมจากผู้แจ้งเรื่อง 2 วัน: 24–25 พ.ย. 69',
      'วันที่ 1 คือ 26 พฤศจิกายน 2569 เป็นวันครบกำหนด',
    ])
  })

  it('does not pretend that a date that was moved came out by counting', () => {
    const moved = {
      ...dueWorking('2026-11-23', { ...CALENDAR, targetDays: 3 }, HOLIDAYS),
      dueOn: '2026-11-30',
    }
    expect(dueLines('th', moved).on).toBe('30 พฤศจิกายน 2569')
    expect(dueLines('th', moved).working.slice(3)).toEqual([
      'วันที่ 3 คือ 26 พฤศจิกายน 2569',
      'ต่อมามีการปรับ วันครบกำหนดคือ 30 พฤศจิกายน 2569',
    ])
  })
})
