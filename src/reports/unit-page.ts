import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { monthsBack } from '#analysis/months.ts'
import { queuePage } from '#complaints/queue-store.ts'
import { queueAddress } from '#complaints/queue-views.ts'
import { type QueueLine, queueLine } from '#complaints/staff-queue-line.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import { mayReadReports, oversightOf, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { readBreakdowns } from '#statistics/breakdowns.ts'
import { HEADLINE_KIND } from '#statistics/figures.ts'
import { valueName } from '#statistics/names.ts'
import { daysOf } from '#statistics/period.ts'
import { sendPage } from '#web/answer.ts'
import { formatDate, formatMonth, formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { readUnitTimes } from './unit-store.ts'

/** So many of the overdue are named; the rest is in the list. */
const NAMED = 50
const MONTHS_OFFERED = 24

interface Choice {
  value: string
  text: string
}

interface UnitReportPage {
  title: string
  month: string
  /** The unit that is chosen; '' for all. */
  unit: string
  months: Choice[]
  /** Empty for the head of a unit, who has no choice. */
  units: Choice[]
  head: string[]
  rows: string[][]
  overdue: Pick<QueueLine, 'href' | 'number' | 'subject' | 'due' | 'left' | 'unit' | 'officer'>[]
  allOverdue: string
  asOf: string
  backHref: string | null
}

const unitReportPage = page<UnitReportPage>('reports/units', [
  ...(['title', 'month', 'unit', 'months', 'units', 'head', 'rows'] as const),
  ...(['overdue', 'allOverdue', 'asOf', 'backHref'] as const),
])

const HEAD = [
  ...['หน่วยงาน', 'ยกมา', 'รับใหม่', 'แล้วเสร็จ', 'ค้างสิ้นเดือน'],
  ...['ทันกำหนด', 'ชี้แจงทันกำหนด', 'เกินกำหนด', 'ยังไม่ถึงกำหนด', 'ร้องเรียนการให้บริการ'],
]

/** What those to whom authority was delegated report every month: their unit's cases. */
export function showUnitReport(
  portal: Portal,
  request: FastifyRequest<{ Querystring: Record<string, string | undefined> }>,
  reply: FastifyReply,
): FastifyReply {
  const viewer = viewerOf(request)
  const today = civilDateOf(portal.now())
  const months = monthChoices(monthOf(today))
  const month = request.query.month || monthsBack(monthOf(today), 1)
  if (!months.some(({ value }) => value === month)) throw new AppError('not_found', 'month')
  const units = unitsFor(portal, viewer)
  const unit = chosen(viewer, units, request.query.unit)
  const filters = unit === '' ? {} : { unit: Number(unit) }
  const context = { viewer, today, nearDays: portal.settings.deadlines().nearDays }
  const { rows } = queuePage(portal.db, context, 'late', filters, {}, NAMED)
  const name = units.find(({ value }) => value === unit)?.text ?? 'ทุกหน่วยงาน'
  return sendPage(portal, request, reply, unitReportPage, {
    title: `รายงานเรื่องร้องเรียนประจำเดือน${formatMonth(month, 'th')} ${name}`,
    ...{ month, unit, months, units: oversightOf(viewer) === 'every_unit' ? units : [] },
    ...{ head: HEAD, rows: tableOf(portal, viewer, month, units, unit) },
    overdue: rows.map((row) => queueLine(portal, row, today)),
    allOverdue: queueAddress({ view: 'late', ...filters }),
    asOf: formatDate(today, 'th'),
    backHref: mayReadReports(viewer) ? '/staff/reports' : null,
  })
}

function monthChoices(present: string): Choice[] {
  return Array.from({ length: MONTHS_OFFERED }, (_, back) => {
    const value = monthsBack(present, back)
    return { value, text: formatMonth(value, 'th') }
  })
}

/** The units whose work the viewer watches over. */
function unitsFor({ settings }: Portal, viewer: Viewer): Choice[] {
  const oversight = oversightOf(viewer)
  if (oversight === 'none') return []
  const own = typeof oversight === 'object' ? [settings.unit(oversight.unitId)] : settings.units()
  return own.filter((one) => one !== undefined).map(({ id, name }) => ({ value: String(id), text: name }))
}

/** @throws AppError not_found for a unit that is none of the viewer's */
function chosen(viewer: Viewer, units: readonly Choice[], asked: string | undefined): string {
  const fallback = oversightOf(viewer) === 'every_unit' ? '' : (units[0]?.value ?? '')
  if (!asked) return fallback
  if (!units.some(({ value }) => value === asked)) throw new AppError('not_found', 'unit')
  return asked
}

function tableOf(
  portal: Portal,
  viewer: Viewer,
  month: string,
  units: readonly Choice[],
  unit: string,
): string[][] {
  const { lists } = readBreakdowns(portal.db, HEADLINE_KIND, { from: month, to: month })
  const days = daysOf({ from: month, to: month })
  const times = readUnitTimes(portal.db, viewer, days.from, days.to)
  const all = oversightOf(viewer) === 'every_unit' && unit === ''
  const others = all ? lists.unit.map(({ value }) => value) : []
  const wanted = unit === '' ? units.map(({ value }) => value) : [unit]
  return [...new Set([...wanted, ...others])].map((id) => {
    const balance = lists.unit.find(({ value }) => value === id)?.balance
    const own = times.find(({ unitId }) => String(unitId ?? 0) === id)
    const numbers = [
      ...[balance?.broughtForward, balance?.received, balance?.finished, balance?.inProgress],
      ...[own?.met, own?.explained, own?.late, own?.running, own?.conduct],
    ]
    return [valueName(portal.settings, 'unit', id, 'th'), ...numbers.map((count) => formatNumber(count ?? 0))]
  })
}
