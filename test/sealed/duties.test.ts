import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeChannel, readChannel } from '#sealed/channel-store.ts'
import { listDuties } from '#sealed/report-store.ts'
import { sealedCounts } from '#sealed/sealed-counts.ts'
import { insertHoliday } from '#settings/holiday-store.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { act, addressOf, atDesk, declare, did, reportOf, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let nid: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  nid = await atDesk(office, channel.officers.nid)
})
afterAll(() => office.close())

const dutiesOf = (id: string) =>
  listDuties(channel.sealed.db, id).map(({ duty, dueOn, metOn }) => [duty, dueOn, metOn])

async function inquired(): Promise<string> {
  const { reportId: id } = await fileReport(office)
  await declare(nid, id)
  await did(nid, id, 'accept', { conduct: 'K2' })
  await did(nid, id, 'inquire')
  return id
}

describe('the duties', () => {
  it('begin with the report: three working days to take it up, fifteen days to check', async () => {
    const { db, settings, now } = office.portal
    const source = 'มติคณะรัฐมนตรี'
    insertHoliday(db, { day: '2026-11-18', name: 'วันหยุดพิเศษ', substitute: false, source, addedAt: now() })
    settings.changed()
    const { reportId: id } = await fileReport(office)
    // Tuesday, Thursday, Friday.
    expect(dutiesOf(id)).toEqual([
      ['acknowledge', '2026-11-20', null],
      ['check', '2026-12-01', null],
    ])
    db.sqlite.prepare('delete from holidays').run()
    settings.changed()
  })

  it('of fact-finding can be extended once, with a reason', async () => {
    const id = await inquired()
    expect((await act(nid, id, 'extend')).status).toBe(422)
    const form = wordsOf(await nid.get(`${addressOf(id)}/extend`))
    expect(form).toContain('กำหนดใหม่คือ 15 มกราคม 2570')
    await did(nid, id, 'extend', { text: 'รอเอกสารจากธนาคาร' })
    expect(dutiesOf(id)).toContainEqual(['inquire', '2027-01-15', null])
    expect((await act(nid, id, 'extend', { text: 'อีกครั้ง' })).status).toBe(409)
    const page = wordsOf(await nid.get(addressOf(id)))
    expect(page).toContain('15 มกราคม 2570 เหลือ 60 วัน ขยายเวลาแล้ว')
    expect(page).toContain('รอเอกสารจากธนาคาร')
    expect(page).not.toContain('/extend')
  })

  it('are as many days as the office has set', async () => {
    const { db } = channel.sealed
    const { settings } = readChannel(db)
    changeChannel(db, { settings: { ...settings, inquiryDays: 10, extensionDays: 0 } })
    const id = await inquired()
    expect(dutiesOf(id)).toContainEqual(['inquire', '2026-11-26', null])
    expect((await act(nid, id, 'extend', { text: 'ก' })).status).toBe(409)
    changeChannel(db, { settings })
  })

  it('say when they were met too late', async () => {
    const { reportId: id } = await fileReport(office)
    const { sqlite } = channel.sealed.db
    sqlite.prepare("update duties set due_on = '2026-11-10' where report_id = ?").run(id)
    await declare(nid, id)
    expect(wordsOf(await nid.get(addressOf(id)))).toContain('10 พฤศจิกายน 2569 เกินกำหนด 6 วัน')
    await did(nid, id, 'accept', { conduct: 'K2' })
    expect(wordsOf(await nid.get(addressOf(id)))).toContain('ทำแล้วเมื่อ 16 พฤศจิกายน 2569 (เกินกำหนด)')
  })

  it('all end with the report', async () => {
    const id = await inquired()
    await did(nid, id, 'refer', { body: 'nacc', basis: 'ก', text: 'ก' })
    expect(reportOf(channel, id).status).toBe('referred')
    expect(dutiesOf(id).map(([, , metOn]) => metOn)).toEqual(['2026-11-16', '2026-11-16', '2026-11-16'])
  })
})

describe('the working group', () => {
  it('is told how many duties are due today and over, and nothing when a report comes', async () => {
    const { sqlite } = channel.sealed.db
    sqlite.prepare("update duties set met_on = '2026-11-16'").run()
    const { cast } = office
    const counts = (name: 'wit' | 'nid' | 'dao') => sealedCounts(channel.sealed, cast[name].id)
    expect(counts('wit')).toEqual({ due: 0, overdue: 0 })
    const { reportId: id } = await fileReport(office, { involved: ['receiving'] })
    expect(counts('wit')).toEqual({ due: 0, overdue: 0 })
    const set = sqlite.prepare('update duties set due_on = ? where report_id = ? and duty = ?')
    set.run('2026-11-16', id, 'acknowledge')
    set.run('2026-11-15', id, 'check')
    expect(counts('wit')).toEqual({ due: 1, overdue: 1 })
    expect(counts('dao')).toEqual({ due: 1, overdue: 1 })
    // A named officer whom the report concerns is not even told the number.
    expect(counts('nid')).toEqual({ due: 0, overdue: 0 })
  })
})
