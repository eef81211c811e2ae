import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearRange } from '#domain/fiscal-year.ts'
import type { PlanYear } from '#domain/indicators.ts'
import type { Portal } from '#settings/portal.ts'
import { openFiguresVersion } from '#statistics/store.ts'
import { type Format, type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'
import { type Language, localPath } from '#web/languages.ts'
import { createUi, render } from '#web/views.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import { type Counts, readCounts } from './counts.ts'
import { indicatorsCsv, indicatorsJson } from './downloads.ts'
import { planFigures, yearsBegun } from './figures.ts'
import { indicatorsPage, indicatorsPageData } from './page.ts'

/** The figures as they stand, with whatever has been asked of them in this state. */
export interface Edition {
  /** Newest first. */
  years: readonly PlanYear[]
  answer(fiscalYear: PlanYear, format: Format): KeptAnswer
}

/**
 * The current edition in one language: a change of a figure, of a case's decision or of a setting and the turn of
 * the day begin a new one. Figures of the sealed channel stand still once their year is over.
 */
export function openEditions(
  portal: Portal,
  lang: Language,
  corruption: CorruptionCounts | undefined,
): () => Edition {
  const version = openFiguresVersion(portal.db)
  let state = ''
  let edition: Edition | undefined
  return () => {
    const figures = version()
    const today = civilDateOf(portal.now())
    const found = `${figures.version} ${portal.settings.version()} ${today}`
    if (!edition || found !== state) {
      const counts = readCounts(portal.db, corruption)
      edition = newEdition({ portal, lang, counts, today, changedAt: figures.changedAt })
      state = found
    }
    return edition
  }
}

interface Source {
  portal: Portal
  lang: Language
  counts: Counts
  today: CivilDate
  changedAt: number
}

function newEdition(source: Source): Edition {
  const years = yearsBegun(source.today)
  const answers = new Map<string, KeptAnswer>()
  return {
    years,
    answer(fiscalYear, format) {
      const key = `${fiscalYear}.${format}`
      const known = answers.get(key)
      if (known) return known
      const fileName = format === 'csv' ? `indicators-${fiscalYear}.csv` : undefined
      const answer = keepAnswer(format, write(source, years, fiscalYear, format), fileName)
      answers.set(key, answer)
      return answer
    },
  }
}

function write(source: Source, years: readonly PlanYear[], fiscalYear: PlanYear, format: Format): string {
  const { portal, lang, counts, today, changedAt } = source
  const { settings } = portal
  const figures = planFigures(counts, fiscalYear, today)
  if (format === 'csv') return indicatorsCsv(figures, settings, lang)
  if (format === 'json') return indicatorsJson(figures, changedAt, settings, lang)
  // Made for its own address, not for the one that was typed: it is kept for everybody.
  const ui = createUi({
    url: localPath(lang, `/indicators/${fiscalYear}`),
    zone: 'public',
    office: portal.office(),
    assets: portal.assets.urls,
    now: portal.now(),
  })
  const { publicUrl } = portal.config
  const period = fiscalYearRange(fiscalYear)
  return render(
    indicatorsPage,
    ui,
    indicatorsPageData({ figures, years, period, changedAt, settings, publicUrl }, ui),
  )
}
