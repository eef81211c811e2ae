import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import type { AccountBook } from './account-book.ts'
import { type AuthenticatorSetup, authenticatorSetup, provenFactor } from './authenticator.ts'
import { officerOf, sessionOf } from './guard.ts'
import { listActiveOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { readNewPassphrase, signInPasswordRefusal } from './passphrase-rules.ts'
import type { PendingFactors } from './pending-factors.ts'
import { createVault, orDoneMeanwhile } from './unlock.ts'
import { UNLOCK } from './unlock-page.ts'

interface SetupPage {
  /** In place of a vault that cannot be opened any more. */
  isAgain: boolean
  /** Nobody else takes part: the channel closes until two sheets are used. */
  isLast: boolean
  setup: AuthenticatorSetup
  confirm: string
  errors: FieldErrors
}

const setupPage = page<SetupPage>('sealed/staff/vault-setup', [
  'isAgain',
  'isLast',
  'setup',
  'confirm',
  'errors',
])

export const VAULT = '/staff/sealed/vault'
const LOST = `${VAULT}/lost`

/** Typed by hand, so that nobody throws a vault away by a slip. */
const CONFIRMATION = 'สร้างใหม่'

/** The first vault of an officer, and a new one in place of one that was lost. */
export function vaultSetupRoutes(
  sealed: Sealed,
  accounts: AccountBook,
  pending: PendingFactors,
): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.get(LOST, signedIn, (request, reply) => {
      if (!officerOf(request).publicKey) return reply.redirect(VAULT, 303)
      return sendSetup(sealed, pending, request, reply)
    })
    app.post(LOST, signedIn, (request, reply) => postSetup(sealed, accounts, pending, request, reply))
    // The page itself belongs to who has a vault already: see vault-routes.ts.
    app.post(VAULT, signedIn, (request, reply) => {
      if (officerOf(request).publicKey) return reply.redirect(UNLOCK, 303)
      return postSetup(sealed, accounts, pending, request, reply)
    })
    done()
  }
}

export function sendSetup(
  sealed: Sealed,
  pending: PendingFactors,
  request: FastifyRequest,
  reply: FastifyReply,
  { errors, confirm }: { errors: FieldErrors; confirm: string } = { errors: {}, confirm: '' },
): FastifyReply {
  const officer = officerOf(request)
  const data: SetupPage = {
    isAgain: officer.publicKey !== null,
    isLast: listActiveOfficers(sealed.db).every(({ id }) => id === officer.id),
    setup: authenticatorSetup(sealed, pending, request),
    ...{ confirm, errors },
  }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(sealed.portal, request, reply, setupPage, data, status)
}

async function postSetup(
  sealed: Sealed,
  accounts: AccountBook,
  pending: PendingFactors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  const fields = fieldsOf(request.body)
  const setup = await readSetup(sealed, accounts, pending, request, officer, fields)
  if ('errors' in setup) {
    const { confirm } = typed(fields, ['confirm'])
    return sendSetup(sealed, pending, request, reply, { errors: setup.errors, confirm })
  }
  await orDoneMeanwhile(createVault(sealed, officer, setup.passphrase, setup.totp, setup.usedStep))
  pending.forget(sessionOf(request))
  // Opened at once, with the words as they were written down: now nothing is lost yet.
  return reply.redirect(`${UNLOCK}?made`, 303)
}

async function readSetup(
  sealed: Sealed,
  accounts: AccountBook,
  pending: PendingFactors,
  request: FastifyRequest,
  officer: Officer,
  fields: Fields,
): Promise<{ passphrase: string; totp: string; usedStep: number } | { errors: FieldErrors }> {
  const { confirm, otp } = typed(fields, ['confirm', 'otp'])
  const chosen = await readNewPassphrase(sealed, officer, fields)
  const proven = provenFactor(sealed, pending, request, otp)
  const isSure = officer.publicKey === null || confirm.trim() === CONFIRMATION
  if (isSure && 'passphrase' in chosen && 'totp' in proven) {
    const errors = await signInPasswordRefusal(accounts, officer, chosen.passphrase)
    return Object.keys(errors).length > 0 ? { errors } : { ...chosen, ...proven }
  }
  return {
    errors: {
      ...(!isSure && { confirm: `พิมพ์คำว่า ${CONFIRMATION} เพื่อยืนยัน` }),
      ...('errors' in chosen && chosen.errors),
      ...('error' in proven && { otp: proven.error }),
    },
  }
}
