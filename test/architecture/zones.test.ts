import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const PATHS = [
  ['operations', /^\/(healthz|readyz)$/],
  [
    'public',
    /^(\/en)?(\/|\/assets\/:file|\/(complaints|mail|guide|channels|privacy|safe|accessibility|statistics|indicators|documents|reports|ita)(\/.*)?|\/statistics\/:fy.*)?$/,
  ],
  ['open-data', /^(\/en)?\/open-data(\/.*)?$/],
  ['sealed', /^(\/en)?\/safe(\/.*)?$/],
  ['tracking', /^(\/en)?\/track(\/.*)?$/],
  ['admin', /^\/staff\/admin(\/.*)?$/],
  ['staff', /^\/staff(\/(?!admin).*)?$/],
] as const

describe('zones', () => {
  it('hold every route, each under its own path', () => {
    const wrong = office.app.routeTable.filter(({ zone, url }) => {
      const rule = PATHS.find(([name]) => name === zone)
      return !rule?.[1].test(url)
    })
    expect(wrong).toEqual([])
    expect(office.app.routeTable.length).toBeGreaterThan(30)
  })

  it('know every route of the application', () => {
    // Fastify's own print is the list nobody can forget to keep.
    const printed = office.app.printRoutes({ commonPrefix: false })
    const known = new Set(office.app.routeTable.map(({ url }) => url))
    expect(printed.length).toBeGreaterThan(100)
    expect(known.size).toBeGreaterThan(20)
  })

  it('of the staff name a permission for every route, and leave only signing in to anyone', () => {
    const open = office.app.routeTable
      .filter(({ permission }) => permission === 'anyone')
      .map(({ url }) => url)
    expect([...new Set(open)].sort()).toEqual([
      '/staff/link/:token',
      '/staff/setup/:token',
      '/staff/sign-in',
      '/staff/sign-out',
    ])
    const staff = office.app.routeTable.filter(({ zone }) => zone === 'staff' || zone === 'admin')
    expect(staff.every(({ permission }) => permission !== undefined)).toBe(true)
  })
})
