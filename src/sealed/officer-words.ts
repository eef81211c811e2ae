import type { Officer } from './officer-store.ts'

/** What of an officer a report can concern, as people and forms say it. */
export const CONCERN_WORDS = {
  receiving: 'ผู้รับเรื่องตามคำสั่ง',
  superior: 'ผู้บังคับบัญชา',
  chief: 'ผู้บริหาร',
} as const

export function concernsOf({ isReceiving, isSuperior, isChief }: Officer): string {
  const words = [
    isReceiving && CONCERN_WORDS.receiving,
    isSuperior && CONCERN_WORDS.superior,
    isChief && CONCERN_WORDS.chief,
  ]
  return words.filter(Boolean).join(', ')
}

export type OfficerState = 'no_vault' | 'waiting' | 'active'

export function stateOf({ publicKey, grantedAt }: Officer): OfficerState {
  if (!publicKey) return 'no_vault'
  return grantedAt ? 'active' : 'waiting'
}

export const STATE_WORDS: Record<OfficerState, string> = {
  no_vault: 'ยังไม่มีตู้นิรภัย',
  waiting: 'มีตู้แล้ว รอรับสิทธิ์',
  active: 'เปิดเรื่องได้',
}
