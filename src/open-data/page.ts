import { formatDateTime } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type Dataset, FEED_PATH, SCHEMA_PATH } from './catalogue.ts'
import { LICENCE } from './head.ts'

interface CataloguePage {
  /** Null in a portal that never had a case. */
  updated: string | null
  licence: { text: string; url: string }
  datasets: {
    id: string
    title: string
    about: string
    fields: { name: string; about: string }[]
    /** One line per fiscal year, newest first; without a name where there is one file for all. */
    lines: { name: string | null; files: { format: string; label: string; href: string }[] }[]
  }[]
  links: { text: string; href: string }[]
}

export const cataloguePage = page<CataloguePage>('open-data/catalogue', [
  'updated',
  'licence',
  'datasets',
  'links',
])

export function cataloguePageData(datasets: readonly Dataset[], changedAt: number, ui: Ui): CataloguePage {
  const { t, lang } = ui
  return {
    updated: changedAt > 0 ? t('od.updated', { at: formatDateTime(new Date(changedAt), lang) }) : null,
    licence: { text: t('od.licence.text', { licence: LICENCE.name }), url: LICENCE.url },
    datasets: datasets.map(({ id, title, about, fields, files }) => ({
      id,
      title: t(title),
      about: t(about),
      fields: fields.map((field) => ({ name: field.name, about: t(field.about) })),
      lines: [...new Set(files.map(({ fiscalYear }) => fiscalYear))].map((fiscalYear) => ({
        name: fiscalYear === null ? null : t('od.year', { fy: fiscalYear }),
        files: files
          .filter((file) => file.fiscalYear === fiscalYear)
          .map(({ format, path }) => {
            const name = format.toUpperCase()
            const label = fiscalYear === null ? name : t('od.year.file', { format: name, fy: fiscalYear })
            // A figure's own file speaks the page's language; those of this zone speak none.
            return { format: name, label, href: path.startsWith('/statistics') ? ui.path(path) : path }
          }),
      })),
    })),
    links: [
      { text: t('od.catalogue'), href: '/open-data/catalogue.json' },
      { text: t('od.schema'), href: SCHEMA_PATH },
      { text: t('od.feed'), href: FEED_PATH },
    ],
  }
}
