import type { z } from 'zod'
import { type FieldErrors, type Fields, fieldErrors, single } from '#web/forms.ts'
import type { Act } from './act.ts'
import type { Desk } from './desk.ts'
import { text } from './register-fields.ts'

export interface Option {
  value: string
  text: string
}

/** One question of a verb's form; `seenBy` decides in which of the two panels it stands. */
export interface VerbField {
  type: 'line' | 'text' | 'select' | 'radios' | 'tick'
  name: string
  label: string
  seenBy: 'reporter' | 'office'
  hint?: string
  optional?: boolean
  /** What stands in it before anything is typed. */
  value?: string
  options?: Option[]
}

/** Something officers do to a report, by a form of its own. */
export interface Verb {
  /** Last part of its address. */
  path: string
  /** The link that leads to it, and the heading of its page. */
  title: string
  /** Said above the form. */
  lead: (desk: Desk) => string
  button: string
  /** Said on the report's page afterwards. */
  done: string
  /** Whether it can be done to the report as it stands, by this officer. */
  isOffered(desk: Desk): boolean
  fields(desk: Desk): VerbField[]
  /** Reads the form and decides, or says what is wrong with which field. */
  read(desk: Desk, sent: Fields): { act: Act } | { errors: FieldErrors }
}

type Definition<S extends z.ZodType> = Omit<Verb, 'read' | 'lead'> & {
  lead: string | Verb['lead']
  schema: (desk: Desk) => S
  decide: (desk: Desk, input: z.output<S>) => Act
}

export function verb<S extends z.ZodType>({ lead, schema, decide, ...rest }: Definition<S>): Verb {
  return {
    ...rest,
    lead: typeof lead === 'string' ? () => lead : lead,
    read: (desk, sent) => {
      const parsed = schema(desk).safeParse(single(sent))
      if (parsed.success) return { act: decide(desk, parsed.data) }
      const errors = fieldErrors(parsed.error)
      const order = rest.fields(desk).map(({ name }) => name)
      const inOrder = Object.entries(errors).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      return { errors: Object.fromEntries(inOrder) }
    },
  }
}

/** Whether somebody holds a receipt with which words of ours can be read. */
export const hasMailbox = ({ opened }: Pick<Desk, 'opened'>): boolean =>
  opened.report.reporterPublicKey !== null

/** The words that who reports will read, as the last question of a form; none where nobody could read them. */
export function messageField(
  desk: Desk,
  field: { label: string; hint?: string; optional?: boolean },
): VerbField[] {
  if (!hasMailbox(desk)) return []
  return [{ type: 'text', name: 'message', seenBy: 'reporter', ...field }]
}

export const optionalMessage = text('ข้อความถึงผู้แจ้ง')

/** What who reports must be told, where anybody can be. */
export const dueMessage = (desk: Desk) =>
  optionalMessage.refine((typed) => typed !== '' || !hasMailbox(desk), { error: 'กรุณากรอกข้อความถึงผู้แจ้ง' })
