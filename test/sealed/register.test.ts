import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recoveryHolder } from '#sealed/channel-store.ts'
import { newKeyPair, sealTo } from '#sealed/crypto/sodium.ts'
import { addReply } from '#sealed/mailbox.ts'
import { insertDuty, insertReport, insertReportKey, writeInterest } from '#sealed/report-store.ts'
import { storeMessage } from '#sealed/seal.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, reportBody, type TestChannel } from './channel.ts'
import { addressOf, atDesk, declare, did, wordsOf } from './officer.ts'

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

/** A report as `submitReport` seals it, without the second that its receipt costs. */
function sealQuickly(words: string, day: string): string {
  const { sealed, officers } = channel
  const { db } = sealed
  const id = crypto.randomUUID()
  const caseKeys = newKeyPair()
  const casePublicKey = Buffer.from(caseKeys.publicKey)
  const report = { id, casePublicKey, reporterPublicKey: Buffer.from(newKeyPair().publicKey) }
  db.inTransaction(() => {
    insertReport(db, { ...report, receivedOn: day, status: 'received' })
    for (const officer of [officers.nid, officers.dao]) {
      const publicKey = officer.row().publicKey ?? Buffer.alloc(0)
      const sealedKey = sealTo(publicKey, caseKeys.secretKey)
      insertReportKey(db, { reportId: id, holder: officer.id, epoch: 1, sealedKey })
      writeInterest(db, id, officer.id, false)
    }
    storeMessage(sealed, report, 'in', reportBody(office, { what: words }))
    const note = { kind: 'note' as const, at: office.clock.now().toISOString(), officer: 'นิด', text: 'จด' }
    storeMessage(sealed, report, 'note', note)
    storeMessage(sealed, report, 'out', { kind: 'answer', day, text: 'รับแล้ว' })
    insertDuty(db, { reportId: id, duty: 'check', dueOn: day })
  })
  return id
}

const search = (agent: TestAgent, word: string, show = 'all') => post(agent, '/staff/sealed', { show, word })

const countIn = (words: string): string => /([\d,]+) เรื่อง/.exec(words)?.[1] ?? ''

describe('the register', () => {
  it('lists number, beginning, kind, day, what is due next and what is new', async () => {
    const { reportId: id } = await fileReport(office, { what: 'นายช่างเรียกเงินค่าออกแบบ', conduct: 'K1' })
    await declare(nid, id)
    // A tab's title stays in the history of the browser when the vault is locked.
    expect(/<title>(.*?)<\/title>/.exec((await nid.get(addressOf(id))).text)?.[1]).toMatch(/^เรื่องลับ ยังไม่รับ –/)
    const fresh = wordsOf(await nid.get('/staff/sealed'))
    expect(fresh).toContain('ยังไม่รับ นายช่างเรียกเงินค่าออกแบบ เรียกหรือรับเงิน สินบน')
    expect(fresh).toContain('รับเรื่อง 19 พ.ย. 69 เหลือ 3 วัน')
    await did(nid, id, 'accept', { conduct: 'K1' })
    await addReply(channel.sealed, id, 'มีคลิปเสียง', [])
    const later = wordsOf(await nid.get('/staff/sealed'))
    expect(later).toContain('ทจ 0001/2570 นายช่างเรียกเงิน')
    expect(later).toContain('ตรวจสอบเบื้องต้น 1 ธ.ค. 69')
    expect(later).toContain('ข้อความใหม่จากผู้แจ้ง')
    await did(nid, id, 'note', { text: 'ฟังแล้ว' })
    expect(wordsOf(await nid.get('/staff/sealed'))).not.toContain('ข้อความใหม่จากผู้แจ้ง')
  })

  it('puts what is due first on top, and shows by status', async () => {
    const late = sealQuickly('เกินกำหนดแล้ว', '2026-11-01')
    const soon = sealQuickly('ครบกำหนดพรุ่งนี้', '2026-11-17')
    const list = await nid.get('/staff/sealed')
    expect(list.text.indexOf(late)).toBeLessThan(list.text.indexOf(soon))
    expect(wordsOf(list)).toContain('เกินกำหนด 15 วัน')
    const { reportId: done } = await fileReport(office, { what: 'ส่งไปแล้ว' })
    await declare(nid, done)
    await did(nid, done, 'accept', { conduct: 'K2' })
    await did(nid, done, 'refer', { body: 'nacc', basis: 'ก', text: 'ก' })
    expect((await nid.get('/staff/sealed')).text).not.toContain(done)
    for (const show of ['finished', 'referred', 'all']) {
      expect((await nid.get(`/staff/sealed?show=${show}`)).text).toContain(done)
    }
    expect((await nid.get('/staff/sealed?show=closed')).text).not.toContain(done)
  })

  it('is searched in everything that is sealed, by a form and not by an address', async () => {
    const { reportId: id } = await fileReport(office, { what: 'ซื้อน้ำมันเกินจริง', where: 'อู่หลังตลาด' })
    await declare(nid, id)
    await did(nid, id, 'note', { text: 'สอบพนักงานขับรถ' })
    await addReply(channel.sealed, id, 'ใบเสร็จเล่มที่ ๑๒', [])
    for (const word of ['น้ำมัน', 'อู่หลังตลาด', 'พนักงานขับรถ', 'เล่มที่ 12', 'หัวหน้ากองช่าง']) {
      expect((await search(nid, word)).text, word).toContain(id)
    }
    expect((await search(nid, 'ปลาทู')).text).not.toContain(id)
    expect((await nid.get('/staff/sealed?word=น้ำมัน')).text).toContain('value=""')
    expect((await search(nid, ' ')).status).toBe(303)
  })

  it('tells of a report that it is damaged, and shows nothing of it', async () => {
    const first = await fileReport(office, { what: 'เรื่องของคนอื่น' })
    const second = await fileReport(office, { what: 'เรื่องที่ถูกสลับ' })
    const reply = await fileReport(office, { what: 'เรื่องที่คำตอบหาย' })
    for (const { reportId } of [first, second, reply]) await declare(nid, reportId)
    await addReply(channel.sealed, reply.reportId, 'คำตอบ', [])
    const { sqlite } = channel.sealed.db
    const take = sqlite.prepare('select body, case_key from messages where report_id = ? and position = 0')
    const put = sqlite.prepare(
      'update messages set body = ?, case_key = ? where report_id = ? and position = ?',
    )
    const { body, case_key } = take.get(first.reportId) as { body: Buffer; case_key: Buffer }
    put.run(body, case_key, second.reportId, 0)
    put.run(body, case_key, reply.reportId, 1)

    const list = await nid.get('/staff/sealed')
    expect(list.status).toBe(200)
    expect(list.text).not.toContain('เรื่องที่ถูกสลับ')
    expect(wordsOf(list).match(/ข้อมูลเสียหาย/g)).toHaveLength(2)
    const page = await nid.get(addressOf(second.reportId))
    expect(page.status).toBe(200)
    expect(wordsOf(page)).toContain('ข้อมูลเสียหาย')
    expect(page.text).not.toContain('เรื่องของคนอื่น')
    // A form for it leads to the page that says so.
    const led = await nid.get(`${addressOf(second.reportId)}/note`)
    expect([led.status, led.headers.location]).toEqual([303, addressOf(second.reportId)])
    const half = wordsOf(await nid.get(addressOf(reply.reportId)))
    expect(half).toContain('เรื่องที่คำตอบหาย')
    expect(half).toContain('ผู้แจ้ง ข้อมูลเสียหาย')
    expect(half).not.toContain('เรื่องของคนอื่น')
    expect((await search(nid, 'เรื่องของคนอื่น')).text).not.toContain(second.reportId)
  })

  it('warns thirty days ahead of what will be destroyed', async () => {
    const id = sealQuickly('ใกล้ถูกทำลาย', '2026-08-01')
    const { sqlite } = channel.sealed.db
    const set = sqlite.prepare("update reports set status = 'closed', destroy_on = ? where id = ?")
    for (const [day, words] of [
      ['2026-12-17', 'ใกล้ถูกทำลาย ทุจริต'],
      ['2026-12-16', 'จะถูกทำลายในอีก 30 วัน'],
      ['2026-11-23', 'จะถูกทำลายในอีก 7 วัน'],
      ['2026-11-16', 'จะถูกทำลายคืนนี้'],
    ] as const) {
      set.run(day, id)
      const list = wordsOf(await nid.get('/staff/sealed?show=closed'))
      expect(list).toContain(words)
      expect(list.includes('จะถูกทำลาย')).toBe(day !== '2026-12-17')
    }
  })
})

/** Every look of hers leaves a line in the log. */
const OWN_LINES = /<li class="sg-log__line">(?:(?!<\/li>)[\s\S])*นิด รับเรื่อง(?:(?!<\/li>)[\s\S])*<\/li>/g

describe('an officer whom a report concerns', () => {
  it('finds every page byte for byte as it was before', async () => {
    const looked = async () => {
      const pages = []
      for (const path of ['', '?show=all', '?show=received', '/disclosures', '/people', '/vault']) {
        const { status, text } = await nid.get(`/staff/sealed${path}`)
        pages.push({ path, status, text })
      }
      const { status, text } = await nid.get('/staff/sealed/log')
      const log = text.replace(OWN_LINES, '').replace(/\s+/g, ' ')
      const found = await search(nid, 'ผู้รับเรื่องเรียกเงิน')
      return [
        ...pages,
        { path: '/log', status, text: log },
        { path: 'search', status: found.status, text: found.text },
      ]
    }
    const before = await looked()
    const { reportId: id } = await fileReport(office, {
      ...{ what: 'ผู้รับเรื่องเรียกเงิน', involved: ['receiving'] },
    })
    await declare(dao, id)
    await did(dao, id, 'accept', { conduct: 'K1' })
    await did(dao, id, 'note', { text: 'ผู้รับเรื่องเรียกเงินจริง' })
    const log = await nid.get('/staff/sealed/log')
    expect(log.text).not.toContain(id)
    expect(await looked()).toEqual(before)
  })

  it('gets the answer of an address that nobody has, whatever is asked', async () => {
    const { reportId: id } = await fileReport(office, { involved: ['receiving'] })
    const nowhere = addressOf(crypto.randomUUID())
    for (const path of ['', '/interest', '/note', '/contact', '/export', '/files/x', '/files/x/picture']) {
      const answer = await nid.get(`${addressOf(id)}${path}`)
      expect(answer.status, path).toBe(404)
      expect(answer.text, path).toBe((await nid.get(`${nowhere}${path}`)).text)
    }
    for (const path of ['/interest', '/note', '/accept', '/contact', '/export', '/files/x/original']) {
      const sent = { word: 'none', rev: '1', text: 'ก', reason: 'ก', conduct: 'K2' }
      const answer = await post(nid, `${addressOf(id)}${path}`, sent)
      expect(answer.status, path).toBe(404)
      expect(answer.text, path).toBe((await post(nid, `${nowhere}${path}`, sent)).text)
    }
  })

  it('has no key to it, whatever is in the database', async () => {
    const { reportId: id } = await fileReport(office, { involved: ['receiving', 'superior'] })
    const holders = channel.sealed.db.sqlite
      .prepare('select holder from report_keys where report_id = ?')
      .all(id) as { holder: string }[]
    expect(holders.map(({ holder }) => holder).sort()).toEqual(
      [channel.officers.dao.id, recoveryHolder(1)].sort(),
    )
  })
})

describe('a locked vault', () => {
  it('shows nothing, and carries a form that was typed through unlocking', async () => {
    const { reportId: id } = await fileReport(office, { what: 'ลับ' })
    const agent = await office.signIn('malee')
    for (const path of ['', '/new', '/disclosures', `/reports/${id}`, `/reports/${id}/note`]) {
      const answer = await agent.get(`/staff/sealed${path}`)
      expect([answer.status, answer.headers.location], path).toEqual([
        ...[303, expect.stringContaining('/staff/sealed/unlock')],
      ])
    }
    const kept = await post(agent, `${addressOf(id)}/note`, { text: 'พิมพ์ไว้นาน', seen: '1' })
    expect(kept.status).toBe(403)
    expect(kept.text).toContain('พิมพ์ไว้นาน')
  })
})

it('five hundred reports of three messages are listed and searched within a second', async () => {
  for (let n = 0; n < 500; n += 1) sealQuickly(`เรื่องที่ ${n} ของกองพัสดุ`, '2026-11-10')
  // What the processor was busy for: other tests may be running beside this one.
  const millisecondsOf = async (look: () => Promise<unknown>): Promise<number> => {
    const from = process.cpuUsage()
    await look()
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  }
  for (const look of [() => dao.get('/staff/sealed'), () => search(dao, 'เรื่องที่ 499')]) {
    const times = [await millisecondsOf(look), await millisecondsOf(look), await millisecondsOf(look)]
    expect(Math.min(...times)).toBeLessThan(1000)
  }
  const list = await dao.get('/staff/sealed')
  expect(Number(countIn(wordsOf(list)))).toBeGreaterThan(500)
  expect(wordsOf(list)).toContain('หน้า 1 จาก 11')
  expect(wordsOf(await dao.get('/staff/sealed?page=11'))).toContain('หน้า 11 จาก 11')
  const found = await search(dao, 'กองพัสดุ')
  expect(found.text).toContain(
    '<button class="govuk-button govuk-button--secondary sg-flush" type="submit" name="page" value="2">',
  )
  const second = await post(dao, '/staff/sealed', { show: 'all', word: 'กองพัสดุ', page: '2' })
  expect(wordsOf(second)).toContain('หน้า 2 จาก 10')
})
