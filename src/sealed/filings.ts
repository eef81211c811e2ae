import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import type { Fields } from '#web/forms.ts'
import { decrypt, encrypt } from './crypto/sodium.ts'
import type { ReportFile } from './report-body.ts'

const SHOWN_AGAIN_MS = 5 * 60_000
/** As long as a form can be sent. */
const REMEMBERED_MS = 12 * 3_600_000

/** A form with all that was typed and attached; `id` alone opens nothing. */
export interface Filing {
  id: string
  key: Buffer
}

export interface Filed {
  /** What the sender is told once: the receipt. */
  told: string
}

/**
 * Forms that are being filed or just were. On a bad line a form is sent twice: the second waits for the first
 * and gets the same answer. What was told lies here encrypted under the form itself, which only the browser has.
 */
export interface Filings {
  of(token: string, fields: Fields, files: readonly ReportFile[]): Filing
  /** @returns what `file` does; 'told' when that was a while ago, or the sender said that it was read */
  once<R extends object>(filing: Filing, file: () => Promise<Filed | R>): Promise<Filed | R | 'told'>
  /** What was told is not told again. */
  forget(id: string): void
}

interface Kept {
  at: number
  /** While it is being filed. */
  running: Promise<object> | null
  told: Buffer | null
}

export function openFilings(now: Clock): Filings {
  const secret = randomBytes(32)
  const kept = new Map<string, Kept>()
  const dropOld = (): void => {
    for (const [id, one] of kept) {
      const age = now().getTime() - one.at
      if (age >= SHOWN_AGAIN_MS) one.told = null
      if (age >= REMEMBERED_MS && !one.running) kept.delete(id)
    }
  }

  return {
    of(token, fields, files) {
      const mac = createHmac('sha256', secret).update(JSON.stringify([token, fields]))
      for (const { content } of files) mac.update(createHash('sha256').update(content).digest())
      const whole = mac.digest()
      const part = (name: string) => createHash('sha256').update(name).update(whole).digest()
      return { id: part('id').toString('hex'), key: part('key') }
    },
    async once<R extends object>({ id, key }: Filing, file: () => Promise<Filed | R>) {
      dropOld()
      const known = kept.get(id)
      // The same form gets what the same work gives.
      if (known?.running) return (await known.running) as Filed | R
      if (known) return known.told ? { told: open(key, known.told) } : 'told'
      const running = file()
      const own: Kept = { at: now().getTime(), running, told: null }
      kept.set(id, own)
      try {
        const outcome = await running
        if ('told' in outcome) {
          Object.assign(own, { at: now().getTime(), running: null, told: seal(key, outcome.told) })
        } else kept.delete(id)
        return outcome
      } catch (error) {
        kept.delete(id)
        throw error
      }
    },
    forget(id) {
      const known = kept.get(id)
      if (known) known.told = null
    },
  }
}

const PLACE = 'filing|v1'

const seal = (key: Buffer, text: string): Buffer => encrypt(key, Buffer.from(text), PLACE)

const open = (key: Buffer, sealed: Buffer): string => Buffer.from(decrypt(key, sealed, PLACE)).toString()
