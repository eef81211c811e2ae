import { z } from 'zod'
import { nextSealedStatus, type SealedOutcome } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import type { Desk } from './desk.ts'
import { countedOf, finish } from './finish.ts'
import { oneOfWords, requiredText, tick } from './register-fields.ts'
import { FINDING_WORDS, OUTCOME_WORDS } from './register-words.ts'
import { dueMessage, hasMailbox, messageField, verb } from './verb.ts'

/** An end without result needs a second officer, and so cannot be chosen here. */
const AFTER_GROUNDS = ['disciplinary', 'prosecution', 'corrected', 'other'] as const
const AFTER_REFERRAL: readonly SealedOutcome[] = ['referred', ...AFTER_GROUNDS]

const GROUNDS = ['yes', 'part'] as const
/** Of what another body found, the office only knows what it was told. */
const ANY_FINDING = ['yes', 'part', 'no', 'not_determined'] as const

/** บันทึกผลและปิดเรื่อง. */
export const conclude = verb({
  path: 'conclude',
  title: 'บันทึกผลและปิดเรื่อง',
  lead: 'กำหนดเวลาทั้งหมดจะสิ้นสุด และเรื่องจะถูกทำลายเมื่อพ้นระยะเวลาเก็บ',
  button: 'บันทึกผลและปิดเรื่อง',
  done: 'บันทึกผลและปิดเรื่องแล้ว',
  isOffered: (desk) => isPossible(desk, 'conclude'),
  fields: (desk) => [
    {
      ...{ type: 'radios', name: 'outcome', seenBy: 'office', label: 'ผลของเรื่อง' },
      options: outcomesFor(desk).map((value) => ({ value, text: OUTCOME_WORDS[value] })),
    },
    {
      ...{ type: 'radios', name: 'finding', seenBy: 'office', label: 'ข้อวินิจฉัย' },
      options: findingsFor(desk).map((value) => ({ value, text: FINDING_WORDS[value] })),
    },
    {
      ...{ type: 'tick', name: 'isCase', seenBy: 'office', label: 'นับเป็นคดีทุจริต (ใช้คำนวณเป้าหมายแผน)' },
      value: countedOf(desk.opened)?.isCase ? 'yes' : '',
    },
    { type: 'text', name: 'text', seenBy: 'office', label: 'สรุปผลและสิ่งที่ดำเนินการ' },
    ...messageField(desk, { label: 'ข้อความแจ้งผลถึงผู้แจ้ง' }),
  ],
  schema: (desk) =>
    z.object({
      outcome: oneOfWords(outcomesFor(desk), 'ผลของเรื่อง'),
      finding: oneOfWords(findingsFor(desk), 'ข้อวินิจฉัย'),
      isCase: tick,
      text: requiredText('สรุปผล'),
      message: dueMessage(desk),
    }),
  decide: (desk, { outcome, finding, isCase, text, message }) => ({
    ...{ action: 'conclude', text, answer: hasMailbox(desk) ? message : '' },
    ...finish(desk, () => nextSealedStatus(desk.opened.report.status, 'conclude'), {
      outcome,
      finding,
      isCase,
    }),
  }),
})

const wasReferred = ({ opened }: Desk): boolean => opened.report.status === 'referred'
const outcomesFor = (desk: Desk): readonly SealedOutcome[] =>
  wasReferred(desk) ? AFTER_REFERRAL : AFTER_GROUNDS
const findingsFor = (desk: Desk) => (wasReferred(desk) ? ANY_FINDING : GROUNDS)
