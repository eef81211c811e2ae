import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerActor } from '#accounts/actor.ts'
import { viewerOf } from '#accounts/guard.ts'
import { recordChange } from '#audit/record.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldsOf } from '#web/forms.ts'
import { t } from '#web/languages.ts'
import { page } from '#web/views.ts'
import { checkItem } from './checks.ts'
import { itaFacts, type SealedSources } from './facts.ts'
import { faultsOf, type TypedItem, typedItems } from './item-forms.ts'
import { type ItemRow, itemsOf, itemYears, writeItem } from './item-store.ts'
import type { ItaItem } from './tables.ts'

interface ItemView {
  item: ItaItem
  name: string
  number: string
  note: string
  missing: string[]
  notes: string[]
}

interface ItemsPage {
  year: number
  years: number[]
  items: ItemView[]
  complete: number
  /** The year after the newest, which can be added; null once the coming one is there: no year can be taken back. */
  nextYear: number | null
  /** Whether the year before has numbers that this one lacks. */
  mayCopy: boolean
  told: string | null
  errors: FieldErrors
}

const itemsPage = page<ItemsPage>('ita/admin-items', [
  ...(['year', 'years', 'items', 'complete', 'nextYear', 'mayCopy', 'told', 'errors'] as const),
])

const PAGE = '/staff/admin/ita'

type YearRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>

/** The numbers of the items of the assessment per fiscal year, and what is still missing of each. */
export function itemRoutes(portal: Portal, sealed: SealedSources): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(PAGE, admin, (request: YearRequest, reply) => {
      const years = itemYears(portal.db)
      const thisYear = fiscalYearOf(civilDateOf(portal.now()))
      const wanted = [String(request.query.year), String(thisYear), String(years[0])]
      const year = wanted.map(Number).find((one) => years.includes(one))
      if (year === undefined) throw new AppError('not_found', 'fiscal_year')
      return sendItems(portal, sealed, request, reply, year)
    })
    app.post(PAGE, admin, (request: YearRequest, reply) => postItems(portal, sealed, request, reply))
    app.post(`${PAGE}/copy`, admin, (request, reply) => postCopy(portal, request, reply))
    done()
  }
}

function sendItems(
  portal: Portal,
  sealed: SealedSources,
  request: YearRequest,
  reply: FastifyReply,
  year: number,
  form: { typed: ReadonlyMap<ItaItem, TypedItem>; errors: FieldErrors } = { typed: new Map(), errors: {} },
): FastifyReply {
  const facts = itaFacts(portal, sealed, year)
  const years = itemYears(portal.db)
  const rows = itemsOf(portal.db, year)
  const items = rows.map((row) => {
    const { missing, notes } = checkItem(row.item, facts)
    const { number, note } = form.typed.get(row.item) ?? row
    return { item: row.item, name: t('th', `ita.item.${row.item}`), number, note, missing, notes }
  })
  const data = {
    ...{ year, years, items, errors: form.errors },
    complete: items.filter(({ missing }) => missing.length === 0).length,
    nextYear: nextYear(portal, years),
    mayCopy: filledFrom(itemsOf(portal.db, year - 1), rows).length > 0,
    told: 'saved' in request.query ? 'บันทึกแล้ว' : null,
  }
  return sendPage(portal, request, reply, itemsPage, data, Object.keys(form.errors).length > 0 ? 422 : 200)
}

function postItems(
  portal: Portal,
  sealed: SealedSources,
  request: YearRequest,
  reply: FastifyReply,
): FastifyReply {
  const fields = fieldsOf(request.body)
  const year = yearIn(fields, itemYears(portal.db))
  const typed = typedItems(fields)
  const errors = faultsOf(typed)
  if (Object.keys(errors).length > 0)
    return sendItems(portal, sealed, request, reply, year, { typed, errors })
  const rows = itemsOf(portal.db, year).map((row) => ({ ...row, ...typed.get(row.item) }))
  save(portal, request, year, rows)
  return reply.redirect(`${PAGE}?year=${year}&saved`, 303)
}

/** Adds a year, or fills the empty numbers of one, from the year before it. */
function postCopy(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const years = itemYears(portal.db)
  const next = nextYear(portal, years)
  const year = yearIn(fieldsOf(request.body), next === null ? years : [...years, next])
  const before = itemsOf(portal.db, year - 1)
  if (before.length === 0) throw new AppError('bad_request', 'nothing_to_copy')
  const rows = itemsOf(portal.db, year)
  save(portal, request, year, rows.length > 0 ? filledFrom(before, rows) : before)
  return reply.redirect(`${PAGE}?year=${year}&saved`, 303)
}

function nextYear({ now }: Portal, [newest = 0]: readonly number[]): number | null {
  return newest <= fiscalYearOf(civilDateOf(now())) ? newest + 1 : null
}

/** The rows without a number whose item had one the year before, with that number. */
function filledFrom(before: readonly ItemRow[], rows: readonly ItemRow[]): ItemRow[] {
  return rows.flatMap((row) => {
    const number = before.find(({ item }) => item === row.item)?.number ?? ''
    return row.number === '' && number !== '' ? [{ ...row, number }] : []
  })
}

function save(portal: Portal, request: FastifyRequest, year: number, rows: readonly ItemRow[]): void {
  const { db } = portal
  const at = portal.now()
  db.inTransaction(() => {
    const before = itemsOf(db, year)
    const changed = rows.filter((row) => {
      const known = before.find(({ item }) => item === row.item)
      return known?.number !== row.number || known.note !== row.note
    })
    if (changed.length === 0) return
    for (const { item, number, note } of changed)
      writeItem(db, { fiscalYear: year, item, number, note, updatedAt: at })
    recordChange(db, {
      ...{ at, actor: viewerActor(viewerOf(request)), action: 'ita.items', subject: `ita:${year}` },
      ...{ before: before.length > 0 ? summaryOf(before) : null, after: summaryOf(itemsOf(db, year)) },
    })
  })
}

const summaryOf = (rows: readonly ItemRow[]): object =>
  Object.fromEntries(rows.map(({ item, number, note }) => [item, note === '' ? number : [number, note]]))

/** @throws AppError bad_request */
function yearIn(fields: Fields, allowed: readonly number[]): number {
  const year = Number(fields.year?.[0])
  if (!allowed.includes(year)) throw new AppError('bad_request', 'fiscal_year')
  return year
}
