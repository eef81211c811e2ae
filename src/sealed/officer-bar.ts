import type { FastifyRequest } from 'fastify'
import { formatTime } from '#web/thai-format.ts'
import { vaultOf } from './guard.ts'
import type { Sealed } from './open.ts'
import { VAULT_IDLE_MINUTES } from './vaults.ts'

const PLACES = [
  { id: 'register', href: '/staff/sealed', text: 'ทะเบียนเรื่องลับ' },
  { id: 'people', href: '/staff/sealed/people', text: 'เจ้าหน้าที่และกุญแจ' },
  { id: 'log', href: '/staff/sealed/log', text: 'บันทึกการใช้งาน' },
  { id: 'vault', href: '/staff/sealed/vault', text: 'ตู้นิรภัยของฉัน' },
] as const

/** What stands on top of every page of the officers (views/sealed/staff/_bar.eta). */
export interface OfficerBar {
  places: { href: string; text: string; isCurrent: boolean }[]
  /** When the vault locks itself, '14.32 น.'; null while it is locked. */
  locksAt: string | null
}

export function officerBar(
  sealed: Sealed,
  request: FastifyRequest,
  current?: (typeof PLACES)[number]['id'],
): OfficerBar {
  const isOpen = vaultOf(sealed, request) !== undefined
  const locksAt = new Date(sealed.now().getTime() + VAULT_IDLE_MINUTES * 60_000)
  return {
    places: PLACES.map(({ id, href, text }) => ({ href, text, isCurrent: id === current })),
    locksAt: isOpen ? formatTime(locksAt, 'th') : null,
  }
}
