import type { MessageKey } from '#web/languages.ts'

/** A number the public may call, with the text that names who answers. */
export interface PublicNumber {
  name: MessageKey
  digits: string
}

export const EMERGENCY_NUMBERS: readonly PublicNumber[] = [
  { name: 'home.emergency.police', digits: '191' },
  { name: 'home.emergency.medical', digits: '1669' },
  { name: 'home.emergency.fire', digits: '199' },
]

const DAMRONGTHAM: PublicNumber = { name: 'outside.damrong', digits: '1567' }
const PRIME_MINISTER: PublicNumber = { name: 'outside.psc', digits: '1111' }
const OMBUDSMAN: PublicNumber = { name: 'outside.ombudsman', digits: '1676' }

/** Where else a complaint about services may go. */
export const GENERAL_BODIES: readonly PublicNumber[] = [DAMRONGTHAM, PRIME_MINISTER, OMBUDSMAN]

/** Where corruption may be reported; the two commissions for it come first. */
export const CORRUPTION_BODIES: readonly PublicNumber[] = [
  { name: 'outside.nacc', digits: '1205' },
  { name: 'outside.pacc', digits: '1206' },
  ...GENERAL_BODIES,
]
