import type { FastifyReply, FastifyRequest } from 'fastify'
import { officerOf, vaultOf } from './guard.ts'
import { keepForm } from './kept-form.ts'
import { officersPage } from './officers-page.ts'
import type { Sealed } from './open.ts'
import { sendUnlockPage, UNLOCK } from './unlock-page.ts'
import type { OpenVault } from './vaults.ts'

/**
 * The officer's open vault, asked for before anything else. Where it is locked the request is answered and the
 * result is undefined: whoever came to read is led to unlocking and back, and a form that was typed while the
 * vault locked itself is carried along, to be sent again.
 */
export async function requireVault(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<OpenVault | undefined> {
  const vault = vaultOf(sealed, request)
  if (vault) return vault
  if (!officerOf(request).publicKey) {
    reply.redirect('/staff/sealed/vault', 303)
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    reply.redirect(unlockAddress(request.url), 303)
  } else {
    const kept = await keepForm(request)
    sendUnlockPage(sealed, request, reply, { kept, status: 403 })
  }
  return undefined
}

function unlockAddress(from: string): string {
  const next = officersPage(from)
  return next ? `${UNLOCK}?next=${encodeURIComponent(next)}` : UNLOCK
}
