import type { Statement } from 'better-sqlite3'
import { foldThai } from '#domain/text.ts'
import type { Database } from '#platform/database.ts'
import { thaiWords } from '#platform/thai-words.ts'

interface Indexers {
  words: Statement
  trigrams: Statement
}

const statements = new WeakMap<Database, Indexers>()

/** Makes a new case findable; inside the transaction that creates it. `texts` is everything an officer may search by. */
export function indexCase(db: Database, caseId: number, texts: readonly (string | null | undefined)[]): void {
  let prepared = statements.get(db)
  if (!prepared) {
    prepared = {
      words: db.sqlite.prepare('insert into case_words (rowid, text) values (?, ?)'),
      trigrams: db.sqlite.prepare('insert into case_trigrams (rowid, text) values (?, ?)'),
    }
    statements.set(db, prepared)
  }
  const text = texts.filter(Boolean).join('\n')
  prepared.words.run(caseId, thaiWords(text).join(' '))
  prepared.trigrams.run(caseId, foldThai(text))
}
