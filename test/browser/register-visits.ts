import type { Page } from 'playwright-core'
import type TestAgent from 'supertest/lib/agent.js'
import { addReply } from '#sealed/mailbox.ts'
import { type Filed, fileReport, openTestChannel, type TestChannel } from '../sealed/channel.ts'
import { atDesk, declare, did } from '../sealed/officer.ts'
import { MONDAY, startTestPortal, type TestPortal } from '../support/portal.ts'
import { photo, press } from './people.ts'

/** The states a report can be looked at in. */
export const REPORT_STATES = [
  'unopened',
  'received',
  'screening',
  'need_info',
  'inquiry',
  'pending',
  'action',
  'referred',
  'closed',
  'damaged',
] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** An office with one report in every state, of which nid is the receiving officer. */
export interface RegisterStage {
  site: TestPortal
  channel: TestChannel
  reports: Record<ReportState, Filed>
}

/** Long, with a word that cannot break: what real people type must not burst a page. */
const WHAT =
  'กรรมการตรวจรับถนนสาย 4 ทั้งที่ผิวจราจรหนาไม่ถึงแบบ และผู้รับจ้างเลี้ยงอาหารกรรมการทุกคนในคืนก่อนวันตรวจรับ https://www.example.com/photos/2026/11/16/road-no-4-thickness-1234567890\n\nผู้ใหญ่ที่รู้เห็นมีสองคน'

const REFERRAL = { body: 'nacc', basis: 'หนังสือสำนักงาน ป.ป.ช. ที่ ปช 0012/345', text: 'เรื่องและภาพถ่ายทั้งหมด' }

export async function setRegisterStage(): Promise<RegisterStage> {
  // What was reported twenty days before the Monday of the tests is overdue.
  const site = await startTestPortal({ now: new Date('2026-10-27T03:00:00Z') })
  const channel = await openTestChannel(site)
  const { buffer } = await photo('road.jpg', '#334455')
  const picture = { mime: 'image/jpeg' as const, extension: 'jpg', content: buffer }
  const reports: Partial<RegisterStage['reports']> = {}
  for (const state of REPORT_STATES) {
    if (state === 'received') site.clock.set(MONDAY)
    const evidence = { clean: picture, original: picture }
    reports[state] = await fileReport(site, { what: WHAT, where: 'หมู่ที่ 4' }, undefined, [evidence])
  }
  site.clock.set(MONDAY)
  const stage = { site, channel, reports: reports as RegisterStage['reports'] }
  const nid = await atDesk(site, channel.officers.nid)
  for (const state of REPORT_STATES) await bring(stage, nid, state)
  return stage
}

/** Works a fresh report until it is in the state. */
async function bring({ channel, reports }: RegisterStage, nid: TestAgent, state: ReportState): Promise<void> {
  const { reportId: id } = reports[state]
  const { sealed } = channel
  if (state === 'unopened') return
  await declare(nid, id)
  if (state === 'received') return
  await did(nid, id, 'accept', { conduct: 'K2', message: 'รับเรื่องแล้ว กำลังตรวจสอบเบื้องต้น' })
  if (state === 'screening') return await addReply(sealed, id, 'มีพยานอีกหนึ่งคน\nอยู่หมู่ที่ 5', [])
  if (state === 'damaged') {
    sealed.db.sqlite
      .prepare('update messages set body = zeroblob(1100) where report_id = ? and position = 0')
      .run(id)
    return
  }
  if (state === 'need_info') return await did(nid, id, 'ask', { message: 'โครงการชื่ออะไร และตรวจรับวันใด' })
  await did(nid, id, 'inquire', { text: 'มีเหตุให้ตรวจสอบ' })
  if (state === 'inquiry') {
    await did(nid, id, 'extend', { text: 'รอผลวัดความหนาจากแขวงทางหลวงชนบท' })
    return await did(nid, id, 'note', { text: 'นัดพยานวันพุธ' })
  }
  if (state === 'pending') {
    const end = { text: 'วัดความหนาแล้วเป็นไปตามแบบ', message: 'ตรวจสอบแล้วไม่พบมูล' }
    return await did(nid, id, 'end-no-ground', end)
  }
  if (state === 'referred') return await did(nid, id, 'refer', REFERRAL)
  await did(nid, id, 'find-grounds', { text: 'ความหนาต่ำกว่าแบบสามจุด' })
  if (state === 'action') return
  await did(nid, id, 'conclude', {
    ...{ outcome: 'disciplinary', finding: 'yes', isCase: 'yes' },
    ...{ text: 'ตั้งกรรมการสอบวินัยแล้ว', message: 'ดำเนินการทางวินัยแล้ว' },
  })
}

/** A page an officer with an open vault comes to see. */
export interface RegisterVisit {
  name: string
  /** The GET route of the address, as the route table has it. */
  route: string
  /** Without it, the route itself is the address. */
  path?: (stage: RegisterStage) => string
  act?: (page: Page, stage: RegisterStage) => Promise<unknown>
  /** 200 unless said. */
  status?: number
  /** nid unless said. */
  as?: 'nid' | 'dao'
}

const HOME = '/staff/sealed'
const REPORT = `${HOME}/reports/:id`
const VERB = `${REPORT}/:verb`

const at =
  (state: ReportState, rest = '') =>
  ({ reports }: RegisterStage) =>
    `${HOME}/reports/${reports[state].reportId}${rest}`

/** Sends the form of the page itself, with what is typed. */
const sends =
  (typed: Record<string, string> = {}) =>
  async (page: Page): Promise<void> => {
    for (const [name, text] of Object.entries(typed)) {
      const field = page.locator(`[name="${name}"]`).first()
      const type = await field.getAttribute('type')
      if (type === 'radio') await page.locator(`[name="${name}"][value="${text}"]`).check()
      else if (await field.evaluate<boolean, { tagName: string }>(({ tagName }) => tagName === 'SELECT')) {
        await field.selectOption(text)
      } else await field.fill(text)
    }
    await press(page.locator('main form.sg-form button[type=submit]').first())
  }

const verb = (state: ReportState, path: string, rest: Partial<RegisterVisit> = {}): RegisterVisit => ({
  ...{ name: `${path}: ${state}`, route: VERB, path: at(state, `/${path}`) },
  ...rest,
})

export const REGISTER_VISITS: RegisterVisit[] = [
  { name: 'the register', route: HOME },
  { name: 'the register, finished', route: HOME, path: () => `${HOME}?show=finished` },
  { name: 'the register, nothing in it', route: HOME, path: () => `${HOME}?show=insufficient` },
  {
    name: 'the register, searched',
    route: HOME,
    act: async (page) => {
      await page.locator('[name=word]').fill('พยาน')
      await press(page.getByRole('button', { name: 'แสดง' }))
    },
  },
  { name: 'the disclosures', route: `${HOME}/disclosures` },
  { name: 'a letter', route: `${HOME}/new` },
  { name: 'a letter, sent empty', route: `${HOME}/new`, act: sends({ receivedOn: '' }), status: 422 },
  {
    name: 'a letter, written down',
    route: `${HOME}/new`,
    act: sends({ channel: 'oral', what: 'มีผู้แจ้งด้วยวาจาว่าเสมียนเรียกเงิน', accused: 'เสมียน', evidence: 'ไม่มี' }),
    status: 201,
  },
  ...REPORT_STATES.map((state) => ({ name: `a report: ${state}`, route: REPORT, path: at(state) })),
  { name: 'a report after an act', route: REPORT, path: at('screening', '?done=accept') },
  {
    name: 'a report for the second officer',
    route: REPORT,
    path: at('pending'),
    act: declareHere,
    as: 'dao',
  },
  { name: 'a word on an interest', route: `${REPORT}/interest`, path: at('unopened', '/interest') },
  {
    name: 'a word on an interest, not given',
    route: `${REPORT}/interest`,
    path: at('unopened', '/interest'),
    ...{ act: sends(), status: 422 },
  },
  { name: 'the contact', route: `${REPORT}/contact`, path: at('inquiry', '/contact') },
  {
    name: 'the contact, without a reason',
    route: `${REPORT}/contact`,
    path: at('inquiry', '/contact'),
    ...{ act: sends(), status: 422 },
  },
  {
    name: 'the contact, opened',
    route: `${REPORT}/contact`,
    path: at('inquiry', '/contact'),
    act: sends({ reason: 'ต้องนัดสอบปากคำ' }),
  },
  { name: 'a package for nobody', route: `${REPORT}/export`, path: at('inquiry', '/export') },
  { name: 'a package', route: `${REPORT}/export`, path: at('referred', '/export') },
  {
    name: 'a package, wrong passphrase',
    route: `${REPORT}/export`,
    path: at('referred', '/export'),
    ...{ act: sends({ passphrase: 'ผิด' }), status: 422 },
  },
  {
    name: 'a package on paper',
    route: `${REPORT}/export`,
    path: at('referred', '/export'),
    act: (page, { channel }) => sends({ method: 'print', passphrase: channel.officers.nid.passphrase })(page),
  },
  verb('received', 'accept'),
  verb('screening', 'ask'),
  verb('screening', 'ask', { name: 'ask, sent empty', act: sends(), status: 422 }),
  verb('screening', 'answer'),
  verb('need_info', 'resume'),
  verb('screening', 'inquire'),
  verb('pending', 'confirm', { as: 'dao' }),
  verb('pending', 'refuse', { as: 'dao' }),
  verb('pending', 'take-back'),
  verb('inquiry', 'refer'),
  verb('inquiry', 'refer', { name: 'refer, sent empty', act: sends(), status: 422 }),
  verb('inquiry', 'find-grounds'),
  verb('inquiry', 'end-no-ground'),
  verb('inquiry', 'end-insufficient'),
  verb('need_info', 'disclose'),
  verb('screening', 'categorise'),
  verb('action', 'conclude'),
  verb('referred', 'conclude'),
  verb('closed', 'reopen'),
  verb('closed', 'hold'),
  verb('received', 'note'),
  verb('action', 'extend', { name: 'extend, too late', status: 409 }),
  verb('received', 'inquire', { name: 'inquire, too early', status: 409 }),
  {
    name: 'a report that somebody changed meanwhile',
    route: VERB,
    path: at('screening', '/inquire'),
    act: async (page, { site, channel, reports }) => {
      const dao = await atDesk(site, channel.officers.dao)
      await declare(dao, reports.screening.reportId)
      await did(dao, reports.screening.reportId, 'categorise', { conduct: 'K5', text: 'ตรงกว่า' })
      await sends({ text: 'มีเหตุให้ตรวจสอบต่อ', message: 'กำลังตรวจสอบข้อเท็จจริง' })(page)
    },
    status: 409,
  },
  {
    name: 'a report that an officer withdraws from',
    route: `${REPORT}/interest`,
    path: at('received', '/interest'),
    act: sends({ word: 'withdraw' }),
  },
  { name: 'the register with keys to be renewed', route: HOME, as: 'dao' },
  {
    name: 'an end that waits for a second officer who is not there',
    route: REPORT,
    path: at('pending'),
    act: async (page, { site, channel, reports }) => {
      for (const other of [channel.officers.dao, channel.officers.malee]) {
        const agent = await atDesk(site, other)
        const answer = await agent
          .post(`/staff/sealed/reports/${reports.pending.reportId}/interest`)
          .type('form')
          .send({ word: 'withdraw' })
        if (answer.status !== 200) throw new Error(`not withdrawn: ${answer.status}`)
      }
      await page.reload()
    },
  },
  { name: 'an interest of the last officer', route: `${REPORT}/interest`, path: at('pending', '/interest') },
]

async function declareHere(page: Page): Promise<void> {
  if (await page.locator('[name=word][value=none]').count()) await sends({ word: 'none' })(page)
}

/** GET routes of the register that are no pages. */
export const REGISTER_FILES = [`${REPORT}/files/:file`, `${REPORT}/files/:file/picture`]
