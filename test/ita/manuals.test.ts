import { readdirSync, readFileSync } from 'node:fs'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { versionById } from '#ita/document-store.ts'
import { blocksOf } from '#ita/document-text.ts'
import { GUIDELINE_HEADINGS, missingHeadings } from '#ita/headings.ts'
import { manualDraft } from '#ita/manual-draft.ts'
import { NOT_OPEN } from '#ita/manual-facts.ts'
import { updateCategory, writeDocument } from '#settings/store.ts'
import { post } from '../support/forms.ts'
import { OFFICE, startTestPortal, type TestPortal } from '../support/portal.ts'
import { DOCUMENTS, OPEN, press } from './library.ts'

let office: TestPortal
let admin: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterAll(() => office.close())

const general = () => manualDraft(office.portal, 'manual_general', NOT_OPEN).sections
const corruption = (facts = OPEN) => manualDraft(office.portal, 'manual_corruption', facts).sections
const textOf = (sections: { heading: string; text: string }[]) =>
  sections.map(({ heading, text }) => `${heading}\n${text}`).join('\n')

describe('the first draft of the general manual', () => {
  it('has the contents that such manuals have, in their order', () => {
    expect(general().map(({ heading }) => heading)).toEqual([
      'หลักการและเหตุผล',
      'การจัดตั้งศูนย์รับเรื่องราวร้องทุกข์',
      'สถานที่ตั้ง',
      'หน้าที่ความรับผิดชอบ',
      'วัตถุประสงค์',
      'คำจำกัดความ',
      'แผนผังกระบวนการจัดการเรื่องร้องเรียน/ร้องทุกข์',
      'ระยะเวลาเปิดให้บริการ',
      'ขั้นตอนการปฏิบัติงาน',
      'ระยะเวลาดำเนินการ',
      'การขอเปิดเรื่องอีกครั้งและหน่วยงานภายนอก',
      'แบบฟอร์ม',
    ])
    const steps = general().find(({ heading }) => heading === 'ขั้นตอนการปฏิบัติงาน')?.text ?? ''
    const parts = blocksOf(steps).flatMap((block) => (block.kind === 'heading' ? block.text : []))
    expect(parts).toEqual([
      'การแต่งตั้งผู้รับผิดชอบ',
      'การรับและตรวจสอบข้อร้องเรียนจากช่องทางต่าง ๆ',
      'การบันทึกข้อร้องเรียน',
      'การประสานหน่วยงาน',
      'การติดตามและการแจ้งเตือน',
      'การชี้แจงเหตุล่าช้า',
      'การรายงานผล',
      'มาตรฐานงาน',
    ])
  })

  it('names the office, its units with what they handle, its channels and where else to go', () => {
    const text = textOf(general())
    for (const words of [
      OFFICE.orgName,
      OFFICE.address,
      OFFICE.phone,
      'กองช่าง | ถนน สะพาน ทางเท้าชำรุด',
      'โดยมีสำนักปลัดทำหน้าที่ศูนย์รับเรื่อง',
      'โทรศัพท์ | ทันทีที่ได้รับแจ้ง',
      'อีเมล | ทุกวันทำการ',
      'http://localhost:3000/complaints/new',
      'ศูนย์ดำรงธรรม โทร. 1567',
      'ภายใน 30 วันหลังวันแจ้งผล',
      'ไม่ปิดกั้นหรือโน้มน้าวให้ประชาชนงดร้องเรียน',
    ]) {
      expect(text).toContain(words)
    }
    // Complaints about members of staff are not offered to the public.
    expect(text).not.toContain('การเลื่อนขั้นเงินเดือน')
  })

  it('tells the days, the way of counting and the reminders as they are set', () => {
    const { db, settings } = office.portal
    const before = settings.deadlines()
    expect(textOf(general())).toContain('ภายใน 15 วัน')
    expect(textOf(general())).toContain('นับทุกวันรวมวันหยุด วันสุดท้ายนับด้วยแม้เป็นวันหยุด')
    expect(textOf(general())).toContain('ก่อนครบกำหนด 3 วัน | เจ้าหน้าที่ผู้รับผิดชอบ, หัวหน้าหน่วยงาน')
    const after = {
      ...{ ...before, targetDays: 12, countMode: 'working', ackDays: 2, progressDays: 7 },
      ...{ delayApprover: 'working_group', pausesOnAsk: true, extensionDays: 20, extensionTotalDays: 60 },
      notices: [{ daysLeft: -2, to: ['centre'] }],
    }
    writeDocument(db, 'deadlines', after, office.portal.now())
    updateCategory(db, 'A2', { targetDays: 5 })
    settings.changed()
    const text = textOf(general())
    for (const words of [
      'ภายใน 12 วันทำการ',
      'นับเฉพาะวันทำการ',
      'ภายใน 2 วันทำการ',
      'ไฟฟ้าสาธารณะ (ไฟทาง) ดับหรือชำรุด | ภายใน 5 วันทำการ',
      'เกินกำหนด 2 วัน | ศูนย์รับเรื่อง',
      'คณะทำงาน: กำกับติดตามทุกหน่วยงาน เร่งรัดเรื่องที่เกินกำหนด และอนุมัติหนังสือชี้แจง',
      'ระบบหยุดนับเวลาไว้จนถึงวันที่ขอให้ตอบ',
      'ไม่เกิน 20 วันนับจากวันที่ชี้แจง และรวมทุกครั้งไม่เกิน 60 วัน',
      'อย่างน้อยทุก 7 วัน',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toContain('15 วัน')
    writeDocument(db, 'deadlines', before, office.portal.now())
    updateCategory(db, 'A2', { targetDays: null })
    settings.changed()
  })

  it('is Thai as it is written: a space before ๆ, no two spaces, Arabic digits', () => {
    for (const text of [textOf(general()), textOf(corruption()), textOf(corruption(NOT_OPEN))])
      expect(text.match(/\S\u0E46|\u0E46\S| {2}|[๐-๙]/g)).toBeNull()
  })
})

describe('the first draft of the manual on corruption', () => {
  it('has exactly the headings that the assessment asks for, and the channels', () => {
    const headings = corruption().map(({ heading }) => heading)
    expect(headings).toEqual([...GUIDELINE_HEADINGS, 'ช่องทาง'])
    expect(missingHeadings(corruption())).toEqual([])
    expect(missingHeadings(corruption(NOT_OPEN))).toEqual([])
  })

  it('tells the facts of the channel that it was handed', () => {
    const text = textOf(corruption())
    for (const words of [
      'http://localhost:3000/safe',
      'ตามคำสั่งที่ 12/2570 ลงวันที่ 5 ตุลาคม 2569',
      '- นิติกร',
      'เปิดอ่านและรับเรื่อง | ภายใน 2 วันทำการ',
      'ตรวจสอบเบื้องต้น | ภายใน 10 วัน',
      'ตรวจสอบข้อเท็จจริง | ภายใน 45 วัน',
      'ไม่เกิน 20 วัน',
      'สำนักงาน ป.ป.ช. โทร. 1205',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toContain('[กรอก')
  })

  it('promises no channel that is not open, and leaves open who receives reports', () => {
    const text = textOf(corruption(NOT_OPEN))
    expect(text).not.toContain('/safe')
    expect(text).toContain('ยังไม่เปิดรับเรื่อง')
    expect(text).toContain('[กรอกตำแหน่งผู้รับเรื่องและผู้รับเรื่องสำรอง]')
  })

  it('knows nothing of the sealed channel by itself', () => {
    const sources = readdirSync('src/ita').map((file) => readFileSync(`src/ita/${file}`, 'utf8'))
    expect(sources.join('\n')).not.toMatch(/from '#sealed|from '\.\.\/sealed/)
  })
})

describe('an administrator', () => {
  it('has a draft written, which nobody reads before it is published, and no second beside it', async () => {
    const written = await post(admin, `${DOCUMENTS}/draft`, { kind: 'manual_corruption' })
    expect(written.status).toBe(303)
    const address = written.headers.location ?? ''
    expect((await admin.get(address)).text).toContain('ส่วนงานที่รับผิดชอบ')
    expect((await office.agent.get('/documents/corruption-manual')).status).toBe(404)
    const again = await post(admin, `${DOCUMENTS}/draft`, { kind: 'manual_corruption' })
    expect(again.headers.location).toBe(address)
  })

  it('cannot publish a draft with open places, and is told which', async () => {
    const { headers } = await post(admin, `${DOCUMENTS}/draft`, { kind: 'manual_corruption' })
    const address = headers.location ?? ''
    const refused = await press(admin, address, 'publish', '/preview')
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('ยังมีที่ว่างให้กรอก')
    expect(refused.text).toContain('[กรอกเลขที่คำสั่งแต่งตั้งผู้รับเรื่อง]')
    const id = Number(address.split('/').at(-1))
    expect(versionById(office.portal.db, id)?.publishedAt).toBeNull()
  })

  it('is refused a manual that there is not', async () => {
    for (const kind of ['', 'order', 'toString'])
      expect((await post(admin, `${DOCUMENTS}/draft`, { kind })).status).toBe(400)
  })
})
