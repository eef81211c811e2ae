import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type KeptFile, keepUploads } from '#web/keep-uploads.ts'
import { en, th } from '#web/messages/uploads.ts'
import { tooManyFiles, type UploadProblem } from '#web/uploads.ts'
import {
  encodeForm,
  FORM_TYPE,
  file,
  MEGABYTE,
  type Part,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts'
import { bomb, docx, drawing, heic, mp4, phonePhoto, SECRET, tinyPdf } from '../support/upload-samples.ts'

let app: UploadApp
beforeEach(async () => {
  app = await startUploadApp()
})
afterEach(() => app.close())

async function keep(parts: readonly Part[]): Promise<{ kept: KeptFile[]; problems: UploadProblem[] }> {
  return (await (await app.post('/keep', encodeForm(parts), FORM_TYPE)).json()) as Awaited<
    ReturnType<typeof keep>
  >
}

const onDisk = (folder: string) =>
  readdirSync(join(app.dataDir, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))

it('a photo, a PDF and two pictures of one name are kept, clean, and nothing stays behind', async () => {
  const pdf = tinyPdf()
  const picture = await drawing(50, 40).png().toBuffer()
  const { kept, problems } = await keep([
    file('IMG_0001.JPG', await phonePhoto(640, 480)),
    file('หนังสือ.pdf', pdf),
    file('image.png', picture),
    file('image.png', picture),
  ])
  const storedName = expect.stringMatching(/^[0-9a-f]{32}$/)
  const png = { storedName, originalName: 'image.png', mime: 'image/png', width: 50, height: 40 }
  expect(kept).toMatchObject([
    { storedName, originalName: 'IMG_0001.jpg', mime: 'image/jpeg', width: 480, height: 640 },
    {
      storedName,
      originalName: 'หนังสือ.pdf',
      mime: 'application/pdf',
      bytes: pdf.length,
      width: null,
      height: null,
    },
    png,
    png,
  ])
  expect(problems).toEqual([])
  expect(app.incoming()).toEqual([])

  const stored = onDisk('files')
  expect(stored).toHaveLength(4)
  expect(stored.map(({ length }) => length).sort()).toEqual(kept.map(({ bytes }) => bytes).sort())
  for (const trace of [SECRET, 'Exif', 'GPS'])
    expect(stored.some((bytes) => bytes.includes(trace))).toBe(false)
  const photo = stored.find((bytes) => bytes[0] === 0xff)
  expect((await sharp(photo).metadata()).exif).toBeUndefined()
})

it.each([
  ['IMG_2.HEIC', heic(), 'heic'],
  ['คำร้อง.docx', docx(), 'office'],
  ['clip.mp4', mp4(), 'video'],
  ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
  ['note.txt', 'ถนนชำรุด', 'unknown'],
  ['cut.pdf', tinyPdf().subarray(0, 60), 'damaged'],
  ['nothing.jpg', '', 'empty'],
  ['bomb.png', bomb(60_000, 60_000), 'too_many_pixels'],
])('%s is refused by name, the good file beside it is kept', async (name, body, reason) => {
  const { kept, problems } = await keep([file(name, body), file('good.pdf', tinyPdf())])
  expect(problems).toEqual([{ field: 'files', key: `uploads.${reason}`, params: { name, mp: 50 } }])
  expect(kept.map(({ originalName }) => originalName)).toEqual(['good.pdf'])
  expect([app.incoming(), onDisk('files').length]).toEqual([[], 1])
  expectSentence(problems[0])
})

it('the problems of size and number are whole sentences too', async () => {
  app.limits.maxFileBytes = MEGABYTE
  const { problems } = await keep([
    file('big.jpg', Buffer.alloc(MEGABYTE + 1)),
    { name: 'detail', body: 'x'.repeat(300_000) },
  ])
  expect(problems.map(({ key }) => key)).toEqual(['uploads.file_too_big', 'uploads.text_too_long'])
  for (const problem of [...problems, tooManyFiles('files', ['a.jpg', 'b.jpg'], 5)]) expectSentence(problem)
})

it('when the store fails halfway, nothing of the form stays anywhere', async () => {
  const paths = ['one', 'two'].map((name) => join(app.store.incomingFolder, name))
  for (const path of paths) writeFileSync(path, tinyPdf())
  const [one = '', two = ''] = paths
  const received = [one, two].map((path) => ({ field: 'files', name: 'a.pdf', path, bytes: 1 }))
  let stored = 0
  const failing: typeof app.store = {
    ...app.store,
    storeFile: (source) => {
      stored += 1
      if (stored === 2) rmSync(two)
      return app.store.storeFile(source)
    },
  }
  await expect(keepUploads(failing, received)).rejects.toThrow('ENOENT')
  expect([app.incoming(), onDisk('files')]).toEqual([[], []])
})

function expectSentence(problem: UploadProblem | undefined): void {
  for (const texts of [th, en]) {
    const text: string = problem ? texts[problem.key] : ''
    expect(text.length).toBeGreaterThan(20)
    const missing = [...text.matchAll(/\{(\w+)\}/g)].filter(
      ([, name]) => problem?.params[name ?? ''] === undefined,
    )
    expect(missing).toEqual([])
  }
}
