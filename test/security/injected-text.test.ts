import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ACTION_FORMS, findActionForm } from '#complaints/staff-actions.ts'
import { caseSlug } from '#domain/reference.ts'
import { COMPLAINT, file, type Slip, slipOf, track } from '../complaints/citizen.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { post } from '../support/forms.ts'
import { openPoisonedOffice, PAYLOAD, type PoisonedOffice, TAGS } from './poisoned-office.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const STAFF = ['nid', 'wit', 'nayok', 'admin'] as const

let office: PoisonedOffice
let slip: Slip
let stranger: TestAgent
let complainant: TestAgent
let staff: Map<string, TestAgent>

beforeAll(async () => {
  office = await openPoisonedOffice()
  slip = slipOf(await office.file())
  await office.file('/en')
  stranger = office.site.newAgent()
  complainant = await track(office.site, slip)
  staff = new Map(
    await Promise.all(STAFF.map(async (name) => [name, await office.site.signIn(name)] as const)),
  )
})
afterAll(() => office.close())

/** Nothing of a page is alive; what is no page must not be taken for one. */
async function expectDead(answer: Response, what: string): Promise<void> {
  const type = answer.headers['content-type'] ?? ''
  const isPage = !/^(text\/csv|application\/(json|schema\+json|pdf|atom\+xml)|text\/plain|image\/)/.test(type)
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect([what, isPage ? await office.alive(answer.text) : []]).toEqual([what, []])
}

/** Every page of these zones, with something real in place of its parameters. */
function pagesOf(...zones: string[]): string[] {
  const { fiscalYear, seq } = caseOf(office.site, slip)
  const filled: Record<string, string> = {
    slug: caseSlug(fiscalYear, seq),
    code: 'A2',
    fy: String(fiscalYear),
  }
  return office.site.app.routeTable
    .filter(
      ({ method, zone, url }) => method === 'GET' && zones.includes(zone) && !/:(action|file)/.test(url),
    )
    .map(({ url }) => url.replace(/:(\w+)/g, (_, name: string) => filled[name] ?? '1'))
}

function does(path: string, typed: Record<string, string> = {}): void {
  const form = findActionForm(path)
  if (!form) throw new Error(`no action ${path}`)
  officerDoes(office.site, slip, form, typed)
}

describe('words that are markup', () => {
  it('are found alive by this test where they are not escaped', async () => {
    expect((await office.alive(`<p title="${PAYLOAD}">${7 * 191}`)).length).toBeGreaterThan(3)
  })

  it('stay words on the receipt, in a form that comes back and in what is said about it', async () => {
    await expectDead(await office.file(), 'receipt')
    const long = { ...COMPLAINT, subject: PAYLOAD.repeat(9), place: PAYLOAD.repeat(9), category: PAYLOAD }
    const more = {
      kind: PAYLOAD,
      phone: PAYLOAD,
      email: PAYLOAD,
      latitude: PAYLOAD,
      token: PAYLOAD,
      kept: PAYLOAD,
    }
    const svg = { name: `${TAGS}.svg`, content: Buffer.from(TAGS) }
    await expectDead(
      await file(office.site, { ...long, ...more, happenedOn: PAYLOAD, village: PAYLOAD }, [svg]),
      'form',
    )
    const typed = { number: PAYLOAD, code: PAYLOAD, text: PAYLOAD }
    await expectDead(await post(stranger, '/track', typed), 'door of tracking')
    await expectDead(await post(stranger, '/track/message', typed), 'visit that lapsed')
    const door = { username: PAYLOAD, password: PAYLOAD, next: PAYLOAD }
    await expectDead(await post(stranger, '/staff/sign-in', door), 'sign-in')
    await expectDead(
      await post(stranger, '/staff/cases/x/note', { [PAYLOAD]: PAYLOAD }),
      'session that ended',
    )
  })

  it('stay words on everything that anybody can open or download, and in addresses', async () => {
    for (const path of pagesOf('public', 'open-data', 'tracking'))
      await expectDead(await stranger.get(path), path)
    const query = `q=${encodeURIComponent(PAYLOAD)}&number=${encodeURIComponent(PAYLOAD)}&done=${TAGS.replaceAll(' ', '+')}`
    for (const path of ['/nothing', '/en/nothing', '/staff/x', '/track', '/complaints/new', '/staff']) {
      await expectDead(await stranger.get(`${path}?${query}`), path)
    }
  })

  it('stay words for the complainant and on every page and list of the staff', async () => {
    does('assign', { unit: String(office.site.cast.chai.unitId), officer: '' })
    does('accept')
    does('progress', { text: PAYLOAD })
    does('note', { text: PAYLOAD })
    await post(complainant, '/track/message', { text: PAYLOAD, rev: String(caseOf(office.site, slip).rev) })
    for (const path of pagesOf('tracking')) await expectDead(await complainant.get(path), path)
    const words = encodeURIComponent(PAYLOAD)
    const lists = ['/staff?view=all', `/staff?q=${words}`, `/staff?from=${words}&done=${words}`]
    const pages = [...pagesOf('staff', 'admin'), ...lists]
    expect(pages.length).toBeGreaterThan(15)
    for (const [name, agent] of staff) {
      for (const path of pages) await expectDead(await agent.get(path), `${name} ${path}`)
    }
  })

  it('stay words in every form of the staff, its faults, its preview and the page of two officers at once', async () => {
    const agent = staff.get('nid') ?? stranger
    const { fiscalYear, seq, rev } = caseOf(office.site, slip)
    const texts = { text: PAYLOAD, otherBody: PAYLOAD, cause: PAYLOAD, prevention: PAYLOAD, into: PAYLOAD }
    const choices = { outcome: 'solved', finding: 'yes', reason: 'private', answerBy: '20/11/2569' }
    for (const { path } of ACTION_FORMS.filter((form) => form.path !== 'note')) {
      const address = `/staff/cases/${caseSlug(fiscalYear, seq)}/${path}`
      await expectDead(await agent.get(address), address)
      for (const sent of [
        { ...texts, ...choices },
        { ...texts, category: PAYLOAD, unit: PAYLOAD },
      ]) {
        await expectDead(await post(agent, address, { ...sent, rev: String(rev), seen: '1' }), address)
        await expectDead(await post(agent, address, { ...sent, rev: '1', seen: '1' }), `${address} too late`)
      }
    }
    const arrival = {
      channel: PAYLOAD,
      receivedOn: PAYLOAD,
      receivedTime: PAYLOAD,
      incomingNo: PAYLOAD,
      sourceRef: PAYLOAD,
    }
    await expectDead(
      await post(agent, '/staff/intake', { ...COMPLAINT, ...arrival, subject: PAYLOAD }),
      'intake',
    )
  })
})
