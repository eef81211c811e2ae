import type { Page } from 'playwright-core'
import { explainDelay } from '#complaints/explain-delay.ts'
import { message } from '#complaints/write-to-citizen.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { letterId } from './letter-visits.ts'
import { press } from './people.ts'
import { STATES, type Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const send = (page: Page, action: string) =>
  press(page.locator(`form[action$="${action}"] button[type=submit]`))

const signIn = async (page: Page, number: string) => {
  await page.locator('[name=number]').fill(number)
  await page.locator('[name=code]').fill('1234 5678 9012')
  await send(page, '/track')
}

/** A number nobody has, tried too often. */
const exhaust = async (page: Page, { site }: Stage) => {
  const number = 'รท 9999/2570'
  for (let time = 0; time < 10; time += 1) {
    await site.agent.post('/track').type('form').send({ number, code: '1234 5678 9012' })
  }
  await signIn(page, number)
}

/** The page is left open until the visit is over, then sent. */
const lapse = async (page: Page) => {
  await page.locator('[name=text]').fill('ไฟยังดับอยู่')
  await page.context().clearCookies()
  await send(page, '/track/message')
}

const changeMeanwhile = async (page: Page, { site, slips }: Stage) => {
  await page.locator('[name=text]').fill('ไฟติดแล้ว')
  officerDoes(site, slips.registered, message, { text: 'ช่างจะไปดูพรุ่งนี้' })
  await send(page, '/track/withdraw')
}

/** The head of the unit explains, and the complainant looks again. */
const explain = async (page: Page, { site, slips }: Stage) => {
  if (caseOf(site, slips.assigned).promisedOn === null) {
    const words = { text: 'หลอดไฟยังไม่มา', doneText: 'สั่งซื้อแล้ว', nextText: 'เปลี่ยนหลอด' }
    officerDoes(site, slips.assigned, explainDelay, { ...words, newDate: '10/12/2569' }, 'malee')
  }
  await page.reload()
}

/** The pages for whoever holds a slip, as addresses of the Thai ones. */
export const TRACKING_VISITS: Visit[] = [
  { name: 'the door', route: '/track' },
  { name: 'the door, coming from the slip', route: '/track', path: '/track?number=RT-2570-0002' },
  {
    name: 'the door, wrong code',
    route: '/track',
    act: (page) => signIn(page, 'รท 0002/2570'),
    status: 422,
  },
  { name: 'the door, too many tries', route: '/track', act: exhaust, status: 429 },
  ...STATES.map((state) => ({ name: `a case: ${state}`, route: '/track/case', tracking: state })),
  {
    name: 'a case, just reopened',
    route: '/track/case',
    path: '/track/case?done=reopen',
    tracking: 'reopened',
  },
  {
    name: 'an answer sent empty',
    route: '/track/case',
    tracking: 'need_info',
    act: (page) => send(page, '/track/message'),
    status: 422,
  },
  {
    name: 'an answer sent after the visit had lapsed',
    route: '/track/case',
    tracking: 'need_info',
    act: lapse,
    status: 403,
  },
  {
    name: 'a letter',
    route: '/track/letters/:id',
    path: (stage) => `/track/letters/${letterId(stage, 'resolved', 'result')}`,
    tracking: 'resolved',
  },
  {
    name: 'a case whose delay was explained',
    route: '/track/case',
    tracking: 'assigned',
    act: explain,
  },
  { name: 'withdrawing', route: '/track/withdraw', tracking: 'in_progress' },
  {
    name: 'withdrawing a case that changed in the meantime',
    route: '/track/withdraw',
    tracking: 'registered',
    act: changeMeanwhile,
    status: 409,
  },
  { name: 'reopening', route: '/track/reopen', tracking: 'resolved' },
  {
    name: 'reopening without a reason',
    route: '/track/reopen',
    tracking: 'resolved',
    act: (page) => send(page, '/track/reopen'),
    status: 422,
  },
]
