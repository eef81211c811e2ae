import type { Page } from 'playwright-core'
import { makePasswordLink, makeSetupLink } from '#accounts/links.ts'
import { QUEUE_VIEWS } from '#complaints/queue-views.ts'
import { tickClocks } from '../complaints-staff/desk.ts'
import { ADMIN } from './admin-visits.ts'
import { ANALYSIS_VISITS } from './analysis-visits.ts'
import { ACTION_VISITS, CONFLICTS } from './case-action-visits.ts'
import { INDICATOR_CASE } from './indicator-visits.ts'
import { LETTER_VISITS } from './letter-visits.ts'
import { REPORT_STAFF } from './report-visits.ts'
import { actionIn, caseIn, send, typeAndSend } from './staff-forms.ts'
import { STATES, type Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const CASE = '/staff/cases/:slug'

const ENTRANCE: Visit[] = [
  { name: 'signing in', route: '/staff/sign-in' },
  {
    name: 'signing in, wrong password',
    route: '/staff/sign-in',
    act: typeAndSend({ username: 'nid', password: 'x' }, '/sign-in'),
    status: 422,
  },
  { name: 'coming without having signed in', route: '/staff', path: '/staff?view=all' },
  {
    name: 'choosing a password',
    route: '/staff/link/:token',
    path: ({ site }) => new URL(makePasswordLink(site.portal, site.cast.somsri.id)).pathname,
    act: send(),
    status: 422,
  },
  {
    name: 'a link that is used up',
    route: '/staff/link/:token',
    path: '/staff/link/0123456789012345678901',
    status: 404,
  },
  {
    name: 'the first setup, when it is over',
    route: '/staff/setup/:token',
    path: ({ site }) => new URL(makeSetupLink(site.portal)).pathname,
    status: 404,
  },
  { name: 'the own account', route: '/staff/account', as: 'nid' },
  {
    name: 'the own account, sent empty',
    route: '/staff/account',
    act: send('/account'),
    as: 'nid',
    status: 422,
  },
  { name: 'a page of others', route: '/staff/admin', as: 'chai', status: 403 },
  {
    name: 'a case that is not there',
    route: CASE,
    path: '/staff/cases/RT-2570-9999',
    as: 'nid',
    status: 404,
  },
]

const QUEUE: Visit[] = [
  ...QUEUE_VIEWS.map(
    (view): Visit => ({
      name: `the queue: ${view}`,
      route: '/staff',
      path: `/staff?view=${view}`,
      as: 'nid',
    }),
  ),
  { name: 'the queue of a unit', route: '/staff', as: 'chai' },
  { name: 'the queue of a unit without work', route: '/staff', as: 'somsri' },
  { name: 'the queue of the working group', route: '/staff', as: 'wit' },
  {
    name: 'the queue, filtered',
    route: '/staff',
    path: '/staff?view=all&category=A2&status=assigned&from=1/10/2569',
    as: 'nid',
  },
  {
    name: 'the queue, filtered by nonsense',
    route: '/staff',
    path: '/staff?view=all&from=abc',
    as: 'nid',
    status: 422,
  },
  { name: 'a search', route: '/staff', path: '/staff?q=ไฟทาง', as: 'nid' },
  { name: 'a search for nothing', route: '/staff', path: '/staff?q=ปลาทู', as: 'nid' },
  { name: 'a number that is not there', route: '/staff', path: '/staff?q=9999/2570', as: 'nid', status: 404 },
]

/** What the timetable does meanwhile: the office is reminded of what is near and over. */
async function remind(page: Page, { site }: Stage): Promise<void> {
  await tickClocks(site)
  await page.reload()
}

const TRACKER: Visit[] = [
  { name: 'no reminders', route: '/staff/notices', as: 'somsri' },
  { name: 'reminders', route: '/staff/notices', act: remind, as: 'nid' },
  { name: 'reminders, read', route: '/staff/notices', act: send('/notices/read'), as: 'dao' },
  { name: 'the overview', route: '/staff/overview', act: unfold, as: 'wit' },
  { name: 'the overview of a unit', route: '/staff/overview', as: 'malee' },
  { name: 'an overdue case', route: CASE, path: caseIn('overdue'), act: unfold, as: 'dao' },
]

async function unfold(page: Page): Promise<void> {
  for (const summary of await page.locator('main summary').all()) await summary.click()
}

const CASES: Visit[] = [
  ...STATES.map(
    (state): Visit => ({ name: `a case: ${state}`, route: CASE, path: caseIn(state), as: 'nid' }),
  ),
  {
    name: 'a case after an action',
    route: CASE,
    path: (stage) => `${caseIn('assigned')(stage)}?done=assign`,
    as: 'chai',
  },
  {
    // With an open register: move-pages.test.ts.
    name: 'moving a case while nobody could open it in the register',
    route: '/staff/cases/:slug/move-confidential',
    path: actionIn('submitted', 'move-confidential'),
    as: 'nid',
    status: 503,
  },
  { name: 'a case as the executive sees it', route: CASE, path: caseIn('in_progress'), as: 'nayok' },
]

const INTAKE: Visit[] = [
  { name: 'intake', route: '/staff/intake', as: 'nid' },
  { name: 'intake, sent empty', route: '/staff/intake', act: send('/intake'), as: 'nid', status: 422 },
  {
    name: 'the slip of an intake',
    route: '/staff/intake',
    act: typeAndSend(
      {
        channel: 'phone',
        category: 'A3',
        subject: 'น้ำไม่ไหล',
        detail: 'น้ำไม่ไหลทั้งซอยสองวันแล้ว',
        place: 'ซอยวัด',
      },
      '/intake',
    ),
    as: 'nid',
    status: 201,
  },
]

/** The pages for those who work here. Those that change a case come last. */
export const STAFF_VISITS: Visit[] = [
  ...ENTRANCE,
  ...QUEUE,
  ...TRACKER,
  ...CASES,
  ...INDICATOR_CASE,
  ...REPORT_STAFF,
  ...ACTION_VISITS,
  ...INTAKE,
  ...ADMIN,
  ...LETTER_VISITS,
  ...ANALYSIS_VISITS,
  ...CONFLICTS,
]
