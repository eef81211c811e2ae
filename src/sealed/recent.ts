import type { Clock } from '#platform/clock.ts'

const HOUR_MS = 3_600_000

/** Counts what happened within the last hour: in memory only, and of nobody in particular. */
export interface Recent {
  add(): void
  count(): number
}

export function openRecent(now: Clock): Recent {
  let times: number[] = []
  return {
    add: () => {
      times.push(now().getTime())
    },
    count() {
      const since = now().getTime() - HOUR_MS
      times = times.filter((time) => time > since)
      return times.length
    },
  }
}
