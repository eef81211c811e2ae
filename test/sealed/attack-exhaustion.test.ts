import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { openTestChannel } from './channel.ts'
import { openForm, REPORT, sendForm } from './reporter.ts'

/** What these once took was two to five times as long, and nobody else was served meanwhile. */
const MOST_SECONDS = { texts: 0.3, files: 0.8 }

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  await openTestChannel(office)
})
afterAll(() => office.close())

/** Seconds of work of this process, however busy the machine is with others. */
async function workOf<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return { result, seconds: (user + system) / 1e6 }
}

const KILOBYTE = 1024
const repeat = (text: string, bytes: number): string =>
  text.repeat(Math.floor(bytes / Buffer.byteLength(text)))

/** As many bytes of text as one form may bring. */
const fullOf = (text: string) =>
  Object.fromEntries(
    ['what', 'accused', 'evidence', 'when', 'where'].map((name) => [name, repeat(text, 199 * KILOBYTE)]),
  )

describe('one report, which anybody may send, keeps nobody else waiting', () => {
  it.each([
    ['numbers that could be a receipt', '1 '],
    ['marks upon marks', `a${'\u0301'.repeat(30)}`],
  ])('with a megabyte of %s', async (_name, text) => {
    const token = await openForm(office, office.agent)
    const fields = { ...REPORT, ...fullOf(text), token }
    const { result, seconds } = await workOf(() => sendForm(office.agent, '/safe/report', fields))
    expect(result.status).toBe(422)
    expect(seconds).toBeLessThan(MOST_SECONDS.texts)
  })

  it.each([
    ['carriage returns', 'a\r'],
    ['characters that are not seen', 'a\u200B'],
  ])('with five files of %s', async (_name, text) => {
    const content = Buffer.from(repeat(text, 7_900 * KILOBYTE))
    const files = Array.from({ length: 5 }, (_, n) => ({ name: `${n}.txt`, content }))
    const token = await openForm(office, office.agent)
    const fields = { ...REPORT, token }
    const { result, seconds } = await workOf(() => sendForm(office.agent, '/safe/report', fields, files))
    expect(result.status).toBe(422)
    expect(seconds).toBeLessThan(MOST_SECONDS.files)
  })
})
