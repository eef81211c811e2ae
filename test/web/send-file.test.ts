import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StoredFile } from '#web/send-file.ts'
import { startUploadApp, type UploadApp } from '../support/upload-app.ts'

let app: UploadApp
beforeEach(async () => {
  app = await startUploadApp()
})
afterEach(() => app.close())

async function send(file: Partial<StoredFile>, inline: boolean): Promise<Response> {
  const { storedName } = await app.store.storeFile(Buffer.from('content'))
  const body = { inline, file: { storedName, originalName: 'รูป ถนน.jpg', mime: 'image/jpeg', ...file } }
  return app.post('/send', JSON.stringify(body), { 'content-type': 'application/json' })
}

describe('a stored file', () => {
  it('arrives whole, as what it is, kept by no cache and allowed to run nothing', async () => {
    const answer = await send({}, true)
    expect(await answer.text()).toBe('content')
    const wanted = {
      'content-type': 'image/jpeg',
      'content-length': '7',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    }
    expect(Object.fromEntries(answer.headers)).toMatchObject(wanted)
  })

  it.each([
    ['image/jpeg', true, 'inline'],
    ['image/png', true, 'inline'],
    ['image/webp', true, 'inline'],
    ['image/webp', false, 'attachment'],
    ['application/pdf', true, 'attachment'],
    ['text/html', true, 'attachment'],
    ['constructor', true, 'attachment'],
  ])('of type %s, asked for inline: %s, is sent as %s', async (mime, inline, disposition) => {
    const answer = await send({ mime: mime as StoredFile['mime'] }, inline)
    expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^${disposition}; `))
  })

  it('of a type that we do not keep is sent as nameless bytes', async () => {
    const answer = await send({ mime: 'text/html' as StoredFile['mime'] }, true)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  })

  it.each([
    [
      'รูป ถนน.jpg',
      `filename="___ ___.jpg"; filename*=UTF-8''%E0%B8%A3%E0%B8%B9%E0%B8%9B%20%E0%B8%96%E0%B8%99%E0%B8%99.jpg`,
    ],
    [`it's (1)*.pdf`, `filename="it's (1)_.pdf"; filename*=UTF-8''it%27s%20%281%29_.pdf`],
    ['a"; x=\r\nset-cookie: y\\100%.pdf', `filename="100_.pdf"; filename*=UTF-8''100%25.pdf`],
    ['bad\uD800.pdf', `filename="bad.pdf"; filename*=UTF-8''bad.pdf`],
  ])('named %j keeps its name and breaks out of no header', async (originalName, parameters) => {
    const answer = await send({ originalName }, false)
    expect(answer.headers.get('content-disposition')).toBe(`attachment; ${parameters}`)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it.each(['0'.repeat(32), '../../../etc/passwd'])(
    'that is not there (%s) answers 404',
    async (storedName) => {
      expect((await send({ storedName }, true)).status).toBe(404)
    },
  )
})
