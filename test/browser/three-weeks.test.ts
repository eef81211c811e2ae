import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJob } from '../../src/jobs.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import type { MemberName } from '../support/cast.ts'
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts'
import { pagesOf } from '../support/poppler.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { press, signIn, track, wordsOf } from './people.ts'

// Three weeks in the life of a complaint that is not solved in time, lived through the pages alone: the clock
// of the portal is moved on, its jobs run, and everybody reads the mail and the pages they would really get.

const SUBJECT = 'ถนนทรุดเป็นหลุมหน้าตลาด'
const REASON = 'ต้องรอผู้รับจ้างนำเครื่องจักรเข้าพื้นที่ เพราะฝนตกต่อเนื่อง'
const RESULT = 'ซ่อมถนนหน้าตลาดเสร็จแล้วเมื่อวันที่ 9 ธันวาคม 2569\nเปิดให้รถผ่านได้ตามปกติ'
const CITIZEN = 'kaew@example.com'

let browser: Browser
let site: TestPortal
let mail: MailServer
let citizen: Page
let number = ''
let code = ''

/** What this address has got since it was last looked at. */
const read = new Map<string, number>()
function newMailTo(address: string): ReceivedMail[] {
  const all = mail.inbox.filter(({ to }) => to.includes(address))
  const fresh = all.slice(read.get(address) ?? 0)
  read.set(address, all.length)
  return fresh
}

/** Moves to a moment in Bangkok and lets the timetable do what is due. */
async function moveTo(moment: string): Promise<void> {
  site.clock.set(new Date(`${moment}:00+07:00`))
  await runJob(site.portal, 'tick')
  await runJob(site.portal, 'deliver-mail')
}

/** Somebody of the staff signs in anew: their session of another day has ended. */
async function staffMember(name: MemberName): Promise<Page> {
  const page = await newPage(browser, { width: 1280, javaScript: false, baseURL: site.app.listeningOrigin })
  await signIn(page, name)
  return page
}

async function openCase(page: Page): Promise<void> {
  await page.goto(`/staff?q=${encodeURIComponent(number)}`)
  await page.getByRole('heading', { level: 1, name: SUBJECT }).waitFor()
}

async function followed(): Promise<string> {
  await track(citizen, number, code)
  return await wordsOf(citizen)
}

const addressOf = (name: MemberName) => `${name}@mueangmai.example`

beforeAll(async () => {
  browser = await launchBrowser()
  mail = await startMailServer()
  site = await startTestPortal({
    env: { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'no-reply@mueangmai.example' },
  })
  const giveAddress = site.portal.db.sqlite.prepare('update staff set email = ? where username = ?')
  for (const name of ['nid', 'chai', 'malee', 'wit', 'nayok'] as const) giveAddress.run(addressOf(name), name)
  citizen = await newPage(browser, { width: 360, javaScript: false, baseURL: site.app.listeningOrigin })
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await mail.close()
})

describe('a complaint that takes longer than the plan allows', () => {
  it('is filed on Monday 16 November and answered by mail with its due date', async () => {
    await citizen.goto('/complaints/new')
    await citizen.getByLabel('เรื่องเกี่ยวกับอะไร').selectOption('A1')
    await citizen.getByLabel('หัวข้อเรื่อง').fill(SUBJECT)
    await citizen.getByLabel('รายละเอียด').fill('ถนนทรุดเป็นหลุมลึก รถจักรยานยนต์ล้มหลายคันแล้ว')
    await citizen.getByLabel('สถานที่หรือจุดสังเกต').fill('หน้าตลาดเมืองใหม่')
    await citizen.getByLabel('ชื่อ – นามสกุล').fill('ยายแก้ว ใจดี')
    await citizen.getByRole('radio', { name: 'อีเมล' }).check()
    await citizen.getByRole('textbox', { name: 'อีเมล' }).fill(CITIZEN)
    await citizen.getByLabel('ข้าพเจ้ารับทราบประกาศความเป็นส่วนตัวแล้ว').check()
    await press(citizen.getByRole('button', { name: 'ส่งเรื่อง' }))
    const slip = await citizen.getByRole('region', { name: 'ใบรับเรื่องร้องเรียน / ร้องทุกข์' }).innerText()
    number = /รท \d{4}\/2570/.exec(slip)?.[0] ?? ''
    code = /\d{4} \d{4} \d{4}/.exec(slip)?.[0] ?? ''

    await moveTo('2026-11-16T10:05')
    const [receipt, ...more] = newMailTo(CITIZEN)
    expect(more).toEqual([])
    expect(receipt?.mail.subject).toContain(number)
    expect(receipt?.mail.text).toContain('1 ธันวาคม 2569')
    expect(receipt?.mail.text).not.toContain(code.replaceAll(' ', ''))
  })

  it('is passed on and taken up the same day', async () => {
    const nid = await staffMember('nid')
    await openCase(nid)
    await press(nid.getByRole('button', { name: 'ลงทะเบียนรับเรื่อง' }))
    await press(nid.getByRole('link', { name: 'มอบหมาย' }))
    await nid.getByLabel('หน่วยงานที่รับผิดชอบ').selectOption({ label: 'กองช่าง' })
    await nid.getByLabel('เจ้าหน้าที่ผู้รับผิดชอบ').selectOption({ label: 'ชัย ช่างโยธา' })
    await press(nid.getByRole('button', { name: 'มอบหมาย' }))
    const chai = await staffMember('chai')
    await openCase(chai)
    await press(chai.getByRole('button', { name: 'รับดำเนินการ' }))
    await Promise.all([nid, chai].map((page) => page.context().close()))
  })

  it('warns on Saturday the 28th, but wakes nobody: the mail comes on Monday at half past eight', async () => {
    await moveTo('2026-11-28T09:00')
    expect(newMailTo(addressOf('chai'))).toEqual([])
    const chai = await staffMember('chai')
    await press(chai.getByRole('link', { name: /^แจ้งเตือน/ }))
    expect(await wordsOf(chai)).toContain(number)
    await chai.context().close()

    await moveTo('2026-11-30T08:29')
    expect(newMailTo(addressOf('chai'))).toEqual([])
    await moveTo('2026-11-30T08:31')
    for (const name of ['chai', 'malee'] as const) {
      const [digest, ...more] = newMailTo(addressOf(name))
      expect(more).toEqual([])
      expect(digest?.mail.text).toContain(number)
      expect(digest?.mail.text).toContain('เหลือ 1 วัน')
    }
    expect(newMailTo(addressOf('wit'))).toEqual([])
  })

  it('warns for the third time on the due date, and has a letter ready for the head at noon', async () => {
    await moveTo('2026-12-01T08:31')
    expect(newMailTo(addressOf('malee'))[0]?.mail.text).toContain('ครบกำหนดวันนี้')
    const early = await staffMember('malee')
    await openCase(early)
    expect(await wordsOf(early)).not.toContain('ร่างพร้อมลงนาม')
    await early.context().close()
    await moveTo('2026-12-01T12:01')
    const malee = await staffMember('malee')
    await openCase(malee)
    expect(await wordsOf(malee)).toContain('ร่างพร้อมลงนาม')
    await malee.context().close()
  })

  it('is explained by the officer, and moves no date before the head has approved', async () => {
    const chai = await staffMember('chai')
    await openCase(chai)
    await press(chai.getByRole('link', { name: 'ชี้แจงเหตุล่าช้า' }).first())
    expect(await chai.getByLabel('สิ่งที่ดำเนินการไปแล้ว').inputValue()).not.toBe('')
    await chai.getByLabel('เหตุที่ยังดำเนินการไม่แล้วเสร็จ').fill(REASON)
    await chai.getByLabel('กำหนดแล้วเสร็จใหม่').fill('15/12/2569')
    await press(chai.getByRole('button', { name: 'ดูตัวอย่างก่อนยืนยัน' }))
    await press(chai.getByRole('button', { name: /^เสนอ/ }))
    await chai.context().close()
    await moveTo('2026-12-01T12:10')
    expect(await followed()).not.toContain(REASON)
    expect(newMailTo(CITIZEN)).toEqual([])
  })

  it('is approved by the head, who saw to whom it goes, and sent', async () => {
    const malee = await staffMember('malee')
    await press(malee.getByRole('link', { name: /^แจ้งเตือน/ }))
    await press(malee.getByRole('link', { name: new RegExp(SUBJECT) }).first())
    expect(await malee.getByLabel('เหตุที่ยังดำเนินการไม่แล้วเสร็จ').inputValue()).toBe(REASON)
    await press(malee.getByRole('button', { name: 'ดูตัวอย่างก่อนยืนยัน' }))
    expect(await wordsOf(malee)).toContain(CITIZEN)
    await press(malee.getByRole('button', { name: 'อนุมัติและส่งให้ผู้ร้อง' }))
    await malee.context().close()

    await moveTo('2026-12-01T12:20')
    const [letter, ...more] = newMailTo(CITIZEN)
    expect(more).toEqual([])
    expect(letter?.mail.subject).toContain('ชี้แจงเหตุ')
    expect(letter?.mail.text).toContain(REASON)
    expect(letter?.mail.text).toContain('15 ธันวาคม 2569')
    const words = await followed()
    for (const told of ['กำหนดใหม่', '15 ธันวาคม 2569', REASON, 'ชี้แจงเหตุล่าช้าแล้ว']) expect(words).toContain(told)
  })

  it('is no breach on the next day, and troubles neither working group nor executive', async () => {
    await moveTo('2026-12-07T09:00')
    expect(newMailTo(addressOf('wit'))).toEqual([])
    expect(newMailTo(addressOf('nayok'))).toEqual([])
    expect(await followed()).not.toContain('เกินกำหนด')
  })

  it('ends with a result in three weeks and a letter as PDF that says so in right Thai', async () => {
    await moveTo('2026-12-09T14:00')
    const chai = await staffMember('chai')
    await openCase(chai)
    await press(chai.getByRole('link', { name: 'สรุปผลและแจ้งผู้ร้อง' }).first())
    await chai.getByLabel('ผลการดำเนินการ', { exact: true }).fill(RESULT)
    await chai.getByLabel('แก้ไขแล้ว', { exact: false }).first().check()
    await chai.getByLabel('มีมูล', { exact: true }).check()
    await chai.getByLabel('สาเหตุของปัญหา').fill('ดินใต้ถนนถูกน้ำกัดเซาะ')
    await chai.getByLabel('แนวทางป้องกันไม่ให้เกิดซ้ำ').fill('วางท่อระบายน้ำเพิ่ม')
    await press(chai.getByRole('button', { name: 'ดูตัวอย่างก่อนยืนยัน' }))
    await press(chai.getByRole('button', { name: 'ส่งผลให้ผู้ร้อง' }))
    await openCase(chai)
    expect(await wordsOf(chai)).toContain('แจ้งผลภายในกำหนดที่ชี้แจงไว้')
    await chai.context().close()
    await moveTo('2026-12-09T14:05')
    expect(newMailTo(CITIZEN)[0]?.mail.subject).toContain('แจ้งผล')

    const words = await followed()
    expect(words).toContain('9 ธันวาคม 2569')
    const link = citizen.getByRole('link', { name: /ไฟล์ PDF.*ผล/ }).first()
    const address = (await link.getAttribute('href')) ?? ''
    const answer = await citizen.request.get(address)
    expect(answer.headers()['content-type']).toContain('application/pdf')
    const text = pagesOf(Buffer.from(await answer.body()))
      .flat()
      .join(' ')
    for (const told of [
      'แจ้งผลการดำเนินการ',
      number,
      SUBJECT,
      'ยายแก้ว ใจดี',
      'ซ่อมถนนหน้าตลาดเสร็จแล้ว',
      'ขอแสดงความนับถือ',
    ]) {
      expect(text).toContain(told)
    }
  })

  it('has sent nobody the same mail twice', () => {
    const ids = mail.inbox.map(({ mail: { messageId } }) => messageId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
