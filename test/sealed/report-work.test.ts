import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addReply, openMailbox, readMailbox } from '#sealed/mailbox.ts'
import { listDuties } from '#sealed/report-store.ts'
import { VERBS } from '#sealed/verbs.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
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
  read = await readerFor(office, channel, channel.officers.nid)
  nid = await atDesk(office, channel.officers.nid)
  dao = await atDesk(office, channel.officers.dao)
})
afterAll(() => office.close())

const GROUNDS = { text: 'พบการตรวจรับเท็จ' }
const REFERRAL = { body: 'nacc', basis: 'หนังสือที่ ปช 0001/5', text: 'เรื่องและภาพถ่าย', message: 'ส่ง ป.ป.ช. แล้ว' }
const RESULT = {
  outcome: 'disciplinary',
  finding: 'yes',
  text: 'ลงโทษทางวินัยแล้ว',
  message: 'ดำเนินการทางวินัยแล้ว',
}

/** A report that an officer has opened. */
async function opened(): Promise<string> {
  const { reportId } = await fileReport(office)
  await declare(nid, reportId)
  return reportId
}

async function accepted(): Promise<string> {
  const id = await opened()
  await did(nid, id, 'accept', { conduct: 'K2' })
  return id
}

const duty = (id: string, name: string) => listDuties(channel.sealed.db, id).find(({ duty }) => duty === name)

const counts = (table: 'month_counts' | 'outcome_counts') =>
  channel.sealed.db.sqlite.prepare(`select * from ${table} order by 1, 2, 3`).all()

describe('an officer', () => {
  it('accepts a report, which gets its number, its kind of conduct and a word to who reports', async () => {
    const id = await opened()
    const { reportId } = await fileReport(office)
    await did(nid, id, 'accept', { conduct: 'K7', message: 'รับเรื่องแล้ว' })
    const report = reportOf(channel, id)
    expect(report).toMatchObject({ status: 'screening', fiscalYear: 2570, series: '', seq: 1, rev: 2 })
    expect(duty(id, 'acknowledge')?.metOn).toBe('2026-11-16')
    expect(duty(id, 'check')?.metOn).toBeNull()
    expect(read(id)).toMatchObject([
      { kind: 'report', conduct: 'K2' },
      { kind: 'note', action: 'accept', officer: 'นิด รับเรื่อง', conduct: 'K7' },
      { kind: 'answer', text: 'รับเรื่องแล้ว' },
    ])
    expect(deedsOf(channel, id)).toContain('report.accept')
    await declare(nid, reportId)
    await did(nid, reportId, 'accept', { conduct: 'K1' })
    expect(reportOf(channel, reportId).seq).toBe(2)
    const page = wordsOf(await nid.get(`${addressOf(id)}?done=accept`))
    expect(page).toContain('ทจ 0001/2570')
    expect(page).toContain('ปฏิบัติหรือละเว้นการปฏิบัติหน้าที่โดยมิชอบ')
    expect(page).toContain('รับเรื่องและออกเลขทะเบียนแล้ว')
  })

  it('numbers a report in the fiscal year in which it was received', async () => {
    const id = await opened()
    channel.sealed.db.sqlite.prepare("update reports set received_on = '2026-09-30' where id = ?").run(id)
    await did(nid, id, 'accept', { conduct: 'K2' })
    expect(reportOf(channel, id)).toMatchObject({ fiscalYear: 2569, seq: 1 })
  })

  it('numbers reports that others may not see in a series of their own', async () => {
    const before = reportOf(channel, await accepted()).seq ?? 0
    const { reportId } = await fileReport(office, { involved: ['receiving'] })
    await declare(dao, reportId)
    await did(dao, reportId, 'accept', { conduct: 'K2' })
    expect(reportOf(channel, reportId)).toMatchObject({ series: 'ก', seq: 1 })
    expect(wordsOf(await dao.get(addressOf(reportId)))).toContain('ทจ.ก 0001/2570')
    expect(reportOf(channel, await accepted()).seq).toBe(before + 1)
  })

  it('asks who reports, and the answer takes the work up again', async () => {
    const { reportId: id, receipt } = await fileReport(office)
    await declare(nid, id)
    await did(nid, id, 'accept', { conduct: 'K2' })
    await did(nid, id, 'ask', { message: 'โครงการชื่ออะไร' })
    expect(reportOf(channel, id).status).toBe('need_info')
    const token = (await openMailbox(channel.sealed, receipt)) ?? ''
    const visit = channel.sealed.visits.of(token)
    expect(visit && readMailbox(channel.sealed, visit)?.answers).toMatchObject([{ text: 'โครงการชื่ออะไร' }])
    await addReply(channel.sealed, id, 'ถนนสาย 4', [])
    expect(reportOf(channel, id).status).toBe('screening')
    const list = wordsOf(await nid.get('/staff/sealed'))
    expect(list).toContain('ข้อความใหม่จากผู้แจ้ง')
    expect(wordsOf(await nid.get(addressOf(id)))).toContain('ถนนสาย 4')
  })

  it('goes on without an answer, where the work had been', async () => {
    const id = await accepted()
    await did(nid, id, 'inquire')
    await did(nid, id, 'ask', { message: 'มีพยานอีกไหม' })
    await did(nid, id, 'resume', { text: 'ได้จากเอกสาร' })
    expect(reportOf(channel, id).status).toBe('inquiry')
    expect(read(id).at(-1)).toMatchObject({ action: 'resume', text: 'ได้จากเอกสาร' })
  })

  it('writes to who reports at any time, and the report stays where it is', async () => {
    const id = await opened()
    await did(nid, id, 'answer', { message: 'ได้รับแล้ว ขอบคุณ' })
    expect(reportOf(channel, id).status).toBe('received')
    expect(lastAnswer(read(id))).toBe('ได้รับแล้ว ขอบคุณ')
  })

  it('notes for the other officers only', async () => {
    const { reportId: id, receipt } = await fileReport(office)
    await declare(nid, id)
    await declare(dao, id)
    await did(nid, id, 'note', { text: 'ขอดูสมุดบัญชี' })
    expect(wordsOf(await dao.get(addressOf(id)))).toContain('ขอดูสมุดบัญชี')
    const visit = channel.sealed.visits.of((await openMailbox(channel.sealed, receipt)) ?? '')
    expect(visit && readMailbox(channel.sealed, visit)?.answers).toEqual([])
  })

  it('begins fact-finding, which has a due date of its own', async () => {
    const id = await accepted()
    await did(nid, id, 'inquire', { text: 'มีเหตุให้ตรวจสอบ', message: 'กำลังตรวจสอบ' })
    expect(reportOf(channel, id)).toMatchObject({ status: 'inquiry', inquiryBegun: true })
    expect(duty(id, 'check')?.metOn).toBe('2026-11-16')
    expect(duty(id, 'inquire')).toMatchObject({ dueOn: '2026-12-16', metOn: null, extended: false })
  })

  it('finds grounds and concludes, which the figures count once', async () => {
    const id = await accepted()
    await did(nid, id, 'inquire')
    await did(nid, id, 'find-grounds', GROUNDS)
    expect(reportOf(channel, id)).toMatchObject({ status: 'action', finishedOn: null })
    expect(duty(id, 'inquire')?.metOn).toBe('2026-11-16')
    const before = counts('month_counts') as { finished: number }[]
    await did(nid, id, 'conclude', { ...RESULT, isCase: 'yes' })
    expect(reportOf(channel, id)).toMatchObject({
      ...{ status: 'closed', outcome: 'disciplinary', finishedOn: '2026-11-16', destroyOn: '2027-02-14' },
    })
    expect((counts('month_counts') as { finished: number }[])[0]?.finished).toBe(
      (before[0]?.finished ?? 0) + 1,
    )
    expect(counts('outcome_counts')).toContainEqual(
      expect.objectContaining({
        ...{ fiscal_year: 2570, half: 1, conduct: 'K2', outcome: 'disciplinary', is_case: 1, count: 1 },
      }),
    )
    expect(listDuties(channel.sealed.db, id).every(({ metOn }) => metOn !== null)).toBe(true)
    expect(lastAnswer(read(id))).toBe('ดำเนินการทางวินัยแล้ว')
  })

  it('reopens, which takes back from the figures exactly what was counted', async () => {
    const before = [counts('month_counts'), counts('outcome_counts')]
    const id = await accepted()
    await did(nid, id, 'find-grounds', GROUNDS)
    await did(nid, id, 'categorise', { conduct: 'K8' })
    await did(nid, id, 'conclude', { ...RESULT, outcome: 'prosecution' })
    await did(nid, id, 'reopen', { text: 'พบเอกสารใหม่' })
    expect(reportOf(channel, id)).toMatchObject({
      ...{ status: 'inquiry', outcome: null, finishedOn: null, destroyOn: null, inquiryBegun: true },
    })
    expect(duty(id, 'inquire')).toMatchObject({ dueOn: '2026-12-16', metOn: null })
    const finished = (rows: unknown) => (rows as { finished: number }[]).map((row) => row.finished)
    expect(finished(counts('month_counts'))).toEqual(finished(before[0]))
    const nonzero = (rows: unknown) => (rows as { count: number }[]).filter(({ count }) => count !== 0)
    expect(nonzero(counts('outcome_counts'))).toEqual(nonzero(before[1]))
  })

  it('refers to a competent body, and its result takes the place of the referral in the figures', async () => {
    const id = await accepted()
    await did(nid, id, 'refer', REFERRAL)
    expect(reportOf(channel, id)).toMatchObject({ status: 'referred', outcome: 'referred' })
    expect(lastAnswer(read(id))).toBe('ส่ง ป.ป.ช. แล้ว')
    const referred = { fiscal_year: 2570, half: 1, conduct: 'K2', outcome: 'referred', is_case: 0 }
    expect(counts('outcome_counts')).toContainEqual(expect.objectContaining({ ...referred, count: 1 }))
    const months = counts('month_counts')
    office.clock.addMinutes(1)
    await did(nid, id, 'conclude', { ...RESULT, outcome: 'other', finding: 'no' })
    expect(counts('month_counts')).toEqual(months)
    expect(counts('outcome_counts')).toContainEqual(expect.objectContaining({ ...referred, count: 0 }))
    expect(counts('outcome_counts')).toContainEqual(
      expect.objectContaining({ ...referred, outcome: 'other', count: 1 }),
    )
  })

  it('cannot end a report without result by concluding it', async () => {
    const id = await accepted()
    await did(nid, id, 'refer', REFERRAL)
    for (const outcome of ['no_ground', 'insufficient']) {
      const answer = await act(nid, id, 'conclude', { ...RESULT, outcome })
      expect(errorsOf(answer)).toEqual(['outcome'])
    }
    expect(reportOf(channel, id).status).toBe('referred')
  })

  it('is told what is missing, with everything typed', async () => {
    const id = await accepted()
    const answer = await act(nid, id, 'refer', { basis: 'พ.ร.ป. ป.ป.ช.', message: 'ส่งแล้ว' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['body', 'text'])
    expect(typedIn(answer, 'basis')).toBe('พ.ร.ป. ป.ป.ช.')
    expect(typedIn(answer, 'message')).toBe('ส่งแล้ว')
    const other = await act(nid, id, 'refer', { ...REFERRAL, body: 'other' })
    expect(errorsOf(other)).toEqual(['otherBody'])
    expect(reportOf(channel, id).status).toBe('screening')
  })

  it('holds the day of destruction back', async () => {
    const id = await accepted()
    await did(nid, id, 'refer', REFERRAL)
    expect(reportOf(channel, id).destroyOn).toBe('2027-02-14')
    await did(nid, id, 'hold', { text: 'ศาลขอสำเนา' })
    expect(reportOf(channel, id).destroyOn).toBe('2027-05-15')
  })
})

describe('a form', () => {
  it('for a report that somebody changed meanwhile comes back with what was typed', async () => {
    const id = await accepted()
    await declare(dao, id)
    const form = await nid.get(`${addressOf(id)}/inquire`)
    await did(dao, id, 'categorise', { conduct: 'K5' })
    const sent = { rev: typedIn(form, 'rev') ?? '', seen: typedIn(form, 'seen') ?? '', text: 'ตรวจแล้ว' }
    const stale = await post(nid, `${addressOf(id)}/inquire`, sent)
    expect(stale.status).toBe(409)
    expect(wordsOf(stale)).toContain('มีผู้แก้ไขเรื่องนี้ก่อนท่าน')
    expect(wordsOf(stale)).toContain('แก้ไขลักษณะการทุจริต ดาว หัวหน้าศูนย์')
    expect(typedIn(stale, 'text')).toBe('ตรวจแล้ว')
    expect(reportOf(channel, id).status).toBe('screening')
    const again = { rev: typedIn(stale, 'rev') ?? '', seen: typedIn(stale, 'seen') ?? '', text: 'ตรวจแล้ว' }
    expect((await post(nid, `${addressOf(id)}/inquire`, again)).status).toBe(303)
    expect(reportOf(channel, id).status).toBe('inquiry')
  })

  it('for what cannot be done any more gives the words back', async () => {
    const id = await accepted()
    await declare(dao, id)
    const form = await nid.get(`${addressOf(id)}/ask`)
    await did(dao, id, 'refer', REFERRAL)
    const sent = { rev: typedIn(form, 'rev') ?? '', seen: typedIn(form, 'seen') ?? '', message: 'ถามอีกข้อ' }
    const late = await post(nid, `${addressOf(id)}/ask`, sent)
    expect(late.status).toBe(409)
    expect(wordsOf(late)).toContain('ทำขั้นตอนนี้ในตอนนี้ไม่ได้')
    expect(typedIn(late, 'typed-1')).toBe('ถามอีกข้อ')
    expect(lastAnswer(read(id))).toBe('ส่ง ป.ป.ช. แล้ว')
  })

  it('pressed twice is done once', async () => {
    const id = await accepted()
    for (const [verb, typed] of [
      ['answer', { message: 'กดสองครั้ง' }],
      ['note', { text: 'จดสองครั้ง' }],
      ['inquire', { text: 'เริ่มสองครั้ง' }],
    ] as const) {
      const form = await nid.get(`${addressOf(id)}/${verb}`)
      const sent = { rev: typedIn(form, 'rev') ?? '', seen: typedIn(form, 'seen') ?? '', ...typed }
      const answers = await Promise.all([1, 2].map(() => post(nid, `${addressOf(id)}/${verb}`, sent)))
      expect(answers.map(({ status }) => status)).toEqual([303, 303])
    }
    const bodies = read(id)
    expect(bodies.filter((body) => body.kind === 'answer')).toHaveLength(1)
    expect(bodies.filter((body) => body.kind === 'note' && body.text !== '')).toHaveLength(2)
  })

  it('of a verb that is not possible now is not shown, and does nothing when it is sent', async () => {
    const id = await opened()
    for (const { path } of VERBS) {
      if (['accept', 'answer', 'note'].includes(path)) continue
      const answer = await act(nid, id, path)
      expect(answer.status, path).toBe(409)
      const sent = { rev: String(reportOf(channel, id).rev), ...REFERRAL, ...RESULT }
      expect((await post(nid, `${addressOf(id)}/${path}`, sent)).status, path).toBe(409)
    }
    expect(reportOf(channel, id)).toMatchObject({ status: 'received', rev: 1 })
    expect(read(id)).toHaveLength(1)
    expect((await nid.get(`${addressOf(id)}/destroy`)).status).toBe(404)
  })
})

it('who is no named officer finds none of this', async () => {
  const id = await accepted()
  for (const name of ['admin', 'wit', 'nayok', 'chai'] as const) {
    const agent = await office.signIn(name)
    for (const path of ['', '/note', '/accept', '/contact', '/export', '/interest']) {
      expect((await agent.get(`${addressOf(id)}${path}`)).status).toBe(404)
      expect((await post(agent, `${addressOf(id)}${path || '/note'}`, { text: 'ก' })).status).toBe(404)
    }
    for (const path of ['', '/new', '/disclosures']) {
      expect((await agent.get(`/staff/sealed${path}`)).status).toBe(404)
    }
  }
  const stranger = office.newAgent()
  expect((await stranger.get(addressOf(id))).status).toBe(303)
  expect((await post(stranger, `${addressOf(id)}/note`, { text: 'ก' })).status).toBe(401)
})
