import { existsSync, readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { COMPLAINT } from '../complaints/citizen.ts'
import { encodeForm, FORM_TYPE } from '../support/upload-app.ts'
import { drawing } from '../support/upload-samples.ts'
import { type BuiltPortal, startBuilt, temporaryFolder } from './built-portal.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
let portal: BuiltPortal
beforeEach(async () => {
  folder = temporaryFolder()
  portal = await startBuilt(folder.path)
})
afterEach(async () => {
  portal.signal('SIGKILL')
  await portal.ended
  folder.remove()
})

async function complaintWithPicture(): Promise<Buffer> {
  const texts = Object.entries(COMPLAINT).map(([name, body]) => ({ name, body }))
  const body = await drawing(600, 400).png().toBuffer()
  return encodeForm([...texts, { name: 'files', filename: 'ถนน.png', type: 'image/png', body }])
}

/** A connection on which the test decides when which bytes are sent. */
function openConnection(port: number): { socket: Socket; answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  const answer = new Promise<string>((resolve, reject) => {
    socket.on('close', () => resolve(text)).on('error', reject)
  })
  return { socket, answer }
}

function head(port: number, length: number): string {
  const headers = {
    Host: `127.0.0.1:${port}`,
    'Content-Type': FORM_TYPE['content-type'],
    'Content-Length': length,
    'Sec-Fetch-Site': 'same-origin',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return ['POST /complaints HTTP/1.1', ...lines, '', ''].join('\r\n')
}

async function untilUploading(): Promise<void> {
  while (readdirSync(join(folder.path, 'incoming')).length === 0) await pause(20)
}

describe('a portal that is told to stop', () => {
  it('finishes the complaint that is being sent, shows its receipt, and ends with its database closed', async () => {
    const form = await complaintWithPicture()
    const half = form.length - 5_000
    const { socket, answer } = openConnection(portal.port)
    socket.write(head(portal.port, form.length))
    socket.write(form.subarray(0, half))
    await untilUploading()

    portal.signal('SIGTERM')
    await pause(500)
    await expect(fetch(portal.url)).rejects.toThrow()
    socket.write(form.subarray(half))
    expect(await answer).toMatch(/^HTTP\/1\.1 201 [\s\S]*sg-slip__number">รท 0001\//)

    const { code, stderr } = await portal.ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    // SQLite clears its log away when the last connection closes properly.
    const file = join(folder.path, 'portal.sqlite')
    expect(existsSync(`${file}-wal`)).toBe(false)
    const db = new Sqlite(file, { readonly: true })
    expect(db.prepare('select count(*) from case_files').pluck().get()).toBe(1)
    db.close()
    expect(readdirSync(join(folder.path, 'incoming'))).toEqual([])
  })

  it('ends at once when nobody is being served, whoever keeps a connection open or opened one ahead', async () => {
    const kept = openConnection(portal.port)
    kept.socket.write(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${portal.port}\r\n\r\n`)
    const ahead = openConnection(portal.port)
    await pause(300)
    const toldAt = performance.now()
    portal.signal('SIGTERM')
    expect((await portal.ended).code).toBe(0)
    expect(performance.now() - toldAt).toBeLessThan(8_000)
    expect(await kept.answer).toContain('HTTP/1.1 200 ')
    expect(await ahead.answer).toBe('')
  })

  it('answers what still comes on an open connection as always', async () => {
    const form = await complaintWithPicture()
    const { socket, answer } = openConnection(portal.port)
    socket.write(head(portal.port, form.length))
    socket.write(form.subarray(0, form.length - 10))
    await untilUploading()
    portal.signal('SIGTERM')
    await pause(300)
    const next = `GET /guide HTTP/1.1\r\nHost: 127.0.0.1:${portal.port}\r\n\r\n`
    socket.write(Buffer.concat([form.subarray(form.length - 10), Buffer.from(next)]))
    const answers = await answer
    expect(answers).toContain('HTTP/1.1 201 ')
    expect(answers).not.toContain('HTTP/1.1 503 ')
    expect((await portal.ended).code).toBe(0)
  })
})
