import { readFileSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

describe('a form as a browser sends it', () => {
  it('arrives with its texts in order and its files on disk, shut to other users', async () => {
    const form = new FormData()
    form.append('detail', 'ไฟถนนดับ\r\nหน้าวัด 💡')
    form.append('category', 'A')
    form.append('category', 'B')
    form.append('place', '')
    form.append('files', new Blob([Buffer.from([0, 255, 13, 10])], { type: 'image/jpeg' }), 'รูป ถนน.jpg')
    await app.post('/read', form)

    const [read] = app.forms
    expect(read?.fields).toEqual({ detail: ['ไฟถนนดับ\r\nหน้าวัด 💡'], category: ['A', 'B'], place: [''] })
    expect(read?.files).toEqual([{ field: 'files', name: 'รูป ถนน.jpg', path: expect.any(String), bytes: 4 }])
    const path = read?.files[0]?.path ?? ''
    expect(path).toMatch(/\/incoming\/[0-9a-f]{32}$/)
    expect([...readFileSync(path)]).toEqual([0, 255, 13, 10])
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('keeps both of two files with the same name', async () => {
    const { files } = await app.read([file('image.jpg', 'one'), file('image.jpg', 'two')])
    expect(files.map(({ name, path }) => [name, readFileSync(path, 'utf8')])).toEqual([
      ['image.jpg', 'one'],
      ['image.jpg', 'two'],
    ])
  })

  it('has no file where none was chosen', async () => {
    const { files, problems } = await app.read([file('', ''), { name: 'detail', body: 'x' }, file('', '')])
    expect([files, problems, app.incoming()]).toEqual([[], [], []])
  })

  it('takes bytes that name no file, and lets no bytes without a name be', async () => {
    const nameless = { name: 'files', type: 'application/octet-stream' }
    const { files } = await app.read([{ ...nameless, body: 'content' }, nameless])
    expect(files).toMatchObject([{ field: 'files', name: 'file', bytes: 7 }])
  })

  it('hands a chosen but empty file on, to be refused by name', async () => {
    const { files } = await app.read([file('empty.jpg', '')])
    expect(files).toMatchObject([{ name: 'empty.jpg', bytes: 0 }])
  })
})

describe('what cannot be taken is reported and the rest is read', () => {
  it('a file of 10 MB is taken, one byte more is a problem and the rest of the form is still read', async () => {
    const { fields, files, problems } = await app.read([
      file('fits.jpg', Buffer.alloc(10 * MEGABYTE)),
      file('วิดีโอ.jpg', Buffer.alloc(10 * MEGABYTE + 1)),
      file('small.jpg'),
      { name: 'detail', body: 'ท่อแตก' },
    ])
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['fits.jpg', 10 * MEGABYTE],
      ['small.jpg', 7],
    ])
    expect(problems).toEqual([
      { field: 'files', key: 'uploads.file_too_big', params: { name: 'วิดีโอ.jpg', mb: 10 } },
    ])
    expect(fields).toEqual({ detail: ['ท่อแตก'] })
    expect(app.incoming()).toHaveLength(2)
  })

  it('of seven files the first five are taken and the others named', async () => {
    const names = ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg', '../๗.jpg']
    const { fields, files, problems } = await app.read([
      ...names.map((name) => file(name, Buffer.alloc(MEGABYTE))),
      file('', ''),
      { name: 'detail', body: 'x' },
    ])
    expect(files.map(({ name }) => name)).toEqual(names.slice(0, 5))
    expect(problems).toEqual([
      { field: 'files', key: 'uploads.too_many_files', params: { n: 5, names: '6.jpg, ๗.jpg' } },
    ])
    expect(fields).toEqual({ detail: ['x'] })
    expect(app.incoming()).toHaveLength(5)
  })

  it('a text over 200 KB is cut at a whole letter and reported beside its field', async () => {
    const { fields, problems } = await app.read([
      { name: 'detail', body: 'ก'.repeat(70_000) },
      { name: 'subject', body: 'ถนน' },
    ])
    expect(fields.detail).toEqual(['ก'.repeat(Math.floor((200 * 1024) / 3))])
    expect(fields.subject).toEqual(['ถนน'])
    expect(problems).toEqual([{ field: 'detail', key: 'uploads.text_too_long', params: {} }])
  })
})

describe('a name from outside', () => {
  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['C:\\Users\\สมศรี\\รูป.jpg', 'รูป.jpg'],
    ['ถนน\u200Bพัง\uFEFF.jpg', 'ถนนพัง.jpg'],
    ['bill\u202Egpj.exe', 'billgpj.exe'],
    ['a\0b\x07\x7F.jpg', 'ab.jpg'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['<img src=x>.png', '_img src=x_.png'],
    [`${'ก'.repeat(300)}.jpeg`, `${'ก'.repeat(115)}.jpeg`],
    ['💡'.repeat(130), '💡'.repeat(120)],
  ])('%j is kept as %j and never used on disk', async (given, kept) => {
    const { files } = await app.read([file(given)])
    expect(files.map(({ name }) => name)).toEqual([kept])
    expect(app.incoming()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
  })
})

describe('a request that is not such a form', () => {
  const whole = encodeForm([file('first.jpg'), file('second.jpg', Buffer.alloc(MEGABYTE))])

  it.each([
    ['has another type', 'detail=x', { 'content-type': 'multipart/form-data' }],
    ['has no boundary', whole, { 'content-type': 'multipart/form-data' }],
    ['breaks off', whole.subarray(0, MEGABYTE / 2), FORM_TYPE],
    [
      'has a field called __proto__',
      encodeForm([file('first.jpg'), { name: '__proto__', body: 'x' }]),
      FORM_TYPE,
    ],
    ['has a file called constructor', encodeForm([{ ...file('a.jpg'), name: 'constructor' }]), FORM_TYPE],
    [
      'has JSON for a text',
      encodeForm([{ name: 'a', type: 'application/json', body: '{"b":1}' }]),
      FORM_TYPE,
    ],
    [
      'has broken JSON for a text',
      encodeForm([{ name: 'a', type: 'application/json', body: '{' }]),
      FORM_TYPE,
    ],
  ])('because it %s, answers 400 and leaves nothing', async (_why, body, headers) => {
    expect((await app.post('/read', body, headers)).status).toBe(400)
    expect(app.errors).toMatchObject([{ kind: 'bad_request' }])
    expect(app.incoming()).toEqual([])
  })

  it('a part without a name is no reason to stop', async () => {
    const { fields, files } = await app.read([
      { body: 'x' },
      { filename: 'a.jpg', body: 'y' },
      { name: 'b', body: 'z' },
    ])
    expect(fields).toEqual({ '': ['x'], b: ['z'] })
    expect(files).toMatchObject([{ field: '', name: 'a.jpg' }])
  })
})
