import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ConfidentialRegister, MovedCase } from '#complaints/confidential-register.ts'
import { sharp } from '#platform/guarded-sharp.ts'
import { movedCases } from '#sealed/receive-moved.ts'
import { listDuties, listReportsFor } from '#sealed/report-store.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { openTestChannel, type TestChannel } from './channel.ts'
import { act, addressOf, atDesk, declare, did, type Reader, readerFor, reportOf, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let register: ConfidentialRegister
let nid: TestAgent
let read: Reader
beforeAll(async () => {
  office = await startTestPortal()
  // Nothing can be moved before the channel is open.
  const { sealedOf } = await import('#sealed/open.ts')
  expect(movedCases(sealedOf(office.portal)).isOpen()).toBe(false)
  channel = await openTestChannel(office)
  register = movedCases(channel.sealed)
  nid = await atDesk(office, channel.officers.nid)
  read = await readerFor(office, channel, channel.officers.nid)
})
afterAll(() => office.close())

const MOVED: MovedCase = {
  ...{ token: 'token-1', receivedOn: '2026-11-02', text: 'เรื่องเลขที่ รท 0001/2570\nนายช่างเรียกเงิน' },
  contact: { name: 'นางแดง', phone: '0812345678', email: 'daeng@example.com', address: '99 หมู่ 1' },
  ...{ files: [], excluded: [] },
}

const ids = () => listReportsFor(channel.sealed.db, channel.officers.dao.id).map(({ id }) => id)

it('a moved case is sealed once, however often it is handed over', async () => {
  expect(register.isOpen()).toBe(true)
  await Promise.all([register.receive(MOVED), register.receive(MOVED)])
  await register.receive(MOVED)
  const [id = ''] = ids()
  expect(ids()).toEqual([id])
  expect(reportOf(channel, id)).toMatchObject({ receivedOn: '2026-11-16', receiptLookup: null })
  expect(listDuties(channel.sealed.db, id)[0]).toMatchObject({ duty: 'acknowledge', dueOn: '2026-11-19' })
  await declare(nid, id)
  expect(read(id)[0]).toMatchObject({ channel: 'moved', day: '2026-11-02', what: MOVED.text, involved: [] })
  const page = wordsOf(await nid.get(addressOf(id)))
  expect(page).toContain('วันที่ยื่นเรื่องเดิม 2 พฤศจิกายน 2569')
  expect(page).toContain('ผู้แจ้งไม่มีรหัสลับ')
  expect(page).not.toContain('นางแดง')
  const contact = wordsOf(await post(nid, `${addressOf(id)}/contact`, { reason: 'ต้องแจ้งผู้ร้อง' }))
  expect(contact).toContain('นางแดง')
  expect(contact).toContain('0812345678')
  expect(contact).toContain('99 หมู่ 1')

  register.forget(MOVED.token)
  register.forget(MOVED.token)
  expect(channel.sealed.db.sqlite.prepare('select count(*) n from moved_tokens').get()).toEqual({ n: 0 })
})

it('nobody is asked or told anything in it, and it can be worked to its end', async () => {
  const [id = ''] = ids()
  await did(nid, id, 'accept', { conduct: 'K1' })
  for (const verb of ['ask', 'answer']) expect((await act(nid, id, verb)).status).toBe(409)
  await did(nid, id, 'find-grounds', { text: 'มีมูล' })
  const form = await nid.get(`${addressOf(id)}/conclude`)
  expect(form.text).not.toContain('name="message"')
  await did(nid, id, 'conclude', { outcome: 'corrected', finding: 'part', text: 'คืนเงินแล้ว' })
  expect(read(id).filter(({ kind }) => kind === 'answer')).toEqual([])
})

it('its files are cleaned; one that cannot be is kept as it came, behind the warning', async () => {
  const dirty = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123456' } })
    .withExif({ IFD0: { Artist: 'MARKER-4711' } })
    .jpeg()
    .toBuffer()
  const broken = Buffer.from('%PDF-1.7 nobody can read this')
  const files = [
    { name: 'บ้านนางแดง.jpg', mime: 'image/jpeg', content: dirty },
    { name: 'หนังสือ.pdf', mime: 'application/pdf', content: broken },
  ]
  const known = ids()
  await register.receive({ ...MOVED, token: 'token-2', files })
  const id = ids().find((one) => !known.includes(one)) ?? ''
  await declare(nid, id)
  const page = (await nid.get(addressOf(id))).text
  expect(page).not.toContain('นางแดง')
  const [, clean] = /src="([^"]+)\/picture"/.exec(page) ?? []
  const [, original] = /action="([^"]+)\/original"/.exec(page) ?? []
  const cleaned = (await nid.get(`${clean}`).responseType('blob')).body as Buffer
  expect(cleaned.includes('MARKER-4711')).toBe(false)
  expect(dirty.includes('MARKER-4711')).toBe(true)
  const kept = (await nid.post(`${original}/original`).responseType('blob')).body as Buffer
  expect(kept.equals(broken)).toBe(true)
  expect(page).toContain('ไฟล์ 2 ต้นฉบับ.pdf')
})

it('whom the mover excluded gets no key, and where nobody is left nothing is kept', async () => {
  const mine = listReportsFor(channel.sealed.db, channel.officers.nid.id).length
  await register.receive({ ...MOVED, token: 'token-3', excluded: ['receiving'] })
  expect(listReportsFor(channel.sealed.db, channel.officers.nid.id)).toHaveLength(mine)
  const { sqlite } = channel.sealed.db
  sqlite.prepare('update officers set is_chief = 1 where id = ?').run(channel.officers.dao.id)
  const before = sqlite.prepare('select count(*) n from reports').get()
  const all: MovedCase = { ...MOVED, token: 'token-4', excluded: ['receiving', 'superior', 'chief'] }
  await expect(register.receive(all)).rejects.toMatchObject({ code: 'nobody_impartial' })
  expect(sqlite.prepare('select count(*) n from reports').get()).toEqual(before)
  expect(sqlite.prepare("select count(*) n from moved_tokens where token = 'token-4'").get()).toEqual({
    n: 0,
  })
})
