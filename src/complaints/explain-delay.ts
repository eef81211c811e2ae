import { z } from 'zod'
import { type CaseClock, runningClock } from '#clock/clock-store.ts'
import { notifier } from '#clock/notify.ts'
import { addDays, type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import { mayApproveDelay } from '#domain/permissions.ts'
import { normaliseTyped } from '#domain/text.ts'
import { lettersOf, openLetterOf } from '#letters/store.ts'
import { single } from '#web/forms.ts'
import { t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { actionForm, type CaseChange, type Deed } from './action-form.ts'
import { APPROVER_NAMES } from './letter-words.ts'
import { dayBetween, noDay, requiredText } from './staff-fields.ts'
import { numberOf, typedDate } from './staff-words.ts'

const USED_UP = 'ขยายกำหนดครบจำนวนวันที่สำนักงานตั้งไว้แล้ว กรุณาสรุปผล หรือปรึกษาคณะทำงาน'

/**
 * ชี้แจงเหตุล่าช้า: what the plan demands where the due date cannot be kept. Whoever may not decide proposes;
 * the date that was promised moves only when the letter has reached the complainant.
 */
export const explainDelay = actionForm({
  action: 'explain',
  path: 'explain-delay',
  title: 'ชี้แจงเหตุล่าช้า',
  lead: 'เมื่อทำไม่ทันกำหนด ต้องชี้แจงให้ผู้ร้องทราบเป็นลายลักษณ์อักษรภายในวันครบกำหนด กำหนดใหม่มีผลเมื่อส่งถึงผู้ร้องแล้ว',
  button: (deed) => (mayApprove(deed) ? 'อนุมัติและส่งให้ผู้ร้อง' : `เสนอ${approverOf(deed)}อนุมัติ`),
  done: 'บันทึกหนังสือชี้แจงเหตุล่าช้าแล้ว ดูว่ารออนุมัติ ส่งแล้ว หรือยังต้องส่งเอง ในหัวข้อ “หนังสือถึงผู้ร้อง”',
  fields: (deed) => {
    const content = openLetterOf(deed.portal.db, deed.row.id, 'delay')?.content
    const { earliest, latest } = datesFor(deed)
    return [
      {
        ...{ type: 'text', name: 'text', seenBy: 'citizen', label: 'เหตุที่ยังดำเนินการไม่แล้วเสร็จ' },
        ...{ hint: 'บอกเหตุผลจริงที่ผู้ร้องเข้าใจได้', value: content?.text ?? '' },
      },
      {
        ...{ type: 'text', name: 'doneText', seenBy: 'citizen', label: 'สิ่งที่ดำเนินการไปแล้ว' },
        value: content?.doneText ?? '',
      },
      {
        ...{ type: 'text', name: 'nextText', seenBy: 'citizen', label: 'สิ่งที่จะดำเนินการต่อไป' },
        value: content?.nextText ?? '',
      },
      {
        ...{ type: 'date', name: 'newDate', seenBy: 'citizen', label: 'กำหนดแล้วเสร็จใหม่' },
        hint:
          earliest <= latest
            ? `ตั้งแต่ ${formatDate(earliest, 'th')} ถึง ${formatDate(latest, 'th')} พิมพ์เป็นตัวเลข เช่น ${typedDate(latest)}`
            : USED_UP,
        value: content?.dueOn ? typedDate(content.dueOn) : '',
      },
    ]
  },
  schema: (deed) => {
    const { earliest, latest } = datesFor(deed)
    return z
      .object({
        text: requiredText('เหตุที่ยังดำเนินการไม่แล้วเสร็จ'),
        doneText: requiredText('สิ่งที่ดำเนินการไปแล้ว'),
        nextText: requiredText('สิ่งที่จะดำเนินการต่อไป'),
        newDate: earliest <= latest ? dayBetween(earliest, latest) : noDay(USED_UP),
      })
      .refine(() => !isUnsent(deed), {
        path: ['text'],
        error: 'หนังสือชี้แจงฉบับก่อนยังไม่ถึงผู้ร้อง กรุณาบันทึกการส่งในหัวข้อ “หนังสือถึงผู้ร้อง” ก่อน',
      })
  },
  isAsWanted: ({ row }, fields, done) => {
    const typed = single(fields)
    const dueOn = parseThaiDate(typed.newDate ?? '')
    if (dueOn === undefined) return false
    const words = (name: 'text' | 'doneText' | 'nextText') => normaliseTyped(typed[name] ?? '')
    const content = { text: words('text'), doneText: words('doneText'), nextText: words('nextText'), dueOn }
    return done.text === explanationText(row.language, content)
  },
  check: (deed, { delay }) => [
    { key: 'กำหนดตามแผน', value: formatDate(clockOf(deed)?.dueOn ?? deed.today, 'th') },
    { key: 'กำหนดใหม่', value: delay ? formatDate(delay.content.dueOn, 'th') : '' },
    {
      key: 'ขั้นตอน',
      value: delay?.isApproved
        ? 'ออกหนังสือถึงผู้ร้องทันที'
        : `รอ${approverOf(deed)}อนุมัติก่อน ผู้ร้องจะยังไม่เห็น และกำหนดเดิมยังนับต่อไป`,
    },
  ],
  shownAs: (change) => ({
    ...change,
    audience: 'public',
    ...(change.delay && { delay: { ...change.delay, isApproved: true } }),
  }),
  decide: (deed, { text, doneText, nextText, newDate }): CaseChange => {
    const isApproved = mayApprove(deed)
    const content = { text, doneText, nextText, dueOn: newDate }
    return {
      audience: isApproved ? 'public' : 'internal',
      text: explanationText(deed.row.language, content),
      facts: { newDate },
      delay: { content, isApproved },
      ...(!isApproved && { also: () => askApproval(deed, newDate) }),
    }
  },
})

export interface Explanation {
  text: string
  doneText: string
  nextText: string
  dueOn: CivilDate
}

/** The explanation in one piece, as the complainant reads it in tracking and by e-mail. */
export function explanationText(lang: 'th' | 'en', { text, doneText, nextText, dueOn }: Explanation): string {
  return t(lang, 'mail.delay.words', { text, doneText, nextText, newDate: formatDate(dueOn, lang) })
}

function mayApprove({ portal, viewer, row }: Deed): boolean {
  return mayApproveDelay(viewer, row, portal.settings.deadlines().delayApprover)
}

const approverOf = ({ portal }: Deed): string => APPROVER_NAMES[portal.settings.deadlines().delayApprover]

const clockOf = ({ portal, row }: Deed): CaseClock | undefined => runningClock(portal.db, row.id)

/** The new date lies after the one that stands, and within what the administrator allows. */
function datesFor(deed: Deed): { earliest: CivilDate; latest: CivilDate } {
  const { extensionDays, extensionTotalDays } = deed.portal.settings.deadlines()
  const clock = clockOf(deed)
  const { today } = deed
  if (!clock) return { earliest: today, latest: addDays(today, extensionDays) }
  const target = targetOf(clock)
  const after = addDays(target < today ? today : target, 1)
  const each = addDays(after, extensionDays - 1)
  const all = addDays(clock.dueOn, extensionTotalDays)
  return { earliest: after, latest: each < all ? each : all }
}

function isUnsent(deed: Deed): boolean {
  const clock = clockOf(deed)
  return lettersOf(deed.portal.db, deed.row.id).some(
    ({ kind, state, clockId }) => kind === 'delay' && state === 'issued' && clockId === clock?.id,
  )
}

function askApproval({ portal, row, now, viewer }: Deed, newDate: CivilDate): void {
  const { delayApprover } = portal.settings.deadlines()
  notifier(portal, now)(row, {
    ...{ kind: 'approval', mark: `approve:${row.id}:${row.rev}`, clockId: null, dueOn: row.dueOn },
    to: [delayApprover],
    text: `${viewer.displayName} เสนอหนังสือชี้แจงเหตุล่าช้า เรื่อง ${numberOf(row)} กำหนดใหม่ ${formatDate(newDate, 'th')} รอท่านอนุมัติ`,
  })
}
