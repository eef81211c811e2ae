import { formatDate } from '#web/thai-format.ts'
import { type ReportSection, reportSections } from './content.ts'
import type { ReportFigures } from './figures.ts'
import { periodIn, periodName } from './periods.ts'
import type { Report } from './store.ts'

/** A report as it is read, in Thai, on the page and on paper. */
export interface ReportArticle {
  title: string
  office: string
  /** Period, day of counting, who took note and when it was published: a line each. */
  facts: string[]
  sections: ReportSection[]
}

export function reportArticle(report: Report, figures: ReportFigures): ReportArticle {
  const { title, fromOn, toOn, notedOn, notedBy, publishedAt, version } = report
  const date = (day: string | Date) => formatDate(day, 'th')
  return {
    ...{ title, office: figures.office },
    facts: [
      `${periodName(periodIn(report))} (${date(fromOn)} ถึง ${date(toOn)})`,
      `ข้อมูล ณ วันที่ ${date(figures.countedTo)}`,
      ...(publishedAt === null ? [] : [`ฉบับที่ ${version} เผยแพร่เมื่อวันที่ ${date(publishedAt)}`]),
    ],
    sections: reportSections(figures, report.texts, notedOn ? { on: notedOn, by: notedBy ?? '' } : null),
  }
}

/**
 * The figures that a version was frozen with. Reports are read for as long as the office lasts: a figure that is added
 * to them later has to be given a value here for those that were published without it.
 */
export function frozenFigures({ id, figures }: Report): ReportFigures {
  if (figures === null) throw new Error(`report ${id} has no figures`)
  return figures as ReportFigures
}
