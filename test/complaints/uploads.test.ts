import { readdirSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sweepDrafts } from '#complaints/draft-files.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { docx, heic, phonePhoto, SECRET, tinyPdf } from '../support/upload-samples.ts'
import {
  COMPLAINT,
  faultsBesideFields,
  faultsOf,
  file,
  keptFiles,
  newForm,
  send,
  shownValue,
  slipOf,
  track,
} from './citizen.ts'
import { caseOf } from './officer.ts'

let site: TestPortal
let photo: Buffer
beforeAll(async () => {
  site = await startTestPortal()
  photo = await phonePhoto()
})
afterAll(() => site.close())
beforeEach(() => site.clock.addMinutes(61))

const jpeg = (name: string) => ({ name, content: photo })

const filesOfCase = (number: string) =>
  site.portal.db.sqlite
    .prepare('select id, original_name as name, stored_name as storedName from case_files where case_id = ?')
    .all(caseOf(site, { number }).id) as { id: string; name: string; storedName: string }[]

const draftCount = () =>
  site.portal.db.sqlite.prepare('select count(*) from draft_files').pluck().get() as number

const blobCount = () =>
  readdirSync(join(site.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length

const incoming = () => readdirSync(join(site.dataDir, 'incoming'))

describe('files of a complaint', () => {
  it('go to the case in their order, two of one name both, and none stays behind', async () => {
    const drafts = draftCount()
    const files = [jpeg('ถนน.jpg'), jpeg('ถนน.jpg'), { name: 'คำร้อง.pdf', content: tinyPdf() }]
    const { number } = slipOf(await file(site, {}, files))
    expect(filesOfCase(number).map(({ name }) => name)).toEqual(['ถนน.jpg', 'ถนน.jpg', 'คำร้อง.pdf'])
    expect([draftCount(), incoming()]).toEqual([drafts, []])
  })

  it('are shown to their owner alone, as harmless pictures without the place they were taken', async () => {
    const slip = slipOf(await file(site, {}, [jpeg('ถนน.jpg'), { name: 'a.pdf', content: tinyPdf() }]))
    const [picture, pdf] = filesOfCase(slip.number)
    const owner = await track(site, slip)
    const shown = await owner.get(`/track/files/${picture?.id}`).buffer()
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/jpeg'])
    expect(shown.headers['content-disposition']).toMatch(/^inline; /)
    expect(shown.headers['content-security-policy']).toBe("default-src 'none'; sandbox")
    expect(Buffer.from(shown.body).includes(SECRET)).toBe(false)
    expect((await sharp(shown.body).metadata()).exif).toBeUndefined()
    const download = await owner.get(`/track/files/${pdf?.id}`)
    expect(download.headers['content-disposition']).toMatch(/^attachment; /)

    const stranger = await track(site, slipOf(await file(site)))
    expect((await stranger.get(`/track/files/${picture?.id}`)).status).toBe(404)
    expect((await site.newAgent().get(`/track/files/${picture?.id}`)).headers.location).toBe('/track')
  })
})

describe('after an error', () => {
  it('the files are still there, and go to the case when the form is right', async () => {
    const token = await newForm(site.agent)
    const files = [jpeg('หน้าวัด.jpg'), jpeg('เสาไฟ.jpg')]
    const wrong = await send(site.agent, '/complaints', { token, ...COMPLAINT, privacy: '' }, files)
    expect(wrong.status).toBe(422)
    const kept = keptFiles(wrong.text)
    expect(kept.map(({ name }) => name)).toEqual(['หน้าวัด.jpg', 'เสาไฟ.jpg'])
    expect(shownValue(wrong.text, 'token')).toBe(token)

    const again = { token, ...COMPLAINT, kept: kept.map(({ id }) => id) }
    const slip = slipOf(await send(site.agent, '/complaints', again))
    expect(filesOfCase(slip.number).map(({ name }) => name)).toEqual(['หน้าวัด.jpg', 'เสาไฟ.jpg'])
    expect(slipOf(await send(site.agent, '/complaints', again))).toEqual(slip)
    expect(filesOfCase(slip.number)).toHaveLength(2)
  })

  it('one more can be added to those, and one of them removed for good', async () => {
    const token = await newForm(site.agent)
    const wrong = await send(site.agent, '/complaints', { token, ...COMPLAINT, subject: '' }, [
      jpeg('1.jpg'),
      jpeg('2.jpg'),
    ])
    const [first, second] = keptFiles(wrong.text)
    const before = blobCount()
    const form = { token, ...COMPLAINT, kept: [first?.id ?? '', second?.id ?? ''], drop: first?.id ?? '' }
    const slip = slipOf(await send(site.agent, '/complaints', form, [jpeg('3.jpg')]))
    expect(filesOfCase(slip.number).map(({ name }) => name)).toEqual(['2.jpg', '3.jpg'])
    expect(blobCount()).toBe(before)
  })

  it('a double click loses none of them', async () => {
    const token = await newForm(site.agent)
    const form = { token, ...COMPLAINT }
    const wrong = await send(site.agent, '/complaints', { ...form, subject: '' }, [jpeg('1.jpg')])
    const again = { ...form, kept: keptFiles(wrong.text).map(({ id }) => id) }
    const before = blobCount()
    const answers = await Promise.all(
      [1, 2, 3].map(() => send(site.newAgent(), '/complaints', again, [jpeg('2.jpg')])),
    )
    const slips = answers.map(slipOf)
    expect(new Set(slips.map(({ number }) => number)).size).toBe(1)
    const files = filesOfCase(slips[0]?.number ?? '')
    expect(files.map(({ name }) => name)).toEqual(['1.jpg', '2.jpg'])
    for (const { storedName } of files) (await site.portal.files.openFile(storedName)).stream.destroy()
    expect(blobCount()).toBe(before + 1)
  })

  it('a new form has nothing of the old one', async () => {
    const token = await newForm(site.agent)
    const wrong = await send(site.agent, '/complaints', { token, ...COMPLAINT, subject: '' }, [jpeg('1.jpg')])
    const fresh = await site.agent.get('/complaints/new')
    expect(keptFiles(fresh.text)).toEqual([])
    expect(shownValue(fresh.text, 'detail')).toBe('')

    const stolen = keptFiles(wrong.text)[0]?.id ?? ''
    const answer = await file(site, { kept: stolen })
    expect([answer.status, faultsOf(answer.text).map(([field]) => field)]).toEqual([422, ['files']])
  })

  it('files that are gone are not passed over in silence', async () => {
    const token = await newForm(site.agent)
    const form = { token, ...COMPLAINT }
    const wrong = await send(site.agent, '/complaints', { ...form, subject: '' }, [jpeg('1.jpg')])
    const kept = keptFiles(wrong.text).map(({ id }) => id)
    await send(site.agent, '/complaints', { ...form, kept })
    const changed = await send(site.agent, '/complaints', { ...form, kept, subject: 'อีกเรื่อง' })
    expect([changed.status, faultsOf(changed.text)]).toEqual([
      422,
      [['files', 'ไฟล์ที่เคยแนบไว้ไม่อยู่แล้ว กรุณาแนบใหม่อีกครั้ง หรือส่งเรื่องโดยไม่มีไฟล์']],
    ])
    expect(keptFiles(changed.text)).toEqual([])
  })

  it('given up, they are removed after a day', async () => {
    const token = await newForm(site.agent)
    await send(site.agent, '/complaints', { token, ...COMPLAINT, subject: '' }, [jpeg('1.jpg')])
    const { number } = slipOf(await file(site, {}, [jpeg('2.jpg')]))
    site.clock.addMinutes(23 * 60)
    await sweepDrafts(site.portal)
    expect(draftCount()).toBeGreaterThan(0)
    site.clock.addMinutes(61)
    await sweepDrafts(site.portal)
    expect(draftCount()).toBe(0)
    const [stays] = filesOfCase(number)
    const { stream } = await site.portal.files.openFile(stays?.storedName ?? '')
    stream.destroy()
  })
})

describe('a file that cannot be taken', () => {
  it.each([
    ['a picture of an iPhone', 'IMG_1.HEIC', heic, 'HEIC'],
    ['a Word document', 'คำร้อง.docx', docx, 'PDF'],
    ['a program called a picture', 'ถนน.jpg', () => Buffer.from('MZ not a picture'), 'ภาพหน้าจอ'],
  ])('%s is refused with what to do instead, and the rest stays', async (_what, name, content, advice) => {
    const files = [jpeg('ดี.jpg'), { name, content: content() }]
    const answer = await file(site, {}, files)
    expect(answer.status).toBe(422)
    expect(faultsOf(answer.text)).toEqual([['files', expect.stringContaining(advice)]])
    expect(faultsBesideFields(answer.text)).toEqual(['files'])
    expect(keptFiles(answer.text).map((kept) => kept.name)).toEqual(['ดี.jpg'])
    expect(shownValue(answer.text, 'detail')).toBe(COMPLAINT.detail)
    expect(incoming()).toEqual([])
  })

  it('over 10 MB answers 413 with the form, its texts and its other files', async () => {
    const big = { name: 'ใหญ่.jpg', content: Buffer.alloc(10 * 1024 * 1024 + 1) }
    const answer = await file(site, {}, [jpeg('ดี.jpg'), big])
    expect(answer.status).toBe(413)
    expect(faultsOf(answer.text)).toEqual([['files', expect.stringContaining('“ใหญ่.jpg” มีขนาดเกิน 10 MB')]])
    expect(keptFiles(answer.text).map(({ name }) => name)).toEqual(['ดี.jpg'])
    expect(shownValue(answer.text, 'subject')).toBe(COMPLAINT.subject)
  })

  it('as the sixth is named, five are kept', async () => {
    const answer = await file(
      site,
      {},
      ['1', '2', '3', '4', '5', '6'].map((name) => jpeg(`${name}.jpg`)),
    )
    expect([answer.status, faultsOf(answer.text)]).toEqual([
      422,
      [['files', expect.stringContaining('จึงยังไม่ได้แนบ 6.jpg')]],
    ])
    expect(keptFiles(answer.text)).toHaveLength(5)

    const kept = keptFiles(answer.text).map(({ id }) => id)
    const token = shownValue(answer.text, 'token') ?? ''
    const sixth = await send(site.agent, '/complaints', { token, ...COMPLAINT, kept }, [jpeg('7.jpg')])
    expect([sixth.status, faultsOf(sixth.text)]).toEqual([
      422,
      [['files', expect.stringContaining('จึงยังไม่ได้แนบ 7.jpg')]],
    ])
    expect(incoming()).toEqual([])
  })

  it('a video of 120 MB costs the video and not the words', { timeout: 60_000 }, async () => {
    const answer = await sendVideo(site, 120)
    expect(answer.status).toBe(413)
    expect(faultsOf(answer.text)).toEqual([['files', expect.stringContaining('ข้อความที่ท่านพิมพ์ยังอยู่ครบ')]])
    expect(shownValue(answer.text, 'detail')).toBe(COMPLAINT.detail)
    expect(shownValue(answer.text, 'category')).toBe(COMPLAINT.category)
    expect(incoming()).toEqual([])
  })
})

/** Streams a form with a file of so many megabytes, without holding it in memory. */
async function sendVideo(to: TestPortal, megabytes: number): Promise<{ status: number; text: string }> {
  const boundary = '----video'
  const part = (name: string, value: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const texts = Object.entries(COMPLAINT).map(([name, value]) => part(name, value))
  const opening = `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="v.mp4"\r\n\r\n`
  const head = Buffer.from([...texts, opening].join(''))
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const megabyte = Buffer.alloc(1024 * 1024, 1)
  const address = to.app.server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return await new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        ...{ port, host: '127.0.0.1', path: '/complaints', method: 'POST' },
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': head.length + megabytes * megabyte.length + tail.length,
        },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      },
    )
    request.on('error', reject)
    request.write(head)
    let left = megabytes
    const pour = (): void => {
      while (left > 0) {
        left -= 1
        if (!request.write(megabyte)) {
          request.once('drain', pour)
          return
        }
      }
      request.end(tail)
    }
    pour()
  })
}
