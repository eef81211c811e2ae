import { z } from 'zod'
import { line, requiredLine } from '#web/form-fields.ts'

/** An English name that is left out is the Thai one. */
export const UnitForm = z
  .object({
    name: requiredLine(150, 'กรุณากรอกชื่อหน่วยงาน'),
    nameEn: line(150),
    isCentre: z.string().optional(),
  })
  .transform(({ name, nameEn, isCentre }) => ({ name, nameEn: nameEn || name, isCentre: isCentre === 'yes' }))

export type UnitFields = z.infer<typeof UnitForm>
