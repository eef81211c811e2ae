import type { FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { readTextsOnly, saysTooLarge } from '#web/texts-only.ts'
import { BODY_LIMITS, type ReceivedBody, readReportBody } from './report-body.ts'

const LIMITS = { ...BODY_LIMITS, maxRequestBytes: BODY_LIMITS.maxBodyBytes }

export interface SafeBody extends ReceivedBody {
  /** Why the files were not taken, though the texts were. */
  withoutFiles: 'too_large' | 'busy' | null
}

/** Reads a form so that what was typed is not lost, whatever happens to its files. */
export async function readSafeBody(request: FastifyRequest): Promise<SafeBody> {
  if (saysTooLarge(request, LIMITS)) return await textsOf(request, 'too_large')
  try {
    return { ...(await readReportBody(request)), withoutFiles: null }
  } catch (error) {
    if (isBusy(error) && !request.raw.destroyed) return await textsOf(request, 'busy')
    throw error
  }
}

async function textsOf(request: FastifyRequest, why: 'too_large' | 'busy'): Promise<SafeBody> {
  return { fields: await readTextsOnly(request, LIMITS), files: [], problems: [], withoutFiles: why }
}

export const isBusy = (error: unknown): boolean => error instanceof AppError && error.code === 'busy'
