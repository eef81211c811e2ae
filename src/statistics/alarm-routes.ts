import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerActor } from '#accounts/actor.ts'
import { viewerOf } from '#accounts/guard.ts'
import { recordChange } from '#audit/record.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { formatDateTime, formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { markAlarmsSeen, type RecountAlarm, unseenAlarms } from './alarm-store.ts'
import type { Difference } from './raw-tally.ts'
import { MOST_KEPT } from './recount.ts'

interface AlarmPage {
  /** Null where nothing differs. */
  alarm: { newest: number; since: string; found: string; nights: string } | null
  differences: { total: string; kept: string; counted: string; since: string }[]
  /** 'At least' where there were more than are written down. */
  count: string
  seen: boolean
}

const alarmPage = page<AlarmPage>('statistics/admin-recount', ['alarm', 'differences', 'count', 'seen'])

const PAGE = '/staff/admin/recount'

type PageRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>

/** What the nightly count found to differ, until an administrator has looked at it. */
export function alarmRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(PAGE, admin, (request: PageRequest, reply) => sendAlarm(portal, request, reply))
    app.post(PAGE, admin, (request, reply) => postSeen(portal, request, reply))
    done()
  }
}

function sendAlarm(portal: Portal, request: PageRequest, reply: FastifyReply): FastifyReply {
  const alarms = unseenAlarms(portal.db)
  const [first, last] = [alarms[0], alarms.at(-1)]
  const differences = last ? differencesOf(last) : []
  const nights = alarms.map(nightOf)
  const data: AlarmPage = {
    alarm:
      first && last
        ? {
            newest: last.id,
            since: formatDateTime(first.foundAt, 'th'),
            found: formatDateTime(last.foundAt, 'th'),
            nights: formatNumber(alarms.length),
          }
        : null,
    differences: differences.map(({ total, kept, counted }) => ({
      ...{ total, kept: formatNumber(kept), counted: formatNumber(counted) },
      since: formatDateTime(sinceWhen(nights, total), 'th'),
    })),
    count: `${differences.length < MOST_KEPT ? '' : 'อย่างน้อย '}${formatNumber(differences.length)}`,
    seen: 'seen' in request.query,
  }
  return sendPage(portal, request, reply, alarmPage, data)
}

interface Night {
  foundAt: Date
  totals: ReadonlySet<string>
}

const nightOf = (alarm: RecountAlarm): Night => ({
  foundAt: alarm.foundAt,
  totals: new Set(differencesOf(alarm).map(({ total }) => total)),
})

/** The first of the nights, without a break up to the last, in which this total differed. */
function sinceWhen(nights: readonly Night[], total: string): Date {
  const without = nights.findLastIndex(({ totals }) => !totals.has(total))
  return nights[without + 1]?.foundAt ?? new Date(0)
}

/** @throws AppError bad_request for a form that is not ours */
function postSeen(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const newest = Number(fieldsOf(request.body).newest?.[0])
  if (!Number.isSafeInteger(newest)) throw new AppError('bad_request', 'recount_alarm')
  const { db, now } = portal
  const viewer = viewerOf(request)
  db.inTransaction(() => {
    const seen = markAlarmsSeen(db, newest, now(), viewer.displayName)
    // Somebody else was quicker: there is nothing left to be done.
    if (seen === 0) return
    const change = { action: 'recount.seen', subject: `recount:${newest}`, after: { alarms: seen } }
    recordChange(db, { at: now(), actor: viewerActor(viewer), ...change })
  })
  return reply.redirect(`${PAGE}?seen`, 303)
}

const Differences = z.array(z.object({ total: z.string(), kept: z.number(), counted: z.number() }))

const differencesOf = ({ detail }: RecountAlarm): Difference[] => Differences.parse(detail)
