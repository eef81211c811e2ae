import { createHmac, hkdfSync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'

/** Nobody reads and fills in the form in less; programs do. */
const LEAST_SECONDS = 4
export const MOST_HOURS = 12

/** Asked in times of many reports, to keep programs out. */
export interface Question {
  a: number
  b: number
}

export interface FormToken {
  text: string
  isEarly: boolean
  question: Question | null
}

/** Says when a form was handed out, in the form itself: no cookie is needed and nothing is kept. */
export interface FormTokens {
  issue(asking: boolean): FormToken
  /** Undefined for what is not ours, or older than half a day. */
  read(text: string): FormToken | undefined
}

export function openFormTokens(pepper: Buffer, now: Clock): FormTokens {
  const key = Buffer.from(hkdfSync('sha256', pepper, '', 'safe-form/v1', 32))
  const sign = (content: string): Buffer => createHmac('sha256', key).update(content).digest()
  const seconds = (): number => Math.floor(now().getTime() / 1000)
  return {
    issue(asking) {
      const question = asking ? { a: randomInt(2, 10), b: randomInt(2, 10) } : null
      const sum = question ? `${question.a}+${question.b}` : ''
      const content = `${randomBytes(16).toString('base64url')}.${seconds()}.${sum}`
      return { text: `${content}.${sign(content).toString('base64url')}`, isEarly: true, question }
    },
    read(text) {
      const [, content = '', at, a, b, mac = ''] =
        /^([\w-]{22}\.(\d{1,12})\.(?:(\d)\+(\d))?)\.([\w-]{43})$/.exec(text) ?? []
      const given = Buffer.from(mac, 'base64url')
      const own = sign(content)
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined
      const age = seconds() - Number(at)
      if (age > MOST_HOURS * 3600) return undefined
      return { text, isEarly: age < LEAST_SECONDS, question: a && b ? { a: +a, b: +b } : null }
    },
  }
}
