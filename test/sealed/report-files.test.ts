import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharp } from '#platform/guarded-sharp.ts'
import { listFiles } from '#sealed/report-store.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { addressOf, atDesk, declare, deedsOf, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let nid: TestAgent
let dao: TestAgent
let picture: Buffer
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  nid = await atDesk(office, channel.officers.nid)
  dao = await atDesk(office, channel.officers.dao)
  picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#334455' } })
    .jpeg()
    .toBuffer()
})
afterAll(() => office.close())

const ORIGINAL = Buffer.from('the picture as the phone made it')
const TEXT = Buffer.from('<script>alert(1)</script>'.repeat(4000))

interface Addresses {
  id: string
  picture: string
  original: string
  text: string
}

async function withFiles(): Promise<Addresses> {
  const jpeg = { mime: 'image/jpeg' as const, extension: 'jpg', content: picture }
  const { reportId: id } = await fileReport(office, {}, undefined, [
    { clean: jpeg, original: { ...jpeg, content: ORIGINAL } },
    { clean: { mime: 'text/plain', extension: 'txt', content: TEXT }, original: null },
  ])
  await declare(nid, id)
  const page = (await nid.get(addressOf(id))).text
  const at = (pattern: RegExp) => pattern.exec(page)?.[1] ?? ''
  return {
    id,
    picture: at(/src="([^"]+)\/picture"/),
    original: at(/action="([^"]+)\/original"/),
    text: at(/href="([^"]+\/files\/[^"]+)" download>\s*<span>ดาวน์โหลด ไฟล์ 2/),
  }
}

describe('a file', () => {
  it('is a download that no browser opens', async () => {
    const files = await withFiles()
    for (const [address, name, content] of [
      [files.picture, 'ไฟล์ 1.jpg', picture],
      [files.text, 'ไฟล์ 2.txt', TEXT],
    ] as const) {
      const answer = await nid.get(address).responseType('blob')
      expect(answer.status).toBe(200)
      expect(answer.headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
      })
      expect(answer.headers['content-disposition']).toBe(
        `attachment; filename="____ ${name.slice(-5)}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      )
      expect((answer.body as Buffer).equals(content)).toBe(true)
    }
    expect(deedsOf(channel, files.id).filter((deed) => deed === 'file.open')).toHaveLength(2)
  })

  it('is shown only as a picture that we drew ourselves', async () => {
    const files = await withFiles()
    const shown = await nid.get(`${files.picture}/picture`)
    expect(shown.status).toBe(200)
    expect(shown.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    })
    for (const address of [files.text, files.original]) {
      expect((await nid.get(`${address}/picture`)).status).toBe(404)
    }
  })

  it('as it came is given only to who confirms the warning, and it is written down', async () => {
    const files = await withFiles()
    expect((await nid.get(files.original)).status).toBe(404)
    expect((await nid.get(`${files.original}/original`)).status).toBe(404)
    expect(deedsOf(channel, files.id)).not.toContain('file.original')
    const answer = await nid.post(`${files.original}/original`).responseType('blob')
    expect(answer.status).toBe(200)
    expect((answer.body as Buffer).equals(ORIGINAL)).toBe(true)
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    expect(deedsOf(channel, files.id)).toContain('file.original')
    expect((await post(nid, `${files.picture}/original`)).status).toBe(404)
  })

  it('is not had by who is not signed in, has no key, or asks through another report', async () => {
    const files = await withFiles()
    const stranger = office.newAgent()
    const admin = await office.signIn('admin')
    for (const address of [files.picture, `${files.picture}/picture`, files.text]) {
      const led = await stranger.get(address)
      expect([led.status, led.headers.location]).toEqual([303, expect.stringContaining('/staff/sign-in')])
      expect((await admin.get(address)).status).toBe(404)
    }
    expect((await post(stranger, `${files.original}/original`)).status).toBe(401)
    expect((await post(admin, `${files.original}/original`)).status).toBe(404)

    // Her own report, another's file.
    const { reportId } = await fileReport(office, { involved: ['receiving'] })
    await declare(dao, reportId)
    expect((await nid.get(`${addressOf(reportId)}/files/x`)).status).toBe(404)
    const [file] = listFiles(channel.sealed.db, files.id)
    expect((await dao.get(`${addressOf(reportId)}/files/${file?.id}`)).status).toBe(404)
  })

  it('that was cut short or exchanged is refused, and the report is still there', async () => {
    const files = await withFiles()
    const pathOf = (address: string) => {
      const id = address.split('/').at(-1) ?? ''
      return join(office.dataDir, 'sealed/files', id.slice(0, 2), id)
    }
    const [text, shown] = [pathOf(files.text), pathOf(files.picture)]
    const [whole, other] = [readFileSync(text), readFileSync(shown)]
    // Without its last block the rest is in order, but not marked as the end.
    writeFileSync(text, whole.subarray(0, 24 + 64 * 1024 + 17))
    const cut = await nid.get(files.text)
    expect(cut.status).toBe(409)
    expect(wordsOf(cut)).toContain('ไฟล์เสียหาย')
    writeFileSync(text, other)
    expect((await nid.get(files.text)).status).toBe(409)
    writeFileSync(shown, whole)
    expect((await nid.get(`${files.picture}/picture`)).status).toBe(404)
    expect((await nid.get(addressOf(files.id))).status).toBe(200)
  })
})
