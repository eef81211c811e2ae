import { civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { type KeptAnswer, keepAnswer } from '#web/kept-answers.ts'

/** Enough for the newest reports with their sheets; what is older is made again when somebody asks. */
const MOST_KEPT = 60

/**
 * Pages that are made once for everybody. Published reports never change; what stands around them (names, the date
 * on which it was read) begins anew with a change of the settings and with the day.
 */
export function openKeptPages(portal: Portal): (key: string, write: () => string) => KeptAnswer {
  const kept = new Map<string, KeptAnswer>()
  let state = ''
  return (key, write) => {
    const found = `${portal.settings.version()} ${civilDateOf(portal.now())}`
    if (found !== state || kept.size >= MOST_KEPT) kept.clear()
    state = found
    const answer = kept.get(key) ?? keepAnswer('html', write())
    kept.set(key, answer)
    return answer
  }
}

/** Documents on paper, kept while they are asked for; one that could not be made is tried again. */
export function openKeptPdfs(): (key: string, make: () => Promise<Buffer>) => Promise<Buffer> {
  const kept = new Map<string, Promise<Buffer>>()
  return (key, make) => {
    const known = kept.get(key)
    if (known) return known
    if (kept.size >= MOST_KEPT) kept.clear()
    const pdf = make()
    kept.set(key, pdf)
    pdf.catch(() => kept.delete(key))
    return pdf
  }
}
