import type { FastifyReply } from 'fastify'
import { findClock } from '#clock/clock-store.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import { caseSlug } from '#domain/reference.ts'
import { composeLetter } from '#letters/compose.ts'
import type { LetterDocument } from '#letters/document.ts'
import { letterPdf } from '#letters/letter-pdf.ts'
import { type Letter, lettersOf } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { complainantFor } from './case-facts.ts'
import { expectedUnit } from './receipt-data.ts'
import { type Case, contactOf } from './store.ts'

type Deps = Pick<Portal, 'db' | 'office' | 'settings'>

/** The letter of a case as it stands on paper, with the complainant's name as its reader may know it. */
export function letterDocument(portal: Deps, row: Case, letter: Letter, name: string | null): LetterDocument {
  const { db, settings } = portal
  return composeLetter({
    ...{ letter, row, name, office: portal.office(), settings: settings.letters() },
    unit: expectedUnit(portal, 'th', row),
    clock: letter.clockId === null ? undefined : findClock(db, letter.clockId),
    promised: letter.kind === 'delay' ? promisedBefore(portal, letter) : null,
  })
}

/** The new date that an earlier letter about the same clock told. */
function promisedBefore({ db }: Pick<Portal, 'db'>, { id, caseId, clockId }: Letter): CivilDate | null {
  const earlier = lettersOf(db, caseId).findLast(
    (letter) =>
      letter.id < id && letter.kind === 'delay' && letter.state === 'sent' && letter.clockId === clockId,
  )
  return earlier?.content.dueOn ?? null
}

/** The name for a letter that a member of staff looks at: null where it is not for this reader. */
export function nameForStaff(portal: Deps, viewer: Viewer, row: Case): string | null {
  const contact = contactOf(portal.db, row.id)
  return complainantFor(portal, viewer, row, contact).rows ? (contact?.name ?? null) : null
}

/** The letter as a PDF that a browser shows, named by the number of its case. */
export async function sendLetterPdf(
  reply: FastifyReply,
  row: Pick<Case, 'fiscalYear' | 'seq'>,
  kind: Letter['kind'],
  document: LetterDocument,
): Promise<FastifyReply> {
  const pdf = await letterPdf(document)
  const fileName = `${caseSlug(row.fiscalYear, row.seq)}-${kind.replace('_', '-')}.pdf`
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${fileName}"`,
      'cache-control': 'no-store',
    })
    .send(pdf)
}
