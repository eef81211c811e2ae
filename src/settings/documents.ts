import { z } from 'zod'
import { AUDIENCES, type NoticeRule } from '#domain/clock-schedule.ts'
import { COUNT_MODES } from '#domain/deadlines.ts'
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

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** Who approves a letter about a delay before it goes out. */
export const APPROVERS = ['unit_head', 'working_group'] as const
export type Approver = (typeof APPROVERS)[number]

/** Whom the office reminds, and when: 3 is three days before the date, -1 the day after it. */
export const DEFAULT_NOTICES: NoticeRule[] = [
  { daysLeft: 3, to: ['officer', 'unit_head'] },
  { daysLeft: 1, to: ['officer', 'unit_head'] },
  { daysLeft: 0, to: ['officer', 'unit_head'] },
  { daysLeft: -1, to: ['working_group'] },
  { daysLeft: -5, to: ['executive'] },
]

/** The clock's settings; what is missing in an older document is the default. */
export const Deadlines = z.object({
  targetDays: z.int().min(1).max(15),
  countMode: z.enum(COUNT_MODES),
  rollForward: z.boolean().default(false),
  /** Days left from which a case is shown as near due. */
  nearDays: z.int().min(0).max(14),
  /** Working days in which a case is to be registered. */
  ackDays: z.int().min(1).max(15).default(1),
  notices: z
    .array(z.object({ daysLeft: z.int().min(-60).max(14), to: z.array(z.enum(AUDIENCES)).min(1) }))
    .min(1)
    .default(DEFAULT_NOTICES),
  /** While open, the citizen is to be told of the progress every so many days after the due date. */
  progressDays: z.int().min(1).max(60).default(15),
  pausesOnAsk: z.boolean().default(false),
  delayApprover: z.enum(APPROVERS).default('unit_head'),
  /** How far ahead of today one explanation may set the new date, and all of them beyond the due date. */
  extensionDays: z.int().min(1).max(180).default(30),
  extensionTotalDays: z.int().min(1).max(365).default(90),
  officeOpens: timeOfDay.default('08:30'),
  officeCloses: timeOfDay.default('16:30'),
})
export type Deadlines = z.infer<typeof Deadlines>

/** What official letters carry besides their words. */
export const LetterSettings = z.object({
  signerName: line,
  signerPost: line,
  /** The office's letters in the register, such as 'ชบ 71401/'; what is typed in follows it. */
  numberPrefix: line,
})
export type LetterSettings = z.infer<typeof LetterSettings>

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

export const DEFAULT_DEADLINES: Deadlines = Deadlines.parse({
  targetDays: 15,
  countMode: 'calendar',
  nearDays: 3,
})

export const DEFAULT_LETTERS: LetterSettings = { signerName: '', signerPost: '', numberPrefix: '' }
