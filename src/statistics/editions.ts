import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { type Format, type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'
import { type Language, localPath } from '#web/languages.ts'
import { createUi, render } from '#web/views.ts'
import { figuresCsv, figuresJson } from './downloads.ts'
import { type MonthTotal, yearFigures, yearsCovered } from './figures.ts'
import { complaintGroups } from './names.ts'
import { statisticsPage, statisticsPageData } from './page.ts'
import { openFiguresVersion, readMonthTotals } from './store.ts'

/** The figures as they stand, with whatever has been asked of them in this state. */
export interface Edition {
  /** Newest first; the first is the current one. */
  years: readonly number[]
  /** The answer for one of `years`. */
  body(fiscalYear: number, format: Format): KeptAnswer
}

/**
 * The current edition in one language. A change of a figure or a setting and the turn of the day begin a new
 * one at once; until then every answer is made once and kept.
 */
export function openEditions(portal: Portal, lang: Language): () => Edition {
  const version = openFiguresVersion(portal.db)
  let state = ''
  let edition: Edition | undefined
  return () => {
    const figures = version()
    const today = civilDateOf(portal.now())
    const found = `${figures.version} ${portal.settings.version()} ${today}`
    if (!edition || found !== state) {
      edition = newEdition(portal, lang, today, figures.changedAt)
      state = found
    }
    return edition
  }
}

function newEdition(portal: Portal, lang: Language, today: CivilDate, changedAt: number): Edition {
  const totals = readMonthTotals(portal.db)
  const years = yearsCovered(totals, today)
  const bodies = new Map<string, KeptAnswer>()
  return {
    years,
    body(fiscalYear, format) {
      const key = `${fiscalYear}.${format}`
      const known = bodies.get(key)
      if (known) return known
      const source = { portal, lang, totals, years, today, changedAt, fiscalYear }
      const fileName = format === 'csv' ? `complaints-${fiscalYear}.csv` : undefined
      const body = keepAnswer(format, write(source, format), fileName)
      bodies.set(key, body)
      return body
    },
  }
}

interface Source {
  portal: Portal
  lang: Language
  totals: readonly MonthTotal[]
  years: readonly number[]
  today: CivilDate
  changedAt: number
  fiscalYear: number
}

function write(
  { portal, lang, totals, years, today, changedAt, fiscalYear }: Source,
  format: Format,
): string {
  const { settings } = portal
  const figures = yearFigures(totals, fiscalYear, today, complaintGroups(settings))
  if (format === 'csv') return figuresCsv(figures, settings, lang)
  if (format === 'json') return figuresJson(figures, changedAt, settings, lang)
  // The page is kept for everybody, so it is made for its own address and not for the one that was typed.
  const ui = createUi({
    url: localPath(lang, `/statistics/${fiscalYear}`),
    zone: 'public',
    office: portal.office(),
    assets: portal.assets.urls,
    now: portal.now(),
  })
  return render(statisticsPage, ui, statisticsPageData({ figures, years, changedAt, settings }, ui))
}
