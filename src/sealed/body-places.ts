import type { IncomingMessage } from 'node:http'
import { AppError } from '#domain/errors.ts'

const MAX_WAIT_MS = 30_000

/** Gives the place back; a second call does nothing. */
export type LeavePlace = () => void

/** How many bodies may be in memory, and how many more may wait for that, unread. */
export interface Places {
  /** @throws AppError unavailable `busy`: too many wait already, or the wait was too long */
  take(sender: IncomingMessage): Promise<LeavePlace>
}

export function openPlaces(limit: number, mostWaiting: number): Places {
  let taken = 0
  const waiting = new Set<() => void>()

  async function waitForPlace(sender: IncomingMessage): Promise<void> {
    if (waiting.size >= mostWaiting || sender.destroyed) throw new AppError('unavailable', 'busy')
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => end(() => reject(new AppError('unavailable', 'busy')))
      const enter = () => end(resolve)
      const timer = setTimeout(giveUp, MAX_WAIT_MS)
      const end = (settle: () => void) => {
        clearTimeout(timer)
        sender.off('close', giveUp)
        waiting.delete(enter)
        settle()
      }
      sender.once('close', giveUp)
      waiting.add(enter)
    })
  }

  function passOn(): void {
    const [next] = waiting
    if (next) next()
    else taken -= 1
  }

  return {
    async take(sender) {
      if (taken < limit) taken += 1
      else await waitForPlace(sender)
      let isHeld = true
      return () => {
        if (isHeld) passOn()
        isHeld = false
      }
    },
  }
}
