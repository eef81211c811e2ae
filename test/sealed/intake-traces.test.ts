import { mkdtempSync, readdirSync, rmSync, watch } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningCommand, startNode } from '../support/command.ts'
import { encodeForm, FORM_TYPE, file } from '../support/upload-app.ts'
import { drawing } from '../support/upload-samples.ts'
import { dirtyJpeg, dirtyPdf, MARKER, pagesOfText } from './dirty-files.ts'

let folder: string
let portal: RunningCommand
let address: string
/** Everything that was made, changed or removed in the process's temporary folder. */
const seen: string[] = []
let watcher: ReturnType<typeof watch>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siang-intake-'))
  watcher = watch(folder, (_event, name) => seen.push(String(name)))
  portal = startNode(['--import', 'tsx', 'test/sealed/intake-process.ts'], {
    TMPDIR: folder,
    TSX_DISABLE_CACHE: '1',
  })
  await portal.says('listening')
  address = portal.output().split(' ')[1]?.trim() ?? ''
})
afterAll(() => {
  watcher.close()
  portal.child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** Large enough to be put on disk by whoever puts large pictures on disk: 150 MB of pixels, lying on its side. */
async function largePicture(format: 'jpeg' | 'png'): Promise<Buffer> {
  const picture = sharp({
    create: { width: 8100, height: 6100, channels: 3, background: 'teal' },
    limitInputPixels: false,
  })
  return picture.withMetadata({ orientation: 6 }).toFormat(format, { progressive: true }).toBuffer()
}

const send = async (files: Buffer[]) => {
  const body = encodeForm(files.map((content) => file('a.jpg', content)))
  return (await fetch(address, { method: 'POST', headers: FORM_TYPE, body })).json()
}

it('a report leaves nothing on disk or in the log: not while it is cleaned, broken off or killed', async () => {
  expect(seen).toEqual([])
  expect(await send([await largePicture('jpeg'), await largePicture('png'), await dirtyJpeg()])).toEqual([
    'image/jpeg',
    'image/png',
    'image/jpeg',
  ])
  const broken = Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    await drawing(90, 90).jpeg().toBuffer(),
    Buffer.from('%%EOF'),
  ])
  expect(
    await send([await pagesOfText(30), await dirtyPdf(), broken, Buffer.from(`text ${MARKER}`)]),
  ).toEqual(['application/pdf', 'application/pdf', 'damaged', 'text/plain'])

  const half = encodeForm([file('a.pdf', await pagesOfText(30))], '')
  const begin = () => {
    const sender = connect(Number(new URL(address).port), '127.0.0.1')
    sender.on('error', () => {})
    const type = `content-type: ${FORM_TYPE['content-type']}`
    sender.write(`POST / HTTP/1.1\r\nhost: x\r\n${type}\r\ncontent-length: 20000000\r\n\r\n`)
    sender.write(half)
    return sender
  }
  const sender = begin()
  await pause(300)
  sender.destroy()
  await pause(300)
  expect(seen).toEqual([])

  await fetch(`${address}/leave-a-trace`)
  await expect.poll(() => seen.length).toBeGreaterThan(0)
  expect(seen.every((name) => name.startsWith('trace-'))).toBe(true)

  begin()
  await pause(300)
  portal.child.kill('SIGKILL')
  await portal.ended
  expect(readdirSync(folder)).toEqual([])
  expect(portal.output()).toBe(`listening ${address}\n`)
  expect(portal.errors()).toBe('')
})
