import { z } from 'zod'
import type { CivilDate } from '#domain/civil-date.ts'
import { countCharacters, normaliseTyped } from '#domain/text.ts'
import { KINDS, type Kind, REPLY_BY } from '#domain/vocabulary.ts'
import type { Category, Settings } from '#settings/store.ts'
import type { FieldErrors } from '#web/forms.ts'
import { type Language, type MessageKey, t } from '#web/languages.ts'
import {
  Detail,
  Email,
  LEAST_DETAIL,
  MOST_CHARACTERS,
  optionalLine,
  optionalText,
  Phone,
  pastDay,
  readDegrees,
  Subject,
  ticked,
} from './form-fields.ts'

/** The fields a person fills in, in the order of the page: errors are listed in this order. */
export const FORM_FIELDS = [
  'category',
  'subject',
  'detail',
  'happenedOn',
  'wish',
  'urgent',
  'village',
  'place',
  'latitude',
  'longitude',
  'name',
  'phone',
  'replyBy',
  'email',
  'address',
  'withhold',
  'privacy',
  'trap',
  'files',
  'send',
] as const
export type FormField = (typeof FORM_FIELDS)[number]

/** Where the kind itself says enough about what it is about. */
const DEFAULT_CATEGORY: Partial<Record<Kind, string>> = {
  request: 'RQ9',
  question: 'OP4',
  suggestion: 'OP1',
  praise: 'OP3',
}

/** Workers must find the spot; an opinion has no place. */
export const needsPlace = (kind: Kind): boolean => kind === 'complaint' || kind === 'request'

/** The categories a citizen may choose for this kind. */
export function categoriesOf(settings: Pick<Settings, 'categories'>, kind: Kind): Category[] {
  return settings.categories().filter((category) => category.kind === kind)
}

function chosenCategory(
  settings: Pick<Settings, 'categories'>,
  kind: Kind,
  code: string,
): string | undefined {
  const fitting = categoriesOf(settings, kind)
  const find = (wanted: string | undefined) => fitting.find((category) => category.code === wanted)?.code
  if (code !== '') return find(code)
  if (kind === 'complaint') return undefined
  return find(DEFAULT_CATEGORY[kind]) ?? fitting[0]?.code
}

type Lists = Pick<Settings, 'categories' | 'villages'>

/** Rules over several fields are checked even where another field is at fault: all faults are told at once. */
const always = () => true
const rule = (field: FormField, error: MessageKey) => ({ path: [field], error, when: always })

type Schema = ReturnType<typeof buildForm>

const built = new WeakMap<Lists, { stamp: string; form: Schema }>()

/**
 * The form for a new case: reads single fields (web/forms.ts `single`). Its errors are keys of texts, to be
 * worded by `wordErrors`. Kept for the day: building the schema takes four times as long as reading by it.
 */
export function complaintForm({ settings, today }: { settings: Lists; today: CivilDate }): Schema {
  const villages = settings.villages().map((village) => String(village.id))
  const stamp = [today, ...villages].join(' ')
  const known = built.get(settings)
  if (known?.stamp === stamp) return known.form
  const form = buildForm(settings, today, new Set(villages))
  built.set(settings, { stamp, form })
  return form
}

function buildForm(settings: Lists, today: CivilDate, villages: ReadonlySet<string>) {
  return z
    .object({
      kind: z.enum(KINDS).catch('complaint'),
      category: z.string().default(''),
      subject: Subject,
      detail: Detail,
      happenedOn: pastDay(today),
      wish: optionalText(MOST_CHARACTERS.wish),
      urgent: ticked,
      village: z.string().default(''),
      place: optionalLine(MOST_CHARACTERS.place),
      latitude: z.string().default(''),
      longitude: z.string().default(''),
      name: optionalLine(MOST_CHARACTERS.name),
      phone: Phone,
      replyBy: z.enum(REPLY_BY).catch('self'),
      email: Email,
      address: optionalText(MOST_CHARACTERS.address),
      withhold: ticked,
      privacy: ticked,
      trap: ticked,
    })
    .refine(
      (form) => form.category !== '' || form.kind !== 'complaint',
      rule('category', 'form.err.category'),
    )
    .refine(
      (form) => form.category === '' || chosenCategory(settings, form.kind, form.category) !== undefined,
      rule('category', 'form.err.categoryKind'),
    )
    .refine((form) => form.village === '' || villages.has(form.village), rule('village', 'form.err.village'))
    .refine(
      (form) => !needsPlace(form.kind) || form.village !== '' || form.place !== null,
      rule(villages.size > 0 ? 'village' : 'place', 'form.err.place'),
    )
    .refine((form) => positionOf(form).latitude !== undefined, rule('latitude', 'form.err.latitude'))
    .refine((form) => positionOf(form).longitude !== undefined, rule('longitude', 'form.err.longitude'))
    .refine((form) => form.replyBy !== 'phone' || form.phone !== null, rule('phone', 'form.err.needPhone'))
    .refine((form) => form.replyBy !== 'email' || form.email !== null, rule('email', 'form.err.needEmail'))
    .refine(
      (form) => form.replyBy !== 'post' || form.address !== null,
      rule('address', 'form.err.needAddress'),
    )
    .refine((form) => form.privacy, rule('privacy', 'form.err.privacy'))
    .refine((form) => !form.trap, rule('trap', 'form.err.trap'))
    .transform(({ category, village, latitude, longitude, ...form }) => ({
      ...form,
      categoryCode: chosenCategory(settings, form.kind, category) ?? category,
      villageId: village === '' ? null : Number(village),
      latitude: positionOf({ latitude, longitude }).latitude ?? null,
      longitude: positionOf({ latitude, longitude }).longitude ?? null,
    }))
}

export type ComplaintForm = z.output<Schema>

interface Position {
  latitude: number | null | undefined
  longitude: number | null | undefined
}

/** Both or none; a pair pasted from a map into the first field ('13.75, 100.5') counts as both. */
function positionOf(typed: { latitude: string; longitude: string }): Position {
  const pair = /^\s*([\d๐-๙.]+)(?:\s*,\s*|\s+)([\d๐-๙.]+)\s*$/.exec(typed.latitude)
  const [north = '', east = ''] =
    pair && typed.longitude.trim() === '' ? pair.slice(1) : [typed.latitude, typed.longitude]
  const latitude = readDegrees(north, 5, 21)
  const longitude = readDegrees(east, 97, 106)
  if (latitude === null && longitude !== null) return { latitude: undefined, longitude }
  if (longitude === null && latitude !== null) return { latitude, longitude: undefined }
  return { latitude, longitude }
}

/** The first fault of each field in words, in the order of the page. */
export function wordErrors(
  lang: Language,
  error: z.ZodError,
  typed: Record<string, string | undefined>,
): FieldErrors {
  const errors: FieldErrors = {}
  const orderOf = (field: string) => FORM_FIELDS.indexOf(field as FormField)
  const faults = error.issues.map((issue) => ({ field: String(issue.path[0]), key: issue.message }))
  for (const { field, key } of faults.sort((a, b) => orderOf(a.field) - orderOf(b.field))) {
    errors[field] ??= t(lang, key as MessageKey, faultParams(lang, field, typed[field] ?? ''))
  }
  return errors
}

function faultParams(lang: Language, field: string, typed: string): Record<string, string | number> {
  if (!(field in MOST_CHARACTERS)) return {}
  const name = field as keyof typeof MOST_CHARACTERS
  const counted = countCharacters(normaliseTyped(typed)).toLocaleString('en-US')
  const max = MOST_CHARACTERS[name].toLocaleString('en-US')
  return { label: t(lang, `form.${name}`), max, n: counted, min: LEAST_DETAIL }
}
