import { instantOf } from '#domain/civil-date.ts'
import { fileCase, setStatus } from '../statistics/office.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const told = new WeakSet<Stage>()

/** By category, in the villages 1 to 5 and where none was given: some rows shown, some cells masked, one row of small ones. */
const MANY: Record<string, number[]> = {
  A2: [12, 9, 6, 14, 8, 7],
  C1: [9, 9, 4, 7, 3, 6],
  E1: [7, 8, 6, 6, 11, 0],
  S2: [2, 3, 1, 0, 4, 1],
}

/** A year with enough cases that some of them can be told by village. */
const withVillages =
  (path: string) =>
  (stage: Stage): string => {
    const { portal } = stage.site
    if (!told.has(stage)) {
      told.add(stage)
      portal.db.inTransaction(() => {
        for (const [categoryCode, counts] of Object.entries(MANY)) {
          for (const [index, count] of counts.entries()) {
            for (let n = 0; n < count; n += 1) {
              const villageId = index < 5 ? index + 1 : null
              const receivedAt = instantOf('2026-10-05', 9, 0)
              const { id } = fileCase(portal, { categoryCode, villageId, receivedAt })
              setStatus(portal, id, 'closed', '2026-10-12')
            }
          }
        }
      })
    }
    return path
  }

export const OPEN_DATA_PUBLIC: Visit[] = [
  // Before any page of figures is opened: a browser keeps them for half a minute.
  {
    name: 'complaints by category and village',
    route: '/statistics/:fy/places',
    path: withVillages('/statistics/2570/places'),
  },
  {
    name: 'complaints by category and village, of a year without figures',
    route: '/statistics/:fy/places',
    path: '/statistics/2550/places',
    status: 404,
  },
  { name: 'the open data', route: '/open-data', path: withVillages('/open-data') },
  {
    name: 'the fields of the open data',
    route: '/open-data',
    path: withVillages('/open-data'),
    act: (page) => page.locator('summary').first().click(),
  },
]
