import type { CivilDate } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { CODE_FIELDS, DUTY_FIELDS, type Field, HISTORY_FIELDS, type Row, VILLAGE_FIELDS } from './fields.ts'
import { codeRows, dutyRows, historyRows, villageRows } from './small-tables.ts'

/** A table that is written whole whenever it has changed; the cases' files are too large for that (`packed.ts`). */
export interface SmallTable {
  id: 'duties' | 'villages' | 'history' | 'codes'
  /** One file per fiscal year, or one for all. */
  isYearly: boolean
  fields: readonly Field[]
  rows(portal: Portal, fiscalYear: number, today: CivilDate): Row[]
}

export const SMALL_TABLES: readonly SmallTable[] = [
  { id: 'duties', isYearly: true, fields: DUTY_FIELDS, rows: dutyRows },
  { id: 'villages', isYearly: true, fields: VILLAGE_FIELDS, rows: villageRows },
  { id: 'history', isYearly: false, fields: HISTORY_FIELDS, rows: historyRows },
  { id: 'codes', isYearly: false, fields: CODE_FIELDS, rows: codeRows },
]
