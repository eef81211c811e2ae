import type { Clock } from '#platform/clock.ts'
import type { Database } from '#platform/database.ts'
import type { FileStore } from '#platform/files.ts'
import type { KeyedHash } from '#platform/keyed-hash.ts'
import type { Config } from '../config.ts'
import type { Assets } from './assets.ts'
import type { OfficeProfile } from './office-profile.ts'

/** What the HTTP toolbox is handed; features get the same with the office's settings (settings/portal.ts). */
export interface WebPortal {
  config: Config
  db: Database
  files: FileStore
  keyed: KeyedHash
  now: Clock
  assets: Assets
  office(): OfficeProfile
}
