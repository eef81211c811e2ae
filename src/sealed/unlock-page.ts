import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { page } from '#web/views.ts'
import { carried, type KeptForm } from './kept-form.ts'
import type { Sealed } from './open.ts'

export const UNLOCK = '/staff/sealed/unlock'

interface UnlockPage {
  next: string
  /** Hidden fields of a form that waits. */
  fields: KeptForm['fields']
  isWaiting: boolean
  filesLost: boolean
  notice: string | null
  error: string | null
}

const unlockPage = page<UnlockPage>('sealed/staff/unlock', [
  'next',
  'fields',
  'isWaiting',
  'filesLost',
  'notice',
  'error',
])

/** What the page that unlocks is to show, and to go on with afterwards. */
export interface Unlocking {
  next?: string | undefined
  kept?: KeptForm | null
  notice?: string
  error?: string
  status?: number
}

export function sendUnlockPage(
  { portal }: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  { next, kept, notice, error, status }: Unlocking,
): FastifyReply {
  const data: UnlockPage = {
    next: next ?? '',
    fields: kept ? carried(kept) : [],
    isWaiting: Boolean(kept),
    filesLost: kept?.filesLost ?? false,
    notice: notice ?? null,
    error: error ?? null,
  }
  return sendPage(portal, request, reply, unlockPage, data, status ?? 200)
}
