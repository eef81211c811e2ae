import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf } from '#domain/fiscal-year.ts'
import { type Format, type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'
import { type Language, localPath } from '#web/languages.ts'
import { createUi, render } from '#web/views.ts'
import { readChannel } from './channel-store.ts'
import { corruptionFigures, type FiguresSource, yearsCovered } from './figures.ts'
import { readEndings, readMonthCounts } from './figures-store.ts'
import type { Sealed } from './open.ts'
import { corruptionCsv, corruptionJson } from './statistics-downloads.ts'
import { corruptionPage, corruptionPageData } from './statistics-page.ts'

/**
 * Years before the opening have a page that says so: the general statistics, which may go back further by an
 * imported register, lead to it.
 */
const YEARS_BACK = 30

/** The figures of this month, with whatever has been asked of them. */
export interface Edition {
  has(fiscalYear: number): boolean
  /** The answer for a year that it has. */
  answer(fiscalYear: number, format: Format): KeptAnswer
}

/**
 * The current edition in one language. It is made of what was counted before this month, so nothing that is done
 * within the month changes a byte of it; a new month, the opening and the office's settings begin a new one.
 */
export function openEditions(sealed: Sealed, lang: Language): () => Edition {
  let state = ''
  let edition: Edition | undefined
  return () => {
    const { openedAt } = readChannel(sealed.db)
    const month = monthOf(sealed.today())
    const found = `${month} ${openedAt?.getTime()} ${sealed.portal.settings.version()}`
    if (!edition || found !== state) {
      const openedOn = openedAt && civilDateOf(openedAt)
      edition = newEdition(sealed, lang, {
        counts: readMonthCounts(sealed.db, month),
        openedOn,
        today: sealed.today(),
      })
      state = found
    }
    return edition
  }
}

function newEdition(sealed: Sealed, lang: Language, source: FiguresSource): Edition {
  const current = fiscalYearOf(source.today)
  const answers = new Map<string, KeptAnswer>()
  return {
    has: (fiscalYear) => fiscalYear <= current && fiscalYear > current - YEARS_BACK,
    answer(fiscalYear, format) {
      const key = `${fiscalYear}.${format}`
      const known = answers.get(key)
      if (known) return known
      const fileName = format === 'csv' ? `corruption-reports-${fiscalYear}.csv` : undefined
      const answer = keepAnswer(format, write(sealed, lang, source, fiscalYear, format), fileName)
      answers.set(key, answer)
      return answer
    },
  }
}

function write(
  { db, portal, now }: Sealed,
  lang: Language,
  source: FiguresSource,
  fiscalYear: number,
  format: Format,
): string {
  const figures = corruptionFigures(source, fiscalYear, readEndings(db, fiscalYear))
  if (format === 'csv') return corruptionCsv(figures, lang)
  if (format === 'json') return corruptionJson(figures, lang)
  // Made for its own address, not for the one that was typed: it is kept for everybody.
  const ui = createUi({
    url: localPath(lang, `/statistics/${fiscalYear}/corruption`),
    zone: 'public',
    office: portal.office(),
    assets: portal.assets.urls,
    now: now(),
  })
  const { today } = source
  const years = yearsCovered(source)
  const { publicUrl } = portal.config
  return render(corruptionPage, ui, corruptionPageData({ figures, years, today, publicUrl }, ui))
}
