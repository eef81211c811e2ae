import { describe, expect, it } from 'vitest'
import { recogniseHeadings } from '#import/headings.ts'

describe('headings', () => {
  it('are known however an office writes them', () => {
    const headings = [
      'ลำดับที่',
      'เลขที่รับ',
      'วัน/เดือน/ปี ที่รับเรื่อง',
      'ชื่อ - สกุล ผู้ร้อง',
      'เบอร์โทร.',
      'เรื่องที่ร้องเรียน',
      'หมู่ ที่',
      'ผลการดำเนินการ',
      'หมายเหตุ',
    ]
    expect(recogniseHeadings(headings)).toEqual({
      externalNo: 1,
      receivedAt: 2,
      name: 3,
      phone: 4,
      subject: 5,
      village: 6,
      result: 7,
      note: 8,
    })
  })

  it('are known in English', () => {
    expect(recogniseHeadings(['Ticket ID', 'Type', 'Description', 'Received at', 'STATE'])).toEqual({
      externalNo: 0,
      category: 1,
      detail: 2,
      receivedAt: 3,
      status: 4,
    })
  })

  it('of two for one field take the one that says more', () => {
    expect(recogniseHeadings(['วันที่', 'วันที่รับเรื่อง'])).toEqual({ receivedAt: 1 })
  })

  it('leave the running number alone: it begins anew every year', () => {
    expect(recogniseHeadings(['ลำดับ', 'ที่', 'วันที่'])).toEqual({ receivedAt: 2 })
  })
})
