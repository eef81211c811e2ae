import type { FastifyReply, FastifyRequest } from 'fastify'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type Language, languageOf, localPath, type MessageKey, t } from '#web/languages.ts'
import type { Case } from './store.ts'
import { showMoved } from './tracking-moved.ts'
import { casePage, casePageData, type MessageState } from './tracking-page.ts'

/** What a page says was just done, by the word in its address. */
const DONE = {
  message: 'tr.done.message',
  answer: 'tr.done.answer',
  withdraw: 'tr.done.withdraw',
  reopen: 'tr.done.reopen',
} as const satisfies Record<string, MessageKey>

interface CasePageOptions extends Partial<MessageState> {
  warning?: string
  status?: number
}

export function showCase(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
  { warning, status = 200, ...message }: CasePageOptions = {},
): FastifyReply {
  if (row.status === 'moved') return showMoved(portal, request, reply, row, message.text)
  const { lang } = languageOf(request.url)
  const state = {
    message: { token: newToken(), text: '', errors: {}, kept: [], ...message },
    done: doneText(request, lang),
    warning: warning ?? null,
  }
  return sendPage(portal, request, reply, casePage, casePageData(portal, lang, row, state), status)
}

/** The page of the case as it is now, for a form that came too late; what was typed stays. */
export function showChanged(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
  message: Partial<MessageState>,
): FastifyReply {
  const { lang } = languageOf(request.url)
  return showCase(portal, request, reply, row, {
    ...{ ...message, status: 409 },
    warning: t(lang, 'tr.err.changed'),
  })
}

export function toCase(request: FastifyRequest, reply: FastifyReply, done?: keyof typeof DONE): FastifyReply {
  const path = done ? `/track/case?done=${done}` : '/track/case'
  return reply.redirect(localPath(languageOf(request.url).lang, path), 303)
}

function doneText(request: FastifyRequest, lang: Language): string | null {
  const { done } = request.query as { done?: unknown }
  const [, key] = Object.entries(DONE).find(([word]) => word === done) ?? []
  return key && request.method === 'GET' ? t(lang, key) : null
}
