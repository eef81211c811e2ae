import { fiscalYearRange } from '#domain/fiscal-year.ts'
import { LEAST_SHOWN, type Published } from '#domain/small-cells.ts'
import type { Settings } from '#settings/store.ts'
import { csvText } from '#web/csv.ts'
import { type Language, t } from '#web/languages.ts'
import { HEADLINE_KIND } from './figures.ts'
import { valueName } from './names.ts'
import type { Places } from './places.ts'

const MOST = { min: LEAST_SHOWN, most: LEAST_SHOWN - 1 }

/** A published number in words, where it is not shown as one. */
export function maskName(cell: 'small' | 'withheld', lang: Language): string {
  return t(lang, `pl.${cell}`, { min: LEAST_SHOWN })
}

/** One line per category and village. A number that is not shown is an empty cell with a note. */
export function placesCsv(places: Places, fiscalYear: number, settings: Settings, lang: Language): string {
  const headings = [
    t(lang, 'sx.csv.year'),
    t(lang, 'pl.csv.categoryCode'),
    t(lang, 'sx.col.category'),
    t(lang, 'pl.csv.villageCode'),
    t(lang, 'pl.csv.village'),
    t(lang, 'sx.col.received'),
    t(lang, 'pl.csv.note'),
  ]
  const lines = places.categories.flatMap((category, row) =>
    places.villages.map((village, column) => {
      const cell = places.cells[row]?.[column] ?? 'withheld'
      const names = [category, valueName(settings, 'category', category, lang), village]
      const isNumber = typeof cell === 'number'
      return [
        ...[fiscalYear, ...names, valueName(settings, 'village', village, lang)],
        ...(isNumber ? [cell, ''] : ['', maskName(cell, lang)]),
      ]
    }),
  )
  return csvText(headings, lines)
}

/** The same for programs. The field names are a contract: fields may be added, none is renamed. */
export function placesJson(
  places: Places,
  { fiscalYear, changedAt }: { fiscalYear: number; changedAt: number },
  settings: Settings,
  lang: Language,
): string {
  const named = (list: 'category' | 'village', code: string) => ({
    code,
    name: valueName(settings, list, code, 'th'),
    nameEn: valueName(settings, list, code, 'en'),
  })
  return JSON.stringify({
    fiscalYear,
    ...fiscalYearRange(fiscalYear),
    lastUpdated: changedAt > 0 ? new Date(changedAt).toISOString() : null,
    kind: HEADLINE_KIND,
    leastShown: LEAST_SHOWN,
    villages: places.villages.map((village) => named('village', village)),
    categories: places.categories.map((category, row) => ({
      ...named('category', category),
      villages: places.villages.map((code, column) => ({ code, ...cellInJson(places.cells[row]?.[column]) })),
    })),
    definitions: {
      received: t(lang, 'pl.how.received'),
      [SMALL]: t(lang, 'pl.how.small', MOST),
      withheld: t(lang, 'pl.how.withheld', MOST),
    },
  })
}

const SMALL = `fewer_than_${LEAST_SHOWN}`

function cellInJson(cell: Published = 'withheld'): { received: number | null; mask: string | null } {
  if (typeof cell === 'number') return { received: cell, mask: null }
  return { received: null, mask: cell === 'small' ? SMALL : cell }
}
