import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import { AppError } from '#domain/errors.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import type { Period } from '#statistics/period.ts'
import type { Noted } from './content.ts'
import type { ReportFigures } from './figures.ts'
import { firstTexts } from './first-texts.ts'
import { daysIn, periodName, slugOf } from './periods.ts'
import {
  type Change,
  deleteReport,
  insertReport,
  inWork,
  type NewReport,
  type Report,
  replacePublished,
  updateReport,
} from './store.ts'
import type { ReportTexts } from './tables.ts'

const TITLE = 'รายงานสรุปผลการดำเนินการเรื่องร้องเรียน ร้องทุกข์'

/** Begins the report of a period with what the portal can say by itself. @throws AppError conflict */
export function beginReport(portal: Portal, viewer: Viewer, period: Period): Report {
  return insertDraft(portal, viewer, {
    ...{ slug: slugOf(period), title: `${TITLE} ${periodName(period)}` },
    ...daysIn(period),
    texts: firstTexts(portal, period),
  })
}

/** Begins a correction: a draft that says what a published version says. @throws AppError conflict */
export function beginFrom(portal: Portal, viewer: Viewer, report: Report): Report {
  if (report.publishedAt === null) throw new AppError('conflict', 'not_published')
  const { slug, title, fromOn, toOn, texts } = report
  return insertDraft(portal, viewer, { slug, title, fromOn, toOn, texts })
}

/** @throws AppError conflict when it is no draft any more, or somebody else has changed it */
export function changeReport(
  portal: Portal,
  viewer: Viewer,
  draft: Report,
  change: { title: string; texts: ReportTexts },
): void {
  if (draft.state !== 'draft') throw new AppError('conflict', 'not_a_draft')
  move(portal, viewer, 'report.change', draft, change)
}

/**
 * The executive takes note. What was noted is what will be published: from now on the figures stand still.
 * @throws AppError conflict
 */
export function noteReport(
  portal: Portal,
  viewer: Viewer,
  draft: Report,
  { on, by }: Noted,
  figures: ReportFigures,
): void {
  if (draft.state !== 'draft') throw new AppError('conflict', 'not_a_draft')
  move(portal, viewer, 'report.note', draft, { state: 'noted', notedOn: on, notedBy: by, figures })
}

/** Back to a draft that counts anew, to be noted again. @throws AppError conflict */
export function reviseReport(portal: Portal, viewer: Viewer, report: Report): void {
  if (report.state !== 'noted') throw new AppError('conflict', 'not_noted')
  const change = { state: 'draft' as const, notedOn: null, notedBy: null, figures: null }
  move(portal, viewer, 'report.revise', report, change)
}

/** Makes a noted report public, in the place of the version before it. @throws AppError conflict */
export function publishReport(portal: Portal, viewer: Viewer, report: Report): void {
  if (report.state !== 'noted') throw new AppError('conflict', 'not_noted')
  portal.db.inTransaction(() => {
    replacePublished(portal.db, report.slug)
    move(portal, viewer, 'report.publish', report, { state: 'published', publishedAt: portal.now() })
  })
}

/** Removes a version that was never published. @throws AppError conflict */
export function discardReport(portal: Portal, viewer: Viewer, report: Report): void {
  portal.db.inTransaction(() => {
    if (!deleteReport(portal.db, report)) throw new AppError('conflict', 'changed')
    record(portal, viewer, 'report.discard', report.id, summaryOf(report), null)
  })
}

function insertDraft(
  portal: Portal,
  viewer: Viewer,
  row: Omit<NewReport, 'createdAt' | 'createdBy'>,
): Report {
  const { db } = portal
  return db.inTransaction(() => {
    if (inWork(db, row.slug)) throw new AppError('conflict', 'draft_waits')
    const report = insertReport(db, { ...row, createdAt: portal.now(), createdBy: viewer.displayName })
    record(portal, viewer, 'report.begin', report.id, null, summaryOf(report))
    return report
  })
}

function move(portal: Portal, viewer: Viewer, action: string, report: Report, change: Change): void {
  portal.db.inTransaction(() => {
    if (!updateReport(portal.db, report, change)) throw new AppError('conflict', 'changed')
    record(portal, viewer, action, report.id, summaryOf(report), summaryOf({ ...report, ...change }))
  })
}

/** What the audit trail keeps: the words themselves stay in their row. */
function summaryOf({ slug, version, title, state, texts, notedOn, notedBy }: Report): object {
  const lengths = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.length]))
  return { slug, version, title, state, texts: lengths, ...(notedOn !== null && { notedOn, notedBy }) }
}

function record(
  portal: Portal,
  viewer: Viewer,
  action: string,
  id: number,
  before: object | null,
  after: object | null,
): void {
  const subject = `report:${id}`
  recordChange(portal.db, { at: portal.now(), actor: viewerActor(viewer), action, subject, before, after })
}
