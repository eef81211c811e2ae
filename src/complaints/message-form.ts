import { z } from 'zod'
import { countCharacters, normaliseTyped } from '#domain/text.ts'
import { type Language, type MessageKey, t } from '#web/languages.ts'
import { formatNumber } from '#web/thai-format.ts'

/** Most characters of a message to the officer and of a reason, as countCharacters counts them. */
export const MESSAGE_CHARACTERS = 5_000
export const REASON_CHARACTERS = 2_000

const revision = z.coerce.number().int().catch(0)

const textUpTo = (most: number, missing: MessageKey | null) =>
  z
    .string()
    .default('')
    .transform(normaliseTyped)
    .pipe(
      z
        .string()
        .refine((text) => missing === null || text !== '', { error: missing ?? '' })
        .refine((text) => countCharacters(text) <= most, { error: 'form.err.tooLong' }),
    )

/** What the citizen writes to the officer; `rev` is the version of the case the page was made from. */
export const MessageForm = z.object({ text: textUpTo(MESSAGE_CHARACTERS, 'tr.err.text'), rev: revision })

export const WithdrawForm = z.object({
  text: textUpTo(REASON_CHARACTERS, null).transform((text) => (text === '' ? null : text)),
  rev: revision,
})

export const ReopenForm = z.object({ text: textUpTo(REASON_CHARACTERS, 'tr.err.reason'), rev: revision })

/** The fault of the one text field in words. */
export function wordTextError(
  lang: Language,
  error: z.ZodError,
  typed: string,
  labelKey: MessageKey,
  most: number,
): string {
  const n = formatNumber(countCharacters(normaliseTyped(typed)))
  const params = { label: t(lang, labelKey), max: formatNumber(most), n }
  return t(lang, error.issues[0]?.message as MessageKey, params)
}
