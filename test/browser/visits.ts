import type { Page } from 'playwright-core'
import type { MemberName } from '../support/cast.ts'
import type { Stage, State } from './stage.ts'

/** A page somebody comes to see: an address, and what is done there where the page answers a form. */
export interface Visit {
  name: string
  /** The GET route of the address, as the route table has it. */
  route: string
  /** Without it, the route itself is the address. */
  path?: string | ((stage: Stage) => string)
  act?: (page: Page, stage: Stage) => Promise<unknown>
  /** 200 unless said. */
  status?: number
  /** Staff: who is signed in. */
  as?: MemberName
  /** Tracking: the case whose number and code were given. */
  tracking?: State
}

export const addressOf = ({ path, route }: Visit, stage: Stage): string =>
  typeof path === 'function' ? path(stage) : (path ?? route)

/** Whether the address is one of the route's. */
export function isOn(address: string, { route }: Visit): boolean {
  const [path = ''] = address.split('?')
  const pattern = route.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(path)
}

/** GET routes that are no pages: files, figures for programs, and an address that only leads on. */
export const NO_PAGES = [
  '/healthz',
  '/readyz',
  '/assets/:file',
  '/complaints',
  '/statistics/:fy.csv',
  '/statistics/:fy.json',
  '/statistics/:fy/places.csv',
  '/statistics/:fy/places.json',
  '/statistics/:fy/corruption.csv',
  '/statistics/:fy/corruption.json',
  '/open-data/catalogue.json',
  '/open-data/cases.schema.json',
  '/open-data/reports.atom',
  ...['cases-:fy', 'duties-:fy', 'villages-:fy', 'history', 'codes'].flatMap((file) =>
    ['csv', 'json'].map((format) => `/open-data/${file}.${format}`),
  ),
  '/documents/:document/:version/file',
  '/indicators/:fy.csv',
  '/indicators/:fy.json',
  '/ita/:fy.pdf',
  '/reports/:slug.pdf',
  '/reports/:slug/board.pdf',
  '/staff/reports/:id/pdf',
  '/staff/admin/documents/:id/file',
  '/track/files/:id',
  '/track/letters/:id/pdf',
  '/staff/files/:id',
  '/staff/cases/:slug/letters/:id/pdf',
]

/** The two languages of the public pages: the prefix of their addresses, and how the page is to say it. */
export const LANGUAGES = [
  { language: 'th', prefix: '' },
  { language: 'en', prefix: '/en' },
] as const

/** The addresses of a visit under the prefix of a language; the home page has no slash there. */
export function inLanguage(visit: Visit, prefix: string): Visit {
  if (prefix === '') return visit
  const local = (address: string) => prefix + (address === '/' ? '' : address)
  const { path } = visit
  return {
    ...visit,
    route: local(visit.route),
    ...(path !== undefined && {
      path: typeof path === 'function' ? (stage: Stage) => local(path(stage)) : local(path),
    }),
  }
}
