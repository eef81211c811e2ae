import type { SealedStatus } from '#domain/sealed-status.ts'
import { accept } from './accept.ts'
import { answer } from './answer.ts'
import { ask } from './ask.ts'
import { categorise } from './categorise.ts'
import { conclude } from './conclude.ts'
import { confirm, refuse, takeBack } from './confirm.ts'
import type { Desk } from './desk.ts'
import { disclose } from './disclosure.ts'
import { endInsufficient, endNoGround } from './end.ts'
import { extend } from './extend.ts'
import { findGrounds } from './find-grounds.ts'
import { hold } from './hold.ts'
import { inquire } from './inquire.ts'
import { note } from './note.ts'
import { refer } from './refer.ts'
import { reopen } from './reopen.ts'
import { resume } from './resume.ts'
import type { Verb } from './verb.ts'

/** Everything officers do to a report by a form, in the order of the work. */
export const VERBS: readonly Verb[] = [
  accept,
  ask,
  answer,
  resume,
  inquire,
  extend,
  refer,
  findGrounds,
  endNoGround,
  endInsufficient,
  confirm,
  refuse,
  takeBack,
  conclude,
  reopen,
  disclose,
  categorise,
  hold,
  note,
]

export const findVerb = (path: string): Verb | undefined => VERBS.find((verb) => verb.path === path)

/** What the officer can do now: the step that is due, words to who reports, and the rest. */
export interface OfferedVerbs {
  next: Verb | undefined
  toReporter: Verb[]
  inOffice: Verb[]
}

/** The one step that is due where there is one; what fact-finding leads to is for the officer to say. */
const DUE: Partial<Record<SealedStatus, Verb>> = {
  ...{ received: accept, screening: inquire, action: conclude, referred: conclude },
}
const TO_REPORTER: readonly Verb[] = [ask, answer]

export function offeredVerbs(desk: Desk): OfferedVerbs {
  const offered = VERBS.filter((verb) => verb.isOffered(desk))
  const next = [confirm, DUE[desk.opened.report.status]].find((verb) => verb && offered.includes(verb))
  // The note has a form of its own on the page.
  const rest = offered.filter((verb) => verb !== next && verb !== note)
  return {
    next,
    toReporter: rest.filter((verb) => TO_REPORTER.includes(verb)),
    inOffice: rest.filter((verb) => !TO_REPORTER.includes(verb)),
  }
}
