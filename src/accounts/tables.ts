import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ROLES } from '#domain/permissions.ts'
import { oneOf } from '#platform/checks.ts'
import { units } from '#settings/tables.ts'

export const staff = sqliteTable('staff', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** Lower case. */
  username: text().notNull().unique(),
  displayName: text().notNull(),
  post: text().notNull().default(''),
  email: text(),
  unitId: integer().references(() => units.id),
  /** Null until the person has chosen a password through a single-use link. */
  passwordHash: text(),
  disabledAt: integer({ mode: 'timestamp_ms' }),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const staffRoles = sqliteTable(
  'staff_roles',
  {
    staffId: integer()
      .notNull()
      .references(() => staff.id),
    role: text({ enum: ROLES }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.role] }), check('staff_roles_role', oneOf('role', ROLES))],
)

export const staffSessions = sqliteTable('staff_sessions', {
  tokenHash: text().primaryKey(),
  staffId: integer()
    .notNull()
    .references(() => staff.id),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
  seenAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const singleUseLinks = sqliteTable('single_use_links', {
  tokenHash: text().primaryKey(),
  purpose: text({ enum: ['first_administrator', 'choose_password'] }).notNull(),
  staffId: integer().references(() => staff.id),
  expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
  usedAt: integer({ mode: 'timestamp_ms' }),
})
