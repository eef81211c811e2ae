import type { FastifyInstance, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { sessionTokenOf } from '#accounts/session-cookie.ts'
import { AppError } from '#domain/errors.ts'
import { findOfficerOfAccount, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import type { OpenVault } from './vaults.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The named officer who is signed in; set by the guard of the officers' pages. */
    sealedOfficer: Officer | undefined
  }
}

/**
 * Lets only named officers into this scope. To everybody else, the administrator included, its pages do not
 * exist: the answer is that of any address that nobody has.
 */
export function guardOfficers(scope: FastifyInstance, sealed: Sealed): void {
  scope.decorateRequest('sealedOfficer', undefined)
  scope.addHook('preHandler', async (request, reply) => {
    request.sealedOfficer = findOfficerOfAccount(sealed.db, viewerOf(request).accountId)
    if (request.sealedOfficer) return
    // Not an error of this zone, whose page would look different; and addresses that nobody has go uncompressed.
    request.headers['x-no-compression'] = 'yes'
    return reply.callNotFound()
  })
}

/** The named officer, in handlers behind the guard. */
export function officerOf(request: FastifyRequest): Officer {
  if (!request.sealedOfficer) throw new AppError('not_found', 'sealed')
  return request.sealedOfficer
}

/** The staff session that a vault is bound to. */
export function sessionOf(request: FastifyRequest): string {
  const token = sessionTokenOf(request)
  if (!token) throw new AppError('forbidden', 'not_signed_in')
  return token
}

/** The officer's open vault; undefined when it is locked. Asking counts as using it. */
export function vaultOf(sealed: Sealed, request: FastifyRequest): OpenVault | undefined {
  const vault = sealed.vaults.of(sessionOf(request))
  return vault?.officerId === officerOf(request).id ? vault : undefined
}
