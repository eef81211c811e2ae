import type { CivilDate } from '#domain/civil-date.ts'
import type { Involvement } from '#domain/sealed-status.ts'
import type { Contact, ReportBody } from './bodies.ts'
import { cleanEvidence, type EvidenceFile, type EvidenceMime } from './evidence.ts'
import type { Sealed } from './open.ts'
import { isOpen } from './recipients.ts'
import { deleteMovedToken, hasMovedToken } from './report-store.ts'
import { type Evidence, submitReport } from './submit.ts'

/** A case of the general register that turned out to be about corruption. */
interface MovedCase {
  /** Random; says nothing of the case. */
  token: string
  /** When the office received it first. */
  receivedOn: CivilDate
  text: string
  contact: { name: string; phone: string; email: string; address: string }
  files: { name: string; mime: string; content: Buffer }[]
  excluded: readonly Involvement[]
}

/** What the general register knows of this one, by its own words for it and nothing else. */
export interface MovedCases {
  isOpen(): boolean
  receive(moved: MovedCase): Promise<void>
  forget(token: string): void
}

export function movedCases(sealed: Sealed): MovedCases {
  return {
    isOpen: () => isOpen(sealed),
    receive: (moved) => receiveMoved(sealed, moved),
    forget: (token) => deleteMovedToken(sealed.db, token),
  }
}

/**
 * Seals a case from the general register; once, however often it is handed over. The duties of this register
 * begin on the day that it came here: nobody could have met them before. When the office received it first
 * stands in the report.
 * @throws AppError unavailable, conflict `nobody_impartial`; nothing is kept then
 */
export async function receiveMoved(sealed: Sealed, moved: MovedCase): Promise<void> {
  const { token, text, contact, excluded } = moved
  if (hasMovedToken(sealed.db, token)) return
  const body: ReportBody = {
    ...{ kind: 'report', day: moved.receivedOn, channel: 'moved', language: 'th', conduct: '', what: text },
    ...{ accused: '', evidence: '', when: '', where: '', project: '', amount: '', source: '' },
    ...{ identity: 'none', involved: [...excluded] },
  }
  const files: Evidence[] = []
  for (const file of moved.files) files.push(await evidenceOf(file))
  try {
    const receivedOn = sealed.today()
    await submitReport(sealed, { body, contact: contactOf(contact), files, receivedOn, moved: { token } })
  } catch (error) {
    // Handed over twice at the same time: the other one was first.
    if (!hasMovedToken(sealed.db, token)) throw error
  }
}

/** Cleaned as a reporter's own file would be; where that cannot be done, only the original is kept. */
async function evidenceOf({ mime, content }: MovedCase['files'][number]): Promise<Evidence> {
  const result = await cleanEvidence(content, false)
  return result.ok ? result : { clean: null, original: { ...kindOf(mime), content } }
}

const EXTENSIONS: Record<EvidenceMime, string> = {
  ...{ 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' },
  ...{ 'application/pdf': 'pdf', 'text/plain': 'txt' },
}

/** The general register keeps pictures and PDFs only. */
function kindOf(mime: string): Pick<EvidenceFile, 'mime' | 'extension'> {
  const known = mime in EXTENSIONS ? (mime as EvidenceMime) : 'application/pdf'
  return { mime: known, extension: EXTENSIONS[known] }
}

function contactOf({ name, phone, email, address }: MovedCase['contact']): Contact {
  const ways = [phone && `โทร ${phone}`, email, address && `ที่อยู่ ${address}`]
  return { name, contact: ways.filter(Boolean).join('\n') }
}
