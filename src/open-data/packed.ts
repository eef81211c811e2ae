import { createHmac, randomBytes } from 'node:crypto'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Portal } from '#settings/portal.ts'
import { type FiguresVersion, openFiguresVersion, openSnapshot } from '#statistics/store.ts'
import { caseRows } from './cases.ts'
import { CASE_FIELDS } from './fields.ts'
import { headOf } from './head.ts'
import { type FileFormat, writerOf } from './written.ts'

/** A year's cases, held as gzip: a million rows are a few megabytes then. */
export interface Packed {
  tag: string
  version: FiguresVersion
  gzip: Buffer
}

interface Held {
  madeAt: number
  isMade: boolean
  packed: Promise<Packed>
}

/** Files held at once; who asks for more of them has them made anew. */
const HELD = 4
/** For so long a file may be served after a figure changed: as long as any cache may keep it. */
const FRESH_FOR = 30_000

export interface PackedCases {
  /** The validator of what would be answered now, as long as nothing has changed. */
  tag(fiscalYear: number, format: FileFormat): string
  get(fiscalYear: number, format: FileFormat): Promise<Packed>
}

/**
 * The files of cases, each made once for all who ask while it is fresh, one after the other: in slices, so that
 * nobody's page waits, and from a snapshot of its own, which no slow reader keeps open.
 */
export function openPackedCases(portal: Portal): PackedCases {
  const current = openFiguresVersion(portal.db)
  const tagOf = openTags()
  const held = new Map<string, Held>()
  let queue: Promise<unknown> = Promise.resolve()
  return {
    tag: (fiscalYear, format) => tagOf(current(), fiscalYear, format),
    async get(fiscalYear, format) {
      const key = `${fiscalYear}.${format}`
      const now = portal.now().getTime()
      const known = held.get(key)
      if (known) {
        const { tag } = await known.packed
        if (tag === tagOf(current(), fiscalYear, format) || now - known.madeAt < FRESH_FOR)
          return known.packed
      }
      // Somebody may have begun a newer one while we waited.
      const begun = held.get(key)
      if (begun && begun !== known) return begun.packed
      const packed = queue.then(() => pack(portal, tagOf, fiscalYear, format))
      const one = { madeAt: now, isMade: false, packed }
      held.delete(key)
      held.set(key, one)
      const made = () => {
        one.isMade = true
        letGo(held)
      }
      queue = packed.then(made, () => held.delete(key))
      return packed
    },
  }
}

/** What is still to be made stays, or each who asks for it would have it made once more. */
function letGo(held: Map<string, Held>): void {
  const made = [...held].filter(([, { isMade }]) => isMade)
  for (const [key] of made.slice(0, -HELD)) held.delete(key)
}

type TagOf = (version: FiguresVersion, fiscalYear: number, format: FileFormat) => string

/**
 * The cases' rows depend on the counted state of the cases and on nothing else. Its number is not told: whoever
 * saw by how much it rises would know a case that was moved to the confidential register from one that was merged.
 */
function openTags(): TagOf {
  const key = randomBytes(32)
  return ({ version, changedAt }, fiscalYear, format) => {
    const state = `${fiscalYear} ${format} ${version} ${changedAt}`
    return `"${createHmac('sha256', key).update(state).digest('base64url').slice(0, 22)}"`
  }
}

async function pack(portal: Portal, tagOf: TagOf, fiscalYear: number, format: FileFormat): Promise<Packed> {
  const snapshot = openSnapshot(portal.db)
  try {
    const version = openFiguresVersion(snapshot)()
    const writer = writerOf(format, CASE_FIELDS, headOf('cases', version, fiscalYear))
    const gzip = createGzip()
    const chunks: Buffer[] = []
    gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
    const ended = finished(gzip)
    gzip.write(writer.begin())
    for await (const rows of caseRows(snapshot, fiscalYear)) {
      if (!gzip.write(writer.rows(rows))) await new Promise((resolve) => gzip.once('drain', resolve))
    }
    gzip.end(writer.end())
    await ended
    return { tag: tagOf(version, fiscalYear, format), version, gzip: Buffer.concat(chunks) }
  } finally {
    snapshot.close()
  }
}
