import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerActor } from '#accounts/actor.ts'
import type { CalendarChange } from '#clock/calendar-change.ts'
import {
  type MovedDate,
  previewRecalculation,
  type RecalculationPreview,
  requestRecalculation,
  runRecalculations,
} from '#clock/recalculate.ts'
import type { Viewer } from '#domain/permissions.ts'
import { sendPage } from '#web/answer.ts'
import type { Fields } from '#web/forms.ts'
import { formatDateShort, formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { changeSetting, type SettingChange } from './change.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'

interface Row {
  key: string
  value: string
}

/** A change of settings that running clocks follow, before it is made. */
export interface PlannedChange {
  title: string
  /** What is about to change, in words. */
  rows: Row[]
  calendar: CalendarChange
  /** Everything typed, to be sent again. */
  fields: Fields
}

/** The part of a page that shows which dates move (views/admin/_moves.eta). */
export interface Moves {
  lines: Record<'number' | 'duty' | 'from' | 'to', string>[]
  total: string
  unchanged: string
  /** How many are not listed. */
  more: string | null
}

interface MovesPage extends Pick<PlannedChange, 'title' | 'rows'> {
  action: string
  hidden: { name: string; value: string }[]
  moves: Moves
}

const movesPage = page<MovesPage>('admin/moving-dates', ['title', 'rows', 'action', 'hidden', 'moves'])

const DUTIES: Record<MovedDate['duty'], string> = { resolve: '', acknowledge: 'กำหนดรับเรื่อง' }

/**
 * Shows which dates would move, unless that was seen and confirmed or nothing moves: then it is false, and the
 * change is to be made. Not the reply itself: awaited, a reply is nothing.
 */
export async function asksBeforeMoving(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { title, rows, calendar, fields }: PlannedChange,
): Promise<boolean> {
  if (fields.step?.[0] === 'save') return false
  const preview = await previewRecalculation(portal, calendar)
  if (preview.total === 0) return false
  const data = { title, rows, action: request.url, hidden: hiddenFields(fields), moves: movesOf(preview) }
  sendPage(portal, request, reply, movesPage, data)
  return true
}

/** Makes the change and has the running clocks follow at once. Returns where to go, with what is told there. */
export async function changeCalendar(
  portal: Portal,
  viewer: Viewer,
  change: SettingChange,
  reason: string,
  write: () => void,
): Promise<string> {
  const { db } = portal
  changeSetting(portal, viewer, change, () => {
    requestRecalculation(db, { reason, actor: viewerActor(viewer), at: portal.now() })
    write()
  })
  const { moved } = await runRecalculations(portal)
  return `saved=${moved}`
}

/** What is told after a change; null where nothing was changed. */
export function savedText({ query }: SavedRequest): string | null {
  if (!('saved' in query)) return null
  const moved = /^[1-9]\d{0,6}$/.test(String(query.saved)) ? Number(query.saved) : 0
  return moved === 0 ? 'บันทึกแล้ว' : `บันทึกแล้ว วันครบกำหนดเปลี่ยน ${formatNumber(moved)} รายการ`
}

/** Everything that was sent but the button that sent it. */
export function hiddenFields(fields: Fields): { name: string; value: string }[] {
  return Object.entries(fields)
    .filter(([name]) => name !== 'step')
    .flatMap(([name, values]) => values.map((value) => ({ name, value })))
}

export function movesOf({ moved, total, unchanged }: RecalculationPreview): Moves {
  return {
    lines: moved.map(({ number, duty, from, to }) => ({
      ...{ number, duty: DUTIES[duty], from: formatDateShort(from, 'th'), to: formatDateShort(to, 'th') },
    })),
    ...{ total: formatNumber(total), unchanged: formatNumber(unchanged) },
    more: total > moved.length ? formatNumber(total - moved.length) : null,
  }
}
