import { KINDS, type Kind } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import type { FieldErrors } from '#web/forms.ts'
import { type Language, t } from '#web/languages.ts'
import { formatNumber } from '#web/thai-format.ts'
import { FORM_LIMITS } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import type { KeptLine } from './draft-files.ts'
import { MOST_CHARACTERS } from './form-fields.ts'
import { categoriesOf, FORM_FIELDS, type FormField, needsPlace } from './forms.ts'

interface Option {
  value: string
  text: string
}

export interface FormPageData {
  kind: Kind
  kinds: readonly Kind[]
  /** Ties uploaded files and repeated sendings to this one form. */
  token: string
  values: Record<FormField, string>
  errors: FieldErrors
  kept: KeptLine[]
  /** Empty where the kind has one category and nothing is to be chosen. */
  categories: { label: string; options: Option[] }[]
  villages: Option[]
  wantsPlace: boolean
  detailMax: string
  filesMax: number
  megabytes: number
  years: number
}

export const formPage = page<FormPageData>('complaints/form', [
  'kind',
  'kinds',
  'token',
  'values',
  'errors',
  'kept',
  'categories',
  'villages',
  'wantsPlace',
  'detailMax',
  'filesMax',
  'megabytes',
  'years',
])

/** What stands in the form: fresh, or as it was sent. */
export interface FormState {
  kind: Kind
  token: string
  values: Record<FormField, string>
  errors: FieldErrors
  kept: KeptLine[]
}

export function formPageData(
  portal: Pick<Portal, 'settings'>,
  lang: Language,
  state: FormState,
): FormPageData {
  const { settings } = portal
  return {
    ...state,
    errors: inPageOrder(state.errors),
    kinds: KINDS,
    categories: categoryGroups(settings, lang, state.kind),
    villages: settings.villages().map(({ id, number, name, nameEn }) => ({
      value: String(id),
      text: t(lang, 'form.village.one', { n: number, name: lang === 'en' ? nameEn : name }),
    })),
    wantsPlace: needsPlace(state.kind),
    detailMax: formatNumber(MOST_CHARACTERS.detail),
    filesMax: FORM_LIMITS.maxFiles,
    megabytes: FORM_LIMITS.maxFileBytes / 1024 / 1024,
    years: settings.privacy().generalYears,
  }
}

function categoryGroups(
  settings: Portal['settings'],
  lang: Language,
  kind: Kind,
): { label: string; options: Option[] }[] {
  if (categoriesOf(settings, kind).length < 2) return []
  const named = (row: { name: string; nameEn: string }) => (lang === 'en' ? row.nameEn : row.name)
  return settings
    .categoryTree()
    .map((group) => ({
      label: named(group),
      options: group.children
        .filter((category) => category.kind === kind)
        .map((category) => ({ value: category.code, text: named(category) })),
    }))
    .filter((group) => group.options.length > 0)
}

function inPageOrder(errors: FieldErrors): FieldErrors {
  const orderOf = (field: string) => FORM_FIELDS.indexOf(field as FormField)
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => orderOf(a) - orderOf(b)))
}
