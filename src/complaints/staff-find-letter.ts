import type { FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { mayDo, type Viewer } from '#domain/permissions.ts'
import { findLetterOfCase, type Letter } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { findCaseBySlug } from './staff-find-case.ts'
import { caseAddress } from './staff-words.ts'
import type { Case } from './store.ts'

export type LetterRequest = FastifyRequest<{ Params: { slug: string; id: string } }>

/** A letter as somebody of the staff came for it. */
export interface OpenLetter {
  viewer: Viewer
  row: Case
  letter: Letter
}

/** @throws AppError not_found for a case that is not to be seen and for what is no letter of it, alike */
export function openLetter(portal: Pick<Portal, 'db'>, request: LetterRequest): OpenLetter {
  const viewer = viewerOf(request)
  const row = findCaseBySlug(portal, viewer, request.params.slug)
  const letter = findLetterOfCase(portal.db, row.id, request.params.id)
  if (!letter) throw new AppError('not_found', 'letter')
  return { viewer, row, letter }
}

/**
 * The same for whoever writes to the complainant.
 * @throws AppError forbidden for others, conflict for a letter that was overtaken and is not sent any more
 */
export function openLetterToWrite(portal: Pick<Portal, 'db'>, request: LetterRequest): OpenLetter {
  const opened = openLetter(portal, request)
  if (!mayDo(opened.viewer, 'message', opened.row)) throw new AppError('forbidden', 'permission')
  if (opened.letter.state === 'dropped') throw new AppError('conflict', 'letter_dropped')
  return opened
}

export const letterAddress = (
  row: Pick<Case, 'fiscalYear' | 'seq'>,
  { publicId }: Pick<Letter, 'publicId'>,
) => `${caseAddress(row)}/letters/${publicId}`
