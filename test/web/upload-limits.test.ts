import { once } from 'node:events'
import { createWriteStream, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pourFile } from '#web/multipart-parts.ts'
import { FORM_LIMITS } from '#web/uploads.ts'
import {
  encodeForm,
  FORM_TYPE,
  file,
  MEGABYTE,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts'

let app: UploadApp
beforeEach(async () => {
  app = await startUploadApp()
})
afterEach(() => app.close())

/** The head of a form on a bare connection, which the test may then break. */
function openForm(length: string): Socket {
  const socket = connect(Number(new URL(app.address).port), '127.0.0.1')
  socket.on('error', () => {}) // a connection that the server cut is what some tests wait for
  socket.write(
    `POST /read HTTP/1.1\r\nhost: x\r\ncontent-type: ${FORM_TYPE['content-type']}\r\n${length}\r\n\r\n`,
  )
  return socket
}

const sendChunk = (socket: Socket, bytes: Buffer): boolean =>
  socket.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]))

describe('a form that is too large as a whole', () => {
  it.each([
    ['201 texts', Array.from({ length: 201 }, (_, at) => ({ name: `n${at}`, body: 'x' }))],
    ['51 files', Array.from({ length: 51 }, () => file('a.jpg'))],
  ])('%s are refused as a whole', async (_what, parts) => {
    const answer = await app.post('/read', encodeForm([file('first.jpg'), ...parts]), FORM_TYPE)
    expect(answer.status).toBe(413)
    expect(app.errors).toMatchObject([{ kind: 'too_large', code: 'form_parts' }])
    expect(app.incoming()).toEqual([])
  })

  it('a request that says it is too large is refused, and the answer arrives', async () => {
    app.limits.maxRequestBytes = MEGABYTE
    const answer = await app.post(
      '/read',
      encodeForm([file('a.jpg', Buffer.alloc(1.5 * MEGABYTE))]),
      FORM_TYPE,
    )
    expect(answer.status).toBe(413)
    expect(app.errors).toMatchObject([{ kind: 'too_large', code: 'request' }])
    expect((await app.read([{ name: 'after', body: 'x' }])).fields).toEqual({ after: ['x'] })
  })

  it('a refused form is read to its end, so that a browser gets to see the answer', async () => {
    const wrong = { name: 'a', type: 'application/json', body: '3' }
    const form = encodeForm([wrong, file('a.jpg', Buffer.alloc(40 * MEGABYTE))])
    const socket = openForm(`content-length: ${form.length}`)
    await new Promise((resolve, reject) =>
      socket.write(form, (error) => (error ? reject(error) : resolve(null))),
    )
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 400 /)
    socket.destroy()
  })

  it.each([
    ['file', file('a.jpg', Buffer.alloc(1.5 * MEGABYTE)), FORM_LIMITS.maxFileBytes],
    ['file already cut', file('a.jpg', Buffer.alloc(1.5 * MEGABYTE)), 1000],
    ['text', { name: 'detail', body: 'x'.repeat(1.5 * MEGABYTE) }, FORM_LIMITS.maxFileBytes],
  ])(
    'a sender who gets past the limit within a %s and waits is answered at once',
    async (_in, part, maxFileBytes) => {
      Object.assign(app.limits, { maxRequestBytes: MEGABYTE, maxFileBytes })
      const socket = openForm('transfer-encoding: chunked')
      const answer = once(socket, 'data')
      sendChunk(socket, encodeForm([part], ''))
      expect(String(await answer)).toMatch(/^HTTP\/1.1 413 /)
      expect(app.errors).toMatchObject([{ kind: 'too_large', code: 'request' }])
      expect(app.incoming()).toEqual([])
      socket.destroy()
    },
  )

  it('a sender who never stops is cut off', async () => {
    app.limits.maxRequestBytes = MEGABYTE
    const socket = openForm('transfer-encoding: chunked')
    const send = (bytes: Buffer) =>
      socket.write(`${bytes.length.toString(16)}\r\n${bytes.toString('latin1')}\r\n`)
    send(encodeForm([file('a.jpg', 'x')], '').subarray(0, -2))
    const letters = Buffer.alloc(65_536, 'x')
    while (!socket.closed) {
      if (sendChunk(socket, letters)) continue
      await new Promise((resolve) => {
        socket.once('drain', resolve)
        socket.once('close', resolve)
      })
    }
    await expect.poll(() => app.errors).toMatchObject([{ kind: 'too_large', code: 'request' }])
    expect(app.incoming()).toEqual([])
  })
})

describe('a sender who goes away', () => {
  const form = encodeForm([
    file('first.jpg', Buffer.alloc(MEGABYTE)),
    file('second.jpg', Buffer.alloc(4 * MEGABYTE)),
    { name: 'detail', body: 'x'.repeat(1000) },
  ])

  it.each([
    ['within the first file', MEGABYTE / 2, 1],
    ['within the second file', 3 * MEGABYTE, 2],
    ['within the last text', form.length - 500, 2],
  ])('%s leaves nothing behind', async (_where, sent, filesBegun) => {
    const socket = openForm(`content-length: ${form.length}`)
    socket.write(form.subarray(0, sent))
    await expect.poll(() => app.incoming().length).toBe(filesBegun)
    socket.destroy()
    await expect.poll(() => app.errors).toMatchObject([{ kind: 'bad_request', code: 'broken_form' }])
    expect(app.incoming()).toEqual([])
  })
})

describe('a disk that refuses is our fault, not the sender’s', () => {
  it('when a file cannot be begun', async () => {
    rmSync(app.store.incomingFolder, { recursive: true })
    const answer = await app.post('/read', encodeForm([file('a.jpg', Buffer.alloc(MEGABYTE))]), FORM_TYPE)
    expect(answer.status).toBe(500)
    expect(app.errors).toMatchObject([{ code: 'ENOENT' }])
  })

  it('when a file cannot be written further', async () => {
    const path = join(app.store.incomingFolder, 'a')
    writeFileSync(path, '')
    const unwritable = createWriteStream(path, { flags: 'r' })
    const poured = pourFile(Readable.from([Buffer.from('x')]), unwritable, new AbortController().signal)
    await expect(poured).rejects.toMatchObject({ code: 'EBADF' })
  })
})
