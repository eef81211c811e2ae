import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#platform/database.ts'
import type { Portal } from '#settings/portal.ts'
import { insertVillage, openSettings } from '#settings/store.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'

export interface TestFolder {
  readonly portal: Portal
  /** For further files of the test; removed with everything else. */
  folder: string
  travel(minutes: number): void
  moveTo(at: Date): void
  /** Closes the database and opens it anew, as a restart does. */
  reopen(): void
  close(): void
}

/** An office's data folder without its web pages: for commands and jobs. It has villages 1 to 5. */
export function openTestFolder(
  at = new Date('2026-11-16T03:00:00Z'),
  env: Record<string, string> = {},
): TestFolder {
  const folder = mkdtempSync(join(tmpdir(), 'siang-test-'))
  let now = at
  const settings = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent', ...env }
  let portal = openPortal(readConfig(settings), () => now)
  const names = ['บ้านเหนือ', 'บ้านใต้', 'บ้านกลาง', 'บ้านดอน', 'บ้านท่าน้ำ']
  names.forEach((name, index) => {
    insertVillage(portal.db, { number: index + 1, name, nameEn: `Village ${index + 1}` })
  })
  portal.settings.changed()
  return {
    get portal() {
      return portal
    },
    folder,
    travel: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    moveTo: (at) => {
      now = at
    },
    reopen: () => {
      portal.db.close()
      // The stylesheets need no packing a second time; everything that is remembered of the office goes.
      const db = openDatabase(join(folder, 'data', 'portal.sqlite'), 'portal')
      const anew = openSettings(db)
      portal = { ...portal, db, settings: anew, office: () => anew.office() }
    },
    close: () => {
      portal.db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
