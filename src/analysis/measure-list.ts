import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { mayPrevent } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, single } from '#web/forms.ts'
import { formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { MEASURES } from './addresses.ts'
import { effectOf } from './effect.ts'
import { type EffectWords, effectWords } from './effect-words.ts'
import { type MeasureLine, measureLine, STATE_NAMES } from './measure-line.ts'
import { countMeasures, MEASURE_STATES, type MeasureState, measuresPage } from './measures-store.ts'
import { sightOf } from './sight.ts'

const PAGE_SIZE = 30

interface MeasuresPage {
  title: string
  states: { href: string; text: string; count: string; isCurrent: boolean }[]
  lines: (MeasureLine & { effect: EffectWords })[]
  newHref: string | null
  previous: string | null
  next: string | null
}

const measuresView = page<MeasuresPage>('analysis/measures', [
  'title',
  'states',
  'lines',
  'newHref',
  'previous',
  'next',
])

/** The register of what the office does so that problems do not come back. */
export function showMeasures(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { db, settings } = portal
  const viewer = viewerOf(request)
  const today = civilDateOf(portal.now())
  const sight = sightOf(settings, viewer)
  const query = single(fieldsOf(request.query))
  const state = MEASURE_STATES.find((name) => name === query.state) ?? 'open'
  const counts = countMeasures(db, sight, today)
  const last = Math.max(1, Math.ceil(counts[state] / PAGE_SIZE))
  const number = Math.min(last, /^[1-9]\d{0,4}$/.test(query.page ?? '') ? Number(query.page) : 1)
  const place = { skip: (number - 1) * PAGE_SIZE, size: PAGE_SIZE }
  return sendPage(portal, request, reply, measuresView, {
    title: 'ทะเบียนมาตรการป้องกันปัญหาเกิดซ้ำ',
    states: MEASURE_STATES.map((name) => ({
      ...{ href: listAddress(name, 1), text: STATE_NAMES[name], count: formatNumber(counts[name]) },
      isCurrent: name === state,
    })),
    lines: measuresPage(db, sight, state, today, place).map((row) => ({
      ...measureLine(settings, row, today),
      effect: effectWords(effectOf(db, row, today)),
    })),
    newHref: mayPrevent(viewer) ? `${MEASURES}/new` : null,
    previous: number > 1 ? listAddress(state, number - 1) : null,
    next: number < last ? listAddress(state, number + 1) : null,
  })
}

const listAddress = (state: MeasureState, number: number): string =>
  `${MEASURES}?state=${state}${number > 1 ? `&page=${number}` : ''}`
