import { z } from 'zod'
import { runningClock } from '#clock/clock-store.ts'
import { wasUrged } from '#clock/notice-store.ts'
import { notifier } from '#clock/notify.ts'
import { note } from '#clock/settle.ts'
import { normaliseTyped } from '#domain/text.ts'
import { single } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { actionForm, type Deed } from './action-form.ts'
import { optionalText } from './staff-fields.ts'
import { caseAddress, numberOf } from './staff-words.ts'

/** เร่งรัด: the working group presses for a case; told at the next office hour, and kept in its history. */
export const urge = actionForm({
  action: 'urge',
  path: 'urge',
  title: 'เร่งรัด',
  lead: 'ผู้รับผิดชอบและหัวหน้าหน่วยงานจะได้รับการแจ้งเตือนและอีเมลในเวลาทำการ ผู้ร้องไม่เห็น เร่งรัดได้เรื่องละหนึ่งครั้งต่อวัน',
  button: 'เร่งรัดเรื่องนี้',
  done: 'เร่งรัดแล้ว ผู้รับผิดชอบจะได้รับแจ้ง',
  fields: () => [
    {
      ...{ type: 'text', name: 'text', seenBy: 'office', label: 'ข้อสั่งการถึงผู้รับผิดชอบ' },
      optional: true,
    },
  ],
  isAsWanted: (_deed, fields, done) => done.text === (normaliseTyped(single(fields).text ?? '') || null),
  schema: (deed) =>
    z.object({ text: optionalText('ข้อสั่งการ') }).refine(() => !wasUrged(deed.portal.db, markOf(deed)), {
      path: ['text'],
      error: 'วันนี้เร่งรัดเรื่องนี้ไปแล้ว พรุ่งนี้เร่งรัดได้อีกครั้ง ถ้าด่วนกรุณาโทรหาผู้รับผิดชอบ',
    }),
  decide: (deed, { text }) => ({
    audience: 'internal',
    text,
    also: (act) => {
      const { portal, row, viewer, now } = deed
      const clock = runningClock(portal.db, row.id)
      const mark = markOf(deed)
      const told = notifier(portal, now)(row, {
        ...{ kind: 'urged', mark, clockId: clock?.id ?? null, dueOn: row.promisedOn ?? row.dueOn },
        ...{ to: ['officer', 'unit_head'], text: urgedText(viewer.displayName, text) },
        mail: mailOf(deed, text),
      })
      if (clock) note(portal.db, clock, act, { type: 'urged', mark, detail: { told } })
    },
  }),
})

const markOf = ({ row, today }: Deed): string => `urge:${row.id}:${today}`

const urgedText = (by: string, text: string | null): string =>
  [`${by} เร่งรัดเรื่องนี้`, text].filter(Boolean).join(': ')

function mailOf({ portal, row, viewer }: Deed, text: string | null): { subject: string; body: string } {
  const due = row.promisedOn ?? row.dueOn
  return {
    subject: `เร่งรัดเรื่องเลขที่ ${numberOf(row)}`,
    body: [
      urgedText(viewer.displayName, null),
      // A mail is read on phones in buses: what few may know is not in it.
      ...(text && !row.restricted ? [text] : []),
      `เรื่องเลขที่ ${numberOf(row)}${due ? ` กำหนดวันที่ ${formatDate(due, 'th')}` : ''}`,
      `เปิดเรื่อง: ${portal.config.publicUrl}${caseAddress(row)}`,
    ].join('\n\n'),
  }
}
