import type { CivilDate } from '#domain/civil-date.ts'
import type { Conduct, Involvement, SealedAction } from '#domain/sealed-status.ts'
import type { Language } from '#web/languages.ts'
import type { CountedOutcome } from './figures-store.ts'

/*
 * What is inside the sealed parts. Their shape is stored for years: fields are added, never renamed.
 */

/** How a report came. */
export const REPORT_CHANNELS = ['online', 'letter', 'oral', 'moved'] as const
export type ReportChannel = (typeof REPORT_CHANNELS)[number]

export const IDENTITIES = ['none', 'contact', 'named'] as const
export type Identity = (typeof IDENTITIES)[number]

export const SOURCES = ['saw', 'victim', 'doc', 'told'] as const
export type Source = (typeof SOURCES)[number]

/** The report itself; '' where nothing was said. */
export interface ReportBody {
  kind: 'report'
  day: CivilDate
  channel: ReportChannel
  language: Language
  conduct: Conduct | ''
  what: string
  accused: string
  evidence: string
  when: string
  where: string
  project: string
  amount: string
  source: Source | ''
  identity: Identity
  involved: Involvement[]
}

/** What who reports writes later. */
export interface ReplyBody {
  kind: 'reply'
  day: CivilDate
  text: string
}

/** What an officer writes to who reports; no officer is named. */
export interface AnswerBody {
  kind: 'answer'
  day: CivilDate
  text: string
}

/** What officers do to a report: move it on, and the rest. */
export type NoteAction =
  | SealedAction
  | 'answer'
  | 'category'
  | 'confirm'
  | 'contact'
  | 'disclose'
  | 'export'
  | 'extend'
  | 'hold'
  | 'refuse'
  | 'take_back'
  | 'withdraw'

/** What officers write among themselves, and what they did to the report. */
export interface NoteBody {
  kind: 'note'
  /** With the hour: officers' acts are no secret of theirs. */
  at: string
  officer: string
  text: string
  action?: NoteAction
  /** With `accept` and `category`: the kind of conduct from now on. */
  conduct?: Conduct
  /** With `refer`, and every disclosure: the body and the legal basis, and its row in the register of them. */
  body?: string
  basis?: string
  disclosureId?: string
  /** With an end that waits for a second officer: what who reports will be told then. */
  farewell?: string
  /** With an end: what was counted in the figures, so that a reopening takes it back. */
  counted?: CountedOutcome
  /** With an end: whether there were grounds. */
  finding?: 'yes' | 'part' | 'no' | 'not_determined'
}

export type MessageBody = ReportBody | ReplyBody | AnswerBody | NoteBody

export interface Contact {
  name: string
  contact: string
}

/** Inside a file's metadata. The name is ours, such as 'ไฟล์ 1.jpg'; never the one it came with. */
export interface FileMeta {
  name: string
  mime: string
  bytes: number
  sha256: string
  /** The file as it came, kept at the reporter's wish: it may say who took it. */
  isOriginal: boolean
}
