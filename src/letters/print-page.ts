import { page } from '#web/views.ts'
import { bodyLines, keepTogether, type LetterDocument } from './document.ts'

/** A letter in the words of its print view. */
interface LetterOnPage extends Omit<LetterDocument, 'paragraphs'> {
  body: string[]
}

interface LetterLinks {
  /** Where the PDF is; null where there is none. */
  pdfAddress: string | null
  /** Why there is none, in words for an officer. */
  pdfProblem: string | null
  backAddress: string
  /** What is to be known of it that is not printed. */
  notes?: string[]
}

interface LetterPage extends Required<LetterLinks> {
  letter: LetterOnPage
}

export const letterPage = page<LetterPage>('letters/print', [
  'letter',
  'pdfAddress',
  'pdfProblem',
  'backAddress',
  'notes',
])

export function letterPageData(document: LetterDocument, links: LetterLinks): LetterPage {
  const { paragraphs: _, ...rest } = document
  const letter: LetterOnPage = {
    ...rest,
    subject: keepTogether(document.subject),
    reference: document.reference && keepTogether(document.reference),
    enclosures: document.enclosures.map(keepTogether),
    body: bodyLines(document).map(keepTogether),
  }
  return { letter, notes: [], ...links }
}
