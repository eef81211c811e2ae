import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { mayPrevent } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { groupName } from '#statistics/names.ts'
import type { Period } from '#statistics/period.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf, single } from '#web/forms.ts'
import { formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { analysisAddress } from './addresses.ts'
import { type Calendar, calendarOf } from './calendar.ts'
import { type CauseGroup, causeGroups } from './cause-lines.ts'
import { monthsIn } from './months.ts'
import { monthOptions, parsePeriod, periodChoices, periodText } from './period-query.ts'
import { casesAddress, type Problems, problemLines } from './problems.ts'
import { RECURS_FROM, type Recurring, readCauses, receivedByPlace, recurringIn } from './recurrence.ts'
import { categoryGroups, type Sight, sightOf, villageOptions } from './sight.ts'
import { drawnMonths } from './small-bars.ts'
import { placeName, type VillageTable, villageTable } from './village-table.ts'

/** So many problems are shown; whoever wants others narrows the list. */
const MOST_LINES = 30
/** Categories whose causes are gathered, and cases of each; of a category that was chosen, more. */
const CAUSES = { categories: 6, each: 4, eachOfOne: 20 }

interface AnalysisPage {
  period: string
  choices: { href: string; text: string; isCurrent: boolean }[]
  filters: Record<'category' | 'village' | 'from' | 'to', string>
  isNarrowed: boolean
  categories: ReturnType<typeof categoryGroups>
  villages: { value: string; text: string }[]
  months: { value: string; text: string }[]
  errors: FieldErrors
  least: number
  problems: Problems
  /** How many there are, where not all are shown. */
  allProblems: string | null
  table: VillageTable & { hrefs: (string | null)[] }
  calendar: (Calendar & { title: string }) | null
  causes: CauseGroup[]
  /** Whether complaints about staff are left out for this person. */
  isWithoutRestricted: boolean
  /** Whether causes, and the cases behind the numbers, are those of the own unit alone. */
  isOfOwnUnit: boolean
}

const analysisPage = page<AnalysisPage>('analysis/analysis', [
  'period',
  'choices',
  'filters',
  'isNarrowed',
  'categories',
  'villages',
  'months',
  'errors',
  'least',
  'problems',
  'allProblems',
  'table',
  'calendar',
  'causes',
  'isWithoutRestricted',
  'isOfOwnUnit',
])

interface Narrowed {
  category: string | undefined
  village: number | undefined
}

/** What comes back, where and why (the plan's 19-6), with what is done about it. */
export function showAnalysis(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { db, settings } = portal
  const viewer = viewerOf(request)
  const today = civilDateOf(portal.now())
  const sight = sightOf(settings, viewer)
  const query = single(fieldsOf(request.query))
  const { period, error } = parsePeriod(query, today)
  const narrowed = parseNarrowing(portal, sight, query)
  const months = drawnMonths(period)
  const places = receivedByPlace(db, months)
  const found = recurringIn(db, places, period, { least: RECURS_FROM, sees: sight.sees }).filter((problem) =>
    fits(problem, narrowed),
  )
  const shown = found.slice(0, MOST_LINES)
  const filters = {
    ...{ category: narrowed.category ?? '', village: String(narrowed.village ?? ''), ...period },
  }
  const table = villageTable(settings, places, monthsIn(period), sight.sees)
  const causes = readCauses(db, viewer, period, { ...causesOf(found, narrowed), today })
  const data: AnalysisPage = {
    period: periodText(period),
    choices: periodChoices(period, today).map(({ text, isCurrent, period: { from, to } }) => ({
      ...{ text, isCurrent, href: analysisAddress({ ...narrowed, from, to }) },
    })),
    filters,
    isNarrowed: narrowed.category !== undefined || narrowed.village !== undefined,
    categories: categoryGroups(settings, sight),
    villages: villageOptions(settings),
    months: monthOptions(period, today),
    errors: error === null ? {} : { from: error },
    least: RECURS_FROM,
    problems: problemLines(shown, {
      ...{ portal, period, months, places, sight, mayPrevent: mayPrevent(viewer) },
    }),
    allProblems: found.length > shown.length ? formatNumber(found.length) : null,
    table: {
      ...table,
      hrefs: table.villages.map(({ villageId }) =>
        villageId === 0 ? null : casesAddress({ villageId }, period),
      ),
    },
    calendar: calendarFor(portal, narrowed, found, period),
    causes: causeGroups(settings, causes),
    isWithoutRestricted: !sight.restricted,
    isOfOwnUnit: !sight.readsEveryUnit,
  }
  return sendPage(portal, request, reply, analysisPage, data, error === null ? 200 : 422)
}

/** A category or village that is not there, or not for this person, narrows nothing. */
function parseNarrowing(
  { settings }: Portal,
  { sees }: Sight,
  { category = '', village = '' }: Record<string, string | undefined>,
): Narrowed {
  const known = settings.category(category)
  return {
    category: known && known.groupCode !== null && sees(known.code) ? known.code : undefined,
    village: /^\d{1,9}$/.test(village) ? settings.village(Number(village))?.id : undefined,
  }
}

const fits = ({ categoryCode, villageId }: Recurring, { category, village }: Narrowed): boolean =>
  (category ?? categoryCode) === categoryCode && (village ?? villageId) === villageId

/** Causes of the category that was chosen, else of those that recur most. */
function causesOf(found: readonly Recurring[], { category, village }: Narrowed) {
  const place = village === undefined ? {} : { village }
  if (category !== undefined) return { categories: [category], each: CAUSES.eachOfOne, ...place }
  const most = [...new Set(found.map(({ categoryCode }) => categoryCode))].slice(0, CAUSES.categories)
  return { categories: most, each: CAUSES.each, ...place }
}

/** Of what was chosen, else of the problem that recurs most. */
function calendarFor(
  { db, settings, now }: Portal,
  { category, village }: Narrowed,
  found: readonly Recurring[],
  period: Period,
): AnalysisPage['calendar'] {
  const categoryCode = category ?? found[0]?.categoryCode
  if (categoryCode === undefined) return null
  const villageId = village ?? null
  const name = groupName(settings, categoryCode, 'th')
  return {
    ...calendarOf(db, { categoryCode, villageId }, period.to, civilDateOf(now())),
    title: `${name} ${placeName(settings, villageId)}`,
  }
}
