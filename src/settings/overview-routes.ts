import type { FastifyPluginCallback } from 'fastify'
import { type Account, listAccounts } from '#accounts/store.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { missingHolidayYear } from '#domain/office-hours.ts'
import { sendPage } from '#web/answer.ts'
import { page } from '#web/views.ts'
import type { Portal } from './portal.ts'

interface Step {
  href: string
  text: string
  hint: string
  /** Null where the defaults may do: to be looked at, not to be filled in. */
  done: boolean | null
}

interface OverviewPage {
  next: Step | null
  missing: number | null
  /** The sealed channel is there: the portal also works without it. */
  hasSealed: boolean
  /** The nightly count found public figures to be wrong, and nobody has looked yet. */
  hasAlarm: boolean
}

const overviewPage = page<OverviewPage>('admin/index', ['next', 'missing', 'hasSealed', 'hasAlarm'])
const setupPage = page<{ steps: Step[]; next: Step | null }>('admin/setup', ['steps', 'next'])

/** The entrance to the settings, and the list of first steps. */
export function overviewRoutes(portal: Portal, countAlarms: () => number): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get('/staff/admin', admin, (request, reply) => {
      const missing = missingHolidayYear(civilDateOf(portal.now()), portal.settings.holidays())
      const hasSealed = app.routeTable.some(({ url }) => url === '/staff/admin/sealed')
      const data = { next: nextOf(stepsOf(portal)), missing, hasSealed, hasAlarm: countAlarms() > 0 }
      return sendPage(portal, request, reply, overviewPage, data)
    })
    app.get('/staff/admin/setup', admin, (request, reply) => {
      const steps = stepsOf(portal)
      return sendPage(portal, request, reply, setupPage, { steps, next: nextOf(steps) })
    })
    done()
  }
}

const nextOf = (steps: Step[]): Step | null => steps.find(({ done }) => done === false) ?? null

/** What a new office fills in before citizens come. Read from what is there: it goes on where it stopped. */
function stepsOf({ db, settings }: Portal): Step[] {
  const isOfficer = ({ disabledAt, roles }: Account) => disabledAt === null && roles.includes('officer')
  const step = (page: string, text: string, hint: string, done: boolean | null): Step => ({
    href: `/staff/admin/${page}`,
    text,
    hint,
    done,
  })
  return [
    step('office', 'ข้อมูลหน่วยงาน', 'ชื่อ โทรศัพท์ และเวลาทำการของศูนย์รับเรื่อง', settings.isSetUp()),
    step('units', 'กองและสำนัก', `เตรียมไว้แล้ว ${settings.units().length} หน่วยงาน แก้ไขให้ตรงกับของท่าน`, null),
    step('villages', 'หมู่บ้าน', 'หมู่ที่และชื่อหมู่บ้านในเขต', settings.villages().length > 0),
    step('categories', 'ประเภทเรื่อง', 'เตรียมไว้แล้ว ตรวจสอบหน่วยงานที่รับผิดชอบ', null),
    step('accounts', 'บัญชีเจ้าหน้าที่', 'อย่างน้อยหนึ่งคนในศูนย์รับเรื่อง', listAccounts(db).some(isOfficer)),
  ]
}
