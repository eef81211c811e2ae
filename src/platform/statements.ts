import type { Database } from './database.ts'

/**
 * Statements prepared once per database. drizzle builds its SQL anew for every call, which would cost what
 * every complaint goes through more than the disk does.
 */
export function preparedOnce<T>(prepare: (db: Database) => T): (db: Database) => T {
  const known = new WeakMap<Database, T>()
  return (db) => {
    let statements = known.get(db)
    if (statements === undefined) {
      statements = prepare(db)
      known.set(db, statements)
    }
    return statements
  }
}
