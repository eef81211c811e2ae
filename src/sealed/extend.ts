import { z } from 'zod'
import { addDays } from '#domain/civil-date.ts'
import { formatDate } from '#web/thai-format.ts'
import { readChannel } from './channel-store.ts'
import type { Desk } from './desk.ts'
import { requiredText } from './register-fields.ts'
import { changeDuty, type DutyRow, listDuties } from './report-store.ts'
import { verb } from './verb.ts'

/** ขยายเวลา: fact-finding may be given more days, once and with a reason. */
export const extend = verb({
  path: 'extend',
  title: 'ขยายเวลาตรวจสอบข้อเท็จจริง',
  lead: (desk) => {
    const duty = extendable(desk)
    return duty ? `ขยายได้ครั้งเดียว กำหนดใหม่คือ ${formatDate(laterOf(desk, duty), 'th')}` : ''
  },
  button: 'ขยายเวลา',
  done: 'ขยายเวลาแล้ว',
  isOffered: (desk) => desk.opened.report.pendingAction === null && extendable(desk) !== undefined,
  fields: () => [{ type: 'text', name: 'text', seenBy: 'office', label: 'เหตุผลที่ต้องขยายเวลา' }],
  schema: () => z.object({ text: requiredText('เหตุผล') }),
  decide: (desk, { text }) => ({
    ...{ action: 'extend', text },
    change: () => {
      const duty = extendable(desk)
      if (duty) {
        const change = { dueOn: laterOf(desk, duty), extended: true }
        changeDuty(desk.sealed.db, duty.reportId, 'inquire', change)
      }
      return {}
    },
  }),
})

const daysOf = ({ sealed }: Desk): number => readChannel(sealed.db).settings.extensionDays

const laterOf = (desk: Desk, { dueOn }: DutyRow) => addDays(dueOn, daysOf(desk))

function extendable(desk: Desk): DutyRow | undefined {
  const duty = listDuties(desk.sealed.db, desk.opened.report.id).find(({ duty }) => duty === 'inquire')
  return duty && duty.metOn === null && !duty.extended && daysOf(desk) > 0 ? duty : undefined
}
