import { civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { yearsCovered } from '#statistics/figures.ts'
import { type FiguresVersion, openFiguresVersion, readMonthTotals } from '#statistics/store.ts'
import { type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'
import { type Language, localPath } from '#web/languages.ts'
import { createUi, render } from '#web/views.ts'
import { catalogueJson, type Dataset, datasetsOf } from './catalogue.ts'
import type { SmallTable } from './datasets.ts'
import { headOf } from './head.ts'
import { cataloguePage, cataloguePageData } from './page.ts'
import { type FileFormat, write } from './written.ts'

/** Everything of the open data but the cases, as it stands, each answer made once. */
export interface Edition {
  /** Newest first. */
  years: readonly number[]
  version: FiguresVersion
  catalogue(): KeptAnswer
  page(lang: Language): KeptAnswer
  table(table: SmallTable, fiscalYear: number, format: FileFormat): KeptAnswer
}

/** Begun anew by a change of a figure or a setting, and by the day. */
export function openEditions(portal: Portal, hasCorruption: boolean): () => Edition {
  const version = openFiguresVersion(portal.db)
  let state = ''
  let edition: Edition | undefined
  return () => {
    const figures = version()
    const today = civilDateOf(portal.now())
    const found = `${figures.version} ${portal.settings.version()} ${today}`
    if (!edition || found !== state) {
      edition = newEdition(portal, hasCorruption, figures)
      state = found
    }
    return edition
  }
}

function newEdition(portal: Portal, hasCorruption: boolean, version: FiguresVersion): Edition {
  const today = civilDateOf(portal.now())
  const years = yearsCovered(readMonthTotals(portal.db), today)
  const datasets = datasetsOf(years, hasCorruption)
  const answers = new Map<string, KeptAnswer>()
  const kept = (key: string, make: () => KeptAnswer): KeptAnswer => {
    const answer = answers.get(key) ?? make()
    answers.set(key, answer)
    return answer
  }
  const { changedAt } = version
  return {
    ...{ years, version },
    catalogue: () => kept('catalogue', () => keepAnswer('json', catalogueJson(portal, datasets, changedAt))),
    page: (lang) =>
      kept(`page ${lang}`, () => keepAnswer('html', writePage(portal, datasets, changedAt, lang))),
    table(table, fiscalYear, format) {
      const name = table.isYearly ? `${table.id}-${fiscalYear}` : table.id
      return kept(`${name}.${format}`, () => {
        const head = headOf(table.id, version, table.isYearly ? fiscalYear : undefined)
        const text = write(format, table.fields, head, table.rows(portal, fiscalYear, today))
        return keepAnswer(format, text, `${name}.${format}`)
      })
    },
  }
}

/** Made for its own address, not for the one that was typed: it is kept for everybody. */
function writePage(portal: Portal, datasets: readonly Dataset[], changedAt: number, lang: Language): string {
  const ui = createUi({
    url: localPath(lang, '/open-data'),
    zone: 'open-data',
    office: portal.office(),
    assets: portal.assets.urls,
    now: portal.now(),
  })
  return render(cataloguePage, ui, cataloguePageData(datasets, changedAt, ui))
}
