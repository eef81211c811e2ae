import {
  mayAdminister,
  mayIntake,
  mayOpenQueue,
  mayOversee,
  mayReadReports,
  type Role,
  type Viewer,
} from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import type { StaffUi } from '#web/views.ts'
import type { Account } from './store.ts'

export const ROLE_NAMES: Record<Role, string> = {
  officer: 'เจ้าหน้าที่',
  unit_head: 'หัวหน้าหน่วยงาน',
  working_group: 'คณะทำงาน',
  executive: 'ผู้บริหาร',
  administrator: 'ผู้ดูแลระบบ',
}

/** The account as the rules of access see it. */
export function viewerFor(portal: Pick<Portal, 'settings'>, account: Account): Viewer {
  return {
    accountId: account.id,
    displayName: account.displayName,
    roles: account.roles,
    unitId: account.unitId,
    isCentre: portal.settings.unit(account.unitId)?.isCentre ?? false,
  }
}

/** What the layout shows of an account and features built on this one know. */
export interface StaffMarks {
  /** How many reminders wait. */
  countUnread(accountId: number): number
  /** Whether it is one of the officers of the confidential register. */
  opensConfidential(accountId: number): boolean
}

/** The account as the staff layout shows it. */
export function staffUiFor(portal: Pick<Portal, 'settings'>, account: Account, marks?: StaffMarks): StaffUi {
  const viewer = viewerFor(portal, account)
  const unit = portal.settings.unit(account.unitId)
  const roles = account.roles.map((role) => ROLE_NAMES[role])
  return {
    displayName: account.displayName,
    roleName: [roles.join(', '), unit?.name].filter(Boolean).join(' · '),
    mayOpenQueue: mayOpenQueue(viewer),
    mayIntake: mayIntake(viewer),
    mayOversee: mayOversee(viewer),
    mayReadReports: mayReadReports(viewer),
    mayAdminister: mayAdminister(viewer),
    opensConfidential: marks?.opensConfidential(account.id) ?? false,
    // Counted when a page is drawn: what the request itself has marked as read is not among them.
    get unread() {
      return marks && mayOpenQueue(viewer) ? marks.countUnread(account.id) : null
    },
  }
}

/** Where a person goes after signing in: the first page that is theirs. */
export function landingFor(viewer: Viewer): string {
  if (mayOpenQueue(viewer)) return '/staff'
  return mayAdminister(viewer) ? '/staff/admin' : '/staff/account'
}
