import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { searchCases } from '#complaints/search-store.ts'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { caseNumber, caseSlug } from '#domain/reference.ts'
import { COMPLAINT, fileAndKeepSlip } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { done, fileCase, stateOf, type TestCase, viewerFor } from '../complaints-staff/desk.ts'
import { letterIn } from '../complaints-staff/explanations.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { drawing } from '../support/upload-samples.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const CANARY = 'kanari'

let office: TestPortal
/** A case in the hands of กองช่าง, and a matter about staff that only the centre's head may see. */
let ofOthers: {
  slug: string
  number: string
  fileId: string
  letterId: string
  mailId: string
  id: number
}
let restricted: typeof ofOthers
/** One of กองสาธารณสุข, which its officer may act on. */
let own: TestCase
let officers: { name: string; agent: TestAgent; hidden: typeof ofOthers }[]

async function hiddenCase(category: string): Promise<typeof ofOthers> {
  const words = { subject: `${CANARY} ${category}`, detail: `${CANARY} detail ${category}` }
  const content = await drawing(60, 40).png().toBuffer()
  const slip = await fileAndKeepSlip(
    office,
    { ...COMPLAINT, ...words, category, name: `${CANARY} ${category}`, email: `${CANARY}@example.com` },
    [{ name: `${CANARY}.png`, content }],
  )
  const { id, fiscalYear, seq } = caseOf(office, slip)
  const fileId = office.portal.db.sqlite
    .prepare<[number], string>('select id from case_files where case_id = ?')
    .pluck()
    .get(id)
  const letterId = letterIn(office, { id }, 'receipt').publicId
  const mailId = office.portal.db.sqlite
    .prepare<[number], number>("update outbox set state = 'unknown' where case_id = ? returning id")
    .pluck()
    .get(id)
  const ids = { fileId: `${fileId}`, letterId, mailId: `${mailId}` }
  return { id, slug: caseSlug(fiscalYear, seq), number: slip.number, ...ids }
}

beforeAll(async () => {
  office = await startTestPortal()
  ofOthers = await hiddenCase('A2')
  restricted = await hiddenCase('H1')
  const unit = String(office.cast.chai.unitId)
  const row = { id: ofOthers.id, row: () => caseOf(office, ofOthers) }
  done(office, { ...row, address: '', trackingCode: '' }, 'nid', 'assign', {
    unit,
    officer: String(office.cast.chai.id),
  })
  own = fileCase(office, { subject: 'ของเราเอง' })
  done(office, own, 'nid', 'assign', {
    unit: String(office.cast.somsri.unitId),
    officer: String(office.cast.somsri.id),
  })
  officers = [
    { name: 'an officer of another unit', agent: await office.signIn('somsri'), hidden: ofOthers },
    { name: 'an officer of the centre', agent: await office.signIn('nid'), hidden: restricted },
  ]
})
afterAll(() => office.close())

/** What stands for a case's own things in an address. */
const idIn = (url: string, { fileId, letterId, mailId }: typeof ofOthers): string => {
  if (url.includes('/letters/')) return letterId
  return url.includes('/mails/') ? mailId : fileId
}

/** The addresses of letters and mails: a letter, its PDF, two forms to show and send, and one button. */
const LETTER_ADDRESSES = 7

/** The page that moves a case to the confidential register, to show and to send. */
const MOVE_ADDRESSES = 2

/** The page that tells of which indicators a case counts, to show and to decide. */
const INDICATOR_ADDRESSES = 2

/** Every address of the staff zone that names a case or what belongs to it; actions are spelled out. */
function addressesOf(hidden: typeof ofOthers): { method: string; url: string }[] {
  return office.app.routeTable
    .filter(({ url }) => /^\/staff\/(cases|files)\/:(slug|id)/.test(url))
    .flatMap(({ method, url }) => {
      const path = url.replace(':slug', hidden.slug).replace(':id', idIn(url, hidden))
      const actions = ACTION_FORMS.map((form) => ({ method, url: path.replace(':action', form.path) }))
      return path.includes(':action') ? actions : [{ method, url: path }]
    })
}

/** Whatever any of the action forms asks for, all at once. */
const FILLED = {
  ...{
    text: 'x',
    outcome: 'solved',
    finding: 'yes',
    cause: 'x',
    prevention: 'x',
    otherBody: 'x',
    reason: 'abusive',
  },
  ...{
    answerBy: '20/11/2569',
    category: 'A1',
    unit: '1',
    officer: '',
    into: '1/2570',
    means: 'post',
    deliveredOn: '16/11/2569',
    officialNo: '1',
    officialOn: '16/11/2569',
    step: 'send',
    rev: '1',
    seen: '1',
  },
}

describe('a case that is not to be seen', () => {
  it('answers every address as a case that does not exist, without a word of it, and nothing is changed', async () => {
    for (const { name, agent, hidden } of officers) {
      const nowhere = { ...hidden, slug: 'RT-2570-9999', fileId: 'A'.repeat(22) }
      expect(addressesOf(hidden).filter(({ url }) => url.includes(hidden.letterId))).toHaveLength(6)
      const addresses = addressesOf(hidden)
      const others = LETTER_ADDRESSES + MOVE_ADDRESSES + INDICATOR_ADDRESSES
      expect(addresses.length).toBe(2 + others + 2 * ACTION_FORMS.length)
      const before = stateOf(office)
      for (const [index, { method, url }] of addresses.entries()) {
        const other = addressesOf(nowhere)[index]?.url ?? ''
        const ask = (path: string) => (method === 'GET' ? agent.get(path) : post(agent, path, FILLED))
        const [answer, missing] = [await ask(url), await ask(other)]
        expect([name, url, answer.status]).toEqual([name, url, 404])
        expect(answer.text).not.toContain(CANARY)
        expect(answer.text.replaceAll(url, '')).toBe(missing.text.replaceAll(other, ''))
      }
      expect(stateOf(office)).toEqual(before)
    }
  })

  it('is found by no search, no filter, no page of a list and no count', async () => {
    const { chai } = office.cast
    const filters = [
      `unit=${chai.unitId}`,
      `officer=${chai.id}`,
      'category=H1',
      'status=assigned',
      'village=1',
    ]
    const lists = [
      '',
      '?view=unit',
      '?view=over',
      '?view=new',
      ...filters.map((filter) => `?view=all&${filter}`),
    ]
    const cursors = ['after=9999-12-31.999999999', 'before=1000-01-01.0'].map((at) => `?view=all&${at}`)
    for (const { name, agent, hidden } of officers) {
      const words = [`${CANARY} ${hidden === restricted ? 'H1' : 'A2'}`, hidden.number, `"${hidden.number}"`]
      const searches = words.flatMap((q) =>
        ['', '&after=letters.999999999'].map((at) => `?q=${encodeURIComponent(q)}${at}`),
      )
      for (const query of [...lists, ...cursors, ...searches]) {
        const { text } = await agent.get(`/staff${query}`)
        expect([name, query, text.includes('sg-views__count')]).toEqual([name, query, true])
        expect([name, query, text.includes(hidden.slug)]).toEqual([name, query, false])
      }
    }
    const [first] = officers
    const everything = await first?.agent.get('/staff?view=all')
    expect(everything?.text.match(/href="\/staff\/cases\/[^"]+/g)).toEqual([`href="${own.address}`])
    const finder = await office.signIn('chai')
    expect((await finder.get(`/staff?q=${CANARY}`)).text).toContain(ofOthers.slug)
  })

  it('cannot be merged into, nor told from one that does not exist by trying', async () => {
    const { agent, hidden } = officers[1] ?? {}
    if (!agent || !hidden) throw new Error('no officer')
    const before = stateOf(office)
    const into = async (number: string) => {
      const form = await agent.get(`${own.address}/merge`)
      const rev = /name="rev" value="(\d+)"/.exec(form.text)?.[1] ?? ''
      return await post(agent, `${own.address}/merge`, { rev, seen: '1', into: number })
    }
    const [secret, nothing] = [await into(hidden.number), await into(caseNumber(2570, 9999))]
    expect([secret.status, nothing.status]).toEqual([422, 422])
    const words = (html: string) => html.replace(/รท \d{4}\/2570|value="[^"]*"/g, '')
    expect(words(secret.text)).toBe(words(nothing.text))
    expect(secret.text).not.toContain(CANARY)
    expect(stateOf(office)).toEqual(before)
  })
})

describe('a stranger', () => {
  it('cannot tell a case or file that exists from one that does not', async () => {
    const nowhere = { ...ofOthers, slug: 'RT-2570-9999', fileId: 'A'.repeat(22) }
    for (const [index, { method, url }] of addressesOf(ofOthers).entries()) {
      const ask = (path: string) =>
        method === 'GET' ? office.newAgent().get(path) : post(office.newAgent(), path)
      const other = addressesOf(nowhere)[index]?.url ?? ''
      const [there, not] = [await ask(url), await ask(other)]
      const plain = (text: string, own: string) =>
        text.replaceAll(encodeURIComponent(own), '').replaceAll(own, '')
      expect(there.status).toBe(not.status)
      expect(plain(there.text, url)).toBe(plain(not.text, other))
      expect(plain(`${there.headers.location}`, url)).toBe(plain(`${not.headers.location}`, other))
    }
  })
})

describe('a name that was withheld', () => {
  it('is found by nobody who tries names, while a name that was not is', async () => {
    const contact = { name: 'ประสงค์ ไม่ออกนาม', phone: '0899999999', withholdName: true }
    const secret = fileCase(office, { subject: 'เสียงดัง', contact })
    const open = fileCase(office, { subject: 'เสียงดัง', contact: { ...contact, withholdName: false } })
    for (const name of ['nayok', 'wit', 'nid'] as const) {
      for (const text of ['ประสงค์ ไม่ออกนาม', 'ประสงค์', '0899999999']) {
        const { ids } = searchCases(office.portal.db, viewerFor(office, name), text)
        expect([ids.includes(secret.id), ids.includes(open.id)]).toEqual([false, true])
      }
    }
  })
})
