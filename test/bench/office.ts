import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_OFFICE } from '#settings/documents.ts'
import type { Portal } from '#settings/portal.ts'
import { insertVillage, writeDocument } from '#settings/store.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'
import { readCast, seedCast } from '../support/cast.ts'
import { CaseWriter } from './case-writer.ts'

/** Monday 16 November 2569, 10.00 in Bangkok: "today" of every benchmark. */
export const BENCH_NOW = new Date('2026-11-16T03:00:00Z')

/** Opens an office's folder with the clock standing still. */
export function openOffice(folder: string): Portal {
  return openPortal(readConfig({ DATA_DIR: folder, LOG_LEVEL: 'silent' }), () => BENCH_NOW)
}

/**
 * Fills a new office with `size` cases by the tables' own constraints, triggers and indexes. Durability is
 * switched off while building: a crash here loses nothing but the benchmark.
 */
export async function buildOffice(
  folder: string,
  size: number,
  progress: (done: number) => void,
): Promise<void> {
  const portal = openOffice(folder)
  const { db } = portal
  writeDocument(db, 'office', { ...DEFAULT_OFFICE, phone: '038 123 456' }, BENCH_NOW)
  for (let number = 1; number <= 12; number += 1) {
    insertVillage(db, { number, name: `บ้านหมู่ ${number}`, nameEn: `Village ${number}` })
  }
  portal.settings.changed()
  await seedCast(portal)
  db.sqlite.pragma('journal_mode = OFF')
  db.sqlite.pragma('synchronous = OFF')
  db.sqlite.pragma('cache_size = -1000000')
  const writer = new CaseWriter(portal, readCast(portal), size)
  while (writer.written < size) {
    db.inTransaction(() => writer.write(10_000))
    progress(writer.written)
  }
  db.inTransaction(() => writer.finish())
  db.sqlite.pragma('journal_mode = WAL')
  db.close()
  writeFileSync(join(folder, 'built'), '')
}

export const officeFolder = (root: string, size: number): string => join(root, `office-${size}`)
