import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import type { AccountBook } from './account-book.ts'
import { listOfficers, type Officer } from './officer-store.ts'
import { concernsOf, STATE_WORDS, stateOf } from './officer-words.ts'
import type { Sealed } from './open.ts'
import { channelWarnings, MOST_OFFICERS, type ReadyStep, readiness } from './readiness.ts'

export const ADMIN_PAGE = '/staff/admin/sealed'

interface NamedOfficer {
  id: string
  name: string
  post: string
  concerns: string
  stateText: string
  /** What is amiss with the account behind it; null where nothing is. */
  trouble: string | null
}

interface OverviewPage {
  steps: ReadyStep[]
  officers: NamedOfficer[]
  mayName: boolean
  warnings: string[]
  /** Where officers begin, to be handed to them. */
  address: string
  told: string | null
}

const overviewPage = page<OverviewPage>('sealed/admin/index', [
  'steps',
  'officers',
  'mayName',
  'warnings',
  'address',
  'told',
])

const TOLD = {
  saved: 'บันทึกแล้ว',
  ended: 'สิ้นสุดการเป็นเจ้าหน้าที่แล้ว กุญแจของคนนี้ถูกลบทันที แจ้งเจ้าหน้าที่ที่เหลือให้เปิดตู้นิรภัยโดยเร็ว เพื่อเปลี่ยนกุญแจของเรื่อง',
}

/** What an administrator sees of the channel: whether it works, and who has to do what. Nothing of any report. */
export function sendOverview(
  sealed: Sealed,
  accounts: AccountBook,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const query = fieldsOf(request.query)
  const told = (['saved', 'ended'] as const).find((name) => name in query)
  const officers = listOfficers(sealed.db)
  return sendPage(sealed.portal, request, reply, overviewPage, {
    steps: readiness(sealed),
    officers: officers.map((officer) => namedOfficer(accounts, officer)),
    mayName: officers.length < MOST_OFFICERS,
    warnings: channelWarnings(sealed),
    address: `${sealed.portal.config.publicUrl}/staff/sealed`,
    told: told ? TOLD[told] : null,
  })
}

function namedOfficer(accounts: AccountBook, officer: Officer): NamedOfficer {
  const account = accounts.find(officer.accountId)
  const isGone = !account || account.disabled
  return {
    ...{ id: officer.id, name: officer.displayName, post: officer.post, concerns: concernsOf(officer) },
    stateText: STATE_WORDS[stateOf(officer)],
    trouble: isGone
      ? 'บัญชีถูกปิดใช้งาน จึงเข้าสู่ระบบไม่ได้ แต่ยังมีกุญแจอยู่ ให้สิ้นสุดการเป็นเจ้าหน้าที่'
      : account.isAdministrator
        ? 'บัญชีนี้เป็นผู้ดูแลระบบด้วย ต้องถอนบทบาทผู้ดูแลระบบ หรือสิ้นสุดการเป็นเจ้าหน้าที่'
        : null,
  }
}
