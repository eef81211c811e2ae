import { type Account, listAccounts } from '#accounts/store.ts'
import { clocksAside, jobRun } from '#clock/clock-store.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { missingHolidayYear } from '#domain/office-hours.ts'
import { mayAdminister, type Oversight, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { formatDateTime } from '#web/thai-format.ts'
import type { WorkLine } from './overview-store.ts'
import { unitOf } from './overview-table.ts'
import { findCaseNumbered } from './staff-find-case.ts'
import { caseAddress, numberOf } from './staff-words.ts'

/** What keeps the tracker from doing its work, and what is to be done about it. */
export interface Warning {
  text: string
  /** Where it is mended, for who may; or the cases that it is about. */
  links: { href: string; text: string }[]
}

/** Milliseconds after which reminders are certainly late: the clocks are looked at every minute. */
const LONGEST_SILENCE = 5 * 60_000

export function warningsFor(
  portal: Portal,
  viewer: Viewer,
  oversight: Oversight,
  work: readonly WorkLine[],
): Warning[] {
  const warnings = [
    silence(portal),
    aside(portal, viewer, oversight),
    holidays(portal, viewer),
    ...unitsWithoutPeople(portal, viewer, work),
    mailServer(portal),
  ]
  return warnings.filter((warning) => warning !== null)
}

function silence({ db, now }: Portal): Warning | null {
  const at = jobRun(db, 'tick')?.okAt
  if (at && now().getTime() - at.getTime() <= LONGEST_SILENCE) return null
  const last = at ? `ทำงานครั้งล่าสุดเมื่อ ${formatDateTime(at, 'th')}` : 'ยังไม่เคยทำงาน'
  return {
    text: `ระบบติดตามกำหนดหยุดทำงาน ${last} การแจ้งเตือนจะไม่ออก กรุณาแจ้งผู้ดูแลระบบทันที`,
    links: [],
  }
}

/** Numbers only of cases that the reader may open: of others even that they exist is not told. */
function aside(portal: Portal, viewer: Viewer, oversight: Oversight): Warning | null {
  const rows = clocksAside(portal.db)
  const seen = rows.flatMap(({ fiscalYear: fy, seq }) => findCaseNumbered(portal, viewer, { fy, seq }) ?? [])
  const unit = unitOf(oversight)
  const own = seen.filter(({ unitId }) => unit === undefined || unitId === unit)
  const cases = [...new Map(own.map((row) => [row.id, row])).values()]
  const hidden = unit === undefined && seen.length < rows.length
  if (cases.length === 0 && !hidden) return null
  return {
    text: 'มีเรื่องที่ระบบนับกำหนดให้ไม่ได้และพักไว้ กรุณานับกำหนดเองและแจ้งผู้ดูแลระบบ',
    links: cases.map((row) => ({ href: caseAddress(row), text: numberOf(row) })),
  }
}

function holidays({ now, settings }: Portal, viewer: Viewer): Warning | null {
  const year = missingHolidayYear(civilDateOf(now()), settings.holidays())
  if (year === null) return null
  return {
    text: `ยังไม่มีวันหยุดราชการของปี ${year} ในระบบ การนับวันทำการและเวลาส่งแจ้งเตือนอาจผิด`,
    links: settingsLink(viewer, 'holidays', 'เพิ่มวันหยุดราชการ'),
  }
}

function unitsWithoutPeople({ db, settings }: Portal, viewer: Viewer, work: readonly WorkLine[]): Warning[] {
  // What no unit has taken over yet is the complaint centre's.
  const centre = settings.units().find(({ isCentre }) => isCentre)?.id ?? null
  const busy = [...new Set(work.map(({ unitId }) => unitId ?? centre))].filter((id) => id !== null)
  const people = listAccounts(db).filter(({ disabledAt }) => disabledAt === null)
  const has = (unitId: number, role: Account['roles'][number]) =>
    people.some((account) => account.unitId === unitId && account.roles.includes(role))
  return busy
    .filter((id) => !has(id, 'unit_head'))
    .map((id) => {
      const whom = has(id, 'officer') ? 'หัวหน้าหน่วยงาน' : 'หัวหน้าหน่วยงานและเจ้าหน้าที่'
      const name = settings.unit(id)?.name ?? ''
      return {
        text: `${name}มีเรื่องค้างแต่ยังไม่มี${whom}ในระบบ การแจ้งเตือนจะไปที่คณะทำงานแทน`,
        links: settingsLink(viewer, 'accounts', 'เพิ่มบัญชีเจ้าหน้าที่'),
      }
    })
}

function mailServer({ config }: Portal): Warning | null {
  if (config.smtpUrl) return null
  return {
    text: 'ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล อีเมลถึงผู้ร้องและเจ้าหน้าที่จะรออยู่ในระบบ ดูการแจ้งเตือนได้ที่กระดิ่งด้านบน',
    links: [],
  }
}

const settingsLink = (viewer: Viewer, page: string, text: string): Warning['links'] =>
  mayAdminister(viewer) ? [{ href: `/staff/admin/${page}`, text }] : []
