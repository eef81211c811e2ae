import type { FastifyRequest } from 'fastify'
import { drawQr, type QrDrawing } from '#web/qr.ts'
import { formatTime } from '#web/thai-format.ts'
import { sessionOf } from './guard.ts'
import type { Sealed } from './open.ts'
import type { PendingFactors } from './pending-factors.ts'
import { secondFactorUri, stepOf } from './second-factor.ts'

/** What an officer's phone needs to show codes (views/sealed/staff/_authenticator.eta). */
export interface AuthenticatorSetup {
  qr: QrDrawing
  /** The same for typing, in groups. */
  secret: string
  /** Codes depend on it: a phone with another time shows others. */
  serverTime: string
}

export function authenticatorSetup(
  { portal, now }: Sealed,
  pending: PendingFactors,
  request: FastifyRequest,
): AuthenticatorSetup {
  const secret = pending.show(sessionOf(request))
  // In Latin letters: some apps know no others.
  const uri = secondFactorUri(secret, portal.office().orgShortEn, 'vault')
  return {
    qr: drawQr(uri),
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    serverTime: formatTime(now(), 'th'),
  }
}

/** The secret that was shown to this session, proved by a code of it; or why it is not. */
export function provenFactor(
  sealed: Sealed,
  pending: PendingFactors,
  request: FastifyRequest,
  code: string,
): { totp: string; usedStep: number } | { error: string } {
  const totp = pending.shown(sessionOf(request))
  if (!totp) return { error: 'คิวอาร์โค้ดเดิมหมดอายุแล้ว กรุณาสแกนคิวอาร์โค้ดใหม่ในหน้านี้ แล้วกรอกรหัสที่แอปแสดง' }
  const usedStep = stepOf(totp, code, sealed.now())
  if (usedStep !== undefined) return { totp, usedStep }
  const time = formatTime(sealed.now(), 'th')
  return { error: `รหัสไม่ถูกต้อง กรอกรหัส 6 หลักที่แอปแสดงอยู่ขณะนี้ และตรวจว่าเวลาในโทรศัพท์ตรงกับเครื่องแม่ข่าย (${time})` }
}
