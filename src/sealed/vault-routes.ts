import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf, typed } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import type { AccountBook } from './account-book.ts'
import { type AuthenticatorSetup, authenticatorSetup, provenFactor } from './authenticator.ts'
import { vaultFingerprint } from './fingerprint.ts'
import { officerOf, sessionOf } from './guard.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import { listActiveOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { readNewPassphrase, signInPasswordRefusal } from './passphrase-rules.ts'
import type { PendingFactors } from './pending-factors.ts'
import { requireVault } from './require-vault.ts'
import { changePassphrase, changeSecondFactor, orDoneMeanwhile } from './unlock.ts'
import { UNLOCK } from './unlock-page.ts'
import { forgetVaultAttempts, passphraseRefusal, takeVaultAttempt, waitText } from './vault-attempts.ts'
import { sendSetup, VAULT, vaultSetupRoutes } from './vault-setup-routes.ts'

interface VaultPage {
  bar: OfficerBar
  fingerprint: string
  /** Since when this officer takes part; null while waiting for a grant. */
  grantedOn: string | null
  /** Somebody is there who can grant. */
  canBeGranted: boolean
}

const vaultPage = page<VaultPage>('sealed/staff/vault', ['bar', 'fingerprint', 'grantedOn', 'canBeGranted'])
const passphrasePage = page<{ bar: OfficerBar; errors: FieldErrors }>('sealed/staff/vault-passphrase', [
  'bar',
  'errors',
])
const authenticatorPage = page<{ bar: OfficerBar; setup: AuthenticatorSetup; errors: FieldErrors }>(
  'sealed/staff/vault-authenticator',
  ['bar', 'setup', 'errors'],
)

const WRONG = 'วลีรหัสผ่านหรือรหัส 6 หลักของแอปเดิมไม่ถูกต้อง'

/** An officer's own vault. Nobody else can change anything about it. */
export function vaultRoutes(
  sealed: Sealed,
  accounts: AccountBook,
  pending: PendingFactors,
): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.register(vaultSetupRoutes(sealed, accounts, pending))
    app.get(VAULT, signedIn, async (request, reply) => {
      if (!officerOf(request).publicKey) return sendSetup(sealed, pending, request, reply)
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendVault(sealed, request, reply)
    })
    app.get(`${VAULT}/passphrase`, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendPassphrase(sealed, request, reply, {})
    })
    app.post(`${VAULT}/passphrase`, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return await postPassphrase(sealed, accounts, request, reply)
    })
    app.get(`${VAULT}/authenticator`, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendAuthenticator(sealed, pending, request, reply, {})
    })
    app.post(`${VAULT}/authenticator`, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return await postAuthenticator(sealed, pending, request, reply)
    })
    done()
  }
}

function sendVault(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { publicKey, grantedAt } = officerOf(request)
  const data: VaultPage = {
    bar: officerBar(sealed, request, 'vault'),
    fingerprint: publicKey ? vaultFingerprint(publicKey) : '',
    grantedOn: grantedAt ? formatDate(grantedAt, 'th') : null,
    canBeGranted: listActiveOfficers(sealed.db).length > 0,
  }
  return sendPage(sealed.portal, request, reply, vaultPage, data)
}

function sendPassphrase(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: FieldErrors,
): FastifyReply {
  const data = { bar: officerBar(sealed, request, 'vault'), errors }
  return sendPage(sealed.portal, request, reply, passphrasePage, data, statusOf(errors))
}

async function postPassphrase(
  sealed: Sealed,
  accounts: AccountBook,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  const fields = fieldsOf(request.body)
  const refuse = (errors: FieldErrors) => sendPassphrase(sealed, request, reply, errors)
  const chosen = await readNewPassphrase(sealed, officer, fields)
  const { passphrase } = typed(fields, ['passphrase'])
  const refusal = await passphraseRefusal(sealed, officer, passphrase)
  if (refusal || 'errors' in chosen) {
    return refuse({ ...(refusal && { passphrase: refusal }), ...('errors' in chosen && chosen.errors) })
  }
  const same = await signInPasswordRefusal(accounts, officer, chosen.passphrase)
  if (Object.keys(same).length > 0) return refuse(same)
  await orDoneMeanwhile(changePassphrase(sealed, officer, passphrase, chosen.passphrase))
  return reply.redirect(`${UNLOCK}?changed`, 303)
}

function sendAuthenticator(
  sealed: Sealed,
  pending: PendingFactors,
  request: FastifyRequest,
  reply: FastifyReply,
  errors: FieldErrors,
): FastifyReply {
  const bar = officerBar(sealed, request, 'vault')
  const data = { bar, setup: authenticatorSetup(sealed, pending, request), errors }
  return sendPage(sealed.portal, request, reply, authenticatorPage, data, statusOf(errors))
}

async function postAuthenticator(
  sealed: Sealed,
  pending: PendingFactors,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  const { passphrase, otp, newOtp } = typed(fieldsOf(request.body), ['passphrase', 'otp', 'newOtp'])
  const refuse = (errors: FieldErrors) => sendAuthenticator(sealed, pending, request, reply, errors)
  const fresh = provenFactor(sealed, pending, request, newOtp)
  if ('error' in fresh) return refuse({ newOtp: fresh.error })
  const minutes = takeVaultAttempt(sealed, officer)
  if (minutes > 0) return refuse({ passphrase: waitText(minutes) })
  const isChanged = await changeSecondFactor(sealed, officer, { passphrase, code: otp }, fresh)
  if (!isChanged) return refuse({ passphrase: WRONG })
  forgetVaultAttempts(sealed, officer)
  pending.forget(sessionOf(request))
  return reply.redirect(`${UNLOCK}?changed`, 303)
}

const statusOf = (errors: FieldErrors): number => (Object.keys(errors).length > 0 ? 422 : 200)
