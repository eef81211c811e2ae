import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { parseCaseReference } from '#domain/reference.ts'
import { normaliseTyped } from '#domain/text.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { moveDone } from './move-page.ts'
import { findTombstone } from './moves-store.ts'
import { countQueue, countViews, queuePage, rowsInOrder } from './queue-store.ts'
import {
  cursorText,
  FILTER_FIELDS,
  type FilterField,
  firstView,
  menuFor,
  parseCursor,
  parseFilters,
  type QueueView,
  queueAddress,
  viewsFor,
  viewTitle,
} from './queue-views.ts'
import type { QueueContext } from './queue-walk-store.ts'
import { parsePosition, positionText, searchCases } from './search-store.ts'
import { findActionForm } from './staff-actions.ts'
import { activeFilters, type FilterChoice, filterChoices } from './staff-filters.ts'
import { findCaseNumbered } from './staff-find-case.ts'
import { type QueueLine, queueLine } from './staff-queue-line.ts'
import { caseAddress, numberOf } from './staff-words.ts'

const PAGE_SIZE = 50
/** A narrowed list is counted no further: nobody reads on, and counting all of it would be felt. */
const COUNT_UP_TO = 1_000

interface ViewLink {
  href: string
  title: string
  count: string
  isCurrent: boolean
  /** Drawn so that nobody overlooks it. */
  pressing: 'near' | 'over' | null
}

interface QueuePageData {
  title: string
  views: ViewLink[]
  view: QueueView
  query: string
  done: string | null
  /** Said instead of a list. */
  notFound: string | null
  count: string
  lines: QueueLine[]
  filters: Record<FilterField, string>
  /** Null on a page of search results. */
  choices: FilterChoice[] | null
  active: { label: string; text: string }[]
  errors: FieldErrors
  previous: string | null
  next: string | null
}

const queueView = page<QueuePageData>('staff/queue', [
  'title',
  'views',
  'view',
  'query',
  'done',
  'notFound',
  'count',
  'lines',
  'filters',
  'choices',
  'active',
  'errors',
  'previous',
  'next',
])

const PRESSING: Partial<Record<QueueView, 'near' | 'over'>> = {
  ...{ near: 'near', explain: 'near', reopen: 'near' },
  ...{ over: 'over', late: 'over' },
}

type Query = Record<string, string | undefined>

/** The officer's lists, and the search over everything the officer may see. */
export function showQueue(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query: Query = single(fieldsOf(request.query))
  const context = contextOf(portal, request)
  const text = normaliseTyped(query.q ?? '')
  if (text === '') return sendList(portal, request, reply, context, query)
  const reference = parseCaseReference(text)
  if (!reference) return sendResults(portal, request, reply, context, text, query)
  const found =
    findCaseNumbered(portal, context.viewer, reference) ?? findTombstone(portal.db, context.viewer, reference)
  if (found) return reply.redirect(caseAddress(found), 303)
  const number = numberOf({ fiscalYear: reference.fy, seq: reference.seq })
  const notFound = `ไม่พบเรื่องเลขที่ ${number} หรือเรื่องนั้นไม่ได้อยู่ในหน้าที่ของท่าน กรุณาตรวจสอบเลขที่`
  const data = { ...emptyPage(portal, context), query: text, title: 'ค้นหาเรื่อง', notFound }
  return sendPage(portal, request, reply, queueView, data, 404)
}

function sendList(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  context: QueueContext,
  query: Query,
): FastifyReply {
  const { db } = portal
  const { viewer } = context
  const view = viewsFor(viewer).find((name) => name === query.view) ?? firstView(viewer)
  const { filters, errors } = parseFilters(query)
  const isFiltered = Object.keys(filters).length > 0
  const position = { after: parseCursor(query.after), before: parseCursor(query.before) }
  const { rows, hasPrevious, hasNext } = queuePage(db, context, view, filters, position, PAGE_SIZE)
  const counts = countViews(db, context, menuFor(viewer, view))
  const count = isFiltered ? countQueue(db, context, view, filters, COUNT_UP_TO + 1) : (counts.get(view) ?? 0)
  const first = rows.at(0)
  const last = rows.at(-1)
  const values = typed(fieldsOf(query), FILTER_FIELDS)
  const choices = filterChoices(portal, viewer, view)
  const kept = { view, ...filtersIn(query) }
  const data: QueuePageData = {
    ...emptyPage(portal, context, counts, view),
    title: viewTitle(view, context.nearDays),
    done: findActionForm(String(query.done))?.done ?? moveDone(query.done),
    count: count > COUNT_UP_TO && isFiltered ? `มากกว่า ${formatNumber(COUNT_UP_TO)}` : formatNumber(count),
    lines: rows.map((row) => queueLine(portal, row, context.today)),
    ...{ filters: values, choices, active: activeFilters(choices, values), errors },
    previous: hasPrevious && first ? queueAddress({ ...kept, before: cursorText(first) }) : null,
    next: hasNext && last ? queueAddress({ ...kept, after: cursorText(last) }) : null,
  }
  return sendPage(portal, request, reply, queueView, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function sendResults(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  context: QueueContext,
  text: string,
  query: Query,
): FastifyReply {
  const from = parsePosition(query.after)
  const { ids, next } = searchCases(portal.db, context.viewer, text, from, PAGE_SIZE)
  const lines = rowsInOrder(portal.db, ids).map((row) => queueLine(portal, row, context.today))
  const nothing = 'ไม่พบเรื่องที่มีคำนี้ ลองใช้คำที่สั้นลง คำอื่น หรือเลขที่เรื่อง'
  const data: QueuePageData = {
    ...emptyPage(portal, context),
    title: `ผลการค้นหา “${text}”`,
    query: text,
    notFound: lines.length === 0 && !next ? nothing : null,
    count: next || from ? '' : formatNumber(lines.length),
    lines,
    next: next ? queueAddress({ q: text, after: positionText(next) }) : null,
  }
  return sendPage(portal, request, reply, queueView, data)
}

function contextOf(portal: Portal, request: FastifyRequest): QueueContext {
  const { nearDays } = portal.settings.deadlines()
  return { viewer: viewerOf(request), today: civilDateOf(portal.now()), nearDays }
}

/** The page without a list: the views with their counts, and the search box. */
function emptyPage(
  portal: Portal,
  context: QueueContext,
  counts = countViews(portal.db, context, menuFor(context.viewer)),
  current?: QueueView,
): QueuePageData {
  return {
    title: '',
    view: current ?? firstView(context.viewer),
    views: [...counts].map(([view, count]) => ({
      href: queueAddress({ view }),
      title: viewTitle(view, context.nearDays),
      count: formatNumber(count),
      isCurrent: view === current,
      pressing: count > 0 ? (PRESSING[view] ?? null) : null,
    })),
    ...{ query: '', done: null, notFound: null, count: '', lines: [], choices: null },
    ...{ active: [], errors: {}, previous: null, next: null },
    filters: typed({}, FILTER_FIELDS),
  }
}

/** The filters as they stand in the address, for links that keep them. */
function filtersIn(query: Query): Query {
  const filled = FILTER_FIELDS.filter((field) => query[field]?.trim())
  return Object.fromEntries(filled.map((field) => [field, query[field]]))
}
