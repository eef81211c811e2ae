import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { countUnread, markRead, noticesFor } from '#clock/notice-store.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, single } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { type NoticeItem, noticeItem } from './notice-line.ts'

const PAGE_SIZE = 50

interface NoticesPage {
  items: NoticeItem[]
  isRead: boolean
  /** The newest that is shown: what is marked as read goes no further. Null where nothing is to be marked. */
  through: number | null
  isFirst: boolean
  next: string | null
}

const noticesPage = page<NoticesPage>('staff/notices', ['items', 'isRead', 'through', 'isFirst', 'next'])

/** What this person was reminded of, newest first: the same that e-mail tells, for who has none. */
export function showNotices(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { db } = portal
  const viewer = viewerOf(request)
  const query = single(fieldsOf(request.query))
  const before = idIn(query.before)
  const found = noticesFor(db, viewer.accountId, before ?? Number.MAX_SAFE_INTEGER, PAGE_SIZE + 1)
  const shown = found.slice(0, PAGE_SIZE)
  const today = civilDateOf(portal.now())
  const newest = shown[0]?.notice.id ?? null
  return sendPage(portal, request, reply, noticesPage, {
    items: shown.map((own) => noticeItem(portal, viewer, own, today)),
    isRead: query.done === 'read',
    through: before === undefined && countUnread(db, viewer.accountId, 1) > 0 ? newest : null,
    isFirst: before === undefined,
    next: found.length > PAGE_SIZE ? `/staff/notices?before=${shown.at(-1)?.notice.id}` : null,
  })
}

/** Marks as read what was on the page, so that what came in since stays new. */
export function markNoticesRead(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { accountId } = viewerOf(request)
  const through = idIn(single(fieldsOf(request.body)).through)
  if (through !== undefined) markRead(portal.db, accountId, through, portal.now())
  return reply.redirect('/staff/notices?done=read', 303)
}

const idIn = (text: string | undefined): number | undefined =>
  /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined
