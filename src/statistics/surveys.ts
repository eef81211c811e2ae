import { formatNumber } from '#web/thai-format.ts'
import type { Ui } from '#web/views.ts'

/** How satisfied people were by a survey of the office's; the portal asks nobody itself. */
export interface Survey {
  /** Of those who complained, or of those who were served. */
  code: 'sv19' | 'sv14'
  /** The mean of the answers 1 to 5, divided by 5, times 100 (requirements A12, rule 7). */
  percent: number
  /** The report of the survey. */
  source: string
}

/** Handed in by the wiring: the numbers are typed in among the plan's indicators. */
export type Surveys = (fiscalYear: number) => Survey[]

export interface SurveyLine {
  name: string
  value: string
  source: string
}

export const surveyLines = (surveys: readonly Survey[], { t }: Ui): SurveyLine[] =>
  surveys.map(({ code, percent, source }) => ({
    ...{ name: t(`sx.survey.${code}`), value: t('sx.survey.value', { n: formatNumber(percent) }) },
    source: t('sx.papers.source', { source }),
  }))
