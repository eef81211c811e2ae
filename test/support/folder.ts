import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Portal } from '#settings/portal.ts'
import { insertVillage } from '#settings/store.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'

export interface TestFolder {
  portal: Portal
  /** For further files of the test; removed with everything else. */
  folder: string
  travel(minutes: number): void
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
  const portal = openPortal(readConfig(settings), () => now)
  const names = ['บ้านเหนือ', 'บ้านใต้', 'บ้านกลาง', 'บ้านดอน', 'บ้านท่าน้ำ']
  names.forEach((name, index) => {
    insertVillage(portal.db, { number: index + 1, name, nameEn: `Village ${index + 1}` })
  })
  portal.settings.changed()
  return {
    portal,
    folder,
    travel: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    close: () => {
      portal.db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
