import { once } from 'node:events'
import { readConfig } from '../../src/config.ts'
import { runJob } from '../../src/jobs.ts'
import { openPortal } from '../../src/open-portal.ts'

// A process of its own for kill.test.ts: lives through an office's hours one after the other, each with the
// jobs that the timetable would run, and says what it has done. It may be killed at any moment.

const HOUR = 60 * 60_000

/** Which hours, counted from an instant. */
export interface Hours {
  start: number
  from: number
  /** Not included. */
  to: number
}

// Everything is loaded before the word is given, so that the next process is ready when this one is killed.
console.log('loaded')
const [{ start, from, to }] = (await once(process, 'message')) as [Hours]
let now = new Date(start + from * HOUR)
const portal = openPortal(readConfig(process.env), () => now)
const log = { info: () => undefined, error: (facts: object) => console.error(facts) }
for (let hour = from; hour < to; hour += 1) {
  now = new Date(start + hour * HOUR)
  for (const name of ['tick', 'deliver-mail'] as const) {
    console.log(`hour ${hour} ${name}`)
    await runJob(portal, name, log)
  }
  console.log(`done ${hour}`)
}
portal.db.close()
process.disconnect()
