import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wordsOf } from '../complaints-staff/desk.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { docx, phonePhoto, SECRET, tinyPdf } from '../support/upload-samples.ts'
import { DOCUMENTS, draftForm, press, publishPage } from './library.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const NEW = {
  ...{ kind: 'announcement', slug: 'measures', content: 'page', title: 'ประกาศมาตรการจัดการเรื่องร้องเรียน' },
  documentOn: '1/10/2569',
}

async function newPage(fields: Record<string, string> = {}): Promise<string> {
  const answer = await post(admin, `${DOCUMENTS}/new`, { ...NEW, ...fields })
  expect(answer.status).toBe(303)
  return answer.headers.location ?? ''
}

async function write(address: string, fields: Record<string, string>): Promise<Response> {
  return await post(admin, address, { ...(await draftForm(admin, address)), ...fields })
}

async function publish(address: string): Promise<Response> {
  return await press(admin, address, 'publish', '/preview')
}

function sendFile(path: string, name: string, content: Buffer, fields: Record<string, string> = NEW) {
  const request = admin.post(path)
  for (const [field, value] of Object.entries({ ...fields, content: 'file' })) request.field(field, value)
  return request.attach('files', content, name)
}

const stored = () =>
  readdirSync(join(office.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length

describe('a document that is a page', () => {
  it('is a draft that nobody reads, then published at its address with kind, date and version', async () => {
    const address = await newPage()
    await write(address, { heading1: 'มาตรการ', text1: 'แก้ไข<b>ภายใน</b> 15 วัน\n- หนึ่ง\n- สอง' })
    expect((await office.agent.get('/documents/measures')).status).toBe(404)
    expect((await office.agent.get('/documents')).text).toContain('ยังไม่มีเอกสารที่เผยแพร่')

    expect((await publish(address)).headers.location).toBe(`${address}?told=published`)
    const page = await office.agent.get('/documents/measures')
    expect(page.status).toBe(200)
    const words = wordsOf(page)
    expect(words).toContain('ประกาศ · ลงวันที่ 1 ตุลาคม 2569 · ฉบับที่ 1 เผยแพร่เมื่อ 16 พฤศจิกายน 2569')
    expect(words).toContain('แก้ไข<b>ภายใน</b> 15 วัน')
    expect(page.text).not.toContain('<b>')
    // For paper: where it was printed from, and when.
    expect(words).toContain('ที่อยู่ของหน้านี้ http://localhost:3000/documents/measures เปิดดูเมื่อวันที่ 16 พฤศจิกายน 2569')
    expect(wordsOf(await office.agent.get('/documents'))).toContain('ประกาศมาตรการจัดการเรื่องร้องเรียน')
    const english = await office.agent.get('/en/documents/measures')
    expect(wordsOf(english)).toContain('Announcement · dated 1 October 2026 · Version 1')
    expect(wordsOf(english)).toContain('This document is in Thai.')
  })

  it('has its sections moved, added and taken out', async () => {
    const address = await newPage()
    await write(address, { heading1: 'หนึ่ง', text1: 'ก' })
    await write(address, { heading2: 'สอง', text2: 'ข' })
    const added = await write(address, { step: 'add', heading3: 'สาม', text3: 'ค' })
    expect(typedIn(added, 'heading3')).toBe('สาม')
    expect(typedIn(added, 'heading4')).toBe('')
    await write(address, { heading3: 'สาม', text3: 'ค', order3: '1.5', heading1: '', text1: '' })
    const fields = await draftForm(admin, address)
    expect([fields.heading1, fields.heading2, fields.heading3]).toEqual(['สาม', 'สอง', ''])
  })

  it('keeps what was typed where something is missing', async () => {
    const address = await newPage()
    const answer = await write(address, {
      title: ' ',
      documentOn: '31/2/2569',
      heading1: '',
      text1: 'ข้อความ',
    })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['title', 'documentOn', 'heading1'])
    expect(typedIn(answer, 'text1')).toBe('ข้อความ')
    expect(typedIn(answer, 'documentOn')).toBe('31/2/2569')
  })

  it('is not published empty', async () => {
    const address = await newPage()
    const answer = await publish(address)
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['publish']])
    expect((await office.agent.get('/documents/measures')).status).toBe(404)
  })

  it('that somebody else has saved meanwhile is not overwritten unasked', async () => {
    const address = await newPage()
    const old = await draftForm(admin, address)
    await write(address, { heading1: 'ของเขา', text1: 'ก' })
    const answer = await post(admin, address, { ...old, heading1: 'ของฉัน', text1: 'ข' })
    expect(answer.status).toBe(409)
    expect(typedIn(answer, 'heading1')).toBe('ของฉัน')
    expect((await draftForm(admin, address)).heading1).toBe('ของเขา')
    const shown = await post(admin, address, {
      ...old,
      ...{ heading1: 'ของฉัน', text1: 'ข', rev: typedIn(answer, 'rev') ?? '' },
    })
    expect(shown.status).toBe(303)
  })

  it('leaves an audit line for each step', async () => {
    const address = await newPage()
    await write(address, { heading1: 'ก', text1: 'ข้อความ' })
    await publish(address)
    await press(admin, address, 'withdraw')
    const lines = auditLines(office.portal, 'document.')
    expect(lines.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['document.begin', 'อารีย์ ดูแลระบบ'],
      ['document.change', 'อารีย์ ดูแลระบบ'],
      ['document.publish', 'อารีย์ ดูแลระบบ'],
      ['document.withdraw', 'อารีย์ ดูแลระบบ'],
    ])
    expect(lines[1]).toMatchObject({ after: { slug: 'measures', sections: [['ก', 7]] } })
    expect(lines.slice(2)).toMatchObject([{ before: { state: 'draft' } }, { after: { state: 'withdrawn' } }])
  })
})

describe('versions', () => {
  /** Version 1 published, version 2 published after it. */
  async function two(): Promise<[first: string, second: string]> {
    const first = await newPage()
    await write(first, { heading1: 'มาตรการ', text1: 'ฉบับแรก' })
    await publish(first)
    const second = (await post(admin, `${first}/version`)).headers.location ?? ''
    await write(second, { text1: 'ฉบับแก้ไข' })
    return [first, second]
  }

  it('begin with what the last one says, and replace it only when they are published', async () => {
    const [, second] = await two()
    expect(wordsOf(await office.agent.get('/documents/measures'))).toContain('ฉบับแรก')
    expect((await office.agent.get('/documents/measures/2')).status).toBe(404)
    await publish(second)
    expect(wordsOf(await office.agent.get('/documents/measures'))).toContain('ฉบับแก้ไข')
  })

  it('are all kept, and what was replaced says so', async () => {
    const [, second] = await two()
    await publish(second)
    const old = wordsOf(await office.agent.get('/documents/measures/1'))
    expect(old).toContain('ฉบับนี้มีฉบับใหม่แทนแล้ว')
    expect(old).toContain('ฉบับแรก')
    expect(old).toContain('http://localhost:3000/documents/measures/1')
    const newest = wordsOf(await office.agent.get('/documents/measures/2'))
    expect(newest).not.toContain('แทนแล้ว')
    expect((await office.agent.get('/documents')).text.match(/ฉบับที่ 2/g)).toHaveLength(1)
    for (const version of ['3', '0', '01', 'x', '1e0'])
      expect((await office.agent.get(`/documents/measures/${version}`)).status).toBe(404)
  })

  it('that were published are never changed or removed, not even by the database', async () => {
    const [first] = await two()
    const form = { rev: '2', title: 'อื่น', documentOn: '1/10/2569', heading1: 'ก', text1: 'ข' }
    expect((await post(admin, first, form)).status).toBe(409)
    expect((await press(admin, first, 'discard')).status).toBe(409)
    const { sqlite } = office.portal.db
    const change = (what: string) => () => sqlite.exec(`update published_documents set ${what} where id = 1`)
    for (const what of ["title = 'x'", "sections = '[]'", "document_on = 'x'", 'published_at = null'])
      expect(change(what)).toThrow('a published version is not changed')
    expect(() => sqlite.exec('delete from published_documents')).toThrow('published versions are kept')
  })

  it('are written one at a time', async () => {
    const [first, second] = await two()
    expect((await post(admin, `${first}/version`)).status).toBe(409)
    expect((await admin.get(first)).text).toContain(`href="${second}"`)
  })

  it('are withdrawn, which shows the one before again, and published once more', async () => {
    const [first, second] = await two()
    await publish(second)
    await press(admin, second, 'withdraw')
    expect(wordsOf(await office.agent.get('/documents/measures'))).toContain('ฉบับแรก')
    expect((await office.agent.get('/documents/measures/2')).status).toBe(404)
    await press(admin, first, 'withdraw')
    for (const path of ['', '/1', '/2']) {
      expect((await office.agent.get(`/documents/measures${path}`)).status).toBe(404)
      expect((await office.agent.get(`/en/documents/measures${path}`)).status).toBe(404)
    }
    await press(admin, second, 'publish')
    expect(wordsOf(await office.agent.get('/documents/measures'))).toContain('ฉบับแก้ไข')
  })

  it('are published, withdrawn and discarded once, and only as they were seen', async () => {
    const [first, second] = await two()
    const stale = { rev: '1' }
    for (const [address, action] of [
      [second, 'publish'],
      [second, 'discard'],
      [first, 'withdraw'],
    ] as const) {
      expect((await post(admin, `${address}/${action}`, stale)).status).toBe(409)
      expect((await post(admin, `${address}/${action}`)).status).toBe(409)
    }
    expect((await press(admin, second, 'withdraw', '/preview')).status).toBe(409)
    await press(admin, second, 'discard')
    expect((await admin.get(second)).status).toBe(404)
    // Its number was never seen by anybody.
    expect((await post(admin, `${first}/version`)).status).toBe(303)
    expect((await admin.get(`${DOCUMENTS}/3`)).text).toContain('ฉบับที่ 2')
  })
})

describe('a document that is a file', () => {
  it('is downloaded, cleaned and harmless, by the public once it is published', async () => {
    const photo = await phonePhoto()
    const answer = await sendFile(`${DOCUMENTS}/new`, 'ประกาศ ลงนาม.jpg', photo)
    expect(answer.status).toBe(303)
    const address = answer.headers.location ?? ''
    const own = await admin.get(`${address}/file`)
    expect(own.headers['content-disposition']).toContain('attachment')
    expect((await office.agent.get('/documents/measures/1/file')).status).toBe(404)
    await publish(address)
    const page = await office.agent.get('/documents/measures')
    expect(wordsOf(page)).toContain('ดาวน์โหลดเอกสาร')
    expect(wordsOf(page)).toContain('ประกาศ ลงนาม.jpg')
    const file = await office.agent.get('/documents/measures/1/file')
    expect(file.status).toBe(200)
    expect(file.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; .*filename\*=UTF-8''/),
    })
    expect(file.body.includes(SECRET)).toBe(false)
  })

  it('may be a PDF, and is replaced while it is a draft without leaving the old one behind', async () => {
    const { headers } = await sendFile(`${DOCUMENTS}/new`, 'คำสั่ง.pdf', tinyPdf())
    const address = headers.location ?? ''
    const {
      rev = '',
      title = '',
      documentOn = '',
    } = (await draftForm(admin, address)) as typeof NEW & {
      rev: string
    }
    const changed = await sendFile(address, 'คำสั่งใหม่.pdf', tinyPdf(), { rev, title, documentOn })
    expect(changed.status).toBe(303)
    expect((await admin.get(address)).text).toContain('คำสั่งใหม่.pdf')
    expect(stored()).toBe(1)
    await press(admin, address, 'discard')
    expect(stored()).toBe(0)
  })

  it('of a version that was published outlives the draft that began with it', async () => {
    const { headers } = await sendFile(`${DOCUMENTS}/new`, 'คำสั่ง.pdf', tinyPdf())
    await publish(headers.location ?? '')
    const next = (await post(admin, `${headers.location}/version`)).headers.location ?? ''
    await press(admin, next, 'discard')
    expect((await office.agent.get('/documents/measures/1/file')).status).toBe(200)
  })

  it('is refused where it is none of the kinds we know, and kept where only something else is wrong', async () => {
    const wrong = await sendFile(`${DOCUMENTS}/new`, 'คำสั่ง.docx', docx())
    expect([wrong.status, errorsOf(wrong)]).toEqual([422, ['files']])
    const none = await post(admin, `${DOCUMENTS}/new`, { ...NEW, content: 'file' })
    expect([none.status, errorsOf(none)]).toEqual([422, ['files']])
    const untitled = await sendFile(`${DOCUMENTS}/new`, 'คำสั่ง.pdf', tinyPdf(), { ...NEW, title: '' })
    expect([untitled.status, errorsOf(untitled)]).toEqual([422, ['title']])
    const [kept, token] = ['kept', 'token'].map((name) => typedIn(untitled, name) ?? '')
    const fields = { ...NEW, content: 'file', kept: `${kept}`, token: `${token}` }
    expect((await post(admin, `${DOCUMENTS}/new`, fields)).status).toBe(303)
    expect(stored()).toBe(1)
  })

  it('does not exist for a page', async () => {
    publishPage(office, 'measures', 'ประกาศ')
    expect((await office.agent.get('/documents/measures/1/file')).status).toBe(404)
  })
})

describe('a new document', () => {
  it('needs a kind, an address of its own, a title, a day and a form, and keeps what was typed', async () => {
    const empty = await post(admin, `${DOCUMENTS}/new`, { title: '"ก"' })
    expect(empty.status).toBe(422)
    expect(errorsOf(empty)).toEqual(expect.arrayContaining(['kind', 'content', 'documentOn']))
    expect(typedIn(empty, 'title')).toBe('"ก"')
    for (const slug of ['', 'ประกาศ', 'a b', '-a', 'a--b', '../a', 'complaint-manual', 'a'.repeat(61)]) {
      const answer = await post(admin, `${DOCUMENTS}/new`, { ...NEW, slug })
      expect([slug, answer.status, errorsOf(answer)]).toEqual([slug, 422, ['slug']])
    }
    await newPage()
    const taken = await post(admin, `${DOCUMENTS}/new`, { ...NEW, slug: 'Measures' })
    expect([taken.status, errorsOf(taken)]).toEqual([422, ['slug']])
  })

  it('has the manual’s own address where it is a manual', async () => {
    const address = await newPage({ kind: 'manual_general', slug: 'anything' })
    expect((await admin.get(address)).text).toContain('/documents/complaint-manual')
  })
})

it('documents are the administrators’ alone, and an address that names none is not found', async () => {
  const address = await newPage()
  await write(address, { heading1: 'ก', text1: 'ข' })
  const nid = await office.signIn('nid')
  for (const path of ['', '/new', '/1', '/1/preview', '/1/file']) {
    expect((await nid.get(`${DOCUMENTS}${path}`)).status).toBe(403)
    expect((await office.newAgent().get(`${DOCUMENTS}${path}`)).status).toBe(303)
  }
  for (const path of ['/new', '/draft', '/1', '/1/publish', '/1/withdraw', '/1/version', '/1/discard']) {
    expect((await post(nid, `${DOCUMENTS}${path}`, { ...NEW, rev: '2' })).status).toBe(403)
    expect((await post(office.newAgent(), `${DOCUMENTS}${path}`, { ...NEW, rev: '2' })).status).toBe(401)
  }
  for (const path of ['/9', '/x', '/1e0', '/9/preview'])
    expect((await admin.get(`${DOCUMENTS}${path}`)).status).toBe(404)
  for (const path of ['/1/publish', '/1/withdraw', '/1/version', '/1/discard', '/draft'])
    expect((await admin.get(`${DOCUMENTS}${path}`)).status).toBe(404)
  expect((await office.agent.get('/documents/measures')).status).toBe(404)
})
