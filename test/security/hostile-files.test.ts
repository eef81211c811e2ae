import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseSlug } from '#domain/reference.ts'
import { type Attachment, file, fileAndKeepSlip, track } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { drawing, pngChunk, tinyPdf } from '../support/upload-samples.ts'

const SCRIPT = '<script>kanari()</script>'
const HTML = Buffer.from(`<!doctype html><html><body>${SCRIPT}`)
const SVG = Buffer.from(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`)

let site: TestPortal
let png: Buffer
let jpeg: Buffer
beforeAll(async () => {
  site = await startTestPortal()
  png = await drawing(60, 40).png().toBuffer()
  jpeg = await drawing(60, 40)
    .withExif({ IFD0: { ImageDescription: SCRIPT } })
    .jpeg()
    .toBuffer()
})
afterAll(() => site.close())

interface Stored {
  id: string
  originalName: string
  agents: { path: string; agent: TestAgent }[]
}

/** Files a complaint with these files; how the complainant and the officer get each of them. */
async function storedFiles(files: readonly Attachment[]): Promise<Stored[]> {
  const slip = await fileAndKeepSlip(site, {}, files)
  const rows = site.portal.db.sqlite
    .prepare<[number], { id: string; originalName: string }>(
      'select id, original_name as originalName from case_files where case_id = ? order by rowid',
    )
    .all(caseOf(site, slip).id)
  const complainant = await track(site, slip)
  const officer = await site.signIn('nid')
  return rows.map((row) => ({
    ...row,
    agents: [
      { path: `/track/files/${row.id}`, agent: complainant },
      { path: `/staff/files/${row.id}`, agent: officer },
    ],
  }))
}

describe('a file that is not what it says', () => {
  it.each([
    ['a drawing with a script', SVG, 'แผนที่.svg'],
    ['a drawing that calls itself a picture', SVG, 'map.png'],
    ['a web page that calls itself a picture', HTML, 'photo.jpg'],
    ['a web page behind a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), HTML]), 'photo.webp'],
    [
      'a GIF with a web page in it',
      Buffer.concat([Buffer.from('GIF89a/*'), HTML, Buffer.from('*/')]),
      'x.gif',
    ],
    ['a PDF behind a web page', Buffer.concat([HTML, tinyPdf()]), 'letter.pdf'],
    ['a program', Buffer.from('#!/bin/sh\nkanari\n'), 'run.jpg.sh'],
    ['a script for a server', Buffer.from('<?php kanari(); ?>'), 'shell.php.jpg'],
    ['settings of a web server', Buffer.from('AddType text/html .jpg'), '.htaccess'],
    ['only the beginning of a picture', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'x.png'],
  ])('%s is refused, and nothing of it stays', async (_, content, name) => {
    const before = filesOnDisk()
    const answer = await file(site, {}, [{ name, content }])
    expect(answer.status).toBe(422)
    expect(filesOnDisk()).toEqual(before)
  })

  it('a picture with a web page behind, before or inside it is only a picture afterwards', async () => {
    const inText = Buffer.concat([
      png.subarray(0, 33),
      pngChunk('tEXt', Buffer.from(`Comment\0${SCRIPT}`)),
      png.subarray(33),
    ])
    const names = ['a.html', 'b.svg', 'c.php.jpg', 'd\u202Egnp.html']
    const files = [Buffer.concat([png, HTML]), inText, jpeg, Buffer.concat([jpeg, HTML])]
    const stored = await storedFiles(files.map((content, at) => ({ name: names[at] ?? '', content })))
    expect(stored.map(({ originalName }) => originalName)).toEqual([
      'a.html.png',
      'b.svg.png',
      'c.php.jpg',
      'dgnp.html.jpg',
    ])
    for (const { agents } of stored) {
      for (const { agent, path } of agents) {
        const answer = await agent.get(path).buffer(true)
        expect(answer.headers['content-type']).toMatch(/^image\/(png|jpeg)$/)
        expect(Buffer.from(answer.body).includes('kanari')).toBe(false)
      }
    }
  })
})

describe('a file that was taken', () => {
  it('is sent inertly by every address, and no parameter changes that', async () => {
    const stored = await storedFiles([
      { name: 'ภาพ.png', content: png },
      { name: 'x\r\nSet-Cookie: a=b".pdf', content: tinyPdf() },
    ])
    const ways = [
      '',
      '?s=1',
      '?inline=1',
      '?download=0',
      '?type=text/html',
      '?disposition=inline&content-type=text/html',
    ]
    for (const { agents } of stored) {
      for (const { agent, path } of agents) {
        for (const way of ways) {
          const { status, headers } = await agent.get(path + way).set('Accept', 'text/html')
          expect([path, way, status]).toEqual([path, way, 200])
          expect(headers['content-type']).toMatch(/^(image\/png|application\/pdf)$/)
          expect(headers['content-disposition']).toMatch(
            headers['content-type'] === 'image/png' ? /^inline;/ : /^attachment;/,
          )
          expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
          expect(headers['x-content-type-options']).toBe('nosniff')
          expect(headers['cache-control']).toBe('private, no-store')
          expect(headers['set-cookie']).toBeUndefined()
        }
      }
    }
  })

  it('lies under a random name, readable by the office alone, and no address of the portal leads there', async () => {
    await storedFiles([{ name: '../../../../tmp/kanari.png', content: png }])
    const names = filesOnDisk()
    expect(names.every((name) => /^[0-9a-f]{2}\/[0-9a-f]{32}$/.test(name))).toBe(true)
    for (const name of names) {
      const path = join(site.dataDir, 'files', name)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(readFileSync(path).includes('kanari')).toBe(false)
    }
    const [some = ''] = names
    const officer = await site.signIn('nid')
    const { fiscalYear, seq } = { fiscalYear: 2570, seq: 1 }
    for (const root of [
      '/',
      '/files/',
      '/assets/',
      '/staff/files/',
      '/track/files/',
      '/data/files/',
      `/staff/cases/${caseSlug(fiscalYear, seq)}/`,
    ]) {
      for (const name of [
        some,
        encodeURIComponent(some),
        some.slice(3),
        `..%2f..%2ffiles%2f${encodeURIComponent(some)}`,
      ]) {
        expect([404, 303]).toContain((await officer.get(root + name)).status)
      }
    }
  })
})

function filesOnDisk(): string[] {
  const root = join(site.dataDir, 'files')
  expect(readdirSync(join(site.dataDir, 'incoming'))).toEqual([])
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('/'))
    .sort()
}
