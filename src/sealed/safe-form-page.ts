import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CivilDate } from '#domain/civil-date.ts'
import { INVOLVEMENTS, type Involvement } from '#domain/sealed-status.ts'
import { CORRUPTION_BODIES, type PublicNumber } from '#public/numbers.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors } from '#web/forms.ts'
import { type Language, languageOf, t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { readChannel } from './channel-store.ts'
import { involvementsOf, listActiveOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { BODY_LIMITS } from './report-body.ts'
import { SAFE_FIELDS } from './safe-form.ts'
import { MOST_HOURS, type Question } from './safe-token.ts'

/** Why a form that is in order was not taken. */
export type Trouble = 'failed' | 'busy' | 'closed' | 'nobody'

interface InvolvementChoice {
  value: Involvement
  text: string
  /** Who does not get the report then. */
  hint: string
}

interface FormPage {
  token: string
  question: Question | null
  values: Record<string, string>
  involved: readonly Involvement[]
  errors: FieldErrors
  trouble: Trouble | null
  choices: InvolvementChoice[]
  /** Officers whom no tick keeps out; null when there are none. */
  others: string | null
  bodies: readonly PublicNumber[]
  filesMax: number
  megabytes: number
  megabytesAll: number
  hours: number
}

const formPage = page<FormPage>('sealed/safe-form', [
  'token',
  'question',
  'values',
  'involved',
  'errors',
  'trouble',
  'choices',
  'others',
  'bodies',
  'filesMax',
  'megabytes',
  'megabytesAll',
  'hours',
])

export type FormState = Pick<FormPage, 'token' | 'question' | 'values' | 'involved' | 'errors' | 'trouble'>

const MEGABYTE = 1024 * 1024
export const FILE_LIMITS = {
  filesMax: BODY_LIMITS.maxFiles,
  megabytes: BODY_LIMITS.maxFileBytes / MEGABYTE,
  megabytesAll: BODY_LIMITS.maxBodyBytes / MEGABYTE,
}

export function sendForm(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
  status = 200,
): FastifyReply {
  const { lang } = languageOf(request.url)
  const officers = listActiveOfficers(sealed.db)
  const unnamed = officers.filter((officer) => involvementsOf(officer).length === 0)
  const data = {
    ...{ ...state, ...FILE_LIMITS, bodies: CORRUPTION_BODIES, hours: MOST_HOURS },
    errors: inPageOrder(state.errors),
    choices: INVOLVEMENTS.map((value) => ({
      value,
      text: t(lang, `wb.involved.${value}`),
      hint: excludedBy(lang, officers, value),
    })),
    others: unnamed.length > 0 ? unnamed.map(nameOf).join(', ') : null,
  }
  return sendPage(sealed.portal, request, reply, formPage, data, status)
}

function excludedBy(lang: Language, officers: readonly Officer[], involvement: Involvement): string {
  const who = officers.filter((officer) => involvementsOf(officer).includes(involvement))
  if (who.length === 0) return t(lang, 'wb.involved.excludesNobody')
  return t(lang, 'wb.involved.excludes', { who: who.map(nameOf).join(', ') })
}

/** As the public order has it. */
export const nameOf = ({ displayName, post }: Officer): string => `${post} (${displayName})`

/** The order that names the officers; its day is typed by hand once. */
export function orderOf(sealed: Sealed, lang: Language): { orderNo: string; orderOn: string } {
  const { orderNo, orderOn } = readChannel(sealed.db)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(orderOn)
  return { orderNo, orderOn: isDay ? formatDate(orderOn as CivilDate, lang) : orderOn }
}

function inPageOrder(errors: FieldErrors): FieldErrors {
  const orderOf = (field: string) => SAFE_FIELDS.indexOf(field as (typeof SAFE_FIELDS)[number])
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => orderOf(a) - orderOf(b)))
}
