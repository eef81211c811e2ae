import { z } from 'zod'
import { containsReceipt } from '#domain/receipt-code.ts'
import { CONDUCTS, INVOLVEMENTS } from '#domain/sealed-status.ts'
import { countCharacters, isBlank, normaliseTyped } from '#domain/text.ts'
import { type FieldErrors, type Fields, single } from '#web/forms.ts'
import { type Language, type MessageKey, t } from '#web/languages.ts'
import { formatNumber } from '#web/thai-format.ts'
import { IDENTITIES, SOURCES } from './bodies.ts'

/** Most characters of each text; the reporter is told them only when it was too much. */
const MOST_CHARACTERS = {
  what: 20_000,
  when: 300,
  where: 500,
  project: 500,
  amount: 300,
  accused: 2_000,
  evidence: 10_000,
  name: 150,
  contact: 500,
} as const
export type SafeText = keyof typeof MOST_CHARACTERS

const LEAST_WHAT = 10

/** What can be wrong, in the order of the page. */
export const SAFE_FIELDS = [
  'what',
  'conduct',
  'when',
  'where',
  'project',
  'amount',
  'accused',
  'involved',
  'evidence',
  'source',
  'identity',
  'name',
  'contact',
  'files',
  'trap',
  'answer',
  'send',
] as const

const says = (key: MessageKey): MessageKey => key

/** Letters may come in several parts, which are put together before they are counted. */
const MOST_PARTS = 3

/** Whatever is far too long is not looked into: that would keep everybody waiting. */
const isFarTooLong = (typed: string, most: number): boolean => typed.length > MOST_PARTS * most

/** A text as it is stored, that carries no receipt. */
export const safeText = (most: number) =>
  z
    .string()
    .default('')
    .refine((typed) => !isFarTooLong(typed, most), { error: says('form.err.tooLong') })
    .transform(normaliseTyped)
    .pipe(
      z
        .string()
        .refine((text) => countCharacters(text) <= most, { error: says('form.err.tooLong'), abort: true })
        .refine((text) => !containsReceipt(text), { error: says('wb.err.receipt') }),
    )

const text = (field: SafeText) => safeText(MOST_CHARACTERS[field])

/** Told together with all that is wrong elsewhere. */
const rule = (field: string, error: MessageKey) => ({ path: [field], error, when: () => true })

const filled = (field: SafeText, key: MessageKey) =>
  text(field).refine((typed) => !isBlank(typed), { error: key })

const SafeForm = z
  .object({
    what: text('what').refine((typed) => countCharacters(typed) >= LEAST_WHAT && !isBlank(typed), {
      error: says('wb.err.what'),
    }),
    conduct: z.enum(['', ...CONDUCTS]).catch(''),
    when: text('when'),
    where: text('where'),
    project: text('project'),
    amount: text('amount'),
    accused: filled('accused', 'wb.err.accused'),
    involved: z.array(z.enum(INVOLVEMENTS)),
    evidence: filled('evidence', 'wb.err.evidence'),
    source: z.enum(['', ...SOURCES]).catch(''),
    identity: z.enum(IDENTITIES).catch('none'),
    name: text('name'),
    contact: text('contact'),
    trap: z.string().optional(),
  })
  .refine((form) => form.identity !== 'named' || !isBlank(form.name), rule('name', 'wb.err.name'))
  .refine((form) => form.identity !== 'contact' || !isBlank(form.contact), rule('contact', 'wb.err.contact'))
  .refine((form) => !form.trap, rule('trap', 'form.err.trap'))
export type SafeForm = z.output<typeof SafeForm>

/** The form as it was meant, or what is wrong with it in words, in the order of the page. */
export function parseSafeForm(lang: Language, fields: Fields): SafeForm | FieldErrors {
  const values = single(fields)
  const parsed = SafeForm.safeParse({ ...values, involved: involvedIn(fields) })
  return parsed.success ? parsed.data : wordFaults(lang, parsed.error, values)
}

export const isFormError = (form: SafeForm | FieldErrors): form is FieldErrors => !('involved' in form)

/** The ticks that we know. */
export const involvedIn = (fields: Fields) =>
  INVOLVEMENTS.filter((involvement) => fields.involved?.includes(involvement))

function wordFaults(
  lang: Language,
  error: z.ZodError,
  values: Record<string, string | undefined>,
): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0])
    const key = issue.message as MessageKey
    errors[field] ??= t(lang, key, { min: LEAST_WHAT, ...lengthOf(lang, field, values[field]) })
  }
  return errors
}

function lengthOf(lang: Language, field: string, typed = ''): Record<string, string> {
  if (!(field in MOST_CHARACTERS)) return {}
  const name = field as SafeText
  return lengthWords(t(lang, `wb.${name}`), MOST_CHARACTERS[name], typed)
}

/** The parameters of 'form.err.tooLong'. */
export function lengthWords(label: string, most: number, typed: string): Record<string, string> {
  const n = isFarTooLong(typed, most) ? typed.length : countCharacters(normaliseTyped(typed))
  return { label, max: formatNumber(most), n: formatNumber(n) }
}
