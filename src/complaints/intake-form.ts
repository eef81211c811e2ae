import { z } from 'zod'
import {
  addDays,
  type CivilDate,
  civilDateOf,
  instantOf,
  parseThaiDate,
  parseThaiTime,
} from '#domain/civil-date.ts'
import { CHANNELS } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { type FieldErrors, type Fields, fieldErrors, single } from '#web/forms.ts'
import { type ComplaintForm, complaintForm, wordErrors } from './forms.ts'
import { isSourceTaken } from './staff-case-store.ts'
import { optionalLine } from './staff-fields.ts'

/** The form's fields in its order. */
export const INTAKE_FIELDS = [
  'channel',
  'receivedOn',
  'receivedTime',
  'incomingNo',
  'incomingOn',
  'sourceRef',
  'category',
  'subject',
  'detail',
  'wish',
  'urgent',
  'village',
  'place',
  'name',
  'phone',
  'replyBy',
  'email',
  'address',
  'withhold',
  'files',
] as const
export type IntakeField = (typeof INTAKE_FIELDS)[number]

/** A citizen files on the web alone; everything else an officer may take down. */
export const INTAKE_CHANNELS = CHANNELS.filter((channel) => channel !== 'web')

/** An older paper is one of a register to be imported, or a slip in the year. */
const OLDEST_DAYS = 366

/** How the case reached the office. */
export interface Arrival {
  channel: (typeof INTAKE_CHANNELS)[number]
  receivedAt: Date
  incomingNo: string | null
  incomingOn: CivilDate | null
  sourceRef: string | null
}

export type IntakeInput = { arrival: Arrival; form: ComplaintForm }

/** Reads the form an officer filled in for somebody: how it arrived, and the complaint itself. */
export function readIntake(portal: Portal, fields: Fields): { input: IntakeInput } | { errors: FieldErrors } {
  const values = single(fields)
  const kind = portal.settings.category(values.category ?? '')?.kind ?? 'complaint'
  const now = portal.now()
  const arrival = arrivalForm(portal, now).safeParse(values)
  // What the citizen ticks on the web is said on the phone and printed on the slip.
  const form = complaintForm({ settings: portal.settings, today: civilDateOf(now) }).safeParse({
    ...{ ...values, kind, privacy: 'yes', trap: '' },
  })
  if (arrival.success && form.success) return { input: { arrival: arrival.data, form: form.data } }
  const errors: FieldErrors = {
    ...(arrival.error && fieldErrors(arrival.error)),
    ...(form.error && wordErrors('th', form.error, values)),
  }
  // Staff call it by the word of their own pages.
  if (errors.category) errors.category = 'กรุณาเลือกประเภทเรื่อง'
  return { errors: inFormOrder(errors) }
}

export function inFormOrder(errors: FieldErrors): FieldErrors {
  const orderOf = (field: string) => INTAKE_FIELDS.indexOf(field as IntakeField)
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => orderOf(a) - orderOf(b)))
}

const text = z.string().default('')
const WRONG_DATE = 'กรุณากรอกวันที่ให้ถูกต้อง เช่น 15/11/2569'

function arrivalForm({ db }: Pick<Portal, 'db'>, now: Date) {
  const today = civilDateOf(now)
  return z
    .object({
      channel: text.transform((typed) => INTAKE_CHANNELS.find((channel) => channel === typed)),
      receivedOn: text.transform((typed) => parseThaiDate(typed)),
      receivedTime: text.transform((typed) => parseThaiTime(typed)),
      incomingNo: optionalLine('เลขรับหนังสือ'),
      incomingOn: text.transform((typed) => (typed.trim() === '' ? null : parseThaiDate(typed))),
      sourceRef: optionalLine('เลขอ้างอิง'),
    })
    .superRefine((form, context) => {
      const wrong = (path: keyof typeof form, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message })
      const { channel, receivedOn, receivedTime, incomingOn } = form
      if (!channel) wrong('channel', 'กรุณาเลือกช่องทางที่ได้รับเรื่อง')
      if (!receivedOn) wrong('receivedOn', WRONG_DATE)
      else if (receivedOn > today) wrong('receivedOn', 'วันที่ได้รับเรื่องต้องไม่ใช่วันในอนาคต')
      else if (receivedOn < addDays(today, -OLDEST_DAYS)) {
        wrong('receivedOn', 'วันที่ได้รับเรื่องย้อนหลังเกิน 1 ปี กรุณาตรวจสอบปี พ.ศ.')
      }
      if (!receivedTime) wrong('receivedTime', 'กรุณากรอกเวลาให้ถูกต้อง เช่น 13.30')
      else if (receivedOn === today && instantOf(today, receivedTime.hour, receivedTime.minute) > now) {
        wrong('receivedTime', 'เวลาที่ได้รับเรื่องต้องไม่ใช่เวลาในอนาคต')
      }
      if (incomingOn === undefined) wrong('incomingOn', WRONG_DATE)
      else if (incomingOn && incomingOn > today) wrong('incomingOn', 'วันที่ของหนังสือต้องไม่ใช่วันในอนาคต')
      if (channel && form.sourceRef && isSourceTaken(db, channel, form.sourceRef)) {
        wrong('sourceRef', 'มีเรื่องที่ใช้เลขอ้างอิงนี้จากช่องทางนี้แล้ว กรุณาค้นหาเรื่องเดิมก่อน')
      }
    })
    .transform(({ channel, receivedOn = today, receivedTime, incomingOn, ...form }): Arrival => {
      const { hour, minute } = receivedTime ?? { hour: 0, minute: 0 }
      return {
        ...form,
        channel: channel ?? 'other',
        incomingOn: incomingOn ?? null,
        receivedAt: instantOf(receivedOn, hour, minute),
      }
    })
}
