import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { officerOf, sessionOf, vaultOf } from './guard.ts'
import { type KeptForm, readCarried } from './kept-form.ts'
import { holderOf, renewKeys } from './keys.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import { listActiveOfficers, type Officer } from './officer-store.ts'
import { OFFICERS_HOME, officersPage } from './officers-page.ts'
import type { Sealed } from './open.ts'
import { unlockVault } from './unlock.ts'
import { sendUnlockPage, UNLOCK } from './unlock-page.ts'
import { forgetVaultAttempts, takeVaultAttempt, waitText } from './vault-attempts.ts'
import { VAULT } from './vault-setup-routes.ts'

const sendAgainPage = page<{ bar: OfficerBar } & KeptForm>('sealed/staff/send-again', [
  'bar',
  'action',
  'multipart',
  'filesLost',
  'fields',
])

const WRONG = 'วลีรหัสผ่านหรือรหัส 6 หลักไม่ถูกต้อง หรือรหัสนี้ใช้ไปแล้ว กรุณากรอกใหม่ทั้งสองช่อง'

const NOTICES = {
  made: 'สร้างตู้นิรภัยแล้ว ลองเปิดครั้งแรกด้วยวลีที่จดไว้ และรหัสถัดไปจากแอป',
  changed: 'เปลี่ยนแล้ว เปิดตู้นิรภัยอีกครั้ง ด้วยวลีและแอปที่จะใช้ต่อจากนี้',
  locked: 'ล็อกตู้นิรภัยแล้ว',
}

/** Opening one's vault, and locking it. */
export function unlockRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.get(UNLOCK, signedIn, (request, reply) => {
      const query = fieldsOf(request.query)
      const next = officersPage(query.next?.[0])
      if (!officerOf(request).publicKey) return reply.redirect(VAULT, 303)
      if (vaultOf(sealed, request)) return reply.redirect(next ?? homeOf(sealed, officerOf(request)), 303)
      const told = (['made', 'changed', 'locked'] as const).find((name) => name in query)
      return sendUnlockPage(sealed, request, reply, { next, ...(told && { notice: NOTICES[told] }) })
    })
    app.post(UNLOCK, signedIn, (request, reply) => postUnlock(sealed, request, reply))
    app.post('/staff/sealed/lock', signedIn, (request, reply) => {
      sealed.vaults.lock(sessionOf(request))
      return reply.redirect(`${UNLOCK}?locked`, 303)
    })
    done()
  }
}

async function postUnlock(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  if (!officer.publicKey) return reply.redirect(VAULT, 303)
  const fields = fieldsOf(request.body)
  const { passphrase, otp } = typed(fields, ['passphrase', 'otp'])
  const next = officersPage(fields.next?.[0])
  const kept = readCarried(fields)
  const minutes = takeVaultAttempt(sealed, officer)
  if (minutes > 0) {
    reply.header('retry-after', minutes * 60)
    return sendUnlockPage(sealed, request, reply, { next, kept, error: waitText(minutes), status: 429 })
  }
  if (!(await unlockVault(sealed, officer, sessionOf(request), passphrase, otp))) {
    return sendUnlockPage(sealed, request, reply, { next, kept, error: WRONG, status: 422 })
  }
  forgetVaultAttempts(sealed, officer)
  const vault = vaultOf(sealed, request)
  if (vault) renewKeys(sealed, holderOf(vault))
  if (!kept) return reply.redirect(next ?? homeOf(sealed, officer), 303)
  return sendPage(sealed.portal, request, reply, sendAgainPage, { bar: officerBar(sealed, request), ...kept })
}

/** Where an officer's work goes on: opening the channel, waiting for a grant, or the register. */
function homeOf(sealed: Sealed, officer: Officer): string {
  if (officer.grantedAt) return OFFICERS_HOME
  return listActiveOfficers(sealed.db).length > 0 ? VAULT : '/staff/sealed/ceremony'
}
