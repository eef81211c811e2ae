import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/text.ts'
import { sendPage } from '#web/answer.ts'
import { requiredLine } from '#web/form-fields.ts'
import { type FieldErrors, fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { readChannel } from './channel-store.ts'
import { vaultFingerprint } from './fingerprint.ts'
import { officerOf } from './guard.ts'
import { grantOfficer, holderOf, removeOfficer, renewKeys, type Shared } from './keys.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import { findOfficer, listActiveOfficers, listOfficers, type Officer } from './officer-store.ts'
import { concernsOf, type OfficerState, STATE_WORDS, stateOf } from './officer-words.ts'
import type { Sealed } from './open.ts'
import { channelWarnings } from './readiness.ts'
import { requireVault } from './require-vault.ts'
import { passphraseRefusal } from './vault-attempts.ts'

interface OfficerLine {
  id: string
  name: string
  post: string
  concerns: string
  state: OfficerState
  stateText: string
  isMe: boolean
}

interface PeoplePage {
  bar: OfficerBar
  officers: OfficerLine[]
  /** May grant and remove. */
  isActive: boolean
  isOpened: boolean
  warnings: string[]
  removed: string | null
}

const peoplePage = page<PeoplePage>('sealed/staff/people', [
  'bar',
  'officers',
  'isActive',
  'isOpened',
  'warnings',
  'removed',
])

interface PersonPage {
  bar: OfficerBar
  person: OfficerLine
  errors: FieldErrors
}

const grantPage = page<PersonPage & { fingerprint: string }>('sealed/staff/grant', [
  'bar',
  'person',
  'fingerprint',
  'errors',
])
const grantedPage = page<{ bar: OfficerBar; name: string; result: Shared }>('sealed/staff/granted', [
  'bar',
  'name',
  'result',
])
const removePage = page<PersonPage & { reason: string; left: number }>('sealed/staff/remove', [
  'bar',
  'person',
  'reason',
  'left',
  'errors',
])

type PersonRequest = FastifyRequest<{ Params: { id: string } }>

const PEOPLE = '/staff/sealed/people'

const Reason = requiredLine(200, 'กรุณากรอกเหตุผล เช่น เลขที่คำสั่งที่ให้พ้นหน้าที่')

/** The officers among themselves: only who takes part lets others in, or out. */
export function officersRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.get(PEOPLE, signedIn, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendPeople(sealed, request, reply)
    })
    app.get(`${PEOPLE}/:id/grant`, signedIn, async (request: PersonRequest, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendGrant(sealed, request, reply, {})
    })
    app.post(`${PEOPLE}/:id/grant`, signedIn, (request: PersonRequest, reply) =>
      postGrant(sealed, request, reply),
    )
    app.get(`${PEOPLE}/:id/remove`, signedIn, async (request: PersonRequest, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      return sendRemove(sealed, request, reply, {})
    })
    app.post(`${PEOPLE}/:id/remove`, signedIn, (request: PersonRequest, reply) =>
      postRemove(sealed, request, reply),
    )
    done()
  }
}

function sendPeople(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const me = officerOf(request)
  const data: PeoplePage = {
    bar: officerBar(sealed, request, 'people'),
    officers: listOfficers(sealed.db).map((officer) => lineOf(officer, me)),
    isActive: me.grantedAt !== null,
    isOpened: readChannel(sealed.db).openedAt !== null,
    warnings: channelWarnings(sealed),
    removed:
      'removed' in fieldsOf(request.query) ? 'สิ้นสุดการเป็นเจ้าหน้าที่ และเปลี่ยนกุญแจของเรื่องที่ท่านเปิดได้แล้ว' : null,
  }
  return sendPage(sealed.portal, request, reply, peoplePage, data)
}

function lineOf(officer: Officer, me: Officer): OfficerLine {
  const state = stateOf(officer)
  return {
    ...{ id: officer.id, name: officer.displayName, post: officer.post, concerns: concernsOf(officer) },
    ...{ state, stateText: STATE_WORDS[state], isMe: officer.id === me.id },
  }
}

/**
 * Somebody else among the officers, for who takes part, as both stand now: asking for the passphrase takes time.
 * @throws AppError not_found, forbidden
 */
function personOf(sealed: Sealed, request: PersonRequest): Officer {
  const me = findOfficer(sealed.db, officerOf(request).id)
  if (!me?.grantedAt) throw new AppError('forbidden', 'not_granted')
  const person = findOfficer(sealed.db, request.params.id)
  if (!person || person.id === me.id) throw new AppError('not_found', 'officer')
  return person
}

/** Granting needs a vault to grant to. @throws AppError conflict */
function newcomerOf(sealed: Sealed, request: PersonRequest): Officer & { publicKey: Buffer } {
  const person = personOf(sealed, request)
  if (!person.publicKey) throw new AppError('conflict', 'no_vault')
  return { ...person, publicKey: person.publicKey }
}

function sendGrant(
  sealed: Sealed,
  request: PersonRequest,
  reply: FastifyReply,
  errors: FieldErrors,
  fingerprint = '',
): FastifyReply {
  const person = lineOf(newcomerOf(sealed, request), officerOf(request))
  const data = { bar: officerBar(sealed, request, 'people'), person, fingerprint, errors }
  return sendPage(sealed.portal, request, reply, grantPage, data, statusOf(errors))
}

async function postGrant(sealed: Sealed, request: PersonRequest, reply: FastifyReply): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  const me = officerOf(request)
  const { fingerprint, passphrase } = typed(fieldsOf(request.body), ['fingerprint', 'passphrase'])
  const errors: FieldErrors = {}
  if (!isFingerprint(fingerprint, newcomerOf(sealed, request).publicKey)) {
    errors.fingerprint =
      'เลขไม่ตรงกับตู้นิรภัยของคนนี้ ให้เจ้าตัวเปิดหน้า “ตู้นิรภัยของฉัน” แล้วอ่านเลขให้ฟังอีกครั้ง ถ้ายังไม่ตรง อย่าให้สิทธิ์'
  }
  const refusal = await passphraseRefusal(sealed, me, passphrase)
  if (refusal) errors.passphrase = refusal
  if (Object.keys(errors).length > 0) return sendGrant(sealed, request, reply, errors, fingerprint)
  // Read again: it must be the vault whose number was read out.
  const newcomer = newcomerOf(sealed, request)
  if (!isFingerprint(fingerprint, newcomer.publicKey)) throw new AppError('conflict', 'vault_changed')
  const result = grantOfficer(sealed, me, holderOf(vault), newcomer)
  const data = { bar: officerBar(sealed, request, 'people'), name: newcomer.displayName, result }
  return sendPage(sealed.portal, request, reply, grantedPage, data)
}

function isFingerprint(text: string, publicKey: Uint8Array): boolean {
  const digits = toArabicDigits(text).replace(/\D/g, '')
  return digits === vaultFingerprint(publicKey).replace(/\D/g, '')
}

function sendRemove(
  sealed: Sealed,
  request: PersonRequest,
  reply: FastifyReply,
  errors: FieldErrors,
  reason = '',
): FastifyReply {
  const person = personOf(sealed, request)
  const left = listActiveOfficers(sealed.db).filter(({ id }) => id !== person.id).length
  const line = lineOf(person, officerOf(request))
  const data = { bar: officerBar(sealed, request, 'people'), person: line, reason, left, errors }
  return sendPage(sealed.portal, request, reply, removePage, data, statusOf(errors))
}

async function postRemove(
  sealed: Sealed,
  request: PersonRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  const me = officerOf(request)
  personOf(sealed, request)
  const { reason, passphrase } = typed(fieldsOf(request.body), ['reason', 'passphrase'])
  const why = Reason.safeParse(reason)
  const errors: FieldErrors = {}
  if (!why.success) errors.reason = why.error.issues[0]?.message ?? ''
  const refusal = await passphraseRefusal(sealed, me, passphrase)
  if (refusal) errors.passphrase = refusal
  if (!why.success || refusal) return sendRemove(sealed, request, reply, errors, reason)
  removeOfficer(sealed, me.displayName, personOf(sealed, request), why.data)
  renewKeys(sealed, holderOf(vault))
  return reply.redirect(`${PEOPLE}?removed`, 303)
}

const statusOf = (errors: FieldErrors): number => (Object.keys(errors).length > 0 ? 422 : 200)
