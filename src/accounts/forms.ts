import { z } from 'zod'
import { ROLES } from '#domain/permissions.ts'
import { emailLine, line, requiredLine } from '#web/form-fields.ts'

export const Username = z
  .string()
  .default('')
  .transform((text) => text.trim().toLowerCase())
  .refine(
    (text) => /^[a-z][a-z0-9._-]{2,39}$/.test(text),
    'ชื่อผู้ใช้ต้องขึ้นต้นด้วยตัวอักษรอังกฤษ ยาว 3 – 40 ตัว ใช้ได้เฉพาะ a – z ตัวเลข จุด และขีด',
  )

const DisplayName = requiredLine(100, 'กรุณากรอกชื่อและนามสกุล')

const UnitId = z
  .string()
  .default('')
  .transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : null))

export const FirstAdministratorForm = z.object({ username: Username, displayName: DisplayName })

/** What an administrator fills in about somebody; whether the unit exists is for the handler. */
export const AccountForm = z
  .object({
    displayName: DisplayName,
    post: line(100),
    email: emailLine.transform((text) => text || null),
    unitId: UnitId,
    roles: z.array(z.string()).transform((roles) => ROLES.filter((role) => roles.includes(role))),
  })
  .superRefine(({ roles, unitId }, context) => {
    if (roles.length === 0) {
      context.addIssue({ code: 'custom', path: ['roles'], message: 'กรุณาเลือกบทบาทอย่างน้อยหนึ่งอย่าง' })
    }
    const needsUnit = roles.includes('officer') || roles.includes('unit_head')
    if (needsUnit && unitId === null) {
      const message = 'กรุณาเลือกหน่วยงาน เจ้าหน้าที่และหัวหน้าหน่วยงานเห็นเรื่องของหน่วยงานตนเอง'
      context.addIssue({ code: 'custom', path: ['unitId'], message })
    }
  })

export const NewAccountForm = z.object({ username: Username })
