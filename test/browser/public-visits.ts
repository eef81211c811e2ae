import type { Page } from 'playwright-core'
import { KINDS } from '#domain/vocabulary.ts'
import { stopUrl } from '#mail/mailbox.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { FIGURES_PUBLIC } from './figures-visits.ts'
import { INDICATOR_PUBLIC } from './indicator-visits.ts'
import { ITA_PUBLIC } from './ita-visits.ts'
import { OPEN_DATA_PUBLIC } from './open-data-visits.ts'
import { press } from './people.ts'
import { REPORT_PUBLIC } from './report-visits.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

// The buttons are found by their place: the same steps are taken in both languages.
const send = (page: Page) => press(page.getByRole('main').locator('button[type=submit]').last())

async function fillIn(page: Page): Promise<void> {
  await page.locator('[name=category]').selectOption('A2')
  await page.locator('[name=subject]').fill('ไฟทางดับหน้าวัด')
  await page.locator('[name=detail]').fill('ไฟทางหน้าวัดดับมาห้าคืนแล้ว มืดมาก')
  await page.locator('[name=place]').fill('หน้าวัดเมืองใหม่')
  await page.locator('[name=privacy]').check()
}

const sendFromElsewhere = async (page: Page) => {
  const action = page.url()
  await page.goto('about:blank')
  await page.setContent(`<form method="post" action="${action}"><button>ok</button></form>`)
  await press(page.getByRole('button'))
}

const text = { name: 'หนังสือ.txt', mimeType: 'text/plain', buffer: Buffer.from('ไม่ใช่ภาพ') }

/** Of somebody new each time. */
const stopPath = ({ site }: Stage) =>
  new URL(stopUrl(site.portal, 'th', `${newToken()}@example.com`)).pathname

/** The pages for everybody, as addresses of the Thai ones. */
export const PUBLIC_VISITS: Visit[] = [
  { name: 'home', route: '/' },
  { name: 'the guide', route: '/guide' },
  { name: 'the ways to reach the office', route: '/channels' },
  { name: 'the privacy notice', route: '/privacy' },
  { name: 'accessibility', route: '/accessibility' },
  { name: 'the corruption channel, not open', route: '/safe', status: 503 },
  ...KINDS.map((kind) => ({
    name: `the form for a ${kind}`,
    route: '/complaints/new',
    path: `/complaints/new?kind=${kind}`,
  })),
  { name: 'the form sent empty', route: '/complaints/new', act: send, status: 422 },
  {
    name: 'the form with a file that is refused',
    route: '/complaints/new',
    act: async (page) => {
      await fillIn(page)
      await page.locator('[name=replyBy][value=post]').check()
      await page.locator('[name=files]').setInputFiles(text)
      await send(page)
    },
    status: 422,
  },
  {
    name: 'the receipt',
    route: '/complaints/new',
    act: async (page) => {
      await fillIn(page)
      await send(page)
    },
    status: 201,
  },
  ...OPEN_DATA_PUBLIC,
  ...FIGURES_PUBLIC,
  {
    name: 'figures of corruption reports before the channel is open',
    route: '/statistics/:fy/corruption',
    path: '/statistics/2570/corruption',
  },
  ...INDICATOR_PUBLIC,
  ...ITA_PUBLIC,
  ...REPORT_PUBLIC,
  { name: 'no more mail', route: '/mail/stop/:token', path: stopPath },
  { name: 'no more mail, stopped', route: '/mail/stop/:token', path: stopPath, act: send },
  {
    name: 'no more mail, taken back',
    route: '/mail/stop/:token',
    path: stopPath,
    act: async (page) => {
      await send(page)
      await send(page)
    },
  },
  {
    name: 'no more mail, with a link cut off',
    route: '/mail/stop/:token',
    path: '/mail/stop/1a2b',
    status: 404,
  },
  { name: 'an address that does not exist', route: '/nothing', status: 404 },
  { name: 'a form that another site sent', route: '/track', act: sendFromElsewhere, status: 403 },
]
