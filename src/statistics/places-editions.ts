import { civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { type Format, type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'
import { type Language, localPath } from '#web/languages.ts'
import { createUi, render } from '#web/views.ts'
import { yearsCovered } from './figures.ts'
import { readPlaces } from './places.ts'
import { placesCsv, placesJson } from './places-downloads.ts'
import { placesPage, placesPageData } from './places-page.ts'
import { openFiguresVersion, readMonthTotals } from './store.ts'

/** The crossings of categories and villages as they stand, with whatever has been asked of them. */
export interface PlacesEdition {
  /** Newest first. */
  years: readonly number[]
  /** The answer for one of `years`. */
  answer(fiscalYear: number, format: Format): KeptAnswer
}

/** Kept until a figure, a setting or the day changes, as the year's own page is. */
export function openPlacesEditions(portal: Portal, lang: Language): () => PlacesEdition {
  const version = openFiguresVersion(portal.db)
  let state = ''
  let edition: PlacesEdition | undefined
  return () => {
    const figures = version()
    const today = civilDateOf(portal.now())
    const found = `${figures.version} ${portal.settings.version()} ${today}`
    if (!edition || found !== state) {
      const years = yearsCovered(readMonthTotals(portal.db), today)
      edition = newEdition(portal, lang, years, figures.changedAt)
      state = found
    }
    return edition
  }
}

function newEdition(
  portal: Portal,
  lang: Language,
  years: readonly number[],
  changedAt: number,
): PlacesEdition {
  const answers = new Map<string, KeptAnswer>()
  const write = (fiscalYear: number, format: Format): string => {
    const { settings, config } = portal
    const places = readPlaces(portal.db, fiscalYear)
    if (format === 'csv') return placesCsv(places, fiscalYear, settings, lang)
    if (format === 'json') return placesJson(places, { fiscalYear, changedAt }, settings, lang)
    // Made for its own address, not for the one that was typed: it is kept for everybody.
    const ui = createUi({
      url: localPath(lang, `/statistics/${fiscalYear}/places`),
      zone: 'public',
      office: portal.office(),
      assets: portal.assets.urls,
      now: portal.now(),
    })
    const { publicUrl } = config
    const data = placesPageData({ places, fiscalYear, years, changedAt, settings, publicUrl }, ui)
    return render(placesPage, ui, data)
  }
  return {
    years,
    answer(fiscalYear, format) {
      const key = `${fiscalYear}.${format}`
      const known = answers.get(key)
      if (known) return known
      const fileName = format === 'csv' ? `complaints-places-${fiscalYear}.csv` : undefined
      const answer = keepAnswer(format, write(fiscalYear, format), fileName)
      answers.set(key, answer)
      return answer
    },
  }
}
