import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CleanFile, cleanFile } from '#platform/file-cleaning.ts'
import {
  bomb,
  docx,
  drawing,
  heic,
  mp4,
  phonePhoto,
  pngChunk,
  SECRET,
  tinyPdf,
  zip,
} from '../support/upload-samples.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'siang-cleaning-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
function clean(content: Buffer | string, name = 'photo.jpg') {
  count += 1
  const path = join(folder, String(count))
  writeFileSync(path, content)
  return cleanFile(path, name)
}

async function cleaned(content: Buffer, name?: string): Promise<CleanFile & { content: Buffer }> {
  const result = await clean(content, name)
  if (!result.ok) throw new Error(`refused as ${result.reason}`)
  return { ...result, content: Buffer.isBuffer(result.source) ? result.source : readFileSync(result.source) }
}

const HTML = '<html><script>alert(document.domain)</script></html>'

describe('a photo from a phone', () => {
  it('loses place, owner and every other metadata', async () => {
    const photo = await phonePhoto()
    expect(photo.includes(SECRET)).toBe(true)
    expect((await sharp(photo).metadata()).exif).toBeDefined()

    const { content } = await cleaned(photo)
    const { exif, xmp, iptc, icc, orientation } = await sharp(content).metadata()
    expect([exif, xmp, iptc, icc, orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    for (const trace of [SECRET, 'Exif', 'GPS', 'SM-A145F', 'xmpmeta'])
      expect(content.includes(trace)).toBe(false)
  })

  it('is turned upright before its orientation mark is lost', async () => {
    const { width, height } = await cleaned(await phonePhoto(640, 480))
    expect([width, height]).toEqual([480, 640])
  })

  it('is made smaller, never larger', async () => {
    const large = await cleaned(await drawing(3000, 1500).jpeg().toBuffer())
    expect([large.width, large.height]).toEqual([2000, 1000])
    const small = await cleaned(await drawing(30, 20).jpeg().toBuffer())
    expect([small.width, small.height, small.bytes]).toEqual([30, 20, small.content.length])
  })

  it('in the colours of a printing press becomes one that every browser shows', async () => {
    const { content } = await cleaned(await drawing(64, 64).toColourspace('cmyk').jpeg().toBuffer())
    expect((await sharp(content).metadata()).space).toBe('srgb')
  })
})

describe('the kind of a picture', () => {
  it.each([
    ['jpeg', 'image/jpeg', 'jpg'],
    ['png', 'image/png', 'png'],
    ['webp', 'image/webp', 'webp'],
  ] as const)('stays %s, whatever its name says', async (format, mime, extension) => {
    const result = await cleaned(await drawing(80, 60).toFormat(format).toBuffer(), 'รูปถนน.gif')
    expect(result).toMatchObject({ mime, extension, name: `รูปถนน.gif.${extension}` })
    expect((await sharp(result.content).metadata()).format).toBe(format)
  })

  it('a wrong picture extension in the name is put right', async () => {
    expect((await cleaned(await drawing(8, 8).png().toBuffer(), 'IMG_1.JPEG')).name).toBe('IMG_1.png')
  })

  it('an animated PNG is kept as its first picture', async () => {
    const png = await drawing(8, 8).png().toBuffer()
    const control = pngChunk('acTL', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]))
    const result = await cleaned(Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]))
    expect(result.mime).toBe('image/png')
    expect(result.content.includes('acTL')).toBe(false)
  })
})

describe('files that are two things at once', () => {
  it('a picture with a web page behind it comes out as the picture only', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const picture = await drawing(60, 60).toFormat(format).toBuffer()
      const { content } = await cleaned(Buffer.concat([picture, Buffer.from(HTML)]))
      expect(content.includes('script')).toBe(false)
    }
  })

  it('a picture with a web page or an archive inside its metadata comes out without it', async () => {
    const png = await drawing(60, 60).png().toBuffer()
    const text = pngChunk('tEXt', Buffer.from(`Comment\0${HTML}`))
    const hiding = Buffer.concat([png.subarray(0, 33), text, png.subarray(33), zip({ 'a.html': HTML })])
    const { content } = await cleaned(hiding)
    for (const trace of ['script', 'PK\x03\x04', 'Comment']) expect(content.includes(trace)).toBe(false)
  })

  it.each([
    ['a GIF that is also a web page', Buffer.from(`GIF89a/*${HTML}*/=1;`), 'svg'],
    [
      'a GIF',
      Buffer.from(
        'GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;',
        'latin1',
      ),
      'unknown',
    ],
    [
      'a web page that only begins as a JPEG',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(HTML)]),
      'damaged',
    ],
    [
      'a PDF behind a byte order mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), tinyPdf()]),
      'unknown',
    ],
    [
      'a PDF behind a music tag',
      Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x10'), Buffer.alloc(16), tinyPdf()]),
      'unknown',
    ],
    ['a web page', Buffer.from(`<!doctype html>${HTML}`), 'svg'],
    ['a program', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(512)]), 'unknown'],
  ])('%s is refused', async (_what, content, reason) => {
    expect(await clean(content, 'photo.jpg')).toEqual({ ok: false, reason })
  })
})

describe('refusals name the reason', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'

  it.each([
    ['an empty file', Buffer.alloc(0), 'empty'],
    ['a HEIC picture', heic(), 'heic'],
    ['a Word document', docx(), 'office'],
    ['a zip archive', zip({ 'photo.jpg': 'x' }), 'office'],
    [
      'an old Word document',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]),
      'office',
    ],
    ['a video', mp4(), 'video'],
    ['an SVG drawing', Buffer.from(svg), 'svg'],
    ['an SVG drawing with a prolog', Buffer.from(`<?xml version="1.0"?>\n${svg}`), 'svg'],
    ['plain text', Buffer.from('ถนนชำรุด'), 'unknown'],
    ['a PDF that breaks off', tinyPdf().subarray(0, 100), 'damaged'],
    ['a PNG of 3.6 billion pixels in a few bytes', bomb(60_000, 60_000), 'too_many_pixels'],
    ['a PNG whose pixels are missing', bomb(3000, 2000), 'damaged'],
  ])('%s', async (_what, content, reason) => {
    expect(await clean(content, 'photo.png')).toEqual({ ok: false, reason })
  })

  it('a real picture just over the limit of pixels', async () => {
    const create = { width: 8000, height: 6251, channels: 3, background: 'white' } as const
    const large = await sharp({ create, limitInputPixels: false }).png({ compressionLevel: 1 }).toBuffer()
    expect(await clean(large)).toEqual({ ok: false, reason: 'too_many_pixels' })
  })

  it('a photo of which only the first half arrived', async () => {
    const photo = await drawing(800, 600).jpeg().toBuffer()
    expect(await clean(photo.subarray(0, photo.length / 2))).toEqual({ ok: false, reason: 'damaged' })
  })
})

describe('a PDF', () => {
  it('is kept byte for byte and named as one', async () => {
    const pdf = tinyPdf()
    const result = await cleaned(pdf, 'หนังสือร้องเรียน.docx')
    expect(result).toMatchObject({
      mime: 'application/pdf',
      name: 'หนังสือร้องเรียน.docx.pdf',
      bytes: pdf.length,
    })
    expect(result.content.equals(pdf)).toBe(true)
    expect(result.width).toBeUndefined()
  })
})

it('cleans twelve pictures at once, each its own, with junk among them', async () => {
  const sizes = Array.from({ length: 12 }, (_, index) => 20 + index)
  const pictures = await Promise.all(sizes.map((size) => drawing(size, size).png().toBuffer()))
  const [junk, ...results] = await Promise.all([
    clean('junk'),
    ...pictures.map((picture) => cleaned(picture)),
  ])
  expect(results.map((result) => result.width)).toEqual(sizes)
  expect(junk.ok).toBe(false)
})

it('never lets libvips open anything but JPEG, PNG and WebP from memory', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  const tiff = await drawing(9, 9).tiff().toBuffer()
  for (const content of [svg, tiff])
    await expect(sharp(content).metadata()).rejects.toThrow('unsupported image format')
})
