import { deflateSync } from 'node:zlib'
import { degrees, PDFDocument, PDFHexString, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib'
import type { Sharp } from 'sharp'
import { drawing, pngChunk } from '../support/upload-samples.ts'

/** Stands in every place of a file where a phone, a program or a person may leave a trace. */
export const MARKER = 'Kanari-4711'

/** As the marker appears in metadata that is not written in ASCII. */
export const MARKER_FORMS = [
  Buffer.from(MARKER),
  Buffer.from(MARKER, 'utf16le'),
  Buffer.from(MARKER, 'utf16le').swap16(),
  Buffer.from(Buffer.from(MARKER).toString('hex')),
  Buffer.from(Buffer.from(MARKER, 'utf16le').swap16().toString('hex').toUpperCase()),
]

const EXIF = {
  IFD0: {
    Make: `Make ${MARKER}`,
    Model: `Model ${MARKER}`,
    Artist: `Artist ${MARKER}`,
    Copyright: `Copyright ${MARKER}`,
    Software: `Software ${MARKER}`,
    ImageDescription: `Description ${MARKER}`,
  },
  IFD2: { BodySerialNumber: `Serial ${MARKER}`, DateTimeOriginal: '2026:11:16 09:59:01', LensModel: MARKER },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '13/1 45/1 22/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '100/1 30/1 1/1',
  },
}

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>${MARKER}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`

/** Red above blue when seen as meant; stored on its side, as a phone held upright stores it. */
export function sideways(width = 80, height = 60): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < width * height; at += 1) pixels[at * 3 + (at % width < width / 2 ? 0 : 2)] = 255
  return asTaken(drawing(width, height).composite([{ input: pixels, raw: { width, height, channels: 3 } }]))
}

/** The picture with everything a camera writes beside it, to be turned by a quarter to the right. */
export function asTaken(picture: Sharp): Sharp {
  return picture
    .withExif(EXIF)
    .withXmp(XMP)
    .withIccProfile('p3')
    .withMetadata({ orientation: 6, density: 240 })
}

const trailer = Buffer.from(`trailer ${MARKER} <script>kanari()</script>`)

export async function dirtyJpeg(picture = sideways()): Promise<Buffer> {
  const jpeg = await picture.jpeg().toBuffer()
  const parts = [
    jpegSegment(0xfe, `comment ${MARKER}`),
    jpegSegment(0xed, photoshop()),
    jpegSegment(0xef, MARKER),
  ]
  return Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2), trailer])
}

function jpegSegment(type: number, body: string | Buffer): Buffer {
  const content = Buffer.from(body)
  const head = Buffer.from([0xff, type, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** An IPTC by-line, as news agencies and old programs write it. */
function photoshop(): Buffer {
  const byline = Buffer.concat([Buffer.from([0x1c, 2, 80, 0, MARKER.length]), Buffer.from(MARKER)])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(byline.length)
  const padding = Buffer.alloc(byline.length % 2)
  return Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0', 'latin1'), size, byline, padding])
}

export async function dirtyPng(picture = sideways()): Promise<Buffer> {
  const png = await picture.png().toBuffer()
  const time = Buffer.from([7, 0xea, 11, 16, 9, 59, 1])
  const texts = [
    pngChunk('tEXt', Buffer.from(`Author\0${MARKER}`)),
    pngChunk('iTXt', Buffer.from(`Title\0\0\0th\0\0${MARKER}`)),
    pngChunk('tIME', time),
    pngChunk('prVt', Buffer.from(MARKER)),
  ]
  return Buffer.concat([png.subarray(0, 33), ...texts, png.subarray(33), trailer])
}

export async function dirtyWebp(picture = sideways()): Promise<Buffer> {
  const webp = await picture.webp({ lossless: true }).toBuffer()
  const size = Buffer.alloc(4)
  size.writeUInt32LE(MARKER.length)
  const own = Buffer.concat([Buffer.from('KANA'), size, Buffer.from(MARKER), Buffer.alloc(MARKER.length % 2)])
  const whole = Buffer.concat([webp, own])
  whole.writeUInt32LE(whole.length - 8, 4)
  return Buffer.concat([whole, trailer])
}

/** Three pages that name whoever made them in every way a PDF knows, and say in plain sight what they say. */
export async function dirtyPdf(): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(`Title ${MARKER}`)
  pdf.setAuthor(`Author ${MARKER}`)
  pdf.setSubject(`Subject ${MARKER}`)
  pdf.setKeywords([MARKER])
  pdf.setProducer(`Producer ${MARKER}`)
  pdf.setCreator(`Creator ${MARKER}`)
  pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(pdf.context.stream(XMP, { Type: 'Metadata' })))
  await pdf.attach(Buffer.from(`attachment ${MARKER}`), `${MARKER}.txt`, { description: MARKER })
  pdf.addJavaScript('start', `app.alert('${MARKER}')`)

  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const photo = await pdf.embedJpg(await dirtyJpeg())
  const page = pdf.addPage([595, 842])
  page.drawText('THE MAYOR TOOK IT', { x: 60, y: 700, size: 40, font })
  page.drawImage(photo, { x: 60, y: 300, width: 240, height: 180 })
  page.node.addAnnot(
    pdf.context.register(
      pdf.context.obj({
        Type: 'Annot',
        Subtype: 'Text',
        Rect: [400, 700, 420, 720],
        T: PDFHexString.fromText(`Annotator ${MARKER}`),
        Contents: PDFString.of(`note ${MARKER}`),
      }),
    ),
  )
  for (const text of ['THE SECOND PAGE', 'ONE MORE']) {
    pdf.addPage([842, 595]).drawText(text, { x: 60, y: 300, size: 90, font })
  }
  return Buffer.from(await pdf.save())
}

/** Pages of text as an office prints them. */
export async function pagesOfText(pages: number, size: [number, number] = [595, 842]): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.TimesRoman)
  for (let number = 1; number <= pages; number += 1) {
    const page = pdf.addPage(size)
    for (let y = 780; y > 50; y -= 16) {
      page.drawText(`Page ${number}: the quick brown fox jumps over the lazy dog, twice.`, {
        x: 50,
        y,
        size: 12,
        font,
      })
    }
  }
  return Buffer.from(await pdf.save())
}

/** Without a password to open it, it only forbids things. */
export async function lockedPdf(userPassword: string): Promise<Buffer> {
  const pdf = await PDFDocument.load(await pagesOfText(1))
  pdf.encrypt({ userPassword, ownerPassword: 'more', permissions: { printing: false } })
  return Buffer.from(await pdf.save())
}

/** A form that was filled in on a screen and marked, on a page that lies on its side. */
export async function filledForm(answer: string): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([400, 300])
  page.setRotation(degrees(90))
  const field = pdf.getForm().createTextField('answer')
  field.setText(answer)
  field.addToPage(page, { x: 20, y: 100, width: 360, height: 60 })
  const tick = pdf.getForm().createCheckBox('tick')
  tick.addToPage(page, { x: 20, y: 220, width: 40, height: 40 })
  tick.check()
  return Buffer.from(await pdf.save())
}

/** A PDF of one page whose drawing was packed, and packed once more. */
export function packedPdf(packed: Buffer): Buffer {
  const twice = deflateSync(packed)
  const stream = `<< /Filter [/FlateDecode /FlateDecode] /Length ${twice.length} >>\nstream\n${twice.toString('latin1')}`
  const plain = handmadePdf('').toString('latin1')
  return Buffer.from(
    plain.replace('<< /Length 0 >>\nstream\n', () => stream),
    'latin1',
  )
}

/** A PDF of one page whose content and resources are given as PDF source; object 5 and on are `objects`. */
export function handmadePdf(content: string, resources = '', objects: readonly string[] = []): Buffer {
  const all = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << ${resources} >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...objects,
  ]
  let text = '%PDF-1.7\n'
  const rows = all.map((body, index) => {
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
    return row
  })
  const size = all.length + 1
  const xref = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`
  text += `${xref}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
