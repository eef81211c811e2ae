const ORIGIN = 'http://portal.invalid'

/** Where officers work. */
export const OFFICERS_HOME = '/staff/sealed'

/**
 * An address of the officers' pages as it may be gone on to; anything else (another site in any disguise, a page
 * elsewhere, unlocking itself) is undefined.
 */
export function officersPage(address: string | undefined): string | undefined {
  // Browsers read a backslash as a slash and skip line breaks and tabs inside an address.
  if (!address?.startsWith('/') || /[\\\s\p{Cc}]/u.test(address) || address.length > 500) return undefined
  if (!URL.canParse(address, ORIGIN)) return undefined
  const url = new URL(address, ORIGIN)
  const isOurs = url.origin === ORIGIN && /^\/staff\/sealed(\/|$)/.test(url.pathname)
  if (!isOurs || /^\/staff\/sealed\/(unlock|lock)(\/|$)/.test(url.pathname)) return undefined
  return url.pathname + url.search
}
