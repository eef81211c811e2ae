import { z } from 'zod'
import type { OfficeProfile } from '#web/office-profile.ts'

const line = z.string().trim().max(300)

/** The office as every public page, slip and letter names it. */
export const OfficeDocument = z.object({
  orgName: line.min(1),
  orgNameEn: line.min(1),
  orgShort: line.min(1),
  orgShortEn: line.min(1),
  centreName: line.min(1),
  centreNameEn: line.min(1),
  address: line,
  addressEn: line,
  phone: line.min(1),
  email: line,
  hours: z.object({ th: line.min(1), en: line.min(1) }),
  lineId: line.nullable(),
  facebook: line.nullable(),
  website: line.nullable(),
  dpo: line,
  dpoEn: line,
}) satisfies z.ZodType<OfficeProfile>

/** Clock and retention settings. Days are calendar days, years full years after closing. */
export const Deadlines = z.object({
  targetDays: z.int().min(1).max(15),
  countMode: z.literal('calendar'),
  nearDays: z.int().min(0).max(14),
})
export type Deadlines = z.infer<typeof Deadlines>

export const PrivacyNotice = z.object({
  /** Stored with every case received under it. */
  version: line.min(1),
  effectiveOn: z.string(),
  generalYears: z.int().min(1).max(50),
})
export type PrivacyNotice = z.infer<typeof PrivacyNotice>

/** What the plan's own office starts from; the setup page shows these filled in. */
export const DEFAULT_OFFICE: OfficeProfile = {
  orgName: 'องค์การบริหารส่วนตำบลเมืองใหม่',
  orgNameEn: 'Mueang Mai Subdistrict Administrative Organization',
  orgShort: 'อบต.เมืองใหม่',
  orgShortEn: 'Mueang Mai SAO',
  centreName: 'ศูนย์รับเรื่องราวร้องทุกข์',
  centreNameEn: 'Complaint Centre',
  address: '',
  addressEn: '',
  phone: '',
  email: '',
  hours: {
    th: 'วันจันทร์ – ศุกร์ เวลา 08.30 – 16.30 น. (เว้นวันหยุดราชการ)',
    en: 'Mon–Fri 08.30–16.30, except public holidays',
  },
  lineId: null,
  facebook: null,
  website: null,
  dpo: 'ปลัดองค์การบริหารส่วนตำบล',
  dpoEn: 'Chief Administrator',
}

export const DEFAULT_DEADLINES: Deadlines = { targetDays: 15, countMode: 'calendar', nearDays: 3 }
