import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Viewer } from '#domain/permissions.ts'
import { pdfProblem } from '#letters/letter-pdf.ts'
import { letterPage, letterPageData } from '#letters/print-page.ts'
import type { Letter } from '#letters/store.ts'
import type { LetterState } from '#letters/tables.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { complainantFor } from './case-facts.ts'
import { receiveDelivery, showDelivery } from './letter-delivery.ts'
import { letterDocument, nameForStaff, sendLetterPdf } from './letter-document.ts'
import { type MailRequest, settleMail } from './letter-mail.ts'
import { receiveRegister, showRegister } from './letter-register.ts'
import { type LetterRequest, letterAddress, openLetter } from './staff-find-letter.ts'
import { caseAddress } from './staff-words.ts'
import { type Case, contactOf } from './store.ts'

type Handler = (
  portal: Portal,
  request: LetterRequest,
  reply: FastifyReply,
) => FastifyReply | Promise<FastifyReply>

/** The letters of a case to its complainant: to print, to register, and to record how they were delivered. */
export function letterRoutes(app: FastifyInstance, portal: Portal): void {
  const options = { config: { permission: 'queue' as const } }
  const path = '/staff/cases/:slug/letters/:id'
  const run = (handle: Handler) => (request: LetterRequest, reply: FastifyReply) =>
    handle(portal, request, reply)
  app.get(path, options, run(showLetter))
  app.get(`${path}/pdf`, options, run(showPdf))
  app.get(`${path}/register`, options, run(showRegister))
  app.post(`${path}/register`, options, run(receiveRegister))
  app.get(`${path}/delivery`, options, run(showDelivery))
  app.post(`${path}/delivery`, options, run(receiveDelivery))
  app.post('/staff/cases/:slug/mails/:id', options, (request: MailRequest, reply) =>
    settleMail(portal, request, reply),
  )
}

const showLetter: Handler = (portal, request, reply) => {
  const { viewer, row, letter } = openLetter(portal, request)
  const document = letterDocument(portal, row, letter, nameForStaff(portal, viewer, row))
  const problem = pdfProblem()
  const links = {
    pdfAddress: problem === null ? `${letterAddress(row, letter)}/pdf` : null,
    ...{ pdfProblem: problem, backAddress: `${caseAddress(row)}#letters` },
    notes: printNotes(portal, viewer, row, letter),
  }
  return sendPage(portal, request, reply, letterPage, letterPageData(document, links))
}

const showPdf: Handler = async (portal, request, reply) => {
  const { viewer, row, letter } = openLetter(portal, request)
  // Where no PDF can be made, the print view says so.
  if (pdfProblem() !== null) return reply.redirect(letterAddress(row, letter), 303)
  const document = letterDocument(portal, row, letter, nameForStaff(portal, viewer, row))
  return await sendLetterPdf(reply, row, letter.kind, document)
}

const UNSENT: Partial<Record<LetterState, string>> = {
  draft: 'ร่างหนังสือ ยังไม่ได้อนุมัติ และยังไม่ได้ส่งถึงผู้ร้อง',
  waiting: 'หนังสือนี้รออนุมัติ ยังไม่ได้ส่งถึงผู้ร้อง',
  dropped: 'หนังสือนี้ไม่ได้ส่ง เพราะมีหนังสือฉบับอื่นแทน หรือเรื่องสิ้นสุดก่อน',
}

function printNotes(portal: Portal, viewer: Viewer, row: Case, { state }: Letter): string[] {
  const isHidden = complainantFor(portal, viewer, row, contactOf(portal.db, row.id)).rows === null
  const name = isHidden ? 'ไม่แสดงชื่อผู้ร้อง เพราะผู้ร้องขอไม่เปิดเผยชื่อ' : undefined
  return [UNSENT[state], name].filter((note) => note !== undefined)
}
