import { sql } from 'drizzle-orm'
import type { Viewer } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import { type SearchQuery, STAGES, type Stage, searchQueries } from './search-query.ts'
import { visibleTo } from './store.ts'

/** Matches looked through for one page: a word that is everywhere but in the viewer's cases stops here. */
const MOST_CANDIDATES = 4_000

/** Up to this many matches by words, the letters are asked for what the words missed. */
const MOST_WORD_MATCHES = 1_000

/** Where a page of results goes on: below this case in this stage; null at the stage's beginning. */
export interface SearchPosition {
  stage: Stage
  belowId: number | null
}

export function parsePosition(text: string | undefined): SearchPosition | undefined {
  const [, name, id] = /^([a-z]{1,10})\.(\d{1,9})?$/.exec(text ?? '') ?? []
  const stage = STAGES.find((known) => known === name)
  return stage && { stage, belowId: id ? Number(id) : null }
}

export function positionText({ stage, belowId }: SearchPosition): string {
  return `${stage}.${belowId ?? ''}`
}

export interface SearchPage {
  /** Cases the viewer may see: best stage first, newest first within it. */
  ids: number[]
  next: SearchPosition | undefined
}

/** One page of the cases that contain the text, among those the viewer may see. */
export function searchCases(
  db: Database,
  viewer: Viewer,
  text: string,
  from: SearchPosition = { stage: 'exact', belowId: null },
  size = 50,
): SearchPage {
  const queries = searchQueries(text)
  const found: SearchPage = { ids: [], next: undefined }
  const isFirst = from.stage === STAGES[0] && from.belowId === null
  const work = { db, viewer, size, budget: MOST_CANDIDATES, seen: isFirst ? new Set<number>() : undefined }
  for (const stage of STAGES.slice(STAGES.indexOf(from.stage))) {
    const query = queries[stage]
    if (!query) continue
    found.next = walkStage(
      work,
      query,
      { stage, belowId: stage === from.stage ? from.belowId : null },
      found.ids,
    )
    if (found.next) break
  }
  return found
}

interface Work {
  db: Database
  viewer: Viewer
  size: number
  budget: number
  /** All matches so far, on the page that begins with the first; on others the index is asked for them. */
  seen: Set<number> | undefined
}

/** Adds to `ids` what the stage holds, in growing slices; answers where it stopped short of the stage's end. */
function walkStage(
  work: Work,
  query: SearchQuery,
  start: SearchPosition,
  ids: number[],
): SearchPosition | undefined {
  const { db, viewer, size, seen } = work
  const shownBefore = query.except === undefined ? new Set<number>() : wordMatches(work, query.except)
  if (!shownBefore && query.table === 'case_trigrams') return undefined
  const match = shownBefore ? query.match : `(${query.match}) NOT (${query.except})`
  let { belowId } = start
  for (let slice = visibleTo(viewer) ? 4 * size : size + 1; ; slice *= 4) {
    const wanted = Math.min(slice, work.budget)
    const candidates = matchesBelow(db, { ...query, match }, belowId, wanted)
    work.budget -= candidates.length
    const fresh = candidates.filter((id) => !shownBefore?.has(id))
    for (const id of candidates) seen?.add(id)
    for (const id of visibleOf(db, viewer, fresh)) {
      if (ids.length === size) return { ...start, belowId }
      ids.push(id)
      belowId = id
    }
    if (candidates.length < wanted) return undefined
    belowId = candidates.at(-1) ?? belowId
    if (work.budget <= 0) return { ...start, belowId }
  }
}

function matchesBelow(
  db: Database,
  { table, match }: SearchQuery,
  belowId: number | null,
  limit: number,
): number[] {
  const name = sql.identifier(table)
  const below = belowId === null ? sql`` : sql`and rowid < ${belowId}`
  return db.orm
    .all<{ id: number }>(
      sql`select rowid as id from ${name} where ${name} match ${match} ${below} order by rowid desc limit ${limit}`,
    )
    .map(({ id }) => id)
}

/** Undefined when there are too many to be told apart one by one. */
function wordMatches({ db, seen }: Work, match: string): Set<number> | undefined {
  const find = () => matchesBelow(db, { table: 'case_words', match }, null, MOST_WORD_MATCHES + 1)
  const ids = new Set(seen ?? find())
  return ids.size > MOST_WORD_MATCHES ? undefined : ids
}

function visibleOf(db: Database, viewer: Viewer, ids: readonly number[]): number[] {
  const visible = visibleTo(viewer)
  if (!visible || ids.length === 0) return [...ids]
  // By row number only: with the OR of a unit's viewer SQLite would rather gather the whole unit first.
  return db.orm
    .all<{ id: number }>(
      sql`select id from cases not indexed
        where id in (select value from json_each(${JSON.stringify(ids)})) and ${visible} order by id desc`,
    )
    .map(({ id }) => id)
}
