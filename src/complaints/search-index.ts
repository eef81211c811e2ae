import { setImmediate as breathe } from 'node:timers/promises'
import { foldThai } from '#domain/text.ts'
import type { Database } from '#platform/database.ts'
import { preparedOnce } from '#platform/statements.ts'
import { thaiWords } from '#platform/thai-words.ts'

const statementsOf = preparedOnce(({ sqlite }) => ({
  words: sqlite.prepare('insert into case_words (rowid, text) values (?, ?)'),
  trigrams: sqlite.prepare('insert into case_trigrams (rowid, text) values (?, ?)'),
  noWords: sqlite.prepare('delete from case_words where rowid = ?'),
  noTrigrams: sqlite.prepare('delete from case_trigrams where rowid = ?'),
  merges: [
    sqlite.prepare<[number]>("insert into case_words (case_words, rank) values ('merge', ?)"),
    sqlite.prepare<[number]>("insert into case_trigrams (case_trigrams, rank) values ('merge', ?)"),
  ],
  changes: sqlite.prepare<[], number>('select total_changes()').pluck(),
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

/** The case is found no more; its words lie in the index until `purgeIndex` has gone through it. */
export function unindexCase(db: Database, caseId: number): void {
  const { noWords, noTrigrams } = statementsOf(db)
  noWords.run(caseId)
  noTrigrams.run(caseId)
}

/** Pages of the index written at a time: some ten milliseconds. */
const SLICE = 200

/**
 * Writes the search index anew without the cases that were taken out of it, slice by slice. An index without
 * the texts themselves cannot cross out single words ("secure-delete" needs them): it only notes that a case is
 * not to be found, and word by word, with their places, the text could be read from it.
 */
export async function purgeIndex(db: Database): Promise<void> {
  const { merges, changes } = statementsOf(db)
  for (const merge of merges) {
    // Below zero: everything is to be merged into one. Fewer than two rows written mean that it is done.
    for (let pages = -SLICE; ; pages = SLICE) {
      const before = Number(changes.get())
      merge.run(pages)
      if (Number(changes.get()) - before < 2) break
      await breathe()
    }
  }
}
