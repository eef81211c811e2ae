import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { type Database, openDatabase } from '#platform/database.ts'
import type { Portal } from '#settings/portal.ts'
import { type Blobs, openBlobs } from './blobs.ts'
import { ensureChannel } from './channel-store.ts'
import { openRecent, type Recent } from './recent.ts'
import { openVaults, type Vaults } from './vaults.ts'
import { openVisits, type Visits } from './visits.ts'

/** What the sealed channel's code is handed: its own database and files, and what lives in memory only. */
export interface Sealed {
  portal: Portal
  db: Database
  blobs: Blobs
  /** Secret of 32 bytes outside the database: a copy of the database alone allows no guessing of receipts. */
  pepper: Buffer
  /** Officers' keys while they work. */
  vaults: Vaults
  /** Mailboxes that are open. */
  visits: Visits
  /** Receipts that were well-formed and wrong. */
  wrongGuesses: Recent
  now: () => Date
  today: () => CivilDate
}

const opened = new WeakMap<Portal, Sealed>()

/** The channel of this portal, opened at first use. */
export function sealedOf(portal: Portal): Sealed {
  const known = opened.get(portal)
  if (known) return known
  const folder = join(portal.config.dataDir, 'sealed')
  const db = openDatabase(join(folder, 'sealed.sqlite'), 'sealed')
  ensureChannel(db, randomBytes(16))
  const now = () => portal.now()
  const sealed: Sealed = {
    portal,
    db,
    blobs: openBlobs(join(folder, 'files')),
    pepper: readPepper(portal.config.dataDir),
    vaults: openVaults(now),
    visits: openVisits(now),
    wrongGuesses: openRecent(now),
    now,
    today: () => civilDateOf(portal.now()),
  }
  opened.set(portal, sealed)
  return sealed
}

export function closeSealed(portal: Portal): void {
  const sealed = opened.get(portal)
  if (!sealed) return
  opened.delete(portal)
  sealed.vaults.close()
  sealed.visits.close()
  sealed.db.close()
}

function readPepper(dataDir: string): Buffer {
  const folder = join(dataDir, 'keys')
  const file = join(folder, 'sealed.pepper')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const pepper = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (pepper.length !== 32) throw new Error('keys/sealed.pepper is damaged: restore it from the backup')
  return pepper
}
