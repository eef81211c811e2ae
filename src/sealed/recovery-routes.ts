import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { listRecoveryKeys, type RecoveryKeyRow, recoveryHolder } from './channel-store.ts'
import { wipe } from './crypto/sodium.ts'
import { officerOf } from './guard.ts'
import { holderOf, type KeyHolder, recoverFor, renewKeys, type Shared } from './keys.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { requireVault } from './require-vault.ts'
import { keyOfSheets, readSheets, SHEET_FIELDS } from './sheet-forms.ts'
import type { OpenVault } from './vaults.ts'

interface RecoveryPage {
  bar: OfficerBar
  /** Takes part already: the sheets then only bring contacts that nobody can open. */
  isActive: boolean
  hasSheets: boolean
  values: Record<(typeof SHEET_FIELDS)[number], string>
  errors: FieldErrors
}

const recoveryPage = page<RecoveryPage>('sealed/staff/recovery', [
  'bar',
  'isActive',
  'hasSheets',
  'values',
  'errors',
])
const recoveredPage = page<{ bar: OfficerBar; result: Shared }>('sealed/staff/recovered', ['bar', 'result'])

const RECOVERY = '/staff/sealed/recovery'

/** Two of the three sheets give a named officer what no other officer can give any more. */
export function recoveryRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.get(RECOVERY, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendRecovery(sealed, request, reply, {}, {})
    })
    app.post(RECOVERY, signedIn, async (request, reply) => {
      const vault = await requireVault(sealed, request, reply)
      if (!vault) return reply
      return await postRecovery(sealed, vault, request, reply)
    })
    done()
  }
}

function sendRecovery(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: FieldErrors,
): FastifyReply {
  const data: RecoveryPage = {
    bar: officerBar(sealed, request, 'vault'),
    isActive: officerOf(request).grantedAt !== null,
    hasSheets: usableSets(sealed, officerOf(request)).length > 0,
    values: typed(fields, SHEET_FIELDS),
    errors,
  }
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(sealed.portal, request, reply, recoveryPage, data, status)
}

async function postRecovery(
  sealed: Sealed,
  vault: OpenVault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  const fields = fieldsOf(request.body)
  const read = readSheets(fields)
  if ('errors' in read) return sendRecovery(sealed, request, reply, fields, read.errors)
  const sets = usableSets(sealed, officer)
  const recovery = await holderOfSheets(sets, read.sheets)
  if (!recovery) {
    const numbers = sets.map(({ version }) => version).join(', ')
    const errors = { sheetA: `สองแผ่นนี้ไม่ได้มาจากชุดเดียวกัน หรือไม่ใช่ชุดที่ใช้ได้ (ชุดที่ ${numbers}) ตรวจเลขชุดบนแผ่น` }
    return sendRecovery(sealed, request, reply, fields, errors)
  }
  const result = recoverFor(sealed, recovery, officer.id, officer.displayName)
  wipe(recovery.keys.secretKey)
  // What was recovered with an older set belongs under the newest one.
  renewKeys(sealed, holderOf(vault))
  const data = { bar: officerBar(sealed, request, 'vault'), result }
  return sendPage(sealed.portal, request, reply, recoveredPage, data)
}

/**
 * The sets whose sheets are taken, newest first. Who takes no part yet needs the newest: an older one may be in the
 * wrong hands, which can be why there is a newer. Who takes part may also bring what was never sealed to a newer one.
 */
function usableSets({ db }: Sealed, officer: Officer): RecoveryKeyRow[] {
  const verified = listRecoveryKeys(db).filter(({ verifiedAt }) => verifiedAt !== null)
  return officer.grantedAt ? verified : verified.slice(0, 1)
}

async function holderOfSheets(
  sets: readonly RecoveryKeyRow[],
  sheets: readonly string[],
): Promise<KeyHolder | undefined> {
  for (const { version, publicKey } of sets) {
    const keys = await keyOfSheets(sheets, publicKey)
    if (keys) return { holder: recoveryHolder(version), keys }
  }
  return undefined
}
