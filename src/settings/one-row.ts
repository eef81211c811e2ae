import type { FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'

export type OneRequest = FastifyRequest<{ Params: { id: string } }>
export type SavedRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>

/** The row that the address names. @throws AppError not_found */
export function rowOf<T extends { id: number }>(rows: readonly T[], request: OneRequest): T {
  const row = rows.find(({ id }) => String(id) === request.params.id)
  if (!row) throw new AppError('not_found', 'row')
  return row
}
