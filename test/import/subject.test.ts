import { describe, expect, it } from 'vitest'
import { subjectFrom } from '#import/subject.ts'

describe('a subject made from the text', () => {
  it('is the first line, without the label a call centre put before it', () => {
    expect(subjectFrom('ปัญหา : ไฟทางดับสามดวงตรงทางโค้ง\nขอให้มาดู')).toBe('ไฟทางดับสามดวงตรงทางโค้ง')
  })

  it('takes the next line along when the first says too little', () => {
    expect(subjectFrom('ซอยสอง\n\nน้ำท่วมทุกครั้งที่ฝนตก')).toBe('ซอยสอง น้ำท่วมทุกครั้งที่ฝนตก')
  })

  it('is cut between two words of Thai, never inside one', () => {
    const subject = subjectFrom('ขอให้เจ้าหน้าที่มาซ่อมถนนหน้าศูนย์พัฒนาเด็กเล็ก'.repeat(5))
    expect(subject.length).toBeLessThanOrEqual(91)
    expect(subject).toMatch(/(ขอ|ให้|เจ้าหน้าที่|มา|ซ่อม|ถนน|หน้า|ศูนย์|พัฒนา|เด็ก|เล็ก)…$/)
  })

  it('keeps an emoji whole at the cut', () => {
    expect(subjectFrom('🚧'.repeat(200))).toBe(`${'🚧'.repeat(90)}…`)
  })

  it('is what there is, be it one character', () => {
    expect(subjectFrom('1')).toBe('1')
  })
})
