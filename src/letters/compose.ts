import type { CaseClock } from '#clock/clock-store.ts'
import type { cases } from '#complaints/tables.ts'
import { REOPEN_DAYS } from '#domain/case-status.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { caseNumber } from '#domain/reference.ts'
import type { LetterSettings } from '#settings/documents.ts'
import { fillIn, type MessageParams } from '#web/languages.ts'
import { LETTERS } from '#web/messages/letters.ts'
import type { OfficeProfile } from '#web/office-profile.ts'
import { formatDate } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import type { LetterDocument } from './document.ts'
import type { Letter } from './store.ts'
import type { LetterContent, LetterKind } from './tables.ts'

export interface LetterSources {
  letter: Letter
  row: Pick<typeof cases.$inferSelect, 'fiscalYear' | 'seq' | 'kind' | 'subject' | 'receivedOn'>
  /** As the reader of the letter may know it; null where there is none to be told. */
  name: string | null
  office: OfficeProfile
  settings: LetterSettings
  /** The unit whose matter it is now, for letters that name none themselves. */
  unit: string
  /** Letters about a delay: the clock they explain, and the new date that was told before. */
  clock?: Pick<CaseClock, 'policy'> | undefined
  promised?: CivilDate | null | undefined
}

type Say = (key: keyof typeof LETTERS, params?: MessageParams) => string

/** The letter as it stands on paper: the words of its kind around what is the letter's own. */
export function composeLetter(sources: LetterSources): LetterDocument {
  const { letter, row, name, office, settings } = sources
  const say = sayFor(sources)
  return {
    number: letter.officialNo,
    office: office.orgName,
    address: office.address,
    date: letter.officialOn && inWords(letter.officialOn),
    subject: say(`letter.${letter.kind}.subject`),
    to: name ?? say('letter.to'),
    reference: letter.kind === 'receipt' ? null : say('letter.reference'),
    enclosures: [],
    paragraphs: BODIES[letter.kind](say, letter.content, sources),
    closing: say('letter.closing'),
    signerName: letter.signerName ?? settings.signerName,
    signerPost: letter.signerPost ?? settings.signerPost,
    unit: unitOf(sources),
    contact: [say('letter.phone'), ...(office.email ? [say('letter.email')] : [])],
    caseNumber: caseNumber(row.fiscalYear, row.seq),
  }
}

const BODIES: Record<LetterKind, (say: Say, content: LetterContent, sources: LetterSources) => string[]> = {
  receipt: (say, { dueOn }) => [
    say('letter.receipt.asTold'),
    [say('letter.receipt.received'), ...(dueOn ? [say('letter.receipt.due')] : [])].join(' '),
    say('letter.receipt.follow'),
    say('letter.known'),
  ],
  progress: (say) => [say('letter.asTold'), say('letter.progress.words'), say('letter.progress.known')],
  delay: (say, { text, doneText = '', nextText = '', dueOn }, { promised }) => [
    say(promised ? 'letter.delay.promised' : 'letter.delay.plan'),
    // The letter says "because" itself, and so do many officers.
    say('letter.delay.reason', { text: led(text.replace(/^\s*เนื่องจาก\s*/, '')) }),
    ...(doneText ? [say('letter.delay.done', { text: led(doneText) })] : []),
    ...(nextText ? [say('letter.delay.next', { text: led(nextText) })] : []),
    ...(dueOn ? [say('letter.delay.newDate')] : []),
    say('letter.delay.known'),
  ],
  forwarded: (say, { text }) => [
    say('letter.asTold'),
    say('letter.forwarded.words'),
    text,
    say('letter.forwarded.ask'),
    say('letter.known'),
  ],
  result: (say) => [
    say('letter.asTold'),
    say('letter.result.words'),
    say('letter.result.reopen'),
    say('letter.result.known'),
  ],
  not_accepted: (say, { text, otherBody }) => [
    say('letter.asTold'),
    say('letter.not_accepted.words'),
    text,
    ...(otherBody ? [say('letter.not_accepted.elsewhere')] : []),
    say('letter.not_accepted.ask'),
    say('letter.known'),
  ],
  reopened: (say, { dueOn }) => [
    say('letter.reopened.asTold'),
    [say('letter.reopened.words'), ...(dueOn ? [say('letter.reopened.due')] : [])].join(' '),
    say('letter.known'),
  ],
}

function sayFor(sources: LetterSources): Say {
  const { letter, row, office, promised } = sources
  const { content } = letter
  const common: MessageParams = {
    ...officeParams(office, 'th'),
    caseNo: caseNumber(row.fiscalYear, row.seq),
    receivedOn: inWords(row.receivedOn),
    reopenedOn: inWords(civilDateOf(letter.createdAt)),
    subject: row.subject,
    matter: LETTERS[`letter.matter.${row.kind}`],
    dept: unitOf(sources),
    text: led(content.text),
    dueDate: content.dueOn ? inWords(content.dueOn) : '',
    newDate: content.dueOn ? inWords(content.dueOn) : '',
    promised: promised ? inWords(promised) : '',
    days: daysOf(sources),
    agency: content.otherBody ?? 'หน่วยงานที่เกี่ยวข้อง',
    otherBody: content.otherBody ?? '',
    reason: content.reason ?? '',
    n: REOPEN_DAYS,
  }
  return (key, params) => fillIn(key, LETTERS[key], { ...common, ...params })
}

const inWords = (date: CivilDate): string => formatDate(date, 'th')

const unitOf = ({ letter, unit }: LetterSources): string => letter.content.unit ?? unit

function daysOf({ clock }: LetterSources): string {
  if (!clock) return 'เวลาที่กำหนด'
  const { countMode, targetDays } = clock.policy
  const key = countMode === 'working' ? 'letter.delay.workingDays' : 'letter.delay.days'
  return fillIn(key, LETTERS[key], { n: targetDays })
}

/** A text behind the words that lead to it: in their line where it is one line, else in its own. */
const led = (text: string): string => (text.trim().includes('\n') ? `\n${text.trim()}` : ` ${text.trim()}`)
