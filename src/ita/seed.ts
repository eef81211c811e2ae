import type { Database } from '#platform/database.ts'
import { hasItems, writeItem } from './item-store.ts'
import { ITA_ITEMS, type ItaItem } from './tables.ts'

/**
 * The numbers of the items as they were announced for local government, as far as they are known to us. They
 * change every year: the administrator corrects them, and adds a year when it is announced.
 */
const KNOWN: Record<number, Partial<Record<ItaItem, string>>> = {
  2566: { guideline: 'O27', channel: 'O28', statistics: 'O29', participation: 'O30' },
  2567: {
    ...{ guideline: 'O22', channel: 'O23', statistics: 'O24', participation: 'O25' },
    ...{ e_service: 'O13', service_statistics: 'O12' },
  },
  2568: {
    ...{ guideline: 'O17', channel: 'O18', statistics: 'O19', participation: 'O20' },
    ...{ e_service: 'O10', service_statistics: 'O11' },
  },
  2569: {
    ...{ guideline: 'O16', channel: 'O17', statistics: 'O18', participation: 'O19' },
    e_service: 'O10',
  },
  2570: {},
}

/** Gives a database that knows no item the years from 2566. Does nothing where there are some. */
export function seedItaItems(db: Database, at: Date): void {
  db.inTransaction(() => {
    if (hasItems(db)) return
    for (const [year, numbers] of Object.entries(KNOWN)) {
      for (const item of ITA_ITEMS) {
        const number = numbers[item] ?? ''
        writeItem(db, { fiscalYear: Number(year), item, number, note: '', updatedAt: at })
      }
    }
  })
}
