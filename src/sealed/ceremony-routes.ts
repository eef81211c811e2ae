import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { assertInCharge, isInCharge, openChannel } from './ceremony.ts'
import { readChannel } from './channel-store.ts'
import { vaultFingerprint } from './fingerprint.ts'
import { officerOf } from './guard.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import { listActiveOfficers, listOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { mayOpen, type ReadyStep, type ReadyStepId, readiness } from './readiness.ts'
import { requireVault } from './require-vault.ts'
import { passphraseRefusal } from './vault-attempts.ts'

interface CeremonyPage {
  bar: OfficerBar
  steps: ReadyStep[]
  /** The first step that is not done; null when the channel is open. */
  current: ReadyStepId | null
  /** Everybody's vault, to be compared in person before the channel opens. */
  vaults: { name: string; fingerprint: string }[]
  /** It was open before, and nobody takes part any more. */
  isReopening: boolean
  mayOpen: boolean
  isMade: boolean
  errors: FieldErrors
}

const ceremonyPage = page<CeremonyPage>('sealed/staff/ceremony', [
  'bar',
  'steps',
  'current',
  'vaults',
  'isReopening',
  'mayOpen',
  'isMade',
  'errors',
])

export const CEREMONY = '/staff/sealed/ceremony'

/** What officers do together, once, before the channel opens. */
export function ceremonyRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.get(CEREMONY, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendCeremony(sealed, request, reply, {})
    })
    app.post(`${CEREMONY}/open`, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return await postOpen(sealed, request, reply)
    })
    done()
  }
}

function sendCeremony(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: FieldErrors,
): FastifyReply {
  const steps = readiness(sealed)
  const data: CeremonyPage = {
    bar: officerBar(sealed, request),
    steps,
    current: steps.find(({ isDone }) => !isDone)?.id ?? null,
    vaults: listOfficers(sealed.db).flatMap(({ displayName, publicKey }) =>
      publicKey ? [{ name: displayName, fingerprint: vaultFingerprint(publicKey) }] : [],
    ),
    isReopening: readChannel(sealed.db).openedAt !== null && listActiveOfficers(sealed.db).length === 0,
    mayOpen: mayOpen(sealed) && isInCharge(sealed, officerOf(request)),
    isMade: 'opened' in fieldsOf(request.query),
    errors,
  }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(sealed.portal, request, reply, ceremonyPage, data, status)
}

async function postOpen(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const officer = officerOf(request)
  const isDone = () => listActiveOfficers(sealed.db).some(({ id }) => id === officer.id)
  if (isDone()) return reply.redirect(`${CEREMONY}?opened`, 303)
  assertInCharge(sealed, officer)
  const { compared, passphrase } = typed(fieldsOf(request.body), ['compared', 'passphrase'])
  const errors: FieldErrors = {}
  if (compared !== 'yes') errors.compared = 'เทียบเลขตรวจตู้กับเจ้าหน้าที่ทุกคนต่อหน้า แล้วเลือกช่องนี้'
  const refusal = await passphraseRefusal(sealed, officer, passphrase)
  if (refusal) errors.passphrase = refusal
  if (Object.keys(errors).length > 0) return sendCeremony(sealed, request, reply, errors)
  // The other half of a double click may have opened it while the passphrase was being checked.
  if (!isDone()) openChannel(sealed, officer)
  return reply.redirect(`${CEREMONY}?opened`, 303)
}
