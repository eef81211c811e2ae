import { z } from 'zod'

/** The channel's own settings; what is missing in an older row is the default. */
export const SealedSettings = z.object({
  /** Working days in which a report is to be taken up. */
  acknowledgeDays: z.int().min(1).max(10).default(3),
  /** Days of the preliminary check, from the day of receipt. */
  checkDays: z.int().min(1).max(60).default(15),
  /** Days of fact-finding, from the day it began, and by how many they may be extended once. */
  inquiryDays: z.int().min(1).max(120).default(30),
  extensionDays: z.int().min(0).max(120).default(30),
  /** Within how many days who reports is asked to look into the mailbox. */
  visitDays: z.int().min(1).max(30).default(7),
  /** Days after the end until a report is destroyed. */
  keepDays: z.int().min(30).max(3650).default(90),
  /** Hour of the officers' daily mail, in Bangkok. */
  mailHour: z.int().min(0).max(23).default(9),
})
export type SealedSettings = z.infer<typeof SealedSettings>
