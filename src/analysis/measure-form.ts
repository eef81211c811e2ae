import { z } from 'zod'
import {
  dayBetween,
  oneOfWords,
  optionalDayBetween,
  optionalText,
  requiredLine,
  requiredText,
} from '#complaints/staff-fields.ts'
import { typedDate } from '#complaints/staff-words.ts'
import { addDays, type CivilDate } from '#domain/civil-date.ts'
import type { Measure, MeasureFields } from './measures-store.ts'

export const FORM_FIELDS = [
  'category',
  'village',
  'problem',
  'measure',
  'owner',
  'startsOn',
  'dueOn',
  'state',
  'endedOn',
  'result',
] as const
export type Typed = Record<(typeof FORM_FIELDS)[number], string>

export const FORM_STATES = ['open', 'done', 'abandoned'] as const

/** Before the plan there was no measure, and nobody plans further ahead than the next one. */
const EARLIEST: CivilDate = '2018-10-01'
const FURTHEST_DAYS = 5 * 366

export interface Offered {
  categories: readonly string[]
  villages: readonly string[]
}

/** A measure as it is typed. A new one has no state: it is open. */
export function measureForm({ categories, villages }: Offered, today: CivilDate) {
  const latest = addDays(today, FURTHEST_DAYS)
  return z
    .object({
      category: oneOfWords(categories, 'ประเภทเรื่อง'),
      village: z
        .string()
        .default('')
        .refine((id) => id === '' || villages.includes(id), {
          error: 'กรุณาเลือกหมู่บ้าน',
        }),
      problem: requiredText('ปัญหาที่เกิดซ้ำ'),
      measure: requiredText('มาตรการป้องกัน'),
      owner: requiredLine('ผู้รับผิดชอบ'),
      startsOn: dayBetween(EARLIEST, latest),
      dueOn: optionalDayBetween(EARLIEST, latest),
      state: oneOfWords(FORM_STATES, 'สถานะ').default('open'),
      endedOn: optionalDayBetween(EARLIEST, today),
      result: optionalText('ผลที่ได้'),
    })
    .superRefine(({ startsOn, dueOn, state, endedOn, result }, context) => {
      const fault = (path: keyof Typed, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message })
      if (dueOn !== null && dueOn < startsOn) fault('dueOn', 'กำหนดแล้วเสร็จต้องไม่ก่อนวันที่เริ่ม')
      if (state === 'open' && endedOn !== null) fault('state', 'กรอกวันที่สิ้นสุดแล้ว กรุณาเลือกว่าแล้วเสร็จหรือยกเลิก')
      if (state !== 'open' && endedOn === null) fault('endedOn', 'กรุณากรอกวันที่แล้วเสร็จหรือวันที่ยกเลิก')
      if (endedOn !== null && endedOn < startsOn) fault('endedOn', 'วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม')
      if (state === 'abandoned' && result === null) fault('result', 'กรุณากรอกเหตุที่ยกเลิก')
    })
    .transform(
      ({ category, village, state, endedOn, ...rest }): MeasureFields => ({
        ...{ categoryCode: category, villageId: village === '' ? null : Number(village), ...rest },
        ...{ doneOn: state === 'done' ? endedOn : null, abandonedOn: state === 'abandoned' ? endedOn : null },
      }),
    )
}

/** A measure as it stands in the form. */
export function typedMeasure(measure: Measure): Typed {
  const { categoryCode, villageId, problem, owner, startsOn, dueOn, doneOn, abandonedOn, result } = measure
  const date = (day: CivilDate | null) => (day === null ? '' : typedDate(day))
  return {
    ...{ category: categoryCode, village: villageId === null ? '' : String(villageId) },
    ...{ problem, measure: measure.measure, owner, startsOn: date(startsOn), dueOn: date(dueOn) },
    state: abandonedOn !== null ? 'abandoned' : doneOn !== null ? 'done' : 'open',
    ...{ endedOn: date(doneOn ?? abandonedOn), result: result ?? '' },
  }
}
