import { queueMail, STOPPED } from '#mail/outbox.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { insertHoliday } from '#settings/holiday-store.ts'
import { FIGURES_ADMIN } from './figures-visits.ts'
import { INDICATOR_ADMIN } from './indicator-visits.ts'
import { ITA_ADMIN } from './ita-visits.ts'
import { press } from './people.ts'
import { send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

const admin = (name: string, path: string, rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: `/staff/admin${path}`, as: 'admin' },
  ...rest,
})
const unitPath = ({ site }: Stage) => `/staff/admin/units/${site.cast.chai.unitId}`
const accountPath = ({ site }: Stage) => `/staff/admin/accounts/${site.cast.chai.id}`

const HOLIDAY = {
  ...{ day: '2027-01-01', name: 'วันขึ้นปีใหม่', substitute: false, source: 'มติคณะรัฐมนตรี 20 พฤษภาคม 2569' },
}
const YEAR = '6 เมษายน 2570 วันจักรี\n13-15 เมษายน 2570 วันสงกรานต์\n25 ตุลาคม 2570 ชดเชยวันปิยมหาราช'

/** Before the address is opened there is a holiday to be seen. */
const withHoliday =
  (path: string) =>
  ({ site }: Stage) => {
    const { db, settings, now } = site.portal
    if (!settings.holidays().has(HOLIDAY.day)) insertHoliday(db, { ...HOLIDAY, addedAt: now() })
    settings.changed()
    return path
  }

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
  admin('deadlines, dates that would move', '/deadlines', {
    act: typeAndSend({ countMode: 'working' }, '/deadlines'),
  }),
  admin('deadlines, a reminder to nobody', '/deadlines', {
    act: typeAndSend({ notice6Days: '10', notice7Days: '99' }, '/deadlines'),
    status: 422,
  }),
  admin('holidays', '/holidays'),
  admin('holidays of a year that has some', '/holidays', {
    path: withHoliday('/staff/admin/holidays?year=2570'),
  }),
  admin('holidays, sent empty', '/holidays', { act: send('/holidays'), status: 422 }),
  admin('a holiday', '/holidays/:day', { path: withHoliday(`/staff/admin/holidays/${HOLIDAY.day}`) }),
  admin('a holiday without a name', '/holidays/:day', {
    path: withHoliday(`/staff/admin/holidays/${HOLIDAY.day}`),
    act: typeAndSend({ name: '' }),
    status: 422,
  }),
  admin('a year of holidays', '/holidays/import', { path: '/staff/admin/holidays/import?year=2570' }),
  admin('a year of holidays, filled in', '/holidays/import', {
    path: '/staff/admin/holidays/import?year=2570',
    act: async (page) => {
      await press(page.getByRole('button', { name: 'เติมวันหยุดที่ตรงกับวันเดิมทุกปี' }))
    },
  }),
  admin('a year of holidays, looked through', '/holidays/import', {
    path: '/staff/admin/holidays/import?year=2570',
    act: typeAndSend({ source: 'มติคณะรัฐมนตรี', lines: YEAR }, '/import'),
  }),
  admin('a year of holidays, with slips', '/holidays/import', {
    path: '/staff/admin/holidays/import?year=2570',
    act: typeAndSend({ source: 'มติ', lines: '32/1/2570 วันหยุด\nวันที่ไม่มีวันที่' }, '/import'),
    status: 422,
  }),
  admin('letters', '/letters'),
  admin('letters, saved', '/letters', { path: '/staff/admin/letters?saved' }),
  admin('letters, too long', '/letters', {
    act: typeAndSend({ signerName: 'ก'.repeat(151) }, '/letters'),
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
  ...FIGURES_ADMIN,
  ...INDICATOR_ADMIN,
  ...ITA_ADMIN,
  admin('accounts', '/accounts'),
  admin('a new account', '/accounts/new'),
  admin('a new account, sent empty', '/accounts/new', { act: send('/new'), status: 422 }),
  admin('an account', '/accounts/:id', { path: accountPath }),
  admin('a link to choose a password', '/accounts/:id', { path: accountPath, act: send('/link') }),
]
