import { z } from 'zod'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { CONDUCTS, nextSealedStatus, seriesOf } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { oneOfWords } from './register-fields.ts'
import { CONDUCT_OPTIONS } from './register-words.ts'
import { meetDuties, nextNumber } from './report-store.ts'
import { hasMailbox, messageField, optionalMessage, verb } from './verb.ts'

/** รับเรื่อง: the report gets its number and its kind of conduct. */
export const accept = verb({
  path: 'accept',
  title: 'รับเรื่อง',
  lead: 'ระบบจะออกเลขทะเบียนให้ตามปีงบประมาณของวันที่ได้รับเรื่อง',
  button: 'รับเรื่องและออกเลขทะเบียน',
  done: 'รับเรื่องและออกเลขทะเบียนแล้ว',
  isOffered: (desk) => isPossible(desk, 'accept'),
  fields: (desk) => [
    {
      ...{ type: 'select', name: 'conduct', seenBy: 'office', label: 'ลักษณะการทุจริต' },
      hint: 'ถ้าผู้แจ้งเลือกไว้ไม่ตรง ให้แก้ตรงนี้',
      value: desk.opened.conduct,
      options: CONDUCT_OPTIONS,
    },
    ...messageField(desk, {
      label: 'ข้อความถึงผู้แจ้ง',
      hint: 'เช่น รับเรื่องแล้ว และจะแจ้งความคืบหน้าเมื่อใด ไม่แสดงชื่อเจ้าหน้าที่',
      optional: true,
    }),
  ],
  schema: () => z.object({ conduct: oneOfWords(CONDUCTS, 'ลักษณะการทุจริต'), message: optionalMessage }),
  decide: (desk, { conduct, message }) => ({
    ...{ action: 'accept', text: '', note: { conduct }, answer: hasMailbox(desk) ? message : '' },
    change: () => {
      const { sealed, today } = desk
      const { report, first } = desk.opened
      // By the day of receipt, as everywhere in the office: the figures count it as received in that year too.
      const fiscalYear = fiscalYearOf(report.receivedOn)
      const series = seriesOf(first.involved)
      meetDuties(sealed.db, report.id, ['acknowledge'], today)
      const seq = nextNumber(sealed.db, fiscalYear, series)
      return { status: nextSealedStatus(report.status, 'accept'), fiscalYear, series, seq }
    },
  }),
})
