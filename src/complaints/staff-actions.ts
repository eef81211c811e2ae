import { mayDo, type StaffAction, type Viewer } from '#domain/permissions.ts'
import { accept } from './accept.ts'
import type { ActionForm } from './action-form.ts'
import { askInfo } from './ask-info.ts'
import { assign } from './assign.ts'
import { isReopenPending, statusAfter } from './case-state.ts'
import { changeCategory } from './change-category.ts'
import { close } from './close.ts'
import { conclude } from './conclude.ts'
import { explainDelay } from './explain-delay.ts'
import { forward } from './forward.ts'
import { merge } from './merge.ts'
import { note } from './note.ts'
import { register } from './register.ts'
import { reject } from './reject.ts'
import { returnToCentre } from './return.ts'
import type { Case } from './store.ts'
import { urge } from './urge.ts'
import { message, progress } from './write-to-citizen.ts'

/** Everything officers do to a case, in the order of the work. */
export const ACTION_FORMS: readonly ActionForm[] = [
  register,
  assign,
  accept,
  progress,
  explainDelay,
  askInfo,
  message,
  conclude,
  forward,
  reject,
  close,
  urge,
  returnToCentre,
  changeCategory,
  merge,
  note,
]

/** Actions whose words go to the complainant stand apart from those that stay in the office. */
const TO_CITIZEN: readonly StaffAction[] = [
  'progress',
  'explain',
  'ask_info',
  'message',
  'conclude',
  'forward',
  'reject',
]

export interface AllowedActions {
  /** The one step that is due now, if it is this person's. */
  next: ActionForm | undefined
  toCitizen: ActionForm[]
  inOffice: ActionForm[]
  mayNote: boolean
}

export function findActionForm(path: string): ActionForm | undefined {
  return ACTION_FORMS.find((form) => form.path === path)
}

/** What this person may do with the case now: the right status and the right person. */
export function allowedActions(viewer: Viewer, row: Case): AllowedActions {
  const allowed = ACTION_FORMS.filter(
    ({ action }) => statusAfter(action, row) !== undefined && mayDo(viewer, action, row),
  )
  const due = dueStep(row)
  const next = allowed.find(({ action }) => action === due)
  const rest = allowed.filter((form) => form !== next && form.action !== 'note')
  return {
    next,
    toCitizen: rest.filter(({ action }) => TO_CITIZEN.includes(action)),
    inOffice: rest.filter(({ action }) => !TO_CITIZEN.includes(action)),
    mayNote: mayDo(viewer, 'note', row),
  }
}

function dueStep(row: Case): StaffAction | undefined {
  if (isReopenPending(row)) return 'accept'
  switch (row.status) {
    case 'submitted':
      return 'register'
    case 'registered':
      return 'assign'
    case 'assigned':
      return 'accept'
    case 'in_progress':
      return 'conclude'
    case 'resolved':
      return 'close'
    default:
      return undefined
  }
}
