import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Involvement } from '#domain/sealed-status.ts'
import type { Contact, ReportBody } from '#sealed/bodies.ts'
import { changeChannel, insertRecoveryKey, markRecoveryVerified } from '#sealed/channel-store.ts'
import { newRecoveryKey } from '#sealed/crypto/recovery.ts'
import { changeOfficer, findOfficer, insertOfficer, type Officer } from '#sealed/officer-store.ts'
import { type Sealed, sealedOf } from '#sealed/open.ts'
import { newSecondFactor } from '#sealed/second-factor.ts'
import { type Evidence, submitReport } from '#sealed/submit.ts'
import { createVault, unlockVault } from '#sealed/unlock.ts'
import type { OpenVault } from '#sealed/vaults.ts'
import type { MemberName } from '../support/cast.ts'
import type { TestPortal } from '../support/portal.ts'

/** A named officer of the tests, with everything that this person knows. */
export interface TestOfficer {
  name: MemberName
  id: string
  passphrase: string
  totp: string
  /** The code the app shows now; `later` steps on. */
  code(later?: number): string
  row(): Officer
}

export interface TestChannel {
  sealed: Sealed
  officers: Record<'nid' | 'dao' | 'malee', TestOfficer>
  sheets: string[]
}

/** The involvements of the officers of the tests: dao is of no report's concern by post. */
const NAMED: Record<'nid' | 'dao' | 'malee', Involvement | null> = {
  nid: 'receiving',
  dao: null,
  malee: 'superior',
}

/** An open channel: three named officers with vaults, a verified recovery key and an order. */
export async function openTestChannel(office: TestPortal): Promise<TestChannel> {
  const sealed = sealedOf(office.portal)
  const officers: Partial<TestChannel['officers']> = {}
  for (const name of ['nid', 'dao', 'malee'] as const) {
    const officer = nameOfficer(office, name, NAMED[name])
    await createVault(sealed, officer.row(), officer.passphrase, officer.totp)
    changeOfficer(sealed.db, officer.id, { grantedAt: office.clock.now() })
    officers[name] = officer
  }
  const { publicKey, sheets } = await newRecoveryKey()
  const at = office.clock.now()
  const version = insertRecoveryKey(sealed.db, {
    publicKey: Buffer.from(publicKey),
    custodians: ['ปลัด', 'ผู้ตรวจสอบภายใน', 'ประธานสภา'],
    madeAt: at,
    verifiedAt: null,
  })
  markRecoveryVerified(sealed.db, version, at)
  changeChannel(sealed.db, { orderNo: '12/2570', orderOn: '2026-10-01', openedAt: at })
  return { sealed, officers: officers as TestChannel['officers'], sheets }
}

/** Names an account as an officer, without a vault. */
export function nameOfficer(
  office: TestPortal,
  name: MemberName,
  involvement: Involvement | null = null,
): TestOfficer {
  const sealed = sealedOf(office.portal)
  const member = office.cast[name]
  const id = randomUUID()
  insertOfficer(sealed.db, {
    id,
    accountId: member.id,
    displayName: member.displayName,
    post: 'เจ้าหน้าที่ผู้รับเรื่อง',
    isReceiving: involvement === 'receiving',
    isSuperior: involvement === 'superior',
    isChief: involvement === 'chief',
    namedAt: office.clock.now(),
  })
  const totp = newSecondFactor()
  const generator = new TOTP({ secret: Secret.fromBase32(totp) })
  return {
    name,
    id,
    passphrase: `น้ำใส ไหลเย็น เห็นตัวปลา ${name} 2570`,
    totp,
    code: (later = 0) => generator.generate({ timestamp: office.clock.now().getTime() + later * 30_000 }),
    row: () => {
      const found = findOfficer(sealed.db, id)
      if (!found) throw new Error(`${name} is no officer`)
      return found
    },
  }
}

/** Unlocks the vault through the real derivation; a minute passes, so that the next code is a new one. */
export async function unlock(office: TestPortal, officer: TestOfficer): Promise<OpenVault> {
  const sealed = sealedOf(office.portal)
  const session = randomUUID()
  const isOpen = await unlockVault(sealed, officer.row(), session, officer.passphrase, officer.code())
  office.clock.addMinutes(1)
  const vault = isOpen && sealed.vaults.of(session)
  if (!vault) throw new Error(`the vault of ${officer.name} stays locked`)
  return vault
}

export function reportBody(office: TestPortal, change: Partial<ReportBody> = {}): ReportBody {
  return {
    kind: 'report',
    day: sealedOf(office.portal).today(),
    channel: 'online',
    language: 'th',
    conduct: 'K2',
    what: 'กรรมการตรวจรับถนนทั้งที่หนาไม่ถึงแบบ',
    accused: 'หัวหน้ากองช่าง',
    evidence: 'มีภาพถ่ายและสมุดบัญชี',
    when: '',
    where: '',
    project: '',
    amount: '',
    source: '',
    identity: 'none',
    involved: [],
    ...change,
  }
}

const NOBODY: Contact = { name: '', contact: '' }

export interface Filed {
  reportId: string
  receipt: string
}

/** Files a report as the form does, through the real sealing. */
export async function fileReport(
  office: TestPortal,
  change: Partial<ReportBody> = {},
  contact: Contact = NOBODY,
  files: Evidence[] = [],
): Promise<Filed> {
  const sealed = sealedOf(office.portal)
  const body = reportBody(office, change)
  const { reportId, receipt } = await submitReport(sealed, {
    body,
    contact,
    files,
    receivedOn: sealed.today(),
  })
  if (!receipt) throw new Error('no receipt')
  return { reportId, receipt }
}
