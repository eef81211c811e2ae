import type { WebPortal } from '#web/portal.ts'
import type { Settings } from './store.ts'

/** What every feature is handed: the office's database, files, key, clock and settings. */
export interface Portal extends WebPortal {
  settings: Settings
}
