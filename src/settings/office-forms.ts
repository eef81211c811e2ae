import { z } from 'zod'
import { emailLine, line, requiredLine } from '#web/form-fields.ts'
import type { OfficeProfile } from '#web/office-profile.ts'

const MOST = 300
const orNull = (text: string): string | null => text || null

export const OfficeForm = z
  .object({
    orgName: requiredLine(MOST, 'กรุณากรอกชื่อหน่วยงาน'),
    orgNameEn: requiredLine(MOST, 'กรุณากรอกชื่อหน่วยงานภาษาอังกฤษ'),
    orgShort: requiredLine(MOST, 'กรุณากรอกชื่อย่อ'),
    orgShortEn: requiredLine(MOST, 'กรุณากรอกชื่อย่อภาษาอังกฤษ'),
    centreName: requiredLine(MOST, 'กรุณากรอกชื่อศูนย์รับเรื่อง'),
    centreNameEn: requiredLine(MOST, 'กรุณากรอกชื่อศูนย์รับเรื่องภาษาอังกฤษ'),
    phone: requiredLine(MOST, 'กรุณากรอกหมายเลขโทรศัพท์ของศูนย์รับเรื่อง'),
    hoursTh: requiredLine(MOST, 'กรุณากรอกวันและเวลาทำการ'),
    hoursEn: requiredLine(MOST, 'กรุณากรอกวันและเวลาทำการภาษาอังกฤษ'),
    email: emailLine,
    address: line(MOST),
    addressEn: line(MOST),
    lineId: line(MOST).transform(orNull),
    facebook: line(MOST).transform(orNull),
    website: line(MOST)
      .refine(
        (text) => text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text)),
        'ที่อยู่เว็บไซต์ต้องขึ้นต้นด้วย https:// หรือ http://',
      )
      .transform(orNull),
    dpo: line(MOST),
    dpoEn: line(MOST),
  })
  .transform(
    ({ hoursTh, hoursEn, ...office }): OfficeProfile => ({ ...office, hours: { th: hoursTh, en: hoursEn } }),
  )

export const OFFICE_FIELDS = [
  'orgName',
  'orgNameEn',
  'orgShort',
  'orgShortEn',
  'centreName',
  'centreNameEn',
  'phone',
  'hoursTh',
  'hoursEn',
  'email',
  'address',
  'addressEn',
  'lineId',
  'facebook',
  'website',
  'dpo',
  'dpoEn',
] as const

export type OfficeValues = Record<(typeof OFFICE_FIELDS)[number], string>

/** The profile as it stands in the form. */
export function officeValues({ hours, ...office }: OfficeProfile): OfficeValues {
  const { lineId, facebook, website, ...texts } = office
  return {
    ...texts,
    lineId: lineId ?? '',
    facebook: facebook ?? '',
    website: website ?? '',
    hoursTh: hours.th,
    hoursEn: hours.en,
  }
}
