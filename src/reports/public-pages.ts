import type { Portal } from '#settings/portal.ts'
import type { QrDrawing } from '#web/qr.ts'
import { drawQr } from '#web/qr.ts'
import { formatDate } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type Board, boardOf } from './board.ts'
import { frozenFigures, type ReportArticle, reportArticle } from './page.ts'
import { scriptOf } from './script.ts'
import type { Report, ReportLine } from './store.ts'

interface Line {
  href: string
  title: string
  about: string
}

interface ReportPage {
  article: ReportArticle
  /** The version in the place of this one; null where this is the newest. */
  newest: { href: string; version: number } | null
  versions: Line[]
  /** Only of the newest. */
  pdf: string | null
  board: string
  script: string
  corruption: string | null
  address: string
  seenOn: string
}

interface BoardPage {
  board: Board
  qr: QrDrawing
  address: string
  reportHref: string
  phone: string
  pdf: string | null
}

interface ScriptPage {
  title: string
  lines: string[]
  reportHref: string
}

export const listPage = page<{ reports: Line[] }>('reports/list', ['reports'])
export const reportPage = page<ReportPage>('reports/report', [
  ...(['article', 'newest', 'versions', 'pdf', 'board', 'script', 'corruption'] as const),
  ...(['address', 'seenOn'] as const),
])
export const boardPage = page<BoardPage>('reports/board', [
  ...(['board', 'qr', 'address', 'reportHref', 'phone', 'pdf'] as const),
])
export const scriptPage = page<ScriptPage>('reports/script', ['title', 'lines', 'reportHref'])

export const addressOf = ({ config }: Portal, path: string): string => `${config.publicUrl}${path}`

export const listData = (ui: Ui, reports: readonly ReportLine[]): { reports: Line[] } => ({
  reports: reports.map((row) => lineOf(ui, row, `/reports/${row.slug}`)),
})

/** @param versions those that were published, newest first */
export function reportData(
  portal: Portal,
  ui: Ui,
  report: Report,
  versions: readonly ReportLine[],
  hasPdf: boolean,
): ReportPage {
  const path = `/reports/${report.slug}`
  const figures = frozenFigures(report)
  const [newest] = versions
  const isNewest = newest?.id === report.id
  return {
    article: reportArticle(report, figures),
    newest: isNewest || !newest ? null : { href: ui.path(path), version: newest.version },
    versions: versions.map((row) => lineOf(ui, row, row === newest ? path : `${path}/${row.version}`)),
    pdf: isNewest && hasPdf ? `${path}.pdf` : null,
    ...{ board: ui.path(`${path}/board`), script: ui.path(`${path}/script`) },
    corruption: figures.corruption
      ? ui.path(`/statistics/${figures.corruption.fiscalYear}/corruption`)
      : null,
    address: addressOf(portal, ui.path(isNewest ? path : `${path}/${report.version}`)),
    seenOn: formatDate(portal.now(), ui.lang),
  }
}

export function boardData(portal: Portal, ui: Ui, report: Report, hasPdf: boolean): BoardPage {
  const path = `/reports/${report.slug}`
  const address = addressOf(portal, path)
  return {
    ...{ board: boardOf(frozenFigures(report)), qr: drawQr(address), address },
    ...{ reportHref: ui.path(path), phone: portal.office().phone },
    pdf: hasPdf ? `${path}/board.pdf` : null,
  }
}

export const scriptData = (portal: Portal, ui: Ui, report: Report): ScriptPage => ({
  title: report.title,
  lines: scriptOf(frozenFigures(report), portal.office()),
  reportHref: ui.path(`/reports/${report.slug}`),
})

function lineOf(ui: Ui, row: ReportLine, path: string): Line {
  const date = formatDate(row.publishedAt ?? row.createdAt, ui.lang)
  return {
    ...{ href: ui.path(path), title: row.title },
    about: ui.t('rp.about', { n: row.version, date }),
  }
}
