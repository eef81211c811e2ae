import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mailHooks } from '#complaints/mail-outcome.ts'
import { deliverMail } from '#mail/deliver.ts'
import { changeChannel, readChannel } from '#sealed/channel-store.ts'
import { sendDailyMail } from '#sealed/daily-mail.ts'
import { changeOfficer } from '#sealed/officer-store.ts'
import { insertHoliday } from '#settings/holiday-store.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, nameOfficer, openTestChannel, type TestChannel } from './channel.ts'

let office: TestPortal
let channel: TestChannel
let server: MailServer
beforeAll(async () => {
  server = await startMailServer()
  const env = { SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_FROM: 'portal@mueangmai.example' }
  office = await startTestPortal({ env })
  channel = await openTestChannel(office)
})
afterAll(async () => {
  await office.close()
  await server.close()
})
beforeEach(() => {
  server.inbox.length = 0
})

const ADDRESSES: Record<string, string> = { nid: 'nid@example.com', dao: 'dao@example.com' }
const addresses = {
  emailOf: (accountId: number): string | null => {
    const member = Object.values(office.cast).find(({ id }) => id === accountId)
    return (member && ADDRESSES[member.username]) ?? null
  },
}

/** A minute of the timetable at a time of a day in Bangkok. */
async function minuteAt(day: string, time: string): Promise<number> {
  office.clock.set(new Date(`${day}T${time}:00+07:00`))
  const queued = sendDailyMail(channel.sealed, addresses)
  await deliverMail(office.portal, { hooks: mailHooks(office.portal) })
  return queued
}

/** Everything about a mail but when it was sent, by its random name. */
function looksOf(index: number): string {
  const { mail, from, to } = server.inbox[index] ?? {}
  if (!mail) throw new Error('no such mail')
  const boundary = /boundary="([^"]+)"/.exec(mail.headerLines.map(({ line }) => line).join('\n'))?.[1] ?? '-'
  const lines = mail.headerLines
    .filter(({ key }) => !['date', 'message-id', 'to', 'received'].includes(key))
    .map(({ line }) => line.replaceAll(boundary, 'boundary'))
  return JSON.stringify([from, to?.length, lines, mail.text, mail.html])
}

describe('the daily mail', () => {
  it('is the same on a day with nothing, with one report and with seven, and comes with none of them', async () => {
    expect(await minuteAt('2026-11-17', '08:59')).toBe(0)
    expect(await minuteAt('2026-11-17', '09:00')).toBe(2)
    expect(await minuteAt('2026-11-17', '09:01')).toBe(0)
    const first = looksOf(0)
    expect(server.inbox.map(({ to }) => to[0]).sort()).toEqual(['dao@example.com', 'nid@example.com'])

    for (const [day, reports] of [
      ['2026-11-18', 1],
      ['2026-11-19', 7],
    ] as const) {
      const before = server.inbox.length
      office.clock.set(new Date(`${day}T08:00:00+07:00`))
      for (let n = 0; n < reports; n += 1) await fileReport(office, { what: `เรื่อง ${n}` }, undefined)
      expect(await minuteAt(day, '08:30')).toBe(0)
      expect(server.inbox).toHaveLength(before)
      expect(await minuteAt(day, '09:00')).toBe(2)
      await fileReport(office)
      expect(await minuteAt(day, '15:00')).toBe(0)
      expect(server.inbox).toHaveLength(before + 2)
    }
    expect(server.inbox).toHaveLength(6)
    for (const index of server.inbox.keys()) expect(looksOf(index)).toBe(first)
    const { mail } = server.inbox[0] ?? {}
    expect(mail?.replyTo).toBeUndefined()
    expect(mail?.subject).toBe('กรุณาเข้าระบบงานเพื่อตรวจสอบงานประจำวัน')
    expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/ทุจริต|\(ลับ\)|เบาะแส|sealed|reports|\d+ เรื่อง/)
    const sizes = server.inbox.map((received) => received.mail.text?.length)
    expect(new Set(sizes).size).toBe(1)
  })

  it('comes later the same day where the machine was off at its hour, and on no closed day', async () => {
    expect(await minuteAt('2026-11-20', '16:45')).toBe(2)
    for (const weekend of ['2026-11-21', '2026-11-22']) expect(await minuteAt(weekend, '10:00')).toBe(0)
    const { db, settings, now } = office.portal
    const holiday = { day: '2026-11-23', name: 'วันหยุด', substitute: false, source: 'มติ', addedAt: now() }
    insertHoliday(db, holiday)
    settings.changed()
    expect(await minuteAt('2026-11-23', '10:00')).toBe(0)
    expect(await minuteAt('2026-11-24', '10:00')).toBe(2)
  })

  it('goes to everybody who is named, at the hour that is set, and to nobody while the channel is not open', async () => {
    const { db } = channel.sealed
    const newcomer = nameOfficer(office, 'chai')
    ADDRESSES.chai = 'chai@example.com'
    const { settings, openedAt } = readChannel(db)
    changeChannel(db, { settings: { ...settings, mailHour: 13 } })
    expect(await minuteAt('2026-11-25', '12:59')).toBe(0)
    expect(await minuteAt('2026-11-25', '13:00')).toBe(3)
    changeOfficer(db, newcomer.id, { removedAt: office.clock.now() })
    expect(await minuteAt('2026-11-26', '13:00')).toBe(2)
    changeChannel(db, { openedAt: null })
    expect(await minuteAt('2026-11-27', '13:00')).toBe(0)
    changeChannel(db, { openedAt, settings })
  })

  it('is sent once, though the process died between its two databases', async () => {
    expect(await minuteAt('2026-11-30', '09:00')).toBe(2)
    channel.sealed.db.sqlite.prepare("delete from mail_days where day = '2026-11-30'").run()
    server.inbox.length = 0
    expect(await minuteAt('2026-11-30', '09:01')).toBe(0)
    expect(await minuteAt('2026-11-30', '09:02')).toBe(0)
    expect(server.inbox).toEqual([])
  })
})
