import { z } from 'zod'
import { NEEDS_SECOND_OFFICER, nextSealedStatus, type SealedAction } from '#domain/sealed-status.ts'
import type { Act } from './act.ts'
import type { NoteBody } from './bodies.ts'
import type { Desk } from './desk.ts'
import { type End, finish } from './finish.ts'
import { findOfficer, listNamings } from './officer-store.ts'
import { notesOf } from './open-report.ts'
import { requiredText, text } from './register-fields.ts'
import { ACTION_WORDS } from './register-words.ts'
import { hasMailbox, type VerbField, verb } from './verb.ts'

/** An end that one officer asked for. */
export interface Pending {
  action: SealedAction
  by: string
  name: string
  /** With the reasons; undefined where it is damaged. */
  note: NoteBody | undefined
}

export function pendingOf({ opened, sealed, officer }: Desk): Pending | undefined {
  const { pendingAction, pendingBy } = opened.report
  const action = NEEDS_SECOND_OFFICER.find((known) => known === pendingAction)
  if (!action || pendingBy === null) return undefined
  const note = notesOf(opened.messages).findLast((found) => found.action === action)
  const name = findOfficer(sealed.db, pendingBy)?.displayName ?? note?.officer ?? ''
  // Whoever was named anew meanwhile is the same person still, and no second officer.
  const isOwn = listNamings(sealed.db, officer.accountId).some(({ id }) => id === pendingBy)
  return { action, by: isOwn ? officer.id : pendingBy, name, note }
}

const ENDS: Partial<Record<SealedAction, Omit<End, 'isCase'>>> = {
  end_no_ground: { outcome: 'no_ground', finding: 'no' },
  end_insufficient: { outcome: 'insufficient', finding: 'not_determined' },
}

/** ยืนยันการยุติเรื่อง: by another officer than the one who asked for it. */
export const confirm = verb({
  path: 'confirm',
  title: 'ยืนยันการยุติเรื่อง',
  lead: (desk) => wordsOf(desk),
  button: 'ยืนยันการยุติเรื่อง',
  done: 'ยืนยันแล้ว เรื่องยุติ และส่งข้อความถึงผู้แจ้งแล้ว',
  isOffered: isOthers,
  fields: () => [{ type: 'text', name: 'text', seenBy: 'office', label: 'ความเห็น', optional: true }],
  schema: () => z.object({ text: text('ความเห็น') }),
  decide: (desk, { text }) => {
    const pending = pendingOf(desk)
    const end = pending && ENDS[pending.action]
    const farewell = hasMailbox(desk) ? pending?.note?.farewell : undefined
    const act = { action: 'confirm' as const, text, ...(farewell && { answer: farewell }) }
    if (!pending || !end) return act
    const status = () => nextSealedStatus(desk.opened.report.status, pending.action)
    return { ...act, ...finish(desk, status, { ...end, isCase: false }) }
  },
})

/** ไม่ยืนยัน: the work goes on. */
export const refuse = verb({
  path: 'refuse',
  title: 'ไม่ยืนยันการยุติเรื่อง',
  lead: (desk) => wordsOf(desk),
  button: 'ไม่ยืนยัน ให้ดำเนินการต่อ',
  done: 'ไม่ยุติเรื่อง ดำเนินการต่อ',
  isOffered: isOthers,
  ...goesOn('refuse'),
})

/** ถอนคำเสนอ: by the officer who asked for the end. */
export const takeBack = verb({
  path: 'take-back',
  title: 'ถอนคำเสนอยุติเรื่อง',
  lead: 'เรื่องจะดำเนินการต่อในขั้นเดิม',
  button: 'ถอนคำเสนอ',
  done: 'ถอนคำเสนอแล้ว ดำเนินการต่อ',
  isOffered: (desk) => pendingOf(desk)?.by === desk.officer.id,
  ...goesOn('take_back'),
})

function goesOn(action: 'refuse' | 'take_back') {
  const schema = z.object({ text: requiredText('เหตุผล') })
  return {
    fields: (): VerbField[] => [{ type: 'text', name: 'text', seenBy: 'office', label: 'เหตุผล' }],
    schema: () => schema,
    decide: (_desk: Desk, { text }: z.output<typeof schema>): Act => ({
      ...{ action, text },
      change: () => ({ pendingAction: null, pendingBy: null }),
    }),
  }
}

function isOthers(desk: Desk): boolean {
  const pending = pendingOf(desk)
  return pending !== undefined && pending.by !== desk.officer.id
}

/** What is asked for, why, and what who reports would be told. */
function wordsOf(desk: Desk): string {
  const pending = pendingOf(desk)
  if (!pending) return ''
  const { action, name, note } = pending
  const lines = [
    `${name} ${ACTION_WORDS[action]}`,
    note?.text && `เหตุผล: ${note.text}`,
    hasMailbox(desk) && note?.farewell && `ข้อความที่เสนอให้ส่งถึงผู้แจ้ง: ${note.farewell}`,
  ]
  return lines.filter(Boolean).join('\n')
}
