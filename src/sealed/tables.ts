import {
  blob,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { CONDUCTS, SEALED_DUTIES, SEALED_OUTCOMES, SEALED_STATUSES } from '#domain/sealed-status.ts'
import { oneOf } from '#platform/checks.ts'

/*
 * The sealed channel's own database. In clear stands only what the work cannot be done without: random ids,
 * days (never a time of day of who reports), status and outcome codes, due days. Whatever a person wrote is a
 * blob. The tables of reports have no rowid, and their keys are random, so that no order tells who came first.
 */

const bytes = () => blob({ mode: 'buffer' })

/** One row: the channel itself. */
export const channel = sqliteTable('channel', {
  id: integer().primaryKey(),
  /** The order (คำสั่ง) that names the officers, as the public reads it. */
  orderNo: text().notNull().default(''),
  orderOn: text().notNull().default(''),
  /** Salt of every receipt's key derivation: a receipt is all that its holder brings. */
  receiptSalt: bytes().notNull(),
  openedAt: integer({ mode: 'timestamp_ms' }),
  settings: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
})

/** Recovery keys, newest last: their secrets exist on paper only, three sheets of which two restore one. */
export const recoveryKeys = sqliteTable('recovery_keys', {
  version: integer().primaryKey(),
  publicKey: bytes().notNull(),
  /** Who keeps the three sheets. */
  custodians: text({ mode: 'json' }).$type<string[]>().notNull(),
  madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
  /** Null until two sheets have been seen to recover: nothing is sealed to it before. */
  verifiedAt: integer({ mode: 'timestamp_ms' }),
})

export const officers = sqliteTable('officers', {
  id: text().primaryKey(),
  /** The account that may sign in as this officer. Being listed gives no key. */
  accountId: integer().notNull(),
  displayName: text().notNull(),
  post: text().notNull(),
  isReceiving: integer({ mode: 'boolean' }).notNull(),
  isSuperior: integer({ mode: 'boolean' }).notNull(),
  isChief: integer({ mode: 'boolean' }).notNull(),
  namedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  /** Null until the officer has chosen a vault passphrase. */
  publicKey: bytes(),
  vaultSalt: bytes(),
  /** The secret key and the secret of the second factor, under the passphrase. */
  vault: bytes(),
  /** Last time step of the second factor that was used, so that no code serves twice. */
  lastStep: integer().notNull().default(0),
  /** Null until an officer, the ceremony or two sheets have given this vault a share in new reports. */
  grantedAt: integer({ mode: 'timestamp_ms' }),
  removedAt: integer({ mode: 'timestamp_ms' }),
})

export const reports = sqliteTable(
  'reports',
  {
    id: text().primaryKey(),
    receivedOn: text().notNull(),
    status: text({ enum: SEALED_STATUSES }).notNull(),
    /** Raised by every change; a form that carries an older one gets 409. */
    rev: integer().notNull().default(1),
    /** Raised by every new case key. */
    epoch: integer().notNull().default(1),
    casePublicKey: bytes().notNull(),
    /** To be renewed: somebody who held the case key has left or withdrawn. */
    rotationDue: integer({ mode: 'boolean' }).notNull().default(false),
    /** Null where nobody holds a receipt: brought from the general register. */
    reporterPublicKey: bytes(),
    reporterVault: bytes(),
    receiptLookup: bytes(),
    /** Given at acceptance. */
    fiscalYear: integer(),
    series: text(),
    seq: integer(),
    /** Fact-finding has begun: a report that waited for an answer goes on there. */
    inquiryBegun: integer({ mode: 'boolean' }).notNull().default(false),
    /** An action that waits for a second officer, and who asked for it. */
    pendingAction: text(),
    pendingBy: text(),
    outcome: text({ enum: SEALED_OUTCOMES }),
    finishedOn: text(),
    /** Day on which the report is destroyed; null while it is open. */
    destroyOn: text(),
  },
  (t) => [
    uniqueIndex('reports_receipt').on(t.receiptLookup),
    uniqueIndex('reports_number').on(t.fiscalYear, t.series, t.seq),
    check('reports_status', oneOf('status', SEALED_STATUSES)),
    check('reports_outcome', oneOf('outcome', SEALED_OUTCOMES)),
  ],
)

/** The case key, sealed to each person who may open the report and to the recovery key. Without a row: no access. */
export const reportKeys = sqliteTable(
  'report_keys',
  {
    reportId: text()
      .notNull()
      .references(() => reports.id),
    /** An officer's id, or `recovery-` and the version of the recovery key. */
    holder: text().notNull(),
    epoch: integer().notNull(),
    sealedKey: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.holder] }), index('report_keys_holder').on(t.holder)],
)

export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    reportId: text()
      .notNull()
      .references(() => reports.id),
    /** `in` from who reports, `out` to who reports, `note` among the officers. */
    direction: text({ enum: ['in', 'out', 'note'] }).notNull(),
    /** Order within the report; says nothing across reports. */
    position: integer().notNull(),
    body: bytes().notNull(),
    caseKey: bytes().notNull(),
    /** Messages to who reports only. */
    reporterKey: bytes(),
  },
  (t) => [
    uniqueIndex('messages_report').on(t.reportId, t.position),
    check('messages_direction', oneOf('direction', ['in', 'out', 'note'])),
  ],
)

/** Name and ways to reach who reports: every report has one, empty or not, so that its presence tells nothing. */
export const contacts = sqliteTable('contacts', {
  reportId: text()
    .primaryKey()
    .references(() => reports.id),
  body: bytes().notNull(),
})

/** The contact's key: one officer and the recovery key, nobody else. */
export const contactKeys = sqliteTable(
  'contact_keys',
  {
    reportId: text()
      .notNull()
      .references(() => reports.id),
    holder: text().notNull(),
    sealedKey: bytes().notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.holder] })],
)

export const sealedFiles = sqliteTable(
  'files',
  {
    id: text().primaryKey(),
    reportId: text()
      .notNull()
      .references(() => reports.id),
    messageId: text().notNull(),
    /** Name, type, size and digest, sealed. */
    meta: bytes().notNull(),
    caseKey: bytes().notNull(),
  },
  (t) => [index('files_report').on(t.reportId)],
)

/** The office's duties, one row for each; kept apart so that a count needs no key. */
export const duties = sqliteTable(
  'duties',
  {
    reportId: text()
      .notNull()
      .references(() => reports.id),
    duty: text({ enum: SEALED_DUTIES }).notNull(),
    dueOn: text().notNull(),
    metOn: text(),
    extended: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.reportId, t.duty] }),
    index('duties_open').on(t.dueOn, t.reportId),
    check('duties_duty', oneOf('duty', SEALED_DUTIES)),
  ],
)

/** The officer's word on an interest in the report. Who withdrew holds no key any more. */
export const interests = sqliteTable(
  'interests',
  {
    reportId: text()
      .notNull()
      .references(() => reports.id),
    officerId: text()
      .notNull()
      .references(() => officers.id),
    withdrew: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.reportId, t.officerId] })],
)

/** To whom something of a report was disclosed (Official Information Act B.E. 2540, s.24); what, is sealed in the report. */
export const disclosures = sqliteTable('disclosures', {
  id: text().primaryKey(),
  reportId: text().notNull(),
  day: text().notNull(),
  body: text().notNull(),
  officerId: text().notNull(),
})

/** Last number given in the register, per fiscal year and series. */
export const registerSequences = sqliteTable(
  'register_sequences',
  {
    fiscalYear: integer().notNull(),
    series: text().notNull(),
    last: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.series] })],
)

/**
 * Reports received and finished in a month: what the public figures are made of. No link to any report. The
 * month in which it was counted stands beside, because the figures tell only of what was done in months that
 * are over: a letter entered late, or a reopening, must not move a figure on the day.
 */
export const monthCounts = sqliteTable(
  'month_counts',
  {
    /** YYYY-MM of the common era. */
    month: text().notNull(),
    countedIn: text().notNull(),
    received: integer().notNull(),
    finished: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.countedIn] })],
)

/** How reports ended, per half of a fiscal year; counted when an officer ends one. No link to any report. */
export const outcomeCounts = sqliteTable(
  'outcome_counts',
  {
    fiscalYear: integer().notNull(),
    half: integer().notNull(),
    conduct: text({ enum: CONDUCTS }).notNull(),
    outcome: text({ enum: SEALED_OUTCOMES }).notNull(),
    /** Counts as a corruption case (คดี) for the plan's goal. */
    isCase: integer({ mode: 'boolean' }).notNull(),
    /** Counted while the fiscal year ran: published after its end, and unchanged from then on. */
    count: integer().notNull(),
    /** What reopenings and corrections after the year's end have added or taken away. */
    later: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fiscalYear, t.half, t.conduct, t.outcome, t.isCase] }),
    check('outcome_counts_outcome', oneOf('outcome', SEALED_OUTCOMES)),
  ],
)

/** Tokens of cases brought from the general register, until their copy there is gone. */
export const movedTokens = sqliteTable('moved_tokens', { token: text().primaryKey() })

/** Days on which the daily mail went out. */
export const mailDays = sqliteTable('mail_days', { day: text().primaryKey() })

/** What officers did, in a chain of digests. Never what a person who reports did. Append-only by triggers. */
export const sealedAudit = sqliteTable(
  'audit_lines',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    /** Random id of the report, where there is one. */
    reportId: text(),
    detail: text().notNull(),
    previous: text().notNull(),
    digest: text().notNull(),
  },
  (t) => [index('audit_lines_report').on(t.reportId)],
)
