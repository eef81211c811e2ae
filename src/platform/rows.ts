import type { Statement } from 'better-sqlite3'
import { getTableColumns, getTableName, SQL } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Database } from './database.ts'
import { preparedOnce } from './statements.ts'

interface PreparedInsert {
  statement: Statement
  bind: (row: Record<string, unknown>) => unknown[]
}

const prepared = new WeakMap<Database, Map<SQLiteTable, PreparedInsert>>()

/**
 * Inserts one row and returns its rowid. The statement is prepared once per table: drizzle builds its SQL
 * anew for every call, which would cost filing a complaint more than the disk does.
 */
export function insertRow<T extends SQLiteTable>(db: Database, table: T, row: T['$inferInsert']): number {
  let tables = prepared.get(db)
  if (!tables) {
    tables = new Map()
    prepared.set(db, tables)
  }
  let insert = tables.get(table)
  if (!insert) {
    insert = prepareInsert(db, table)
    tables.set(table, insert)
  }
  return Number(insert.statement.run(insert.bind(row)).lastInsertRowid)
}

function prepareInsert(db: Database, table: SQLiteTable): PreparedInsert {
  const columns = Object.entries(getTableColumns(table)).filter(([, column]) => !column.generated)
  const names = columns.map(([key]) => `"${snakeCase(key)}"`).join(', ')
  const marks = columns.map(() => '?').join(', ')
  const statement = db.sqlite.prepare(`insert into "${getTableName(table)}" (${names}) values (${marks})`)
  return {
    statement,
    bind: (row) =>
      columns.map(([key, column]) => {
        const value = row[key] ?? (column.default instanceof SQL ? undefined : column.default) ?? null
        return value === null ? null : column.mapToDriverValue(value)
      }),
  }
}

const updates = preparedOnce(() => new Map<string, Statement>())

/** Writes columns of the row with that id. The statement is prepared once for each set of columns. */
export function updateRow<T extends SQLiteTable>(
  db: Database,
  table: T,
  id: number,
  change: Partial<T['$inferSelect']>,
): void {
  const columns = getTableColumns(table)
  const entries = Object.entries(change).filter(([, value]) => value !== undefined)
  const name = getTableName(table)
  const sets = entries.map(([key]) => `"${snakeCase(key)}" = ?`).join(', ')
  const text = `update "${name}" set ${sets} where id = ?`
  const known = updates(db)
  const statement = known.get(text) ?? db.sqlite.prepare(text)
  known.set(text, statement)
  const values = entries.map(([key, value]) =>
    value === null ? null : columns[key]?.mapToDriverValue(value),
  )
  statement.run(...values, id)
}

// The same rule as drizzle's `casing: 'snake_case'` for the names used here.
const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
