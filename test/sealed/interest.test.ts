import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SealBroken } from '#sealed/crypto/sodium.ts'
import { grantOfficer, holderOf, renewKeys } from '#sealed/keys.ts'
import { eraseContact } from '#sealed/mailbox.ts'
import { findReportFor, listContactKeys, listHolders } from '#sealed/report-store.ts'
import { errorsOf, post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel, unlock } from './channel.ts'
import { act, addressOf, atDesk, declare, deedsOf, did, readerFor, reportOf, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let nid: TestAgent
let dao: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  nid = await atDesk(office, channel.officers.nid)
  dao = await atDesk(office, channel.officers.dao)
})
afterAll(() => office.close())

const SECRET = { what: 'เนื้อเรื่องลับมาก', evidence: 'หลักฐานลับมาก', accused: 'หัวหน้ากองคลัง' }
const WAENG = { name: 'นางแดง ใจกล้า', contact: 'โทร 081 234 5678' }

const withdrawFrom = (agent: TestAgent, id: string): Promise<Response> =>
  post(agent, `${addressOf(id)}/interest`, { word: 'withdraw' })

describe('before a word on an interest', () => {
  it('an officer sees whom the report is about and the kind of conduct, and nothing more', async () => {
    const { reportId: id } = await fileReport(office, SECRET)
    const page = await nid.get(addressOf(id))
    expect(page.status).toBe(200)
    expect(wordsOf(page)).toContain('หัวหน้ากองคลัง')
    expect(wordsOf(page)).toContain('ทุจริตการจัดซื้อจัดจ้าง')
    const list = await nid.get('/staff/sealed')
    const found = await post(nid, '/staff/sealed', { show: 'all', word: 'ลับมาก' })
    for (const answer of [page, list]) expect(answer.text).not.toContain('ลับมาก')
    expect(wordsOf(found)).toContain('ไม่มีเรื่องที่มีคำนี้')
    expect(deedsOf(channel, id)).toEqual(['report.open'])
  })

  it('nothing can be done to the report, and no file or contact of it be had', async () => {
    const { reportId: id } = await fileReport(office, SECRET)
    for (const path of ['note', 'accept', 'contact', 'export', `files/${id}`]) {
      const shown = await nid.get(`${addressOf(id)}/${path}`)
      expect([shown.status, shown.headers.location]).toEqual([303, addressOf(id)])
      const sent = await post(nid, `${addressOf(id)}/${path === `files/${id}` ? `${path}/original` : path}`, {
        ...{ rev: '1', text: 'ก', conduct: 'K2', reason: 'ก' },
      })
      expect([sent.status, sent.headers.location]).toEqual([303, addressOf(id)])
    }
    expect(reportOf(channel, id)).toMatchObject({ status: 'received', rev: 1 })
  })

  it('the word must be given', async () => {
    const { reportId: id } = await fileReport(office, SECRET)
    const answer = await post(nid, `${addressOf(id)}/interest`)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['word'])
    expect(answer.text).not.toContain('ลับมาก')
  })

  it('each officer speaks for herself', async () => {
    const { reportId: id } = await fileReport(office, SECRET)
    await declare(nid, id)
    expect((await nid.get(addressOf(id))).text).toContain('เนื้อเรื่องลับมาก')
    expect((await dao.get(addressOf(id))).text).not.toContain('เนื้อเรื่องลับมาก')
    expect(deedsOf(channel, id)).toContain('interest.none')
  })
})

describe('an officer who has an interest', () => {
  it('withdraws, and the report does not exist for her any more', async () => {
    const { reportId: id } = await fileReport(office, SECRET)
    const answer = await withdrawFrom(nid, id)
    expect(answer.status).toBe(200)
    expect(wordsOf(answer)).toContain('ท่านถอนตัวจากเรื่องนี้แล้ว')
    for (const path of ['', '/interest', '/note', '/contact', '/export']) {
      expect((await nid.get(`${addressOf(id)}${path}`)).status).toBe(404)
    }
    expect((await nid.get('/staff/sealed?show=all')).text).not.toContain(id)
    expect(findReportFor(channel.sealed.db, channel.officers.nid.id, id)).toBeUndefined()
    expect(reportOf(channel, id).rotationDue).toBe(true)
    expect(deedsOf(channel, id)).toContain('report.withdraw')
    // The others learn of it, and the key is renewed.
    await declare(dao, id)
    expect(wordsOf(await dao.get(addressOf(id)))).toContain('ถอนตัวเพราะมีส่วนได้เสีย นิด รับเรื่อง')
    expect(wordsOf(await dao.get('/staff/sealed'))).toContain('กุญแจรอเปลี่ยน')
    expect((await post(dao, '/staff/sealed/renew')).status).toBe(303)
    expect(reportOf(channel, id)).toMatchObject({ rotationDue: false, epoch: 2 })
    expect((await dao.get(addressOf(id))).text).toContain('เนื้อเรื่องลับมาก')
  })

  it('may find out later, too, and gets no key again by a grant', async () => {
    const { reportId: id } = await fileReport(office, SECRET)
    await declare(nid, id)
    await withdrawFrom(nid, id)
    const { nid: withdrawn, dao: granting } = channel.officers
    const vault = await unlock(office, granting)
    renewKeys(channel.sealed, holderOf(vault))
    grantOfficer(channel.sealed, granting.row(), holderOf(vault), withdrawn.row())
    expect((await nid.get(addressOf(id))).status).toBe(404)
    const read = await readerFor(office, channel, withdrawn)
    expect(() => read(id)).toThrow()
  })

  it('is not let go where only the sheets of paper could open the report then', async () => {
    const { reportId: id } = await fileReport(office, { ...SECRET, involved: ['receiving', 'superior'] })
    const page = await dao.get(addressOf(id))
    expect(wordsOf(page)).toContain('ท่านเป็นเจ้าหน้าที่คนเดียวที่เปิดเรื่องนี้ได้ จึงถอนตัวในตอนนี้ไม่ได้')
    expect(wordsOf(page)).toContain('1205')
    expect(page.text).not.toContain('value="withdraw"')
    const answer = await withdrawFrom(dao, id)
    expect(answer.status).toBe(409)
    expect(answer.text).not.toContain('ลับมาก')
    expect(listHolders(channel.sealed.db, id)).toContain(channel.officers.dao.id)
    expect(reportOf(channel, id).rotationDue).toBe(false)
  })

  it('passes the contact on to the next officer, under a new key', async () => {
    const { reportId: id } = await fileReport(office, SECRET, WAENG)
    const holdersOf = () => listContactKeys(channel.sealed.db, id).map(({ holder }) => holder)
    expect(holdersOf()).toContain(channel.officers.nid.id)
    await withdrawFrom(nid, id)
    expect(holdersOf()).not.toContain(channel.officers.nid.id)
    expect(holdersOf()).toHaveLength(2)
    const next = holdersOf().includes(channel.officers.dao.id)
      ? dao
      : await atDesk(office, channel.officers.malee)
    await declare(next, id)
    const shown = await post(next, `${addressOf(id)}/contact`, { reason: 'ต้องนัดสอบปากคำ' })
    expect(wordsOf(shown)).toContain('นางแดง ใจกล้า')
  })
})

describe('who reports', () => {
  it('is known to one officer, who gives a reason, and each time it is written down', async () => {
    const { reportId: id } = await fileReport(office, SECRET, WAENG)
    await declare(nid, id)
    await declare(dao, id)
    expect(wordsOf(await nid.get(addressOf(id)))).toContain('เปิดดูได้เฉพาะท่าน')
    expect(wordsOf(await dao.get(addressOf(id)))).toContain('เปิดดูได้เฉพาะ นิด รับเรื่อง')
    expect((await dao.get(`${addressOf(id)}/contact`)).status).toBe(403)
    expect((await post(dao, `${addressOf(id)}/contact`, { reason: 'อยากรู้' })).status).toBe(403)

    const form = await nid.get(`${addressOf(id)}/contact`)
    const empty = await post(nid, `${addressOf(id)}/contact`, { reason: '  ' })
    expect(empty.status).toBe(422)
    for (const answer of [form, empty]) expect(answer.text).not.toContain('นางแดง')
    const shown = await post(nid, `${addressOf(id)}/contact`, { reason: 'ต้องนัดสอบปากคำ' })
    expect(wordsOf(shown)).toContain('นางแดง ใจกล้า')
    expect(wordsOf(shown)).toContain('081 234 5678')
    expect((await nid.get(`${addressOf(id)}/contact`)).text).not.toContain('นางแดง')
    expect(deedsOf(channel, id).filter((deed) => deed === 'report.contact')).toHaveLength(1)
    expect(wordsOf(await dao.get(addressOf(id)))).toContain('เปิดดูข้อมูลผู้แจ้ง นิด รับเรื่อง')
    expect(wordsOf(await dao.get(addressOf(id)))).toContain('ต้องนัดสอบปากคำ')
  })

  it('leaves no difference on any page between a contact, none, and one that was erased', async () => {
    const ids = []
    for (const contact of [WAENG, { name: '', contact: '' }, WAENG]) {
      const identity = contact.name ? ('named' as const) : ('none' as const)
      const { reportId } = await fileReport(office, { ...SECRET, identity }, contact)
      await declare(nid, reportId)
      ids.push(reportId)
    }
    eraseContact(channel.sealed, ids[2] ?? '')
    for (const path of ['', '/contact']) {
      const pages = []
      for (const id of ids) pages.push((await nid.get(`${addressOf(id)}${path}`)).text.replaceAll(id, ''))
      expect(new Set(pages).size).toBe(1)
    }
    const opened = []
    for (const id of ids) opened.push(wordsOf(await post(nid, `${addressOf(id)}/contact`, { reason: 'ก' })))
    expect(opened.map((words) => words.includes('ไม่ได้ให้ไว้'))).toEqual([false, true, true])
  })

  it('whose contact was moved to another report is not told, and not mixed up', async () => {
    const first = await fileReport(office, SECRET, WAENG)
    const second = await fileReport(office, SECRET, { name: 'นายดำ', contact: '-' })
    await declare(nid, second.reportId)
    const { sqlite } = channel.sealed.db
    const take = sqlite.prepare('select body from contacts where report_id = ?')
    const { body } = take.get(first.reportId) as { body: Buffer }
    sqlite.prepare('update contacts set body = ? where report_id = ?').run(body, second.reportId)
    const shown = await post(nid, `${addressOf(second.reportId)}/contact`, { reason: 'ก' })
    expect(wordsOf(shown)).toContain('ข้อมูลเสียหาย')
    expect(shown.text).not.toContain('นางแดง')
  })
})

it('an old copy of the withdrawn officer opens nothing that was written afterwards', async () => {
  const { reportId: id } = await fileReport(office, SECRET)
  const { sqlite } = channel.sealed.db
  const row = sqlite.prepare('select * from report_keys where report_id = ? and holder = ?')
  const old = row.get(id, channel.officers.nid.id) as Record<string, unknown>
  await withdrawFrom(nid, id)
  await declare(dao, id)
  await post(dao, '/staff/sealed/renew')
  await did(dao, id, 'accept', { conduct: 'K2' })
  expect((await act(dao, id, 'answer', { message: 'หลังถอนตัว' })).status).toBe(303)
  const insert = sqlite.prepare(
    'insert into report_keys (report_id, holder, epoch, sealed_key) values (?, ?, ?, ?)',
  )
  insert.run(id, old.holder, old.epoch, old.sealed_key)
  const read = await readerFor(office, channel, channel.officers.nid)
  expect(() => read(id)).toThrow(SealBroken)
  const page = await nid.get(addressOf(id))
  expect(wordsOf(page)).toContain('ข้อมูลเสียหาย')
})
