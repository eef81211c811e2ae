import { randomUUID } from 'node:crypto'
import { addDays } from '#domain/civil-date.ts'
import { formatReceipt } from '#domain/receipt-code.ts'
import type { Conduct, Involvement } from '#domain/sealed-status.ts'
import type { ReportBody } from './bodies.ts'
import { makeSheets, openChannel, verifySheets } from './ceremony.ts'
import { changeChannel } from './channel-store.ts'
import { findOfficer, insertOfficer, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { newSecondFactor } from './second-factor.ts'
import { submitReport } from './submit.ts'
import { createVault } from './unlock.ts'

/** Who serves as a named officer of the demonstration, and with which passphrase. */
export interface DemoOfficer {
  accountId: number
  username: string
  displayName: string
  post: string
  involvement: Involvement | null
  passphrase: string
}

const REPORTS: { conduct: Conduct; accused: string; what: string; evidence: string; daysAgo: number }[] = [
  {
    conduct: 'K1',
    accused: 'เจ้าหน้าที่คนหนึ่งที่รับคำขออนุญาตก่อสร้าง (เรื่องสมมติ)',
    what: 'เรียกเงิน 500 บาทก่อนรับคำขอ บอกว่าเป็นค่าเร่งเอกสาร เกิดกับผู้ขอสองรายในสัปดาห์เดียวกัน',
    evidence: 'มีผู้ขออีกรายที่ยินดีให้ข้อมูล และกล้องหน้าห้องน่าจะบันทึกไว้',
    daysAgo: 1,
  },
  {
    conduct: 'K2',
    accused: 'กรรมการตรวจรับงานถนนสายหนึ่ง (เรื่องสมมติ)',
    what: 'ถนนหนาไม่ถึงแบบ แต่ตรวจรับครบและเบิกเงินเต็มจำนวน',
    evidence: 'วัดความหนาได้ที่หลักกิโลเมตรที่ 2 ขอบถนนเห็นชั้นดิน',
    daysAgo: 9,
  },
  {
    conduct: 'K4',
    accused: 'ผู้ใช้รถบรรทุกน้ำของสำนักงานในวันหยุด (เรื่องสมมติ)',
    what: 'นำรถของทางราชการไปรดน้ำสวนส่วนตัวทุกวันเสาร์',
    evidence: 'ดูได้จากสมุดบันทึกการใช้รถและเลขไมล์',
    daysAgo: 40,
  },
]

/**
 * The channel of a demonstration: opened by its ceremony, with reports in it. What a real channel never does,
 * it does: it tells every secret, in the lines that are printed.
 */
export async function openDemoChannel(sealed: Sealed, people: readonly DemoOfficer[]): Promise<string[]> {
  changeChannel(sealed.db, { orderNo: '1/2570 (สาธิต)', orderOn: sealed.today() })
  const officers: Officer[] = []
  const lines = [
    'ทะเบียนลับ / sealed register (/staff/sealed): vault passphrase, secret for an authenticator app',
  ]
  for (const person of people) {
    const secret = newSecondFactor()
    officers.push(await makeOfficer(sealed, person, secret))
    lines.push(`  ${person.username.padEnd(12)} ${person.passphrase}   ${secret}`)
  }
  const [first] = officers
  if (!first) return []
  const { version, sheets } = await makeSheets(sealed, first, ['ผู้เก็บ ก', 'ผู้เก็บ ข', 'ผู้เก็บ ค'])
  verifySheets(sealed, first, version)
  openChannel(sealed, first)
  lines.push('', 'แผ่นกู้คืน / recovery sheets, any two', ...sheets.map((sheet) => `  ${sheet}`))
  lines.push('', 'รหัสลับของเบาะแส / receipts (/safe/mailbox)')
  for (const report of REPORTS)
    lines.push(`  ${formatReceipt(await file(sealed, report))}   ${report.conduct}`)
  return lines
}

async function makeOfficer(sealed: Sealed, person: DemoOfficer, secret: string): Promise<Officer> {
  const { accountId, displayName, post, involvement, passphrase } = person
  const id = randomUUID()
  insertOfficer(sealed.db, {
    ...{ id, accountId, displayName, post, namedAt: sealed.now() },
    isReceiving: involvement === 'receiving',
    isSuperior: involvement === 'superior',
    isChief: involvement === 'chief',
  })
  const named = () => {
    const officer = findOfficer(sealed.db, id)
    if (!officer) throw new Error(`${displayName} was not named`)
    return officer
  }
  await createVault(sealed, named(), passphrase, secret)
  return named()
}

async function file(sealed: Sealed, report: (typeof REPORTS)[number]): Promise<string> {
  const { conduct, accused, what, evidence, daysAgo } = report
  const receivedOn = addDays(sealed.today(), -daysAgo)
  const body: ReportBody = {
    ...{ kind: 'report', day: receivedOn, channel: 'online', language: 'th', conduct, what, accused },
    ...{ evidence, when: '', where: '', project: '', amount: '', source: 'saw', identity: 'none' },
    involved: [],
  }
  const contact = { name: '', contact: '' }
  const { receipt } = await submitReport(sealed, { body, contact, files: [], receivedOn })
  return receipt ?? ''
}
