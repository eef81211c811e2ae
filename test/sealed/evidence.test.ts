import { deflateSync } from 'node:zlib'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cleanEvidence, type EvidenceFile } from '#sealed/evidence.ts'
import { tagsOf, unpackedPdf } from '../support/metadata.ts'
import { drawnPage, infoOf, pagesOf } from '../support/poppler.ts'
import { bomb, docx, drawing, heic, mp4, tinyPdf, zip } from '../support/upload-samples.ts'
import {
  asTaken,
  dirtyJpeg,
  dirtyPdf,
  dirtyPng,
  dirtyWebp,
  filledForm,
  handmadePdf,
  lockedPdf,
  MARKER,
  MARKER_FORMS,
  packedPdf,
  pagesOfText,
  sideways,
} from './dirty-files.ts'

async function cleaned(content: Buffer): Promise<EvidenceFile> {
  const result = await cleanEvidence(content, false)
  if (!result.ok) throw new Error(`refused as ${result.reason}`)
  expect(result.original).toBeNull()
  return result.clean
}

const refusalOf = async (content: Buffer | string) => {
  const result = await cleanEvidence(Buffer.from(content), true)
  return result.ok ? `taken as ${result.clean.mime}` : result.reason
}

/** What an independent program may still find: how the pixels are stored. */
const HARMLESS =
  /^(PNG:(Image(Width|Height)|BitDepth|ColorType|Compression|Filter|Interlace)|PNG-pHYs:.*|RIFF:(VP8Version|Image(Width|Height)|(Horizontal|Vertical)Scale|WebP_Flags|AlphaIsUsed)|PDF:(PDFVersion|Linearized|PageCount))$/

const tracesIn = (content: Buffer): string[] =>
  Object.keys(tagsOf(content)).filter((tag) => !HARMLESS.test(tag))

const hasMarker = (content: Buffer): boolean => MARKER_FORMS.some((form) => content.includes(form))

async function pixelsOf(picture: Buffer) {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) =>
    [...data.subarray((y * info.width + x) * info.channels)].slice(0, info.channels)
  return { width: info.width, height: info.height, at }
}

describe('a picture', () => {
  const kinds = [
    ['JPEG', dirtyJpeg, { mime: 'image/jpeg', extension: 'jpg' }],
    ['PNG', dirtyPng, { mime: 'image/png', extension: 'png' }],
    ['WebP', dirtyWebp, { mime: 'image/webp', extension: 'webp' }],
  ] as const

  it.each(kinds)(
    '%s keeps nothing of place, owner, device, time and what was hung on it',
    async (_, make, kind) => {
      const dirty = await make()
      expect(hasMarker(dirty)).toBe(true)
      const before = Object.keys(tagsOf(dirty))
      for (const tag of [
        'IFD0:Artist',
        'IFD0:Model',
        'ExifIFD:SerialNumber',
        'GPS:GPSLatitude',
        'XMP-dc:Creator',
      ]) {
        expect(before).toContain(tag)
      }

      const { content, ...rest } = await cleaned(dirty)
      expect(rest).toEqual(kind)
      expect(tracesIn(content)).toEqual([])
      expect(hasMarker(content)).toBe(false)
      expect(content.includes('script')).toBe(false)
    },
  )

  it.each(kinds)('%s is turned upright before its orientation is lost', async (_, make) => {
    const { width, height, at } = await pixelsOf((await cleaned(await make())).content)
    expect([width, height]).toEqual([60, 80])
    const [red, blue] = [at(30, 20), at(30, 60)]
    expect(red[0]).toBeGreaterThan(180)
    expect(red[2]).toBeLessThan(90)
    expect(blue[2]).toBeGreaterThan(180)
    expect(blue[0]).toBeLessThan(90)
  })

  it('comes out byte for byte the same whatever was written beside its pixels', async () => {
    const picture = () => drawing(200, 150)
    for (const format of ['png', 'webp'] as const) {
      const lossless = format === 'webp' ? { lossless: true } : {}
      const plain = await picture().toFormat(format, lossless).toBuffer()
      const marked = await picture()
        .withExif({ IFD0: { Artist: MARKER } })
        .withMetadata({ density: 240 })
      const dirty = await marked.toFormat(format, lossless).toBuffer()
      expect(dirty.equals(plain)).toBe(false)
      expect((await cleaned(dirty)).content.equals((await cleaned(plain)).content)).toBe(true)
    }
  })

  it('stays large enough to read a document by: at most 3000 pixels, and never enlarged', async () => {
    const large = await cleaned(await drawing(4000, 2000).jpeg({ quality: 50 }).toBuffer())
    expect(await pixelsOf(large.content)).toMatchObject({ width: 3000, height: 1500 })
    const small = await cleaned(await drawing(30, 20).png().toBuffer())
    expect(await pixelsOf(small.content)).toMatchObject({ width: 30, height: 20 })
  })

  it('loses the colours under what was erased to transparency', async () => {
    const [width, height] = [4, 4]
    const pixels = Buffer.alloc(width * height * 4, 0)
    for (let at = 0; at < pixels.length; at += 4) pixels.set([200, 10, 10, at < 32 ? 0 : 255], at)
    const png = await sharp(pixels, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer()
    expect((await pixelsOf(png)).at(0, 0)).toEqual([200, 10, 10, 0])
    const { at } = await pixelsOf((await cleaned(png)).content)
    expect(at(0, 0)).toEqual([0, 0, 0, 0])
    expect(at(3, 3)).toEqual([200, 10, 10, 255])
  })

  it('in the colours of a printing press or in sixteen bits becomes one that every screen shows', async () => {
    const press = await drawing(64, 64).toColourspace('cmyk').jpeg().toBuffer()
    const deep = await drawing(64, 64).toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    for (const content of [press, deep]) {
      const { space, depth, icc } = await sharp((await cleaned(content)).content).metadata()
      expect({ space, depth, icc }).toEqual({ space: 'srgb', depth: 'uchar', icc: undefined })
    }
  })
})

describe('a PDF', () => {
  it('keeps nothing of its author, attachments, notes, scripts and the metadata of photos in it', async () => {
    const dirty = await dirtyPdf()
    const before = Buffer.concat([dirty, unpackedPdf(dirty)])
    for (const trace of ['/JavaScript', '/EmbeddedFile', '/Type /Annot', '/Metadata', 'Exif']) {
      expect([trace, before.includes(trace)]).toEqual([trace, true])
    }
    expect(hasMarker(before)).toBe(true)

    const { content, mime, extension } = await cleaned(dirty)
    expect({ mime, extension }).toEqual({ mime: 'application/pdf', extension: 'pdf' })
    expect(tracesIn(content)).toEqual([])
    const after = Buffer.concat([content, unpackedPdf(content)])
    expect(hasMarker(after)).toBe(false)
    for (const trace of [
      ...['/JavaScript', '/JS', '/EmbeddedFile', '/Type /Annot', '/Metadata', '/Info', '/Type /Font', 'Exif'],
      ...['/Producer', '/Creator', '/CreationDate', '/ModDate', '/Title', 'pdf-lib', 'PDFium', 'Adobe'],
    ]) {
      expect([trace, after.includes(trace)]).toEqual([trace, false])
    }
    // qpdf gives what it writes an identifier of its own.
    expect(content.includes('/ID')).toBe(false)
    expect(pagesOf(content).flat()).toEqual([])
  })

  it('shows the same pages in the same size and order, with their lines to be read', async () => {
    const dirty = await dirtyPdf()
    const { content } = await cleaned(dirty)
    expect(infoOf(content)).toContain('Pages: 3')
    for (const [at, [width, height]] of [
      [595, 842] as const,
      [842, 595] as const,
      [842, 595] as const,
    ].entries()) {
      const page = drawnPage(content, at + 1)
      expect(await difference(drawnPage(dirty, at + 1), page)).toBeLessThan(3)
      expect(await difference(await blank(width, height), page)).toBeGreaterThan(5)
    }
    expect(await difference(drawnPage(content, 2), drawnPage(content, 3))).toBeGreaterThan(5)
  })

  it('shows what was typed into a form, on a page that stays turned as it was', async () => {
    const [form, empty] = [await filledForm('TYPED IN THE FIELD'), await filledForm('')]
    const [shown, blankField] = [(await cleaned(form)).content, (await cleaned(empty)).content]
    expect(infoOf(shown)).toMatch(/Page size: 300 x (399.84|400) pts/)
    expect(await difference(drawnPage(shown, 1), drawnPage(blankField, 1))).toBeGreaterThan(3)
    expect(await difference(drawnPage(empty, 1), drawnPage(blankField, 1))).toBeLessThan(3)
  })

  it('of thirty pages is taken, of thirty-one it is not', async () => {
    const { content } = await cleaned(await pagesOfText(30))
    expect(infoOf(content)).toContain('Pages: 30')
    expect(await refusalOf(await pagesOfText(31))).toBe('too_many_pages')
  })

  it('with a password is refused; one that only forbids printing is not', async () => {
    expect(await refusalOf(await lockedPdf('open sesame'))).toBe('password')
    expect(await refusalOf(await lockedPdf(''))).toBe('taken as application/pdf')
  })

  it('whose letters could not be drawn is refused, because they would be missing without a word', async () => {
    const thai = (mode: number) =>
      fontless(`BT ${mode} Tr /F1 12 Tf 20 100 Td <0E170E380E080E230E340E15> Tj ET`)
    expect(await refusalOf(thai(0))).toBe('fonts_missing')
    // A scanner's own guess at the text, behind the picture of the page.
    expect(await refusalOf(thai(3))).toBe('taken as application/pdf')
  })

  it.each([
    ['as large as a town', '[0 0 1000000 1000000]', [1440, 1440]],
    ['as thin as a thread', '[0 0 3 14400]', [0.48, 1440]],
    ['without any size', '[0 0 0 0]', [612, 792]],
    ['of a size that is no number', '[-1e30 0 1e30 5]', [612, 792]],
  ])('with a page %s gives one of bearable size', async (_, box, size) => {
    const pdf = Buffer.from(handmadePdf('0 0 m').toString('latin1').replace('[0 0 200 200]', box), 'latin1')
    const page = (await PDFDocument.load((await cleaned(pdf)).content)).getPage(0)
    expect([page.getWidth(), page.getHeight()]).toEqual(size)
  })

  it.each([
    ['that unpacks to half a gigabyte of drawing', () => packedPdf(deflateSync(Buffer.alloc(6e8, ' ')))],
    ['whose forms draw each other ten times over', () => laughingPdf()],
  ])('%s is refused before it takes the memory', async (_, make) => {
    const pdf = make()
    const before = process.memoryUsage().rss
    let peak = 0
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - before)
    }, 10)
    expect(await refusalOf(pdf)).toBe('too_heavy')
    clearInterval(watch)
    expect(peak).toBeLessThan(750 * 1024 * 1024)
  })

  it('that never ends is cut off after twenty seconds; of files two are cleaned at a time', async () => {
    const startedAt = performance.now()
    const seconds = () => (performance.now() - startedAt) / 1000
    const endless = refusalOf(endlessPdf())
    expect(await refusalOf(tinyPdf())).toBe('taken as application/pdf')
    expect(seconds()).toBeLessThan(10)
    const another = refusalOf(endlessPdf())
    expect(await refusalOf('text')).toBe('taken as text/plain')
    expect(seconds()).toBeGreaterThan(19.5)
    expect(await Promise.all([endless, another])).toEqual(['too_heavy', 'too_heavy'])
    expect(seconds()).toBeLessThan(32)
  })
})

describe('a text', () => {
  const textOf = async (text: string) => (await cleaned(Buffer.from(text))).content.toString()

  it('is taken as it reads, whatever letters it begins with', async () => {
    expect(await cleaned(Buffer.from('วันที่ ๑\tนายก\n'))).toMatchObject({
      mime: 'text/plain',
      extension: 'txt',
    })
    for (const text of ['BM สวัสดี', 'MZ: the mayor', '%!PS', 'ID3']) expect(await textOf(text)).toBe(text)
  })

  it('loses its byte order mark, the kind of its line ends and every character that nobody sees', async () => {
    const marked = 'นาย\u200Bก\u200D \u2060รับ\u{E0041} เงิน\uFE0F\u202E\r\nจริง\r'
    expect(await textOf(`\uFEFF${marked}`)).toBe('นายก รับ เงิน\nจริง\n')
  })

  it.each([
    ['in another encoding', Buffer.from([0xb9, 0xd2, 0xc2, 0xa1]), 'unknown'],
    ['in UTF-16', Buffer.from('\uFEFFนายก', 'utf16le'), 'unknown'],
    ['with control characters', 'a\u001Bb', 'unknown'],
    ['with a zero byte', 'a\0b', 'unknown'],
    ['of more than 200 KB', 'ก'.repeat(70_000), 'text_too_long'],
    ['that is a web page', '<!doctype html><html><script>kanari()</script></html>', 'svg'],
    ['that is a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
    ['that is a document', '{\\rtf1 hello}', 'office'],
  ])('%s is refused', async (_, content, reason) => {
    expect(await refusalOf(content)).toBe(reason)
  })
})

describe('what is no evidence or not what it says', () => {
  const script = '<html><script>kanari()</script></html>'

  it.each([
    ['nothing', '', 'empty'],
    ['a HEIC picture', heic(), 'heic'],
    ['a Word document', docx(), 'office'],
    ['an archive', zip({ 'photo.jpg': 'x' }), 'office'],
    ['a video', mp4(), 'video'],
    ['a program', Buffer.concat([Buffer.from('MZ\x90\0'), Buffer.alloc(512)]), 'unknown'],
    ['a GIF that is a web page', `GIF89a/*${script}*/=1;`, 'svg'],
    [
      'a web page that begins as a JPEG',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(script)]),
      'damaged',
    ],
    ['a web page before a PDF', Buffer.concat([Buffer.from(script), tinyPdf()]), 'svg'],
    [
      'a PDF behind a byte order mark',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), tinyPdf()]),
      'unknown',
    ],
    ['a PDF that breaks off', tinyPdf().subarray(0, 100), 'damaged'],
    ['a PDF in name only', '%PDF-1.7\nhello\n%%EOF', 'damaged'],
    ['3.6 billion pixels in a few bytes', bomb(60_000, 60_000), 'too_many_pixels'],
    ['a picture whose pixels are missing', bomb(3000, 2000), 'damaged'],
  ])('%s is refused', async (_, content, reason) => {
    expect(await refusalOf(content)).toBe(reason)
  })

  it('a picture that is an archive and a web page too is only a picture afterwards', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const picture = await drawing(60, 60).toFormat(format).toBuffer()
      const { content } = await cleaned(
        Buffer.concat([picture, Buffer.from(script), zip({ 'a.html': script })]),
      )
      for (const trace of ['kanari', 'PK\x03\x04']) expect(content.includes(trace)).toBe(false)
    }
  })

  it('a PDF that is an archive too is only a PDF afterwards', async () => {
    const { content } = await cleaned(
      Buffer.concat([await pagesOfText(1), zip({ 'a.html': script }), Buffer.from('%%EOF')]),
    )
    for (const trace of ['kanari', 'PK\x03\x04']) expect(content.includes(trace)).toBe(false)
  })
})

describe('the original', () => {
  it('is kept byte for byte where the reporter wishes it, beside the clean one', async () => {
    for (const dirty of [await dirtyJpeg(), await dirtyPdf(), Buffer.from('\uFEFFtext\r\n')]) {
      const result = await cleanEvidence(dirty, true)
      if (!result.ok || !result.original) throw new Error('no original')
      const { content, ...kind } = result.original
      expect(content.equals(dirty)).toBe(true)
      expect(result.clean).toMatchObject(kind)
      expect(result.clean.content.equals(dirty)).toBe(false)
    }
  })
})

it('cleans many files that come at once, each its own', async () => {
  const sizes = Array.from({ length: 8 }, (_, index) => 20 + index)
  const pictures = await Promise.all(sizes.map((size) => asTaken(sideways(size, 10)).png().toBuffer()))
  const pdfs = await Promise.all([1, 2, 3].map((pages) => pagesOfText(pages)))
  const results = await Promise.all([...pdfs, ...pictures].map((file) => cleaned(file)))
  const pages = results.slice(0, 3).map(({ content }) => infoOf(content).match(/Pages: (\d+)/)?.[1])
  expect(pages).toEqual(['1', '2', '3'])
  const heights = await Promise.all(
    results.slice(3).map(async ({ content }) => (await pixelsOf(content)).height),
  )
  expect(heights).toEqual(sizes)
})

/** Mean difference of two drawings, 0 to 255; of different sizes never little. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((png) => sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true })),
  )
  if (!a || !b) throw new Error('no drawing')
  if (Math.abs(a.info.width - b.info.width) > 1 || Math.abs(a.info.height - b.info.height) > 1) return 255
  let sum = 0
  const [width, height] = [Math.min(a.info.width, b.info.width), Math.min(a.info.height, b.info.height)]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      sum += Math.abs((a.data[y * a.info.width + x] ?? 0) - (b.data[y * b.info.width + x] ?? 0))
    }
  }
  return sum / (width * height)
}

const blank = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: 'white' } })
    .png()
    .toBuffer()

/** Thai in a font that the file only names. */
function fontless(content: string): Buffer {
  return handmadePdf(content, '/Font << /F1 5 0 R >>', [
    '<< /Type /Font /Subtype /Type0 /BaseFont /THSarabunPSK /Encoding /Identity-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /THSarabunPSK /FontDescriptor 7 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>',
    '<< /Type /FontDescriptor /FontName /THSarabunPSK /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  ])
}

/** A hundred million rectangles from nine small objects. */
function laughingPdf(): Buffer {
  const forms = Array.from({ length: 9 }, (_, index) => {
    const body = index === 8 ? '0 0 200 200 re f' : '/X Do '.repeat(10)
    const resources = `/Resources << /XObject << /X ${6 + index} 0 R >> >>`
    return `<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] ${resources} /Length ${body.length} >>\nstream\n${body}\nendstream`
  })
  return handmadePdf('/X Do', '/XObject << /X 5 0 R >>', forms)
}

/** Four hundred million tiles on one small page. */
function endlessPdf(): Buffer {
  const body = '1 0 0 rg 0 0 .5 .5 re f'
  const kind =
    '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.01 /YStep 0.01'
  const tile = `<< ${kind} /Resources << >> /Length ${body.length} >>\nstream\n${body}\nendstream`
  return handmadePdf('/Pattern cs /P scn 0 0 200 200 re f', '/Pattern << /P 5 0 R >>', [tile])
}
