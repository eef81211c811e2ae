import { fromPapers, typeIn } from '../indicators/plan.ts'
import { actionIn, send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const told = new WeakSet<Stage>()

/** A year with results of every sort: met, missed, protected, and of papers. */
const withResults =
  (path: string) =>
  (stage: Stage): string => {
    const { portal } = stage.site
    if (!told.has(stage)) {
      told.add(stage)
      typeIn(portal, 2569, { ita: 79.5, cases: 2, sv19: 88.25 })
      typeIn(portal, 2565, { cases: 4 })
      const none = { K1: 0, K2: 0, K3: 0, K4: 0, K5: 0, K6: 0, K7: 0, K8: 0, K9: 0 }
      typeIn(portal, 2568, none)
      typeIn(portal, 2569, { ...none, K1: 3, K3: 2, K5: 1, K9: 6 })
      const service = { S1: 1234, S2: 3, S3: 3, S4: 3, S5: 3, S6: 3, S9: 3, H1: 4 }
      fromPapers(portal, 2568, service)
      fromPapers(portal, 2569, { ...service, S1: 987 })
    }
    return path
  }

export const INDICATOR_PUBLIC: Visit[] = [
  { name: 'the indicators', route: '/indicators', path: withResults('/indicators') },
  {
    name: 'the indicators of a year that is over',
    route: '/indicators/:fy',
    path: withResults('/indicators/2569'),
  },
  {
    name: 'the categories of an indicator',
    route: '/indicators/:fy',
    path: withResults('/indicators/2569'),
    act: (page) => page.locator('summary').last().click(),
  },
  {
    name: 'the indicators of a year without a plan',
    route: '/indicators/:fy',
    path: '/indicators/2565',
    status: 404,
  },
]

const ADMIN = '/staff/admin/indicators'

const admin = (name: string, path: string, address: string, rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: `${ADMIN}${path}`, path: `${ADMIN}${address}`, as: 'admin' },
  ...rest,
})

export const INDICATOR_ADMIN: Visit[] = [
  admin('the indicators’ settings', '', ''),
  admin('the indicators’ settings, saved', '/:fy', '/2570?saved'),
  admin('the indicators’ settings of a year that is over', '/:fy', '/2569', {
    path: withResults(`${ADMIN}/2569`),
  }),
  admin('the indicators’ settings of the base year', '/:fy', '/2565'),
  admin('the categories an indicator counts', '/:fy/sets/:indicator', '/2570/sets/17.2'),
  admin('the categories an indicator counts, none', '/:fy/sets/:indicator', '/2570/sets/13', {
    act: async (page) => {
      await page.locator('[value=S1]').uncheck()
      await send('/sets/13')(page)
    },
    status: 422,
  }),
  admin('a typed-in result', '/:fy/values/:group', '/2570/values/ita'),
  admin('a typed-in result that is there', '/:fy/values/:group', '/2569/values/ita', {
    path: withResults(`${ADMIN}/2569/values/ita`),
  }),
  admin('typed-in corruption reports, with slips', '/:fy/values/:group', '/2566/values/conduct', {
    act: typeAndSend({ K1: 'x' }),
    status: 422,
  }),
  admin('a register that is complete', '/:fy/values/:group', '/2566/values/register'),
]

const decision = (name: string, state: Parameters<typeof actionIn>[0], rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: '/staff/cases/:slug/indicators', path: actionIn(state, 'indicators'), as: 'wit' },
  ...rest,
})

export const INDICATOR_CASE: Visit[] = [
  decision('how a case is counted', 'in_progress'),
  decision('how a case is counted, sent empty', 'in_progress', { act: send('/indicators'), status: 422 }),
  decision('how a case is counted, decided', 'assigned', {
    act: async (page) => {
      await page.locator('[name=indicator][value="13"]').check()
      await typeAndSend({ choice: 'counts', reason: 'ผู้ร้องแจ้งว่าข้ามคิว' }, '/indicators')(page)
    },
  }),
  decision('how a merged case is counted', 'merged'),
]
