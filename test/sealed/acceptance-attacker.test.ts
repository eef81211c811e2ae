import { cpSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findReport } from '#sealed/report-store.ts'
import { storeMessage } from '#sealed/seal.ts'
import { temporaryFolder } from '../process/built-portal.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { attack, type Knowledge } from './attacker.ts'
import { type Filed, fileReport, openTestChannel, type TestChannel, unlock } from './channel.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

// Acceptance check 11: the whole data folder, as a thief or an administrator has it, and the script in attacker.ts.

const WORDS = {
  report: 'คานารีรายงานลับ',
  hidden: 'คานารีเรื่องที่เกี่ยวกับผู้รับเรื่อง',
  contact: 'คานารีชื่อผู้แจ้ง',
  answer: 'คานารีคำตอบของเจ้าหน้าที่',
  file: 'คานารีในแฟ้ม',
}
type Word = keyof typeof WORDS
const NEW_PASSWORD = 'แมวดำ นั่งมอง ฝนตกหนัก'

const folder = temporaryFolder()
let office: TestPortal
let channel: TestChannel
let filed: Filed
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  const { sealed, officers } = channel
  const content = Buffer.from(WORDS.file)
  const clean = { content, mime: 'text/plain', extension: 'txt' } as const
  filed = await fileReport(
    office,
    { what: WORDS.report, identity: 'named' },
    { name: WORDS.contact, contact: '0812345678' },
    [{ clean, original: null }],
  )
  await fileReport(office, { what: WORDS.hidden, involved: ['receiving'] })
  const report = findReport(sealed.db, filed.reportId)
  if (!report) throw new Error('no report')
  storeMessage(sealed, report, 'out', { kind: 'answer', day: sealed.today(), text: WORDS.answer })
  // While a vault is open in the process, too: what is on the disk says nothing of it.
  await unlock(office, officers.nid)
  cpSync(office.dataDir, folder.path, { recursive: true })
})
afterAll(async () => {
  await office.close()
  folder.remove()
})

/** Which of the words come out, and how hard it was tried. */
async function opened(
  knowledge?: Knowledge,
  dataDir = folder.path,
): Promise<{ found: Word[]; tries: number }> {
  const { words, files, tries } = await attack(dataDir, knowledge)
  const all = words + Buffer.concat(files).toString('utf8')
  const found = (Object.keys(WORDS) as Word[]).filter((word) => all.includes(WORDS[word]))
  return { found, tries }
}

describe('whoever has databases, files, the pepper and the key of the portal', () => {
  it('opens nothing with them, nor with passwords for signing in', async () => {
    const { found, tries } = await opened({ passphrases: [PASSWORD] })
    expect(found).toEqual([])
    expect(tries).toBeGreaterThan(3_000)
  })

  it('opens with one officer’s passphrase what this officer may read, so the script works', async () => {
    const { nid, dao } = channel.officers
    const { found } = await opened({ passphrases: [nid.passphrase] })
    expect(found).toEqual(['report', 'contact', 'answer', 'file'])
    // Another officer reads what concerns the first, and no names.
    const others = await opened({ passphrases: [dao.passphrase] })
    expect(others.found).toEqual(['report', 'hidden', 'answer', 'file'])
  })

  it('opens everything with two sheets, and nothing with one', async () => {
    const [one = '', two = '', three = ''] = channel.sheets
    for (const sheet of [one, two, three]) expect((await opened({ sheets: [sheet] })).found).toEqual([])
    const { found } = await opened({ sheets: [three, one] })
    expect(found).toEqual(['report', 'hidden', 'contact', 'answer', 'file'])
  })

  it('reads with a receipt what officers answered to it, and never the report', async () => {
    expect((await opened({ receipts: [filed.receipt] })).found).toEqual(['answer'])
  })
})

describe('an administrator who resets an officer’s password', () => {
  it('signs in as this officer, and opens nothing: not in the portal, not in the folder', async () => {
    const admin = await office.signIn('admin')
    const link = await post(admin, `/staff/admin/accounts/${office.cast.nid.id}/link`)
    const path = new URL(/class="sg-link">([^<]+)</.exec(link.text)?.[1] ?? '').pathname
    const intruder = office.newAgent()
    const typed = { newPassword: NEW_PASSWORD, newPasswordAgain: NEW_PASSWORD }
    expect((await post(intruder, path, typed)).status).toBe(303)
    // Signed in he is: the page of the vault is shown to officers only.
    expect((await intruder.get('/staff/sealed/unlock')).status).toBe(200)
    const otp = channel.officers.nid.code()
    const guess = await post(intruder, '/staff/sealed/unlock', { passphrase: NEW_PASSWORD, otp })
    expect(guess.status).toBe(422)
    const page = await intruder.get(`/staff/sealed/reports/${filed.reportId}`)
    expect([page.status, page.headers.location?.split('?')[0]]).toEqual([303, '/staff/sealed/unlock'])
    const copy = temporaryFolder()
    try {
      cpSync(office.dataDir, copy.path, { recursive: true })
      expect((await opened({ passphrases: [NEW_PASSWORD] }, copy.path)).found).toEqual([])
    } finally {
      copy.remove()
    }
  })
})
