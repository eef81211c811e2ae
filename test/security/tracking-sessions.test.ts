import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { note } from '#complaints/note.ts'
import {
  type Attachment,
  COMPLAINT,
  file,
  fileAndKeepSlip,
  keptFiles,
  newForm,
  type Slip,
  send,
  shownValue,
  slipOf,
  track,
} from '../complaints/citizen.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { stateOf } from '../complaints-staff/desk.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { drawing, tinyPdf } from '../support/upload-samples.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

let site: TestPortal
let mine: Slip
let theirs: Slip
let me: TestAgent
let picture: Attachment
beforeAll(async () => {
  site = await startTestPortal()
  picture = { name: 'ภาพ.png', content: await drawing(80, 60).png().toBuffer() }
  mine = await fileAndKeepSlip(site, { subject: 'ของฉัน' }, [picture])
  theirs = await fileAndKeepSlip(site, { subject: 'kanari ของเขา', detail: 'kanari ของเขาเอง' }, [picture])
  me = await track(site, mine)
})
afterAll(() => site.close())

const fileIds = (slip: Slip): string[] =>
  site.portal.db.sqlite
    .prepare<[number], string>('select id from case_files where case_id = ?')
    .pluck()
    .all(caseOf(site, slip).id)

describe('the holder of one slip', () => {
  it('opens the own files and no other, whatever is put in the address', async () => {
    const [own] = fileIds(mine)
    const [other = ''] = fileIds(theirs)
    expect((await me.get(`/track/files/${own}`)).status).toBe(200)
    const stored = site.portal.db.sqlite
      .prepare<[], string>('select stored_name from case_files')
      .pluck()
      .all()
    const tricks = [
      ...[
        other,
        ...stored,
        `${own}%00`,
        `${own}/`,
        `${own}.png`,
        `${own}'--`,
        `${own?.toUpperCase()} `,
        '1',
        '0',
      ],
      ...[
        '..',
        '%2e%2e',
        '..%2f..%2fportal.sqlite',
        '%2e%2e%2f%2e%2e%2fkeys%2fportal.key',
        '..%5cportal.sqlite',
      ],
      ...[
        '/etc/passwd',
        '%2fetc%2fpasswd',
        'file:%2f%2f%2fetc%2fpasswd',
        '__proto__',
        '*',
        '%25',
        '%',
        '%00',
      ],
    ]
    for (const prefix of ['', '/en']) {
      for (const trick of tricks) {
        const answer = await me.get(`${prefix}/track/files/${trick}`)
        expect([trick, answer.status]).toEqual([trick, 404])
        expect(answer.text).not.toMatch(/kanari|root:|SQLite format/)
      }
    }
  })

  it('reads and writes nothing of another case, whatever the form says', async () => {
    const { id, rev } = caseOf(site, theirs)
    const claims = {
      number: theirs.number,
      caseId: String(id),
      case: String(id),
      id: String(id),
      slug: 'RT-2570-0002',
    }
    const before = stateOf(site)
    for (const path of ['/track/case', '/track/withdraw', '/track/reopen']) {
      const page = await me.get(path).query(claims)
      expect(page.text).not.toContain('kanari')
    }
    for (const path of ['/track/message', '/track/withdraw', '/track/reopen']) {
      await post(me, path, { ...claims, text: '', rev: String(rev + 5) })
    }
    expect(stateOf(site)).toEqual(before)
  })

  it('never gets what stays in the office: notes, their files, names of officers', async () => {
    officerDoes(site, mine, note, { text: 'kanari ภายใน' })
    const page = await me.get('/track/case')
    expect(page.text).not.toContain('kanari')
    expect(page.text).not.toContain(site.cast.nid.displayName)
    site.portal.db.sqlite
      .prepare("update case_files set audience = 'internal' where case_id = ?")
      .run(caseOf(site, mine).id)
    const [own] = fileIds(mine)
    expect((await me.get(`/track/files/${own}`)).status).toBe(404)
    expect((await me.get('/track/case')).text).not.toContain(`${own}`)
  })
})

describe('a file that waits in a form', () => {
  it('cannot be taken or removed by whoever does not hold that form’s token', async () => {
    const refused = await file(site, { subject: '' }, [picture])
    const [kept] = keptFiles(refused.text)
    const victimToken = shownValue(refused.text, 'token') ?? ''
    const stranger = site.newAgent()
    const tokens = [
      await newForm(stranger),
      '',
      'A'.repeat(22),
      victimToken.toLowerCase(),
      `${victimToken} `,
      victimToken.slice(0, -1),
    ]
    for (const token of tokens) {
      const stolen = await send(stranger, '/complaints', { ...COMPLAINT, token, kept: kept?.id ?? '' })
      expect([token, stolen.status]).toEqual([token, 422])
      await send(stranger, '/complaints', { ...COMPLAINT, token, kept: kept?.id ?? '', drop: kept?.id ?? '' })
    }
    const reader = await track(site, theirs)
    const { rev } = caseOf(site, theirs)
    const carried = await send(reader, '/track/message', {
      text: 'x',
      rev: String(rev),
      token: tokens[0] ?? '',
      kept: kept?.id ?? '',
    })
    expect(carried.status).toBe(422)
    const filed = await send(site.agent, '/complaints', {
      ...COMPLAINT,
      token: victimToken,
      kept: kept?.id ?? '',
    })
    expect(filed.status).toBe(201)
    expect(fileIds(slipOf(filed))).toHaveLength(1)
  })
})

describe('a visit', () => {
  it('is opened by its exact token only, and by no cookie of another kind', async () => {
    const door = await post(site.newAgent(), '/track', { ...mine })
    const token = /siang_track=([^;]+)/.exec(`${door.headers['set-cookie']}`)?.[1] ?? ''
    const open = (cookie: string) => site.newAgent().get('/track/case').set('Cookie', cookie)
    expect((await open(`siang_track=${token}`)).status).toBe(200)
    const wrong = [
      '',
      ' ',
      '%20',
      token.slice(0, -1),
      token.toLowerCase(),
      `${token}A`,
      `${token}%00`,
      '1',
      'x'.repeat(4000),
    ]
    for (const value of [
      ...wrong.map((text) => `siang_track=${text}`),
      `siang_staff=${token}`,
      `__proto__=${token}`,
    ]) {
      expect([value, (await open(value)).status]).toEqual([value, 303])
    }
    const staff = await site
      .newAgent()
      .get('/staff')
      .set('Cookie', `siang_staff=${token}; siang_track=${token}`)
    expect(staff.status).toBe(303)
    const kept = site.portal.db.sqlite
      .prepare<[], string>('select token_hash from tracking_sessions')
      .pluck()
      .all()
    expect(kept.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true)
  })

  it('has no door but number and code: neither key nor hash nor receipt address opens it', async () => {
    const { trackingHash, submissionKey, id } = caseOf(site, theirs)
    for (const code of [trackingHash, submissionKey, '000000000000', `${id}`, theirs.code.slice(0, -1)]) {
      expect((await post(site.newAgent(), '/track', { number: theirs.number, code })).status).toBe(422)
    }
    for (const path of [
      `/complaints/${submissionKey}`,
      `/complaints?key=${submissionKey}`,
      `/receipt/${id}`,
    ]) {
      expect((await site.newAgent().get(path)).text).not.toContain('kanari')
    }
  })
})

describe('a PDF', () => {
  it('is a download under its own name and never a page, whatever the address asks for', async () => {
    const slip = await fileAndKeepSlip(site, {}, [{ name: 'ใบสั่ง"><script>.pdf', content: tinyPdf() }])
    const [id] = fileIds(slip)
    const answer = await (await track(site, slip)).get(
      `/track/files/${id}?inline=1&s=1&download=0&type=text/html`,
    )
    expect(answer.headers['content-type']).toBe('application/pdf')
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="[^"<>]*"; filename\*=UTF-8''[^<>"]*$/,
    )
  })
})
