import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharp } from '#platform/guarded-sharp.ts'
import { newAgeKey, openWithCode, openWithKey } from '../support/age.ts'
import { errorsOf, post, type TypedFields, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { act, addressOf, atDesk, declare, deedsOf, did, reportOf, wordsOf } from './officer.ts'

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

const POLICE = { body: 'police', otherBody: 'เมืองใหม่', basis: 'หนังสือ สภ. ที่ 12/2569', text: 'สำเนาเรื่อง' }

const original = () => Buffer.concat([picture, Buffer.from('GPS-SECRET-TRAILER')])

/** A report with a picture, its original and a PDF, of which something was given to the police. */
async function disclosed(): Promise<string> {
  const jpeg = { mime: 'image/jpeg' as const, extension: 'jpg', content: picture }
  const pdf = { mime: 'application/pdf' as const, extension: 'pdf', content: Buffer.from('%PDF-1.7 cleaned') }
  const { reportId: id } = await fileReport(
    office,
    { what: 'ตรวจรับถนน <b>เท็จ</b>\nบรรทัดสอง' },
    { name: 'นางแดง ใจกล้า', contact: '0812345678' },
    [
      { clean: jpeg, original: { ...jpeg, content: original() } },
      { clean: pdf, original: null },
    ],
  )
  await declare(nid, id)
  await did(nid, id, 'accept', { conduct: 'K2' })
  await did(nid, id, 'answer', { message: 'รับเรื่องแล้ว' })
  await did(nid, id, 'note', { text: 'ความเห็นภายใน' })
  await did(nid, id, 'disclose', POLICE)
  return id
}

/** Fills in the form of the package and sends it. */
async function exportAs(id: string, typed: TypedFields): Promise<{ answer: Response; code: string }> {
  const form = await nid.get(`${addressOf(id)}/export`)
  const disclosure = /name="disclosure"[^>]*value="([^"]+)"/.exec(form.text)?.[1] ?? ''
  const code = typedIn(form, 'code') ?? ''
  const { passphrase } = channel.officers.nid
  const answer = await nid
    .post(`${addressOf(id)}/export`)
    .type('form')
    .send({ disclosure, code, passphrase, ...typed })
    .responseType('blob')
  return { answer, code }
}

const textOf = ({ body }: Response): string => (body as Buffer).toString('utf8')

describe('a disclosure', () => {
  it('stands in the register of disclosures with its basis, and sealed in the report', async () => {
    const id = await disclosed()
    const page = wordsOf(await nid.get('/staff/sealed/disclosures'))
    expect(page).toContain('สถานีตำรวจ เมืองใหม่ หนังสือ สภ. ที่ 12/2569 สำเนาเรื่อง นิด รับเรื่อง')
    expect(page).toContain('16 พฤศจิกายน 2569')
    const { sqlite } = channel.sealed.db
    const row = sqlite.prepare('select * from disclosures where report_id = ?').get(id)
    expect(row).toMatchObject({ body: 'police', day: '2026-11-16', officer_id: channel.officers.nid.id })
    expect(JSON.stringify(row)).not.toContain('เมืองใหม่')
    expect(reportOf(channel, id).status).toBe('screening')
  })

  it('is not told to an officer whom the report concerns, nor in detail before a word on an interest', async () => {
    const before = (await nid.get('/staff/sealed/disclosures')).text
    const { reportId: id } = await fileReport(office, { involved: ['receiving'] })
    await declare(dao, id)
    await did(dao, id, 'accept', { conduct: 'K2' })
    await did(dao, id, 'refer', { ...POLICE, body: 'nacc', otherBody: '', text: 'เรื่องของผู้รับเรื่อง' })
    expect((await nid.get('/staff/sealed/disclosures')).text).toBe(before)
    const malee = await atDesk(office, channel.officers.malee)
    const page = wordsOf(await malee.get('/staff/sealed/disclosures'))
    expect(page).toContain('สำนักงาน ป.ป.ช.')
    expect(page).not.toContain('เรื่องของผู้รับเรื่อง')
  })
})

describe('a package', () => {
  it('opens with the recipient’s key by the standard tool, and holds the report and its cleaned files', async () => {
    const id = await disclosed()
    const { identity, publicKey } = newAgeKey()
    const { answer } = await exportAs(id, { method: 'key', publicKey })
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="package.html.age"; filename*=UTF-8''package.html.age`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    const file = answer.body as Buffer
    expect(file.subarray(0, 21).toString()).toBe('age-encryption.org/v1')
    expect(openWithKey(file, newAgeKey().identity)).toBeUndefined()
    const html = openWithKey(file, identity) ?? ''
    expect(html).toContain('ตรวจรับถนน &lt;b&gt;เท็จ&lt;/b&gt;')
    expect(html).toContain('รับเรื่องแล้ว')
    expect(html).toContain('หนังสือ สภ. ที่ 12/2569')
    expect(html).toContain(`data:image/jpeg;base64,${picture.toString('base64')}`)
    expect(html).toContain(
      `data:application/pdf;base64,${Buffer.from('%PDF-1.7 cleaned').toString('base64')}`,
    )
    // Nothing of who reports, of the originals, or of what officers said among themselves.
    for (const secret of ['นางแดง', '0812345678', 'ความเห็นภายใน', 'นิด รับเรื่อง']) {
      expect(html).not.toContain(secret)
    }
    expect(html.match(/data:image/g)).toHaveLength(2)
    expect(html).not.toContain(original().toString('base64').slice(0, -4))
    expect(html).toContain('มีไฟล์ต้นฉบับอีก 1 ไฟล์')
    expect(deedsOf(channel, id)).toContain('report.export')
    expect(wordsOf(await nid.get(addressOf(id)))).toContain('ทำแฟ้มส่งออก นิด รับเรื่อง')
  })

  it('opens with the code on the page by the standard tool, and carries the notes where they are wanted', async () => {
    const id = await disclosed()
    const { answer, code } = await exportAs(id, { method: 'code', withNotes: 'yes' })
    expect(code).toMatch(/^\d{24}$/)
    const html = openWithCode(answer.body as Buffer, code)
    expect(html).toContain('ความเห็นภายใน')
    expect(html).not.toContain('นางแดง')
    expect(openWithCode(answer.body as Buffer, '0'.repeat(24))).toBeUndefined()
    const other = await exportAs(id, { method: 'code' })
    expect(other.code).not.toBe(code)
  })

  it('can be printed', async () => {
    const id = await disclosed()
    const { answer } = await exportAs(id, { method: 'print' })
    expect(answer.status).toBe(200)
    expect(textOf(answer)).toContain('ตรวจรับถนน &lt;b&gt;เท็จ&lt;/b&gt;')
    expect(textOf(answer)).toContain(picture.toString('base64'))
    expect(textOf(answer)).not.toContain('นางแดง')
  })

  it('is made only for an entry in the register, and with the vault passphrase', async () => {
    const { reportId: id } = await fileReport(office)
    await declare(nid, id)
    expect(wordsOf(await nid.get(`${addressOf(id)}/export`))).toContain('ก่อนทำแฟ้ม ต้องบันทึกว่า')
    const sent = { method: 'print', passphrase: channel.officers.nid.passphrase, disclosure: 'x' }
    expect(errorsOf(await post(nid, `${addressOf(id)}/export`, sent))).toEqual(['disclosure'])

    const other = await disclosed()
    for (const passphrase of ['', 'วลีที่ผิดแน่นอนที่สุด', channel.officers.dao.passphrase]) {
      const { answer } = await exportAs(other, { method: 'print', passphrase })
      expect(answer.status).toBe(422)
      expect(textOf(answer)).toContain('href="#passphrase"')
      expect(textOf(answer)).not.toContain('ตรวจรับถนน &lt;')
      if (passphrase) expect(textOf(answer)).not.toContain(passphrase)
    }
    for (const publicKey of ['', 'age1abc', 'AGE-SECRET-KEY-1', newAgeKey().publicKey.slice(0, -1)]) {
      const { answer } = await exportAs(other, { method: 'key', publicKey })
      expect(answer.status, publicKey).toBe(422)
      expect(textOf(answer)).toContain('href="#publicKey"')
    }
    expect(deedsOf(channel, other)).not.toContain('report.export')
  })

  it('says what is damaged instead of holding everything back', async () => {
    const id = await disclosed()
    const { sqlite } = channel.sealed.db
    const files = sqlite.prepare('select id from files where report_id = ?').all(id) as { id: string }[]
    for (const file of files) await channel.sealed.blobs.remove(file.id)
    const { answer } = await exportAs(id, { method: 'print' })
    expect(answer.status).toBe(200)
    expect(textOf(answer)).toContain('ไฟล์ที่เสียหายและรวมไว้ไม่ได้ 2 ไฟล์')
  })
})

it('a report that was never accepted is disclosed to nobody', async () => {
  const { reportId: id } = await fileReport(office)
  await declare(nid, id)
  expect((await act(nid, id, 'disclose', POLICE)).status).toBe(409)
})
