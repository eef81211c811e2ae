import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { REOPEN_DAYS } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { sendPage } from '#web/answer.ts'
import { languageOf } from '#web/languages.ts'
import type { WebPortal } from '#web/portal.ts'
import { formatDate } from '#web/thai-format.ts'
import { type Page, page } from '#web/views.ts'
import { type Channel, channelsOf } from './channels.ts'
import { EMERGENCY_NUMBERS, GENERAL_BODIES, type PublicNumber } from './numbers.ts'

/** A unit with the categories it handles; categories that only concern staff are left out. */
export interface PublicUnit {
  name: string
  nameEn: string
  isCentre: boolean
  handles: { name: string; nameEn: string }[]
}

/** What the pages that explain the centre need to know of it. */
export interface PublicSite {
  portal: WebPortal
  units(): PublicUnit[]
  /** Days within which a complaint is solved or explained. */
  targetDays(): number
  privacy(): { version: string; effectiveOn: CivilDate; years: number }
}

interface UnitView {
  name: string
  isCentre: boolean
  handles: string[]
}

const homePage = page<{ days: number; emergency: readonly PublicNumber[]; channels: Channel[] }>(
  'public/home',
  ['days', 'emergency', 'channels'],
)
const guidePage = page<{
  days: number
  reopenDays: number
  units: UnitView[]
  bodies: readonly PublicNumber[]
}>('public/guide', ['days', 'reopenDays', 'units', 'bodies'])
const channelsPage = page<{ channels: Channel[]; bodies: readonly PublicNumber[] }>('public/channels', [
  'channels',
  'bodies',
])
const privacyPage = page<{ version: string; effectiveOn: string; years: number }>('public/privacy', [
  'version',
  'effectiveOn',
  'years',
])
const accessibilityPage = page<object>('public/accessibility', [])

/** The pages that explain the centre. Registered once for each language, under its prefix. */
export function publicPages(site: PublicSite): FastifyPluginCallback {
  return (app, _options, done) => {
    const answer = answering(site.portal)
    const channels = (request: FastifyRequest) =>
      channelsOf(site.portal.office(), languageOf(request.url).lang)

    app.get('/', (request, reply) =>
      answer(request, reply, homePage, {
        days: site.targetDays(),
        emergency: EMERGENCY_NUMBERS,
        channels: channels(request),
      }),
    )
    app.get('/guide', (request, reply) =>
      answer(request, reply, guidePage, {
        days: site.targetDays(),
        reopenDays: REOPEN_DAYS,
        units: unitViews(site.units(), request),
        bodies: GENERAL_BODIES,
      }),
    )
    app.get('/channels', (request, reply) =>
      answer(request, reply, channelsPage, { channels: channels(request), bodies: GENERAL_BODIES }),
    )
    app.get('/privacy', (request, reply) => {
      const { version, effectiveOn, years } = site.privacy()
      const date = formatDate(effectiveOn, languageOf(request.url).lang)
      return answer(request, reply, privacyPage, { version, effectiveOn: date, years })
    })
    app.get('/accessibility', (request, reply) => answer(request, reply, accessibilityPage, {}))
    done()
  }
}

/** These pages are the same for everybody, so a cache may keep them for a moment. */
function answering(portal: WebPortal) {
  return <T extends object>(request: FastifyRequest, reply: FastifyReply, view: Page<T>, data: T) => {
    reply.header('cache-control', 'public, max-age=60')
    return sendPage(portal, request, reply, view, data)
  }
}

function unitViews(units: PublicUnit[], request: FastifyRequest): UnitView[] {
  const english = languageOf(request.url).lang === 'en'
  return units
    .filter((unit) => unit.handles.length > 0 || unit.isCentre)
    .map((unit) => ({
      name: english ? unit.nameEn : unit.name,
      isCentre: unit.isCentre,
      handles: unit.handles.map((category) => (english ? category.nameEn : category.name)),
    }))
}
