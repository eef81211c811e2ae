import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { COMPETENT_BODIES, type CompetentBody } from '#domain/sealed-status.ts'
import type { NoteBody } from './bodies.ts'
import type { Desk } from './desk.ts'
import { oneOfWords, requiredLine, requiredText, shortLine } from './register-fields.ts'
import { BODY_OPTIONS, BODY_WORDS } from './register-words.ts'
import { insertDisclosure } from './report-store.ts'
import { type VerbField, verb } from './verb.ts'

interface Disclosed {
  body: CompetentBody
  otherBody: string
  basis: string
  text: string
}

export const disclosureFields = (label: string): VerbField[] => [
  { type: 'radios', name: 'body', seenBy: 'office', label, options: BODY_OPTIONS },
  {
    ...{ type: 'line', name: 'otherBody', seenBy: 'office', label: 'ชื่อหน่วยงานหรือบุคคล', optional: true },
    hint: 'ต้องกรอกเมื่อเลือก “หน่วยงานหรือบุคคลอื่น” หน่วยงานที่มีหลายแห่งให้กรอกชื่อด้วย เช่น สภ.เมืองใหม่',
  },
  {
    ...{ type: 'line', name: 'basis', seenBy: 'office', label: 'ฐานทางกฎหมายหรือหนังสือที่อ้างถึง' },
    hint: 'เช่น กฎหมายและมาตราที่ให้ส่ง หรือเลขที่และวันที่ของหนังสือที่ขอ',
  },
  { type: 'text', name: 'text', seenBy: 'office', label: 'ส่งหรือเปิดเผยอะไรบ้าง' },
]

export const disclosureSchema = {
  body: oneOfWords(COMPETENT_BODIES, 'หน่วยงาน'),
  otherBody: shortLine,
  basis: requiredLine('ฐานทางกฎหมายหรือหนังสือที่อ้างถึง'),
  text: requiredText('สิ่งที่ส่งหรือเปิดเผย'),
}

export const withOtherBody = <S extends z.ZodType<Pick<Disclosed, 'body' | 'otherBody'>>>(schema: S) =>
  schema.refine(({ body, otherBody }) => body !== 'other' || otherBody !== '', {
    path: ['otherBody'],
    error: 'กรุณากรอกชื่อหน่วยงานหรือบุคคล',
  })

/**
 * An entry in the register of disclosures (Official Information Act B.E. 2540, s.24): day and body in clear,
 * everything else sealed in the report.
 */
export function disclosureOf(
  { sealed, officer, opened, today }: Desk,
  { body, otherBody, basis }: Omit<Disclosed, 'text'>,
): { note: Partial<NoteBody>; write: () => void } {
  const id = randomUUID()
  const name = body === 'other' ? otherBody : [BODY_WORDS[body], otherBody].filter(Boolean).join(' ')
  const row = { id, reportId: opened.report.id, day: today, body, officerId: officer.id }
  return {
    note: { body: name, basis, disclosureId: id },
    write: () => insertDisclosure(sealed.db, row),
  }
}

/** บันทึกการเปิดเผยข้อมูล: something of the report goes to somebody, and the work goes on. */
export const disclose = verb({
  path: 'disclose',
  title: 'บันทึกการเปิดเผยข้อมูล',
  lead: 'ใช้เมื่อส่งข้อมูลให้ผู้อื่นโดยเรื่องยังเดินต่อ เช่น ตามคำสั่งศาล หรือเก็บเข้าแฟ้มทางราชการ สถานะของเรื่องไม่เปลี่ยน',
  button: 'บันทึกลงทะเบียนการเปิดเผยข้อมูล',
  done: 'บันทึกลงทะเบียนการเปิดเผยข้อมูลแล้ว ทำแฟ้มส่งออกได้จากหน้านี้',
  isOffered: ({ opened }) => opened.report.status !== 'received',
  fields: () => disclosureFields('เปิดเผยแก่ใคร'),
  schema: () => withOtherBody(z.object(disclosureSchema)),
  decide: (desk, input) => {
    const { note, write } = disclosureOf(desk, input)
    return {
      ...{ action: 'disclose', text: input.text, note },
      change: () => {
        write()
        return {}
      },
    }
  },
})
