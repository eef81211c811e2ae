import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldsOf, typed } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import type { AccountBook } from './account-book.ts'
import { assertInCharge, makeSheets, verifySheets } from './ceremony.ts'
import { CEREMONY } from './ceremony-routes.ts'
import { currentRecoveryKey, listRecoveryKeys } from './channel-store.ts'
import { officerOf } from './guard.ts'
import { holderOf, renewKeys } from './keys.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { countUnderOldSheets } from './recovery-store.ts'
import { requireVault } from './require-vault.ts'
import { CUSTODIAN_FIELDS, keyOfSheets, readCustodians, readSheets, SHEET_FIELDS } from './sheet-forms.ts'
import { passphraseRefusal } from './vault-attempts.ts'
import type { OpenVault } from './vaults.ts'

/** A set of sheets that was made, as the page tells of it. */
interface SheetSet {
  version: number
  madeOn: string
  custodians: string
  state: 'current' | 'unverified' | 'old'
  /** Reports of the officer who looks that still need sheets of this set; 0 where they can be destroyed. */
  left: number
}

interface SheetsPage {
  bar: OfficerBar
  sets: SheetSet[]
  isVerified: boolean
  values: Record<(typeof CUSTODIAN_FIELDS)[number], string>
  errors: FieldErrors
}

const sheetsPage = page<SheetsPage>('sealed/staff/sheets', ['bar', 'sets', 'isVerified', 'values', 'errors'])

interface PrintPage {
  version: number
  madeOn: string
  sheets: { number: number; custodian: string; groups: string[] }[]
}

const printPage = page<PrintPage>('sealed/staff/sheets-print', ['version', 'madeOn', 'sheets'])

interface VerifyPage {
  bar: OfficerBar
  version: number
  values: Record<(typeof SHEET_FIELDS)[number], string>
  errors: FieldErrors
}

const verifyPage = page<VerifyPage>('sealed/staff/sheets-verify', ['bar', 'version', 'values', 'errors'])

export const SHEETS_PAGE = '/staff/sealed/sheets'
const VERIFY = `${SHEETS_PAGE}/verify`

/** The recovery key on paper: made, verified, and made anew. */
export function sheetRoutes(sealed: Sealed, accounts: AccountBook): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    app.get(SHEETS_PAGE, signedIn, async (request, reply) => {
      if (!(await enter(sealed, request, reply))) return reply
      return sendSheets(sealed, request, reply, {}, {})
    })
    app.post(SHEETS_PAGE, signedIn, async (request, reply) => {
      if (!(await enter(sealed, request, reply))) return reply
      return await postSheets(sealed, accounts, request, reply)
    })
    app.get(VERIFY, signedIn, async (request, reply) => {
      if (!(await enter(sealed, request, reply))) return reply
      const waiting = unverified(sealed)
      if (!waiting) return reply.redirect(SHEETS_PAGE, 303)
      return sendVerify(sealed, request, reply, waiting.version, {}, {})
    })
    app.post(VERIFY, signedIn, async (request, reply) => {
      const vault = await enter(sealed, request, reply)
      if (!vault) return reply
      return await postVerify(sealed, vault, request, reply)
    })
    done()
  }
}

async function enter(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<OpenVault | undefined> {
  const vault = await requireVault(sealed, request, reply)
  if (vault) assertInCharge(sealed, officerOf(request))
  return vault
}

/** The newest set, while it waits to be verified. */
function unverified(sealed: Sealed) {
  const newest = listRecoveryKeys(sealed.db)[0]
  return newest?.verifiedAt === null ? newest : undefined
}

function sendSheets(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: FieldErrors,
): FastifyReply {
  const data: SheetsPage = {
    bar: officerBar(sealed, request, 'people'),
    sets: sheetSets(sealed, officerOf(request)),
    isVerified: 'verified' in fieldsOf(request.query),
    values: typed(fields, CUSTODIAN_FIELDS),
    errors,
  }
  return sendPage(sealed.portal, request, reply, sheetsPage, data, statusOf(errors))
}

/** A set that was never verified, and followed by another, opens nothing and is not told of. */
function sheetSets(sealed: Sealed, officer: Officer): SheetSet[] {
  const current = currentRecoveryKey(sealed.db)
  const waiting = unverified(sealed)
  return listRecoveryKeys(sealed.db)
    .filter((set) => set.verifiedAt !== null || set.version === waiting?.version)
    .map(({ version, custodians, madeAt, verifiedAt }) => {
      const state = verifiedAt === null ? 'unverified' : version === current?.version ? 'current' : 'old'
      const isOld = state === 'old' && current !== undefined
      return {
        ...{ version, state, madeOn: formatDate(madeAt, 'th'), custodians: custodians.join(', ') },
        left: isOld ? countUnderOldSheets(sealed.db, officer.id, version, current.version) : 0,
      }
    })
}

async function postSheets(
  sealed: Sealed,
  accounts: AccountBook,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  const fields = fieldsOf(request.body)
  const read = readCustodians(sealed, accounts, fields)
  const refusal = await passphraseRefusal(sealed, officer, typed(fields, ['passphrase']).passphrase)
  if ('errors' in read || refusal) {
    const errors = { ...('errors' in read && read.errors), ...(refusal && { passphrase: refusal }) }
    return sendSheets(sealed, request, reply, fields, errors)
  }
  const { version, sheets } = await makeSheets(sealed, officer, read.custodians)
  // Shown once, in the answer itself: the sheets are stored nowhere.
  return sendPage(sealed.portal, request, reply, printPage, {
    ...{ version, madeOn: formatDate(sealed.today(), 'th') },
    sheets: sheets.map((sheet, index) => ({
      ...{ number: index + 1, custodian: read.custodians[index] ?? '' },
      groups: sheet.split('-'),
    })),
  })
}

function sendVerify(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  version: number,
  fields: Fields,
  errors: FieldErrors,
): FastifyReply {
  const bar = officerBar(sealed, request, 'people')
  const data = { bar, version, values: typed(fields, SHEET_FIELDS), errors }
  return sendPage(sealed.portal, request, reply, verifyPage, data, statusOf(errors))
}

async function postVerify(
  sealed: Sealed,
  vault: OpenVault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const officer = officerOf(request)
  const waiting = unverified(sealed)
  if (!waiting) return reply.redirect(SHEETS_PAGE, 303)
  const fields = fieldsOf(request.body)
  const read = readSheets(fields)
  const refuse = (errors: FieldErrors) => sendVerify(sealed, request, reply, waiting.version, fields, errors)
  if ('errors' in read) return refuse(read.errors)
  if (!(await keyOfSheets(read.sheets, waiting.publicKey))) {
    return refuse({ sheetA: `สองแผ่นนี้ไม่ได้มาจากชุดที่ ${waiting.version} ทั้งคู่ ตรวจเลขชุดบนแผ่น` })
  }
  verifySheets(sealed, officer, waiting.version)
  if (!officer.grantedAt) return reply.redirect(CEREMONY, 303)
  renewKeys(sealed, holderOf(vault))
  return reply.redirect(`${SHEETS_PAGE}?verified`, 303)
}

const statusOf = (errors: FieldErrors): number => (Object.keys(errors).length > 0 ? 422 : 200)
