import { foldThai } from '#domain/text.ts'
import type { Database } from '#platform/database.ts'
import { preparedOnce } from '#platform/statements.ts'
import { thaiWords } from '#platform/thai-words.ts'

const statementsOf = preparedOnce(({ sqlite }) => ({
  words: sqlite.prepare('insert into case_words (rowid, text) values (?, ?)'),
  trigrams: sqlite.prepare('insert into case_trigrams (rowid, text) values (?, ?)'),
}))

/**
 * Makes a new case findable; inside the transaction that creates it. `texts` is everything an officer may
 * search by. Written last, because every other write in between makes FTS5 put away what it has gathered.
 */
export function indexCase(db: Database, caseId: number, texts: readonly (string | null | undefined)[]): void {
  const { words, trigrams } = statementsOf(db)
  const text = texts.filter(Boolean).join('\n')
  db.beforeCommit(() => {
    words.run(caseId, thaiWords(text).join(' '))
    trigrams.run(caseId, foldThai(text))
  })
}
