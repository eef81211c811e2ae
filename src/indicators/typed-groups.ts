import { z } from 'zod'
import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { isYearOver } from '#domain/indicator-rules.ts'
import { isPlanYear } from '#domain/indicators.ts'
import { CONDUCTS } from '#domain/sealed-status.ts'
import { toArabicDigits } from '#domain/text.ts'
import type { Portal } from '#settings/portal.ts'
import { requiredLine } from '#web/form-fields.ts'
import { t } from '#web/languages.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import { REGISTER_COMPLETE } from './counts.ts'
import { readFirstYear } from './store.ts'

/** Numbers that are typed in together, out of one document. */
export interface TypedGroup {
  id: string
  title: string
  hint: string
  unit: 'points' | 'percent' | 'count' | 'yes'
  fields: readonly { key: string; label: string }[]
}

const one = (id: string, unit: TypedGroup['unit'], title: string, label: string, hint = ''): TypedGroup => ({
  ...{ id, title, hint, unit },
  fields: [{ key: id, label }],
})

const survey = (id: string, what: string): TypedGroup =>
  one(id, 'percent', `ความพึงพอใจ: ${what}`, 'ร้อยละ', 'ค่าเฉลี่ยของคำตอบ 1 ถึง 5 หารด้วย 5 คูณ 100')

const RESULTS: readonly TypedGroup[] = [
  one('ita', 'points', 'คะแนน ITA (เป้าหมายที่ 2 โครงการที่ 6 และ 15)', 'คะแนน'),
  survey('sv1', 'การบริหารงานตามกฎหมาย (โครงการที่ 1 และ 2)'),
  survey('sv3', 'ศูนย์ข้อมูลข่าวสาร (โครงการที่ 3)'),
  survey('sv4', 'การเผยแพร่ข้อมูลสาธารณะ (โครงการที่ 4)'),
  survey('sv14', 'คุณภาพการให้บริการ (โครงการที่ 14 และ 17)'),
  survey('sv19', 'การดำเนินการเรื่องร้องเรียน (โครงการที่ 19)'),
  one('sv21', 'percent', 'ความพึงพอใจ: รายงานการควบคุมภายใน (โครงการที่ 21)', 'ร้อยละของผู้ที่พึงพอใจในระดับมาก'),
]

const CORRUPTION: readonly TypedGroup[] = [
  one('cases', 'count', 'จำนวนคดีทุจริต', 'จำนวนคดี', 'คดีทุจริตของหน่วยงานในปีงบประมาณ ไม่ใช่จำนวนเรื่องร้องเรียน'),
  {
    id: 'conduct',
    title: 'จำนวนเรื่องร้องเรียนการทุจริต',
    hint: 'กรอกให้ครบทุกช่อง ไม่มีให้กรอก 0 หน้าสาธารณะแสดงจำนวนที่น้อยกว่า 5 รวมทั้ง 0 ว่า “น้อยกว่า 5”',
    unit: 'count',
    fields: CONDUCTS.map((key) => ({ key, label: `${key} ${t('th', `ix.conduct.${key}`)}` })),
  },
]

const REGISTER = one(
  REGISTER_COMPLETE,
  'yes',
  'เรื่องร้องเรียนของปีนี้',
  'บันทึกเรื่องที่รับในปีนี้ครบทุกเรื่องแล้วในระบบ',
  'เช่น นำเข้าทะเบียนเดิมทั้งปีแล้ว หากไม่เลือก ระบบถือว่ายังไม่รู้จำนวนของปีนี้ เว้นแต่จะบันทึกข้อมูลย้อนหลังของประเภทนั้น',
)

/** What can be typed in for a year: only what nobody counts, and of years that have begun. */
export function typedGroups(
  portal: Portal,
  fiscalYear: number,
  corruption: CorruptionCounts | undefined,
): TypedGroup[] {
  const today = civilDateOf(portal.now())
  const isBefore = fiscalYear < (readFirstYear(portal.db) ?? Number.POSITIVE_INFINITY)
  const isOver = isYearOver(fiscalYear, today)
  const isUncounted = isOver && corruption?.conduct(fiscalYear) === undefined
  return [
    ...(isBefore ? [REGISTER] : []),
    ...(isPlanYear(fiscalYear) && fiscalYear <= fiscalYearOf(today) ? RESULTS : []),
    ...(isUncounted ? CORRUPTION : []),
  ]
}

const hundredth = (message: string) =>
  numeral(/^\d{1,3}(\.\d{1,2})?$/, 100, `${message} 0 ถึง 100 ทศนิยมไม่เกินสองตำแหน่ง`)

const VALUES: Record<TypedGroup['unit'], z.ZodType<number>> = {
  points: hundredth('กรุณากรอกคะแนน'),
  percent: hundredth('กรุณากรอกร้อยละ'),
  count: numeral(/^\d{1,5}$/, 99_999, 'กรุณากรอกจำนวนเต็ม ไม่มีให้กรอก 0'),
  yes: z.literal('yes', 'กรุณาเลือก หรือกดลบค่าที่บันทึกไว้').transform(() => 1),
}

/** The numbers of a group, each under its key, and the document they come from. */
export function typedGroupForm({ unit, fields }: TypedGroup) {
  return z.object({
    ...Object.fromEntries(fields.map(({ key }) => [key, VALUES[unit]])),
    source: requiredLine(300, 'กรุณากรอกเอกสารที่มา'),
  })
}

function numeral(pattern: RegExp, most: number, message: string): z.ZodType<number> {
  return z
    .string()
    .default('')
    .transform((text) => toArabicDigits(text.trim().replaceAll(',', '')))
    .refine((text) => pattern.test(text) && Number(text) <= most, message)
    .transform(Number)
}
