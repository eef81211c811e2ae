import { type SQL, sql } from 'drizzle-orm'

/** The body of a CHECK that lets a column hold only the words of a list (null passes, as CHECKs do). */
export function oneOf(column: string, words: readonly string[]): SQL {
  return sql.raw(`${column} in (${words.map((word) => `'${word}'`).join(', ')})`)
}
