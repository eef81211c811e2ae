import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { mayDo, type Oversight, oversightOf, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { formatDate, formatDateTime, formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import type { CountConfidential } from './confidential-register.ts'
import { type Counted, countOpenWork, lastUrged } from './overview-store.ts'
import { type Figure, figuresOf, sumOf, type UnitTable, unitOf, unitTable } from './overview-table.ts'
import { type Warning, warningsFor } from './overview-warnings.ts'
import { type QueueRow, queuePage } from './queue-store.ts'
import { queueAddress, viewTitle } from './queue-views.ts'
import type { QueueContext } from './queue-walk-store.ts'
import { type QueueLine, queueLine } from './staff-queue-line.ts'
import { caseAddress } from './staff-words.ts'
import { urge } from './urge.ts'

/** So many of the overdue are named; the rest is in the list. */
const NAMED = 20

/** An overdue case of which nobody has told the complainant why. */
interface OverdueLine extends Pick<QueueLine, 'href' | 'number' | 'subject' | 'due' | 'left' | 'unit'> {
  officer: string | null
  urgency: QueueLine['urgency']
  urged: string
  /** Null where it was pressed for today, and where this person may not. */
  urgeHref: string | null
}

interface OverviewPage {
  title: string
  at: string
  warnings: Warning[]
  figures: Record<Counted, Figure>
  titles: Record<Counted, string>
  table: UnitTable
  overdue: OverdueLine[]
  /** The whole list, where it is longer than what is named. */
  allOverdue: { href: string; count: string } | null
  /** Null for a unit's head, to whom that register is no business. */
  confidential: { due: string; overdue: string } | null
}

const overviewPage = page<OverviewPage>('staff/overview', [
  'title',
  'at',
  'warnings',
  'figures',
  'titles',
  'table',
  'overdue',
  'allOverdue',
  'confidential',
])

/** Where the work of the office, or of the head's own unit, stands this moment. */
export function showOverview(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  countConfidential?: CountConfidential,
): FastifyReply {
  const viewer = viewerOf(request)
  const now = portal.now()
  const { nearDays } = portal.settings.deadlines()
  const context = { viewer, today: civilDateOf(now), nearDays }
  const oversight = oversightOf(viewer)
  const lines = countOpenWork(portal.db, context, oversight)
  const figures = byView(figuresOf(sumOf(lines), { unit: unitOf(oversight) }))
  return sendPage(portal, request, reply, overviewPage, {
    title: titleFor(portal, oversight),
    at: formatDateTime(now, 'th'),
    warnings: warningsFor(portal, viewer, oversight, lines),
    figures,
    titles: titlesFor(nearDays),
    table: unitTable(portal, oversight, lines),
    overdue: overdueLines(portal, context, oversight),
    allOverdue:
      figures.over.count > NAMED
        ? {
            href: queueAddress({ view: 'over', unit: unitOf(oversight) }),
            count: formatNumber(figures.over.count),
          }
        : null,
    confidential:
      oversight === 'every_unit' && countConfidential ? inWords(countConfidential(viewer.accountId)) : null,
  })
}

const inWords = ({ due, overdue }: ReturnType<CountConfidential>): OverviewPage['confidential'] => ({
  due: formatNumber(due),
  overdue: formatNumber(overdue),
})

function titleFor({ settings }: Portal, oversight: Oversight): string {
  const unit = settings.unit(unitOf(oversight) ?? null)
  return unit ? `ภาพรวมของ${unit.name}` : 'ภาพรวมสำหรับคณะทำงาน'
}

const byView = (figures: readonly Figure[]): OverviewPage['figures'] =>
  Object.fromEntries(figures.map((figure) => [figure.view, figure])) as OverviewPage['figures']

/** The names of the lists, short enough to stand above a column. */
function titlesFor(nearDays: number): OverviewPage['titles'] {
  return {
    open: 'ยังไม่แล้วเสร็จ',
    near: `ใกล้ครบกำหนด (ไม่เกิน ${nearDays} วัน)`,
    late: viewTitle('late', nearDays),
    over: viewTitle('over', nearDays),
    delayed: viewTitle('delayed', nearDays),
    explain: viewTitle('explain', nearDays),
  }
}

/** Most overdue first, as in the list itself. */
function overdueLines(portal: Portal, context: QueueContext, oversight: Oversight): OverdueLine[] {
  const { viewer, today } = context
  const unit = unitOf(oversight)
  const filters = unit === undefined ? {} : { unit }
  const { rows } = queuePage(portal.db, context, 'over', filters, {}, NAMED)
  const urgedAt = lastUrged(
    portal.db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const { href, number, subject, due, left, urgency, unit, officer } = queueLine(portal, row, today)
    const urged = urgedAt.get(row.id)
    const isUrgedToday = urged !== undefined && civilDateOf(urged) === today
    return {
      ...{ href, number, subject, due, left, urgency, unit },
      officer: row.officerId === null ? null : officer,
      urged: urged ? `เร่งรัดล่าสุด ${formatDate(urged, 'th')}` : 'ยังไม่เคยเร่งรัด',
      urgeHref: isUrgedToday ? null : urgeAddress(viewer, row),
    }
  })
}

const urgeAddress = (viewer: Viewer, row: QueueRow): string | null =>
  mayDo(viewer, urge.action, row) ? `${caseAddress(row)}/${urge.path}` : null
