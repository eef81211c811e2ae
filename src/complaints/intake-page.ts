import { civilDateOf } from '#domain/civil-date.ts'
import { REPLY_BY } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import type { FieldErrors } from '#web/forms.ts'
import { t } from '#web/languages.ts'
import { formatTime } from '#web/thai-format.ts'
import { FORM_LIMITS } from '#web/uploads.ts'
import { officeParams, page } from '#web/views.ts'
import type { Option } from './action-form.ts'
import type { KeptLine } from './draft-files.ts'
import { INTAKE_CHANNELS, INTAKE_FIELDS, type IntakeField } from './intake-form.ts'
import { typedDate } from './staff-words.ts'

interface IntakePageData {
  token: string
  values: Record<IntakeField, string>
  errors: FieldErrors
  kept: KeptLine[]
  channels: Option[]
  categories: { label: string; options: Option[] }[]
  villages: Option[]
  replies: Option[]
  filesHint: string
}

export const intakePage = page<IntakePageData>('staff/intake', [
  'token',
  'values',
  'errors',
  'kept',
  'channels',
  'categories',
  'villages',
  'replies',
  'filesHint',
])

type State = Pick<IntakePageData, 'token' | 'values' | 'errors' | 'kept'>

export function intakePageData({ settings, office }: Portal, state: State): IntakePageData {
  const words = officeParams(office(), 'th')
  return {
    ...state,
    channels: INTAKE_CHANNELS.map((channel) => ({ value: channel, text: t('th', `of.ch.${channel}`) })),
    categories: settings.categoryTree().map((group) => ({
      label: group.name,
      options: group.children.map(({ code, name }) => ({ value: code, text: name })),
    })),
    villages: settings.villages().map(({ id, number, name }) => ({
      value: String(id),
      text: `หมู่ที่ ${number} ${name}`,
    })),
    replies: REPLY_BY.map((way) => ({ value: way, text: t('th', `reply.${way}`, words) })),
    filesHint: `JPG, PNG, WebP หรือ PDF ไม่เกิน ${FORM_LIMITS.maxFiles} ไฟล์ ไฟล์ละไม่เกิน ${FORM_LIMITS.maxFileBytes / 1024 / 1024} MB ผู้ร้องไม่เห็นไฟล์เหล่านี้`,
  }
}

/** A fresh form: received now, unless the officer says otherwise. */
export function freshValues({ now }: Pick<Portal, 'now'>): Record<IntakeField, string> {
  const empty = Object.fromEntries(INTAKE_FIELDS.map((field) => [field, ''])) as Record<IntakeField, string>
  const receivedTime = formatTime(now(), 'th').replace(' น.', '')
  return { ...empty, receivedOn: typedDate(civilDateOf(now())), receivedTime, replyBy: 'self' }
}
