import { newToken } from '#platform/keyed-hash.ts'
import type { Fields } from '#web/forms.ts'

/** The form's token; one that is not ours is as good as none, for it only opens what was stored under it. */
export function formToken(fields: Fields): string {
  const token = fields.token?.[0] ?? ''
  return /^[\w-]{22}$/.test(token) ? token : newToken()
}
