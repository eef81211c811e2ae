import { insertRecountAlarm } from '#statistics/store.ts'
import { fromPapers, typeIn } from '../indicators/plan.ts'
import { send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const entered = new WeakSet<Stage>()

/** A year of papers alone, and one that has them as well; both with surveys. */
const withPapers =
  (path: string) =>
  (stage: Stage): string => {
    if (!entered.has(stage)) {
      entered.add(stage)
      fromPapers(stage.site.portal, 2567, { A2: 1_234, B1: 17, S1: 3 })
      fromPapers(stage.site.portal, 2570, { A2: 12, E1: 3 }, 2)
      typeIn(stage.site.portal, 2567, { sv14: 82.6 })
      typeIn(stage.site.portal, 2570, { sv14: 85, sv19: 78.4 })
    }
    return path
  }

export const FIGURES_PUBLIC: Visit[] = [
  // Before any of these pages is opened: a browser keeps them for half a minute.
  { name: 'statistics', route: '/statistics', path: withPapers('/statistics') },
  { name: 'statistics of a year', route: '/statistics/:fy', path: withPapers('/statistics/2570') },
  { name: 'every line of a year', route: '/statistics/:fy/details', path: '/statistics/2570/details' },
  { name: 'every line of a half', route: '/statistics/:fy/h1/details', path: '/statistics/2570/h1/details' },
  { name: 'no line to come', route: '/statistics/:fy/h2/details', path: '/statistics/2570/h2/details' },
  { name: 'statistics of a year of papers', route: '/statistics/:fy', path: withPapers('/statistics/2567') },
  { name: 'statistics of a half-year', route: '/statistics/:fy/h1', path: '/statistics/2570/h1' },
  { name: 'statistics of a half-year to come', route: '/statistics/:fy/h2', path: '/statistics/2570/h2' },
  { name: 'all years compared', route: '/statistics/years', path: withPapers('/statistics/years') },
  {
    name: 'statistics of a year that is not covered',
    route: '/statistics/:fy',
    path: '/statistics/2400',
    status: 404,
  },
]

const admin = (name: string, path: string, rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: `/staff/admin${path}`, as: 'admin' },
  ...rest,
})
const at = (path: string) => ({ path: withPapers(`/staff/admin/history/${path}`) })

/** The settings as they are when the nightly count has found something. */
const withAlarm =
  (path: string) =>
  ({ site: { portal } }: Stage): string => {
    const total = 'figure_totals 2026-11 received complaint village 3'
    insertRecountAlarm(portal.db, portal.now(), [{ total, kept: 1_204, counted: 1_203 }])
    return path
  }

export const FIGURES_ADMIN: Visit[] = [
  admin('years before the portal', '/history', { path: withPapers('/staff/admin/history') }),
  admin('a year before the portal', '/history/:fy', at('2567?saved')),
  admin('a year before the portal, with slips', '/history/:fy', {
    ...at('2567'),
    act: typeAndSend({ source: '', lines: 'A2,1\nรวม,2,3' }),
    status: 422,
  }),
  admin('a year before the portal, empty', '/history/:fy', at('2566')),
  admin('a category of a year before the portal', '/history/:fy/:code', at('2567/A2')),
  admin('a category to be added', '/history/:fy/:code', at('2567/new')),
  admin('a category to be added, sent empty', '/history/:fy/:code', {
    ...at('2567/new'),
    act: send('/new'),
    status: 422,
  }),
  admin('a recount without a difference', '/recount'),
  admin('a recount with a difference', '/recount', { path: withAlarm('/staff/admin/recount') }),
  admin('settings when a recount found a difference', '', { path: withAlarm('/staff/admin') }),
  admin('a recount that somebody has seen', '/recount', {
    path: withAlarm('/staff/admin/recount'),
    act: send('/recount'),
  }),
]
