const ORIGIN = 'http://portal.invalid'

/**
 * The page to go to after signing in, when it is a page of the staff zone; anything else (another site in
 * any disguise, a page outside /staff, the sign-in pages themselves) is undefined.
 */
export function localNext(next: string | undefined): string | undefined {
  // Browsers read a backslash as a slash and skip line breaks and tabs inside an address.
  if (!next?.startsWith('/') || /[\\\s\p{Cc}]/u.test(next) || next.length > 2000) return undefined
  if (!URL.canParse(next, ORIGIN)) return undefined
  const url = new URL(next, ORIGIN)
  const inside = url.origin === ORIGIN && /^\/staff(\/|$)/.test(url.pathname)
  if (!inside || /^\/staff\/(sign-in|sign-out|link|setup)(\/|$)/.test(url.pathname)) return undefined
  return url.pathname + url.search
}

export function signInAddress(next: string | undefined): string {
  const local = localNext(next)
  return local && local !== '/staff' ? `/staff/sign-in?next=${encodeURIComponent(local)}` : '/staff/sign-in'
}
