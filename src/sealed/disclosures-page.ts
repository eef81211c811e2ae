import type { FastifyReply, FastifyRequest } from 'fastify'
import { COMPETENT_BODIES } from '#domain/sealed-status.ts'
import { sendPage } from '#web/answer.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { recordDeed } from './audit-store.ts'
import { officerOf } from './guard.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import { listAllOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { notesOf, openReport } from './open-report.ts'
import { listDeclared, listDisclosuresFor } from './register-store.ts'
import { BODY_WORDS, numberOf, reportAddress } from './register-words.ts'
import { findReportFor } from './report-store.ts'
import { requireVault } from './require-vault.ts'
import type { OpenVault } from './vaults.ts'

interface DisclosureLine {
  day: string
  number: string
  href: string | null
  body: string
  basis: string
  what: string
  officer: string
}

const disclosuresPage = page<{ bar: OfficerBar; lines: DisclosureLine[] }>(
  'sealed/staff/register-disclosures',
  ['bar', 'lines'],
)

/** To whom something of a report was given (Official Information Act B.E. 2540, s.24). */
export async function showDisclosures(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  const actor = officerOf(request).displayName
  recordDeed(sealed.db, { at: sealed.now(), actor, action: 'disclosures.open' })
  const data = { bar: officerBar(sealed, request, 'register'), lines: disclosureLines(sealed, vault) }
  return sendPage(sealed.portal, request, reply, disclosuresPage, data)
}

function disclosureLines(sealed: Sealed, vault: OpenVault): DisclosureLine[] {
  const { db } = sealed
  const names = new Map(listAllOfficers(db).map(({ id, displayName }) => [id, displayName]))
  const rows = listDisclosuresFor(db, vault.officerId)
  const declared = new Set(listDeclared(db, vault.officerId))
  const readable = new Set(rows.map(({ reportId }) => reportId).filter((id) => declared.has(id)))
  const notes = [...readable]
    .filter((id) => findReportFor(db, vault.officerId, id))
    .flatMap((id) => notesOf(openReport(sealed, vault, id).messages))
  return rows.map(({ id, day, body, officerId, reportId }) => {
    const report = findReportFor(db, vault.officerId, reportId)
    const note = notes.find(({ disclosureId }) => disclosureId === id)
    const known = COMPETENT_BODIES.find((one) => one === body)
    return {
      ...{ day: formatDate(day, 'th'), number: report ? numberOf(report) : 'เรื่องที่ทำลายแล้วหรือถอนตัวแล้ว' },
      href: report ? reportAddress(report.id) : null,
      body: note?.body ?? (known ? BODY_WORDS[known] : body),
      ...{ basis: note?.basis ?? '', what: note?.text ?? '', officer: names.get(officerId) ?? '' },
    }
  })
}
