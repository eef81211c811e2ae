import type { Database } from '#platform/database.ts'

/** How SQLite goes about every statement that `work` prepares. */
export function plansOf({ sqlite }: Database, work: () => unknown): { sql: string; plan: string }[] {
  const prepare = sqlite.prepare.bind(sqlite)
  const prepared = new Set<string>()
  sqlite.prepare = ((sql: string) => {
    prepared.add(sql)
    return prepare(sql)
  }) as typeof sqlite.prepare
  try {
    work()
  } finally {
    sqlite.prepare = prepare as typeof sqlite.prepare
  }
  return [...prepared].map((sql) => {
    const blanks = Array.from(sql.matchAll(/\?/g), () => null)
    const steps = prepare(`explain query plan ${sql}`).all(...blanks) as { detail: string }[]
    return { sql, plan: steps.map(({ detail }) => detail).join('\n') }
  })
}
