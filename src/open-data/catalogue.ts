import type { Portal } from '#settings/portal.ts'
import { LANGUAGES, type Language, localPath, type MessageKey, t } from '#web/languages.ts'
import { SMALL_TABLES } from './datasets.ts'
import { CASE_FIELDS, type Field } from './fields.ts'
import { LICENCE } from './head.ts'
import { type FileFormat, FORMATS } from './written.ts'

/** A set of files as the catalogue tells it. */
export interface Dataset {
  id: string
  title: MessageKey
  about: MessageKey
  /** Empty where the file explains itself. */
  fields: readonly Field[]
  files: { fiscalYear: number | null; format: FileFormat; path: string }[]
}

/** Everything there is: the files of this zone, and the figures that have their own pages. */
export function datasetsOf(years: readonly number[], hasCorruption: boolean): Dataset[] {
  const one = (
    id: DatasetId,
    fields: readonly Field[],
    pathOf: (fiscalYear: number) => string,
    isYearly = true,
  ) => ({
    ...{ id, fields },
    ...({ title: `od.d.${id}`, about: `od.d.${id}.about` } as const),
    files: (isYearly ? years : [null]).flatMap((fiscalYear) =>
      FORMATS.map((format) => ({ fiscalYear, format, path: `${pathOf(fiscalYear ?? 0)}.${format}` })),
    ),
  })
  return [
    one('cases', CASE_FIELDS, (year) => `/open-data/cases-${year}`),
    ...SMALL_TABLES.map(({ id, fields, isYearly }) =>
      one(id, fields, (year) => `/open-data/${isYearly ? `${id}-${year}` : id}`, isYearly),
    ),
    one('statistics', [], (year) => `/statistics/${year}`),
    one('places', [], (year) => `/statistics/${year}/places`),
    ...(hasCorruption ? [one('corruption', [], (year) => `/statistics/${year}/corruption`)] : []),
  ]
}

type DatasetId = (typeof SMALL_TABLES)[number]['id'] | 'cases' | 'statistics' | 'places' | 'corruption'

export const SCHEMA_PATH = '/open-data/cases.schema.json'
export const FEED_PATH = '/open-data/reports.atom'

/** The catalogue for programs, in the terms of DCAT. Its field names are a contract. */
export function catalogueJson(portal: Portal, datasets: readonly Dataset[], changedAt: number): string {
  const { publicUrl } = portal.config
  const office = portal.office()
  const both = (key: MessageKey) => Object.fromEntries(LANGUAGES.map((lang) => [lang, t(lang, key)]))
  const modified = changedAt > 0 ? new Date(changedAt).toISOString() : null
  return JSON.stringify({
    title: both('od.title'),
    description: both('od.lead'),
    publisher: { name: office.orgName, nameEn: office.orgNameEn, homepage: publicUrl },
    license: LICENCE,
    language: LANGUAGES,
    modified,
    landingPage: Object.fromEntries(LANGUAGES.map((lang) => [lang, publicUrl + pageIn(lang)])),
    feed: publicUrl + FEED_PATH,
    dataset: datasets.map(({ id, title, about, fields, files }) => ({
      identifier: id,
      title: both(title),
      description: both(about),
      license: LICENCE.url,
      accrualPeriodicity: FREQUENCY,
      modified,
      fields: fields.map(({ name, type, optional, about: meaning }) => ({
        ...{ name, type, optional },
        description: both(meaning),
      })),
      ...(id === 'cases' && { conformsTo: publicUrl + SCHEMA_PATH }),
      distribution: files.map(({ fiscalYear, format, path }) => ({
        fiscalYear,
        format: format.toUpperCase(),
        mediaType: { csv: 'text/csv', json: 'application/json' }[format],
        downloadURL: publicUrl + path,
      })),
    })),
  })
}

/** Of the Publications Office's list of frequencies, as DCAT wants it. */
const FREQUENCY = 'http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT'

const pageIn = (lang: Language): string => localPath(lang, '/open-data')
