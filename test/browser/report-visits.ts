import { versionsOf } from '#reports/store.ts'
import { periodOf } from '#statistics/period.ts'
import { draftReport, notedReport, publishedReport } from '../reports/office.ts'
import { send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const PERIODS = {
  published: { slug: '2570-1', period: periodOf(2570, 'h1') },
  draft: { slug: '2026-10_2026-11', period: { from: '2026-10', to: '2026-11' } },
  noted: { slug: '2026-11_2026-11', period: { from: '2026-11', to: '2026-11' } },
}
type Kind = keyof typeof PERIODS
const MAKE = { published: publishedReport, draft: draftReport, noted: notedReport }

/** What is looked at is there before an address of it is opened, however often. */
function reportOf({ site }: Stage, kind: Kind): number {
  const { slug, period } = PERIODS[kind]
  const known = versionsOf(site.portal.db, slug).at(-1)
  if (known) return known.id
  const { id } = MAKE[kind](site, period)
  if (kind === 'published') publishedReport(site, period)
  return id
}

const published = (path: string) => (stage: Stage) => {
  reportOf(stage, 'published')
  return path
}

/** Reports and their sheets, as addresses of the Thai ones. */
export const REPORT_PUBLIC: Visit[] = [
  { name: 'the reports', route: '/reports', path: published('/reports') },
  { name: 'a report', route: '/reports/:slug', path: published('/reports/2570-1') },
  {
    name: 'a report that was replaced',
    route: '/reports/:slug/:version',
    path: published('/reports/2570-1/1'),
  },
  {
    name: 'the sheet for the notice board',
    route: '/reports/:slug/board',
    path: published('/reports/2570-1/board'),
  },
  {
    name: 'the script for the loudspeakers',
    route: '/reports/:slug/script',
    path: published('/reports/2570-1/script'),
  },
  { name: 'a report that was never published', route: '/reports/:slug', path: '/reports/2560', status: 404 },
]

const REPORTS = '/staff/reports'

const staff = (name: string, path: string, rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: `${REPORTS}${path}`, as: 'wit' },
  ...rest,
})

const at = (kind: Kind, suffix = '') => ({
  path: (stage: Stage) => `${REPORTS}/${reportOf(stage, kind)}${suffix}`,
})

export const REPORT_STAFF: Visit[] = [
  staff('the reports in work', ''),
  staff('a new report', '/new'),
  staff('a new report, sent empty', '/new', { act: send('/new'), status: 422 }),
  staff('a draft of a report', '/:id', at('draft')),
  staff('a draft of a report as the executive sees it', '/:id', { ...at('draft'), as: 'nayok' }),
  staff('a draft of a report, noted by nobody', '/:id', {
    ...at('draft'),
    act: typeAndSend({ by: '' }, '/note'),
    status: 422,
  }),
  staff('a report that was noted', '/:id', at('noted')),
  staff('a published report', '/:id', at('published')),
  staff('the words of a report', '/:id/edit', at('draft', '/edit')),
  staff('the words of a report, without a title', '/:id/edit', {
    ...at('draft', '/edit'),
    act: typeAndSend({ title: '' }, '/edit'),
    status: 422,
  }),
  staff('a report as it will be read', '/:id/preview', at('draft', '/preview')),
  staff('the monthly report of all units', '/units', { path: `${REPORTS}/units?month=2026-11` }),
  staff('the monthly report of a unit', '/units', { as: 'malee', path: `${REPORTS}/units?month=2026-11` }),
]
