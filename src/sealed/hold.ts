import { z } from 'zod'
import { addDays } from '#domain/civil-date.ts'
import { formatDate } from '#web/thai-format.ts'
import { requiredText } from './register-fields.ts'
import { verb } from './verb.ts'

const HOLD_DAYS = 90

/** เลื่อนวันทำลาย: something still needs the report. */
export const hold = verb({
  path: 'hold',
  title: `เลื่อนวันทำลายออกไป ${HOLD_DAYS} วัน`,
  lead: ({ opened: { report } }) =>
    report.destroyOn ? `วันทำลายเดิม ${formatDate(report.destroyOn, 'th')} ทำซ้ำได้เมื่อจำเป็น` : '',
  button: `เลื่อนออกไป ${HOLD_DAYS} วัน`,
  done: 'เลื่อนวันทำลายแล้ว',
  isOffered: ({ opened }) => opened.report.destroyOn !== null,
  fields: () => [{ type: 'text', name: 'text', seenBy: 'office', label: 'เหตุผลที่ต้องเก็บต่อ' }],
  schema: () => z.object({ text: requiredText('เหตุผล') }),
  decide: ({ opened: { report }, today }, { text }) => ({
    ...{ action: 'hold', text },
    change: () => {
      const { destroyOn } = report
      return { destroyOn: destroyOn && addDays(destroyOn > today ? destroyOn : today, HOLD_DAYS) }
    },
  }),
})
