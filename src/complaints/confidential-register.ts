import type { CivilDate } from '#domain/civil-date.ts'

/** People of whom the mover says that the matter concerns them: none of them is to open it. */
export const EXCLUDABLE = ['receiving', 'superior', 'chief'] as const
export type Excludable = (typeof EXCLUDABLE)[number]

/**
 * Where a case goes that turned out to be about corruption. Whatever takes it in is another part of the
 * portal, which this one knows by nothing but these words.
 */
export interface ConfidentialRegister {
  /** False while no officer key exists: nothing can be moved then. */
  isOpen(): boolean
  /**
   * Seals the case; a token that was received before is received only once, because a crash may repeat the
   * call. Resolves only when it is durable, and rejects only where nothing of it was kept.
   */
  receive(move: MovedCase): Promise<void>
  /** The portal's copy is gone: the token is forgotten. May be told more than once. */
  forget(token: string): void
}

export interface MovedCase {
  /** Random; says nothing of the case. */
  token: string
  receivedOn: CivilDate
  /** The case as the office knew it, all of it, in Thai and readable as it stands. */
  text: string
  /** '' where there is none. */
  contact: { name: string; phone: string; email: string; address: string }
  files: { name: string; mime: string; content: Buffer }[]
  excluded: Excludable[]
}

/** Duties due and overdue there, as numbers without content, as far as an account may know them. */
export type CountConfidential = (accountId: number) => { due: number; overdue: number }
