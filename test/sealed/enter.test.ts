import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharp } from '#platform/guarded-sharp.ts'
import { listDuties, listReportsFor } from '#sealed/report-store.ts'
import { errorsOf, type TypedFields, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { openTestChannel, type TestChannel } from './channel.ts'
import { addressOf, atDesk, declare, deedsOf, did, type Reader, readerFor, wordsOf } from './officer.ts'
import { openMailboxOf, receiptOn, sendForm } from './reporter.ts'

let office: TestPortal
let channel: TestChannel
let nid: TestAgent
let read: Reader
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  nid = await atDesk(office, channel.officers.nid)
  read = await readerFor(office, channel, channel.officers.nid)
})
afterAll(() => office.close())

const LETTER = {
  ...{ channel: 'letter', receivedOn: '10/11/2569', what: 'จดหมายว่าเสมียนเก็บค่าธรรมเนียมเกิน', conduct: 'K8' },
  ...{ accused: 'เสมียนกองคลัง', evidence: 'ใบเสร็จแนบมา', where: 'สำนักงาน', source: 'victim' },
}

const enter = (fields: TypedFields, files: { name: string; content: Buffer }[] = []): Promise<Response> =>
  sendForm(nid, '/staff/sealed/new', fields, files)

const ids = (officer: 'nid' | 'dao') =>
  listReportsFor(channel.sealed.db, channel.officers[officer].id).map(({ id }) => id)

const idOn = (answer: Response): string => /reports\/([0-9a-f-]{36})"/.exec(answer.text)?.[1] ?? ''

describe('a report on paper', () => {
  it('is written down by a named officer and sealed as any other, with a receipt to hand over', async () => {
    const content = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer()
    const answer = await enter({ ...LETTER, name: 'นายเขียว', contact: '089' }, [
      { name: 'letter.jpg', content },
    ])
    expect(answer.status).toBe(201)
    expect(answer.headers['cache-control']).toBe('no-store')
    const id = idOn(answer)
    await declare(nid, id)
    expect(read(id)[0]).toMatchObject({
      ...{ kind: 'report', channel: 'letter', day: '2026-11-10', conduct: 'K8', identity: 'named' },
      ...{ what: LETTER.what, accused: 'เสมียนกองคลัง', where: 'สำนักงาน', source: 'victim' },
    })
    const page = await nid.get(addressOf(id))
    expect(wordsOf(page)).toContain('ได้รับเมื่อ 10 พฤศจิกายน 2569')
    expect(wordsOf(page)).toContain('รับเข้าทาง หนังสือหรือจดหมาย')
    expect(wordsOf(page)).toContain('ดาวน์โหลด ไฟล์ 1.jpg')
    expect(page.text).not.toContain('letter.jpg')
    expect(page.text).not.toContain('นายเขียว')
    expect(listDuties(channel.sealed.db, id)[0]).toMatchObject({ duty: 'acknowledge', dueOn: '2026-11-13' })
    expect(deedsOf(channel, id)).toContain('report.enter')
    await did(nid, id, 'answer', { message: 'ขอบคุณสำหรับจดหมาย' })
    const { answer: mailbox } = await openMailboxOf(office, receiptOn(answer))
    expect(mailbox.status).toBe(303)
  })

  it('that is sent twice is one report, with the receipt told again', async () => {
    const before = ids('dao').length
    const twice = { ...LETTER, token: 'a form', what: 'จดหมายว่าเสมียนเรียกเงินค่าเอกสาร' }
    const [first, second] = await Promise.all([enter(twice), enter(twice)])
    expect([first.status, second.status]).toEqual([201, 201])
    expect(receiptOn(second)).toBe(receiptOn(first))
    expect(ids('dao')).toHaveLength(before + 1)
    const other = await enter({ ...twice, token: 'another form' })
    expect(receiptOn(other)).not.toBe(receiptOn(first))
    expect(ids('dao')).toHaveLength(before + 2)
  })

  it('comes back with everything typed where something is missing', async () => {
    const before = ids('dao').length
    const answer = await enter({ ...LETTER, channel: '', receivedOn: '17/11/2569', what: 'สั้น', accused: ' ' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['channel', 'receivedOn', 'what', 'accused'])
    expect(typedIn(answer, 'evidence')).toBe('ใบเสร็จแนบมา')
    expect(typedIn(answer, 'receivedOn')).toBe('17/11/2569')
    const old = await enter({ ...LETTER, receivedOn: '15/11/2568' })
    expect(errorsOf(old)).toEqual(['receivedOn'])
    const file = await enter(LETTER, [{ name: 'virus.exe', content: Buffer.from('MZ\u0000\u0001') }])
    expect(errorsOf(file)).toEqual(['files'])
    expect(typedIn(file, 'what')).toBe(LETTER.what)
    expect(ids('dao')).toHaveLength(before)
  })

  it('that concerns the officer who writes it down is out of reach as soon as it is sealed', async () => {
    const mine = ids('nid')
    const others = ids('dao').length
    const answer = await enter({ ...LETTER, what: 'จดหมายว่าผู้รับเรื่องเรียกเงิน', involved: 'receiving' })
    expect(answer.status).toBe(201)
    expect(wordsOf(answer)).toContain('เรื่องนี้เกี่ยวข้องกับท่าน ท่านจึงเปิดดูไม่ได้')
    expect(idOn(answer)).toBe('')
    expect(receiptOn(answer)).toMatch(/^\d{5}/)
    expect(ids('nid')).toEqual(mine)
    expect(ids('dao')).toHaveLength(others + 1)
  })

  it('that concerns every officer is not taken, and an outside body is named', async () => {
    const { sqlite } = channel.sealed.db
    sqlite.prepare('update officers set is_chief = 1 where id = ?').run(channel.officers.dao.id)
    const answer = await enter({ ...LETTER, involved: ['receiving', 'superior', 'chief'] })
    expect(errorsOf(answer)).toEqual(['involved'])
    expect(wordsOf(answer)).toContain('1205')
    sqlite.prepare('update officers set is_chief = 0 where id = ?').run(channel.officers.dao.id)
  })
})
