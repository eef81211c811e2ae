import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { mayPrevent, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { analysisAddress, measureAddress } from './addresses.ts'
import { effectOf } from './effect.ts'
import { type EffectWords, effectWords } from './effect-words.ts'
import { type MeasureLine, measureLine } from './measure-line.ts'
import { findMeasure, type Measure } from './measures-store.ts'
import { sightOf } from './sight.ts'

export type MeasureRequest = FastifyRequest<{ Params: { id: string }; Querystring: Record<string, unknown> }>

interface MeasurePage {
  line: MeasureLine
  result: string | null
  recorded: string
  effect: EffectWords
  analysisHref: string
  /** Null for whoever may not change it. */
  editHref: string | null
  saved: boolean
}

const measureView = page<MeasurePage>('analysis/measure', [
  'line',
  'result',
  'recorded',
  'effect',
  'analysisHref',
  'editHref',
  'saved',
])

export function showMeasure(portal: Portal, request: MeasureRequest, reply: FastifyReply): FastifyReply {
  const viewer = viewerOf(request)
  const measure = openMeasure(portal, viewer, request)
  const today = civilDateOf(portal.now())
  return sendPage(portal, request, reply, measureView, {
    line: measureLine(portal.settings, measure, today),
    result: measure.result,
    recorded: `${measure.createdBy} · ${formatDate(measure.createdAt, 'th')}`,
    effect: effectWords(effectOf(portal.db, measure, today)),
    analysisHref: analysisAddress({ category: measure.categoryCode, village: measure.villageId }),
    editHref: mayPrevent(viewer) ? `${measureAddress(measure.id)}/edit` : null,
    saved: 'saved' in request.query,
  })
}

/** @throws AppError not_found for what is not there, and for what is not to be seen */
export function openMeasure(
  { db, settings }: Portal,
  viewer: Viewer,
  { params: { id } }: MeasureRequest,
): Measure {
  const found = /^\d{1,9}$/.test(id) ? findMeasure(db, sightOf(settings, viewer), Number(id)) : undefined
  if (!found) throw new AppError('not_found', 'measure')
  return found
}
