import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { startMailServer } from '../support/mail-server.ts'
import type { Hours } from './tick-driver.ts'

/** A process that lives through an office's hours (tick-driver.ts). */
export interface ClockProcess {
  begin(hours: Hours): void
  /** Kills it without a word of warning, unless it has ended by itself. */
  kill(): Promise<void>
  ended: Promise<unknown>
  /** The first hour that it has not said to be done. */
  nextHour(): number
}

export function loadClockProcess(env: Record<string, string>, onStep: () => void): ClockProcess {
  const args = ['--conditions=source', '--import', 'tsx', 'test/process/tick-driver.ts']
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let next = 0
  let killed = false
  let complaints = ''
  const [said, errors] = [child.stdout, child.stderr]
  if (!said || !errors) throw new Error('no pipes')
  errors.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
  })
  const lines = createInterface({ input: said })
  const isLoaded = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line === 'loaded') return resolve()
      if (line.startsWith('done ')) next = Number(line.slice(5)) + 1
      onStep()
    })
  })
  const ended = once(child, 'close').then(([code]) => {
    if (complaints !== '' || (code !== 0 && !killed)) throw new Error(`it ended with ${code}: ${complaints}`)
  })
  return {
    begin: (hours) => {
      next = hours.from
      void isLoaded.then(() => child.connected && child.send(hours))
    },
    kill: async () => {
      killed = true
      child.kill('SIGKILL')
      await ended
    },
    ended,
    nextHour: () => next,
  }
}

/** A mail server that writes down each Message-ID when it takes the mail over, and answers a moment later. */
export interface MailSink {
  url: string
  accepted: string[]
  /** Waits until nobody is connected: what a killed process had sent has been taken over or not. */
  isIdle(): Promise<void>
  close(): Promise<void>
}

export async function openMailSink(slow: () => number, onAccepted: () => void): Promise<MailSink> {
  const accepted: string[] = []
  const traffic = new EventEmitter()
  let busy = 0
  const count = (by: 1 | -1) => {
    busy += by
    traffic.emit('change')
  }
  const server = await startMailServer({
    server: {
      onConnect: (_session, done) => {
        count(1)
        done()
      },
      onClose: () => count(-1),
      onData: async (stream, _session, done) => {
        count(1)
        const text = await wholeText(stream)
        if (text !== null) accepted.push(/^Message-ID: (<[^>]+>)/im.exec(text)?.[1] ?? `none in ${text}`)
        count(-1)
        if (text === null) return
        onAccepted()
        await pause(slow())
        done()
      },
    },
  })
  return {
    url: `smtp://127.0.0.1:${server.port}`,
    accepted,
    isIdle: async () => {
      while (busy > 0) await once(traffic, 'change')
    },
    close: server.close,
  }
}

/** Null where the connection was cut off in the middle: such a mail was not taken over. */
async function wholeText(stream: Readable): Promise<string | null> {
  let text = ''
  try {
    for await (const piece of stream.setEncoding('utf8')) text += piece
    return text
  } catch {
    return null
  }
}
