import type { z } from 'zod'
import type { Act } from '#clock/settle.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { StaffAction, Viewer } from '#domain/permissions.ts'
import type { LetterContent } from '#letters/tables.ts'
import type { Portal } from '#settings/portal.ts'
import { type FieldErrors, type Fields, fieldErrors, single } from '#web/forms.ts'
import type { CaseEvent } from './history-store.ts'
import type { Case, Contact } from './store.ts'

/** What an officer's action is decided from. */
export interface Deed {
  portal: Portal
  viewer: Viewer
  row: Case
  contact: Contact
  now: Date
  today: CivilDate
}

export interface Option {
  value: string
  text: string
}

/** One question of an action's form; `seenBy` decides in which of the two panels it stands. */
export interface FormField {
  type: 'line' | 'text' | 'date' | 'select' | 'radios' | 'files'
  name: string
  label: string
  seenBy: 'citizen' | 'office'
  hint?: string
  optional?: boolean
  /** What stands in it before anything is typed. */
  value?: string
  options?: Option[]
  groups?: { label: string; options: Option[] }[]
  /** Text of the empty choice. */
  empty?: string
}

/** What an action does to a case, decided and not yet done. */
export interface CaseChange {
  /** Columns besides the status, which follows from the action. */
  columns?: Partial<Case>
  /** `public` is what the complainant reads in tracking, and gets by e-mail where there is a text. */
  audience: 'public' | 'internal'
  text: string | null
  /** Goes into the event beside the changed columns. */
  facts?: { answerBy?: CivilDate; newDate?: CivilDate }
  /** An internal line of the history besides the event. */
  note?: string
  /** `done` the complainant is answered, `void` the duty goes on under another number. */
  clock?: 'done' | 'void' | { dueOn: CivilDate; targetDays: number }
  /** Why the due date cannot be kept, and whether it may go out as it is. */
  delay?: { content: LetterContent & { dueOn: CivilDate }; isApproved: boolean }
  /** What else is written in the same transaction. */
  also?: (act: Act) => void
}

export interface ActionForm {
  action: StaffAction
  /** Last part of its address. */
  path: string
  /** The name of the button that leads here. */
  title: string
  /** Said above the form. */
  lead: string | ((deed: Deed) => string)
  /** The button that does it; some people propose what others decide. */
  button: string | ((deed: Deed) => string)
  /** Said on the case page afterwards. */
  done: string
  fields(deed: Deed): FormField[]
  /** What the officer is to look at once more, besides what the complainant will see. */
  check?: (deed: Deed, change: CaseChange) => { key: string; value: string }[]
  /** What the complainant would be shown once others have agreed. */
  shownAs?: (change: CaseChange) => CaseChange
  /**
   * Whether the case is as the form wants it after what was just done, where the form itself would call that a
   * mistake.
   */
  isAsWanted?: (deed: Deed, fields: Fields, done: Pick<CaseEvent, 'text'>) => boolean
  /** Reads the form and decides, or says what is wrong with which field. */
  read(deed: Deed, fields: Fields): { change: CaseChange } | { errors: FieldErrors }
}

type Definition<S extends z.ZodType> = Omit<ActionForm, 'read' | 'fields'> & {
  fields?: (deed: Deed) => FormField[]
  schema: (deed: Deed) => S
  decide: (deed: Deed, input: z.output<S>) => CaseChange
}

export const leadOf = ({ lead }: ActionForm, deed: Deed): string =>
  typeof lead === 'function' ? lead(deed) : lead

export const buttonOf = ({ button }: ActionForm, deed: Deed): string =>
  typeof button === 'function' ? button(deed) : button

export function actionForm<S extends z.ZodType>(definition: Definition<S>): ActionForm {
  const { fields = () => [], schema, decide, ...form } = definition
  return {
    ...form,
    fields,
    read: (deed, sent) => {
      const parsed = schema(deed).safeParse(single(sent))
      if (parsed.success) return { change: decide(deed, parsed.data) }
      const errors = fieldErrors(parsed.error)
      const order = fields(deed).map(({ name }) => name)
      const inOrder = Object.entries(errors).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      return { errors: Object.fromEntries(inOrder) }
    },
  }
}
