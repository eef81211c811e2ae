import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerOf } from '#accounts/guard.ts'
import { type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { toArabicDigits } from '#domain/text.ts'
import { sendPage } from '#web/answer.ts'
import { requiredLine } from '#web/form-fields.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { ADMIN_PAGE } from './admin-overview.ts'
import { recordDeed } from './audit-store.ts'
import { changeChannel, readChannel } from './channel-store.ts'
import { administrator } from './name-officer.ts'
import type { Sealed } from './open.ts'
import { SealedSettings } from './settings.ts'

const ORDER = `${ADMIN_PAGE}/order`
const SETTINGS = `${ADMIN_PAGE}/settings`

const ORDER_FIELDS = ['orderNo', 'orderOn'] as const

const orderForm = (today: CivilDate) =>
  z.object({
    orderNo: requiredLine(50, 'กรุณากรอกเลขที่คำสั่ง'),
    orderOn: z
      .string()
      .default('')
      .transform((text, context) => {
        const day = parseThaiDate(text)
        if (day && day <= today) return day
        const message = day ? 'วันที่ของคำสั่งต้องไม่เกินวันนี้' : 'กรุณากรอกวันที่ของคำสั่ง เช่น 1/10/2569'
        context.addIssue({ code: 'custom', message })
        return z.NEVER
      }),
  })

type SettingName = keyof SealedSettings
const SETTING_NAMES = Object.keys(SealedSettings.shape) as SettingName[]

/** As the log tells of them. */
const SETTING_WORDS: Record<SettingName, string> = {
  acknowledgeDays: 'รับเรื่อง (วันทำการ)',
  checkDays: 'ตรวจสอบเบื้องต้น (วัน)',
  inquiryDays: 'ตรวจสอบข้อเท็จจริง (วัน)',
  extensionDays: 'ขยายเวลา (วัน)',
  visitDays: 'กลับมาเปิดกล่องข้อความ (วัน)',
  keepDays: 'เก็บหลังสิ้นสุด (วัน)',
  mailHour: 'เวลาส่งอีเมล (นาฬิกา)',
}

interface OrderPage {
  values: Record<(typeof ORDER_FIELDS)[number], string>
  errors: FieldErrors
}

const orderPage = page<OrderPage>('sealed/admin/order', ['values', 'errors'])
const settingsPage = page<{ values: Record<SettingName, string>; errors: FieldErrors }>(
  'sealed/admin/settings',
  ['values', 'errors'],
)

/** The order that the public reads, and the channel's days. */
export function adminSettingsRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(ORDER, admin, (request, reply) => {
      const { orderNo, orderOn } = readChannel(sealed.db)
      const values = { orderNo, orderOn: orderOn && inFigures(orderOn) }
      return sendPage(sealed.portal, request, reply, orderPage, { values, errors: {} })
    })
    app.post(ORDER, admin, (request, reply) => postOrder(sealed, request, reply))
    app.get(SETTINGS, admin, (request, reply) => {
      const values = textsOf(readChannel(sealed.db).settings)
      return sendPage(sealed.portal, request, reply, settingsPage, { values, errors: {} })
    })
    app.post(SETTINGS, admin, (request, reply) => postSettings(sealed, request, reply))
    done()
  }
}

function postOrder(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fields = fieldsOf(request.body)
  const form = orderForm(sealed.today()).safeParse(single(fields))
  if (!form.success) {
    const data = { values: typed(fields, ORDER_FIELDS), errors: fieldErrors(form.error) }
    return sendPage(sealed.portal, request, reply, orderPage, data, 422)
  }
  const { orderNo, orderOn } = form.data
  sealed.db.inTransaction(() => {
    const before = readChannel(sealed.db)
    if (before.orderNo === orderNo && before.orderOn === orderOn) return
    changeChannel(sealed.db, form.data)
    const detail = `คำสั่งที่ ${orderNo} ลงวันที่ ${formatDate(orderOn, 'th')}`
    recordDeed(sealed.db, { ...deedOf(sealed, request), action: 'channel.order', detail })
  })
  return reply.redirect(`${ADMIN_PAGE}?saved`, 303)
}

function postSettings(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const values = typed(fieldsOf(request.body), SETTING_NAMES)
  const errors: FieldErrors = {}
  for (const name of SETTING_NAMES) {
    const rule = SealedSettings.shape[name].unwrap()
    const isRight =
      /^\d{1,4}$/.test(numberIn(values[name])) && rule.safeParse(Number(numberIn(values[name]))).success
    if (!isRight)
      errors[name] = `${SETTING_WORDS[name]} ต้องเป็นจำนวนเต็มตั้งแต่ ${rule.minValue} ถึง ${rule.maxValue}`
  }
  if (Object.keys(errors).length > 0) {
    return sendPage(sealed.portal, request, reply, settingsPage, { values, errors }, 422)
  }
  const numbers = SETTING_NAMES.map((name) => [name, Number(numberIn(values[name]))])
  const after = SealedSettings.parse(Object.fromEntries(numbers))
  sealed.db.inTransaction(() => {
    const before = readChannel(sealed.db).settings
    const changed = SETTING_NAMES.filter((name) => before[name] !== after[name])
    if (changed.length === 0) return
    changeChannel(sealed.db, { settings: after })
    const detail = changed
      .map((name) => `${SETTING_WORDS[name]} จาก ${before[name]} เป็น ${after[name]}`)
      .join(', ')
    recordDeed(sealed.db, { ...deedOf(sealed, request), action: 'channel.settings', detail })
  })
  return reply.redirect(`${ADMIN_PAGE}?saved`, 303)
}

const numberIn = (typed: string): string => toArabicDigits(typed.trim())

const deedOf = (sealed: Sealed, request: FastifyRequest) => ({
  at: sealed.now(),
  actor: administrator(viewerOf(request)),
})

const textsOf = (settings: SealedSettings): Record<SettingName, string> =>
  Object.fromEntries(SETTING_NAMES.map((name) => [name, String(settings[name])])) as Record<
    SettingName,
    string
  >

/** '1/10/2569', as the field takes it. */
function inFigures(date: CivilDate): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return `${day}/${month}/${year + 543}`
}
