import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import {
  act,
  addressOf,
  atDesk,
  declare,
  deedsOf,
  did,
  lastAnswer,
  type Reader,
  readerFor,
  reportOf,
  wordsOf,
} from './officer.ts'

let office: TestPortal
let channel: TestChannel
let nid: TestAgent
let dao: TestAgent
let read: Reader
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  read = await readerFor(office, channel, channel.officers.dao)
  nid = await atDesk(office, channel.officers.nid)
  dao = await atDesk(office, channel.officers.dao)
})
afterAll(() => office.close())

const END = { text: 'สอบพยานแล้วไม่พบ', message: 'ตรวจสอบแล้วไม่พบมูล' }

async function accepted(): Promise<string> {
  const { reportId } = await fileReport(office)
  await declare(nid, reportId)
  await declare(dao, reportId)
  await did(nid, reportId, 'accept', { conduct: 'K2' })
  return reportId
}

const finished = (): number =>
  (channel.sealed.db.sqlite.prepare('select sum(finished) n from month_counts').get() as { n: number }).n

describe('an end without result', () => {
  it.each([
    ['end-no-ground', 'no_ground'],
    ['end-insufficient', 'insufficient'],
  ])('%s waits until a second officer confirms', async (verb, status) => {
    const id = await accepted()
    const before = finished()
    await did(nid, id, verb, END)
    expect(reportOf(channel, id)).toMatchObject({ status: 'screening', finishedOn: null, outcome: null })
    expect(lastAnswer(read(id))).toBeUndefined()
    expect(finished()).toBe(before)
    expect(wordsOf(await dao.get('/staff/sealed'))).toContain('รอเจ้าหน้าที่คนที่สองยืนยัน')
    expect(wordsOf(await dao.get(addressOf(id)))).toContain('เหตุผล: สอบพยานแล้วไม่พบ')
    const question = wordsOf(await dao.get(`${addressOf(id)}/confirm`))
    expect(question).toContain('เหตุผล: สอบพยานแล้วไม่พบ')
    expect(question).toContain('ข้อความที่เสนอให้ส่งถึงผู้แจ้ง: ตรวจสอบแล้วไม่พบมูล')

    // Who asked for it never confirms it, by the page or without it.
    expect((await nid.get(addressOf(id))).text).not.toMatch(/\/(confirm|refuse)"/)
    expect((await dao.get(addressOf(id))).text).toMatch(/\/confirm"/)
    expect((await act(nid, id, 'confirm')).status).toBe(409)
    const rev = String(reportOf(channel, id).rev)
    expect((await post(nid, `${addressOf(id)}/confirm`, { rev })).status).toBe(409)
    expect(reportOf(channel, id).status).toBe('screening')

    await did(dao, id, 'confirm', { text: 'เห็นด้วย' })
    expect(reportOf(channel, id)).toMatchObject({
      ...{ status, outcome: status, finishedOn: '2026-11-16', pendingAction: null, pendingBy: null },
    })
    expect(lastAnswer(read(id))).toBe('ตรวจสอบแล้วไม่พบมูล')
    expect(finished()).toBe(before + 1)
    expect(deedsOf(channel, id)).toContain('report.confirm')
  })

  it('that the second officer refuses does not come about, and the reason is told', async () => {
    const id = await accepted()
    await did(nid, id, 'end-no-ground', END)
    expect((await act(dao, id, 'refuse')).status).toBe(422)
    await did(dao, id, 'refuse', { text: 'ยังไม่ได้สอบผู้รับจ้าง' })
    expect(reportOf(channel, id)).toMatchObject({ status: 'screening', pendingAction: null, pendingBy: null })
    expect(lastAnswer(read(id))).toBeUndefined()
    expect(wordsOf(await nid.get(addressOf(id)))).toContain('ยังไม่ได้สอบผู้รับจ้าง')
    await did(nid, id, 'inquire')
  })

  it('stands in the way of everything but words until it is decided', async () => {
    const id = await accepted()
    await did(nid, id, 'end-no-ground', END)
    for (const verb of [
      'inquire',
      'refer',
      'find-grounds',
      'ask',
      'end-insufficient',
      'accept',
      'categorise',
    ]) {
      expect((await act(dao, id, verb)).status, verb).toBe(409)
    }
    await did(dao, id, 'note', { text: 'ขออ่านก่อน' })
    expect((await act(dao, id, 'take-back', { text: 'ก' })).status).toBe(409)
    await did(nid, id, 'take-back', { text: 'ขอถอนคำเสนอ' })
    await did(nid, id, 'inquire')
  })

  it('cannot be confirmed by the second officer before a word on an interest', async () => {
    const { reportId: id } = await fileReport(office)
    await declare(nid, id)
    await did(nid, id, 'accept', { conduct: 'K2' })
    await did(nid, id, 'end-no-ground', END)
    const rev = String(reportOf(channel, id).rev)
    const answer = await post(dao, `${addressOf(id)}/confirm`, { rev })
    expect(answer.headers.location).toBe(addressOf(id))
    expect(reportOf(channel, id).status).toBe('screening')
  })

  it('is not offered to the only officer there is, who is told to refer the report', async () => {
    // Of the officers only dao is not concerned.
    const { reportId: id } = await fileReport(office, { involved: ['receiving', 'superior'] })
    await declare(dao, id)
    await did(dao, id, 'accept', { conduct: 'K2' })
    const page = wordsOf(await dao.get(addressOf(id)))
    expect(page).not.toContain('เสนอยุติเรื่อง:')
    expect(page).toContain('มีท่านคนเดียวที่เปิดเรื่องนี้ได้ จึงเสนอยุติเรื่องไม่ได้ ให้ส่งเรื่องให้หน่วยงานที่มีอำนาจแทน')
    expect((await act(dao, id, 'end-no-ground', END)).status).toBe(409)
    const rev = String(reportOf(channel, id).rev)
    expect((await post(dao, `${addressOf(id)}/end-no-ground`, { rev, ...END })).status).toBe(409)
    expect(reportOf(channel, id).pendingAction).toBeNull()
  })

  it('is void when who asked for it withdraws', async () => {
    const id = await accepted()
    await did(nid, id, 'end-no-ground', END)
    expect((await post(nid, `${addressOf(id)}/interest`, { word: 'withdraw' })).status).toBe(200)
    expect(reportOf(channel, id)).toMatchObject({ pendingAction: null, pendingBy: null })
    expect((await act(dao, id, 'confirm')).status).toBe(409)
  })
})
