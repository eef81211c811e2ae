import type { Page } from 'playwright-core'
import { explainDelay } from '#complaints/explain-delay.ts'
import { lettersOf } from '#letters/store.ts'
import type { LetterKind } from '#letters/tables.ts'
import { queueMail } from '#mail/outbox.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { caseIn, send, typeAndSend } from './staff-forms.ts'
import type { Stage, State } from './stage.ts'
import type { Visit } from './visits.ts'

const CASE = '/staff/cases/:slug'
const LETTER = `${CASE}/letters/:id`

/** The newest letter of the kind in the case that is in the state. */
export function letterId({ site, slips }: Stage, state: State, kind: LetterKind): string {
  const letters = lettersOf(site.portal.db, caseOf(site, slips[state]).id)
  const letter = letters.findLast((one) => one.kind === kind)
  if (!letter) throw new Error(`no letter ${kind} in the case ${state}`)
  return letter.publicId
}

const letterIn =
  (state: State, kind: LetterKind, part = '') =>
  (stage: Stage) =>
    `${caseIn(state)(stage)}/letters/${letterId(stage, state, kind)}${part}`

const REGISTERED = {
  ...{ officialNo: 'ชบ 71401/123', officialOn: '16/11/2569' },
  ...{ signerName: 'นายสมหมาย ใจซื่อ', signerPost: 'นายกองค์การบริหารส่วนตำบลเมืองใหม่' },
}

/** An officer of the centre proposes, so that the letter waits. */
async function propose(page: Page, { site, slips }: Stage): Promise<void> {
  const { id } = caseOf(site, slips.overdue)
  if (lettersOf(site.portal.db, id).every(({ kind }) => kind !== 'delay')) {
    const words = { text: 'หลอดไฟยังไม่มา', doneText: 'สั่งซื้อแล้ว', nextText: 'เปลี่ยนหลอด' }
    officerDoes(site, slips.overdue, explainDelay, { ...words, newDate: '25/11/2569' })
  }
  await page.reload()
}

/** A mail of which nobody knows whether it arrived. */
async function loseMail(page: Page, { site, slips }: Stage): Promise<void> {
  const { db } = site.portal
  const id = queueMail(db, {
    ...{ dedupeKey: newToken(), kind: 'letter', caseId: caseOf(site, slips.in_progress).id },
    ...{ recipient: 'kaew@example.com', subject: 'ขอข้อมูลเพิ่มเติม เรื่องเลขที่ รท 0005/2570', body: 'ข้อความ' },
    ...{ at: site.portal.now(), host: 'localhost' },
  })
  db.sqlite.prepare("update outbox set state = 'unknown', next_attempt_at = null where id = ?").run(id)
  await page.reload()
}

/** The letters of a case on the officers' side. Those that change a case come last. */
export const LETTER_VISITS: Visit[] = [
  { name: 'a result to print', route: LETTER, path: letterIn('resolved', 'result'), as: 'nid' },
  { name: 'a receipt to print', route: LETTER, path: letterIn('submitted', 'receipt'), as: 'wit' },
  {
    name: 'registering a letter',
    route: `${LETTER}/register`,
    path: letterIn('resolved', 'result', '/register'),
    as: 'nid',
  },
  {
    name: 'registering a letter without its date',
    route: `${LETTER}/register`,
    path: letterIn('resolved', 'result', '/register'),
    act: typeAndSend({ officialNo: 'ชบ 71401/123', officialOn: '' }, '/register'),
    as: 'nid',
    status: 422,
  },
  {
    name: 'a case whose letter was registered',
    route: `${LETTER}/register`,
    path: letterIn('resolved', 'result', '/register'),
    act: typeAndSend(REGISTERED, '/register'),
    as: 'nid',
  },
  {
    name: 'recording a delivery',
    route: `${LETTER}/delivery`,
    path: letterIn('resolved', 'result', '/delivery'),
    as: 'nid',
  },
  {
    name: 'recording a delivery, sent empty',
    route: `${LETTER}/delivery`,
    path: letterIn('resolved', 'result', '/delivery'),
    act: typeAndSend({ deliveredOn: '' }, '/delivery'),
    as: 'nid',
    status: 422,
  },
  {
    name: 'a case with a mail that somebody has to decide about',
    route: CASE,
    path: caseIn('in_progress'),
    act: loseMail,
    as: 'nid',
  },
  {
    name: 'a case with an explanation that waits',
    route: CASE,
    path: caseIn('overdue'),
    act: propose,
    as: 'dao',
  },
  {
    name: 'recording the delivery of a letter that waits',
    route: CASE,
    path: caseIn('overdue'),
    act: async (page, stage) => {
      await propose(page, stage)
      await page.goto(letterIn('overdue', 'delay', '/delivery')(stage))
    },
    as: 'nid',
    status: 409,
  },
  {
    name: 'registering a letter that another registered in the meantime',
    route: `${LETTER}/register`,
    path: letterIn('closed', 'result', '/register'),
    act: async (page, { site, slips }) => {
      const { id } = caseOf(site, slips.closed)
      site.portal.db.sqlite.prepare('update letters set rev = rev + 1 where case_id = ?').run(id)
      await typeAndSend(REGISTERED, '/register')(page)
    },
    as: 'nid',
    status: 409,
  },
  {
    name: 'a case after a mail was sent again',
    route: CASE,
    path: caseIn('in_progress'),
    act: async (page, stage) => {
      await loseMail(page, stage)
      await send(`/mails/${lastMail(stage)}`)(page)
    },
    as: 'nid',
  },
]

const lastMail = ({ site }: Stage): unknown =>
  site.portal.db.sqlite.prepare('select max(id) from outbox').pluck().get()
