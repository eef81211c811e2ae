import type { z } from 'zod'

/** Messages by field name, in the order of the form. */
export type FieldErrors = Record<string, string>

/** A form as it came: every field with all the values it was sent with, in their order. */
export type Fields = Record<string, string[]>

/** The fields of an urlencoded body. Whatever else was sent as a body has no fields. */
export function fieldsOf(body: unknown): Fields {
  const fields: Fields = Object.create(null)
  if (typeof body !== 'object' || body === null) return fields
  for (const [name, value] of Object.entries(body)) {
    fields[name] = [value].flat().filter((item): item is string => typeof item === 'string')
  }
  return fields
}

/** The first value of each field: what a form without repeated fields means. */
export function single(fields: Fields): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = Object.create(null)
  for (const [name, [first]] of Object.entries(fields)) values[name] = first
  return values
}

/** What was typed in each of these fields, for showing the form again; '' where nothing was. */
export function typed<K extends string>(fields: Fields, names: readonly K[]): Record<K, string> {
  return Object.fromEntries(names.map((name) => [name, fields[name]?.[0] ?? ''])) as Record<K, string>
}

/** The first message of each field, in the order of the schema. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors: FieldErrors = {}
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? 'form')
    errors[field] ??= issue.message
  }
  return errors
}

/** Whether a field holds what opens something: such is never put into a page again. */
export const isSecretField = (name: string): boolean => /password|passphrase|sheet|otp/i.test(name)
