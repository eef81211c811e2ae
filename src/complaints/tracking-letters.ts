import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { pdfProblem } from '#letters/letter-pdf.ts'
import { letterPageData } from '#letters/print-page.ts'
import { issuedLettersOf, type Letter } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type Language, languageOf, localPath, t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { countFailure, type Limit, minutesToWait, networkOf } from '#web/throttle.ts'
import { page } from '#web/views.ts'
import { letterDocument, sendLetterPdf } from './letter-document.ts'
import { type Case, contactOf } from './store.ts'

/** A letter as the complainant finds it in the list. */
export interface CitizenLetter {
  title: string
  on: string
  href: string
  /** Null where this machine makes no PDF. */
  pdfHref: string | null
}

interface LetterPageData {
  title: string
  letter: ReturnType<typeof letterPageData>['letter']
  pdfAddress: string | null
}

const letterPage = page<LetterPageData>('track/letter', ['title', 'letter', 'pdfAddress'])

/** The letters that went out to this complainant, newest first; after a merge still only their own. */
export function citizenLetters({ db }: Pick<Portal, 'db'>, lang: Language, row: Case): CitizenLetter[] {
  const letters = issuedLettersOf(db, row.id)
  const hasPdf = letters.length > 0 && pdfProblem() === null
  return letters.reverse().map((letter) => {
    const href = addressOf(lang, letter)
    const on = t(lang, 'tr.letters.on', { date: formatDate(letter.issuedAt ?? letter.createdAt, lang) })
    return { title: t(lang, `tr.letter.${letter.kind}`), on, href, pdfHref: hasPdf ? `${href}/pdf` : null }
  })
}

export function showLetter(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
): FastifyReply {
  const { lang } = languageOf(request.url)
  const letter = findOwn(portal, request, row)
  const pdfAddress = pdfProblem() === null ? `${addressOf(lang, letter)}/pdf` : null
  const links = { pdfAddress, pdfProblem: null, backAddress: localPath(lang, '/track/case') }
  const data = letterPageData(documentOf(portal, row, letter), links)
  return sendPage(portal, request, reply, letterPage, {
    ...{ title: t(lang, `tr.letter.${letter.kind}`), letter: data.letter, pdfAddress },
  })
}

/** A PDF takes the machine longer than any page; a whole village may share one address. */
const limitsFor = (request: FastifyRequest, row: Case): Limit[] => [
  { scope: 'letter-pdf:case', key: String(row.id), most: 30, windowMinutes: 10 },
  { scope: 'letter-pdf:address', key: networkOf(request.ip), most: 200, windowMinutes: 10 },
]

/** @throws AppError too_many where somebody asks for PDFs without end; the letter can still be read */
export async function showLetterPdf(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
): Promise<FastifyReply> {
  const letter = findOwn(portal, request, row)
  if (pdfProblem() !== null) return reply.redirect(addressOf(languageOf(request.url).lang, letter), 303)
  const limits = limitsFor(request, row)
  const minutes = minutesToWait(portal, limits)
  if (minutes > 0) throw new AppError('too_many', 'letter_pdf', { minutes })
  countFailure(portal, limits)
  return await sendLetterPdf(reply, row, letter.kind, documentOf(portal, row, letter))
}

/** Only what went out in this very case; a draft, and another's letter, do not exist. */
function findOwn({ db }: Portal, request: FastifyRequest, row: Case): Letter {
  const { id } = request.params as { id: string }
  const letter = issuedLettersOf(db, row.id).find(({ publicId }) => publicId === id)
  if (!letter) throw new AppError('not_found', 'letter')
  return letter
}

const documentOf = (portal: Portal, row: Case, letter: Letter) =>
  letterDocument(portal, row, letter, contactOf(portal.db, row.id)?.name ?? null)

const addressOf = (lang: Language, { publicId }: Letter): string =>
  localPath(lang, `/track/letters/${publicId}`)
