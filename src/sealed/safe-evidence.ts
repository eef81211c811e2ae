import type { FieldErrors } from '#web/forms.ts'
import { type Language, t } from '#web/languages.ts'
import { cleanEvidence } from './evidence.ts'
import { explainRefusal, type ReportFile } from './report-body.ts'
import type { SafeBody } from './safe-body.ts'
import { FILE_LIMITS } from './safe-form-page.ts'
import type { Evidence } from './submit.ts'

/** All files cleaned, or what is wrong with each that cannot be. */
export async function cleanFiles(
  lang: Language,
  files: readonly ReportFile[],
  keepOriginals: boolean,
): Promise<{ evidence: Evidence[]; errors: FieldErrors }> {
  const evidence: Evidence[] = []
  const refused: string[] = []
  const results = await Promise.all(files.map(({ content }) => cleanEvidence(content, keepOriginals)))
  for (const [index, file] of files.entries()) {
    const result = results[index]
    if (result?.ok) evidence.push(result)
    else if (result) {
      const { key, params } = explainRefusal(file, result.reason)
      refused.push(t(lang, key, params))
    }
  }
  return { evidence, errors: refused.length > 0 ? { files: refused.join(' ') } : {} }
}

/** What was wrong with the body itself: texts that were cut, files that were not taken. */
export function bodyErrors(lang: Language, { problems, withoutFiles }: SafeBody): FieldErrors {
  const errors: FieldErrors = {}
  for (const { field, key, params } of problems) {
    errors[field] = [errors[field], t(lang, key, params)].filter(Boolean).join(' ')
  }
  if (withoutFiles === 'too_large') {
    errors.files = t(lang, 'wb.err.allTooLarge', { all: FILE_LIMITS.megabytesAll })
  }
  return errors
}

/** A browser does not choose files by itself again: whoever sends anew is told so. */
export function tellFilesAgain(lang: Language, errors: FieldErrors, body: SafeBody): FieldErrors {
  const hadFiles = body.files.length > 0 || body.withoutFiles === 'too_large' || errors.files !== undefined
  if (!hadFiles) return errors
  return { ...errors, files: [errors.files, t(lang, 'wb.err.filesAgain')].filter(Boolean).join(' ') }
}
