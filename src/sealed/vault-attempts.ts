import { forgetFailures, type Limit, takeAttempt } from '#web/throttle.ts'
import { recordDeed } from './audit-store.ts'
import type { Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { confirmsPassphrase } from './unlock.ts'

/** After five wrong tries the next one waits up to five minutes, after ten half an hour, then two hours. */
const STEPS = [
  { most: 5, windowMinutes: 5 },
  { most: 10, windowMinutes: 30 },
  { most: 15, windowMinutes: 120 },
]

const limitsOf = ({ id }: Officer): Limit[] =>
  STEPS.map(({ most, windowMinutes }) => ({
    scope: `sealed-unlock:${windowMinutes}`,
    key: id,
    most,
    windowMinutes,
  }))

/** Takes one try at the officer's vault, or tells how many minutes there is none left. */
export function takeVaultAttempt({ portal }: Sealed, officer: Officer): number {
  return takeAttempt(portal, limitsOf(officer))
}

/** The right answer forgives the wrong ones before. */
export function forgetVaultAttempts({ portal }: Sealed, officer: Officer): void {
  for (const limit of limitsOf(officer)) forgetFailures(portal, limit)
}

export const waitText = (minutes: number): string => `ลองผิดหลายครั้ง กรุณารอ ${minutes} นาทีแล้วลองใหม่`

/**
 * Asks for the passphrase once more, before what cannot be undone.
 * @returns what to say beside the field; undefined when it was right
 */
export async function passphraseRefusal(
  sealed: Sealed,
  officer: Officer,
  passphrase: string,
): Promise<string | undefined> {
  if (passphrase.trim() === '') return 'กรุณากรอกวลีรหัสผ่านของตู้นิรภัย'
  const minutes = takeVaultAttempt(sealed, officer)
  if (minutes > 0) return waitText(minutes)
  if (await confirmsPassphrase(officer, passphrase)) {
    forgetVaultAttempts(sealed, officer)
    return undefined
  }
  recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action: 'vault.refuse' })
  return 'วลีรหัสผ่านไม่ถูกต้อง'
}
