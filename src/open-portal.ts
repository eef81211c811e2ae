import { join } from 'node:path'
import { seedIndicatorSets } from '#indicators/seed.ts'
import { seedItaItems } from '#ita/seed.ts'
import { teachMailboxHash } from '#mail/mailbox-store.ts'
import { type Clock, systemClock } from '#platform/clock.ts'
import { openDatabase } from '#platform/database.ts'
import { openFileStore } from '#platform/files.ts'
import { openKeyedHash } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { seedDefaults } from '#settings/seed.ts'
import { openSettings } from '#settings/store.ts'
import { loadAssets } from '#web/assets.ts'
import type { Config } from './config.ts'

/** Opens the office's data folder, creating what is missing, and hands out what the features need. */
export function openPortal(config: Config, now: Clock = systemClock): Portal {
  // Whatever the process writes is the office's alone.
  process.umask(0o077)
  const db = openDatabase(join(config.dataDir, 'portal.sqlite'), 'portal')
  const keyed = openKeyedHash(config.dataDir)
  teachMailboxHash(db, keyed)
  seedDefaults(db)
  seedItaItems(db, now())
  seedIndicatorSets(db)
  const settings = openSettings(db)
  return {
    config,
    db,
    files: openFileStore(config.dataDir),
    keyed,
    now,
    settings,
    assets: loadAssets(),
    office: () => settings.office(),
  }
}
