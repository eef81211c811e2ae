import { queueMail, STOPPED } from '#mail/outbox.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const admin = (name: string, path: string, rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: `/staff/admin${path}`, as: 'admin' },
  ...rest,
})
const unitPath = ({ site }: Stage) => `/staff/admin/units/${site.cast.chai.unitId}`
const accountPath = ({ site }: Stage) => `/staff/admin/accounts/${site.cast.chai.id}`

/** The settings, as the administrator sees them. */
export const ADMIN: Visit[] = [
  admin('settings', ''),
  admin('the first steps', '/setup'),
  admin('the office', '/office'),
  admin('the office, without a name', '/office', {
    act: typeAndSend({ orgName: '', phone: '' }, '/office'),
    status: 422,
  }),
  admin('deadlines', '/deadlines'),
  admin('deadlines, saved', '/deadlines', { path: '/staff/admin/deadlines?saved' }),
  admin('deadlines, too long', '/deadlines', {
    act: typeAndSend({ targetDays: '99' }, '/deadlines'),
    status: 422,
  }),
  admin('units', '/units'),
  admin('units, sent empty', '/units', { act: send('/units'), status: 422 }),
  admin('a unit', '/units/:id', { path: unitPath }),
  admin('a unit without a name', '/units/:id', {
    path: unitPath,
    act: typeAndSend({ name: '' }),
    status: 422,
  }),
  admin('villages', '/villages'),
  admin('villages, sent empty', '/villages', { act: typeAndSend({ name: '' }, '/villages'), status: 422 }),
  admin('a village', '/villages/:id', { path: '/staff/admin/villages/1' }),
  admin('categories', '/categories'),
  admin('a category', '/categories/:code', { path: '/staff/admin/categories/A2' }),
  admin('a category without a name', '/categories/:code', {
    path: '/staff/admin/categories/A2',
    act: typeAndSend({ name: '' }, '/A2'),
    status: 422,
  }),
  admin('the outbox without a mail server', '/mail'),
  admin('the outbox, a list with nothing in it', '/mail', { path: '/staff/admin/mail?state=unknown' }),
  admin('the outbox, mails that were not sent', '/mail', {
    path: ({ site }) => {
      queueMail(site.portal.db, {
        ...{ dedupeKey: newToken(), kind: 'letter', caseId: 1, recipient: 'wilai@example.com' },
        ...{ subject: 'เรื่อง', body: 'ข้อความ', at: site.portal.now(), host: 'localhost' },
        suppress: STOPPED,
      })
      return '/staff/admin/mail?state=suppressed'
    },
  }),
  admin('accounts', '/accounts'),
  admin('a new account', '/accounts/new'),
  admin('a new account, sent empty', '/accounts/new', { act: send('/new'), status: 422 }),
  admin('an account', '/accounts/:id', { path: accountPath }),
  admin('a link to choose a password', '/accounts/:id', { path: accountPath, act: send('/link') }),
]
