import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertDrafts, moveDraftsToCase } from '#complaints/draft-files-store.ts'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { caseFiles } from '#complaints/tables.ts'
import { mayDo, mayEnter, maySeeCase, type StaffAction } from '#domain/permissions.ts'
import { queueMail } from '#mail/outbox.ts'
import type { ListedRoute } from '#web/zones.ts'
import { caseIn, fileCase, stateOf, type TestCase, viewerFor } from '../complaints-staff/desk.ts'
import { letterIn } from '../complaints-staff/explanations.ts'
import type { MemberName } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

/** Every role, each once in the centre, in the unit of the case, in another unit or in none. */
const MEMBERS: MemberName[] = ['admin', 'nid', 'dao', 'chai', 'malee', 'somsri', 'wit', 'nayok']
const STAGES = [
  'submitted',
  'registered',
  'assigned',
  'in_progress',
  'need_info',
  'resolved',
  'closed',
] as const

let office: TestPortal
let agents: Record<MemberName, TestAgent>
/** Of กองช่าง from `assigned` on, of nobody before; and one about a member of staff. */
let cases: TestCase[]
let routes: ListedRoute[]
/** A mail of each case, by the case's id. */
const mails = new Map<number, number>()

beforeAll(async () => {
  office = await startTestPortal()
  // All at once, because signing in leaves a line in the audit trail.
  const signedIn = []
  for (const name of MEMBERS) signedIn.push([name, await office.signIn(name)])
  agents = Object.fromEntries(signedIn)
  const restricted = fileCase(office, { categoryCode: 'H1', subject: 'เรื่องของบุคลากร' })
  cases = [...STAGES.map((status) => caseIn(office, status)), restricted]
  for (const testCase of cases) {
    giveFile(testCase)
    mails.set(testCase.id, giveMail(testCase))
  }
  routes = office.app.routeTable.filter(({ zone }) => zone === 'staff' || zone === 'admin')
})
afterAll(() => office.close())

function giveFile({ id }: TestCase): void {
  const { db, now } = office.portal
  const file = { originalName: 'ภาพ.jpg', mime: 'image/jpeg' as const, bytes: 3, width: 1, height: 1 }
  const drafts = insertDrafts(db, `draft ${id}`, [{ ...file, storedName: 'a'.repeat(32) }], now())
  moveDraftsToCase(db, drafts, { caseId: id, eventId: null, uploadedBy: 'citizen', audience: 'public' })
}

/** A mail that somebody has to decide about. */
function giveMail({ id }: TestCase): number {
  const { db, now } = office.portal
  const mail = {
    kind: 'letter' as const,
    caseId: id,
    recipient: 'a@example.com',
    subject: 'เรื่อง',
    body: 'ข้อความ',
  }
  return queueMail(db, { ...mail, dedupeKey: `mail ${id}`, at: now(), host: 'localhost' })
}

/** What stands behind the case in an address of one of its letters or mails. */
function partOf(url: string, testCase: TestCase): string {
  const id = url.includes('/mails/') ? mails.get(testCase.id) : letterIn(office, testCase, 'receipt').publicId
  return url.slice('/staff/cases/:slug'.length).replace(':id', `${id}`)
}

/** A form with something in every field that any staff route asks for. */
function filledForm(testCase: TestCase): Record<string, string> {
  const { chai } = office.cast
  return {
    ...{ rev: String(testCase.row().rev), step: 'send', text: 'ข้อความ', answerBy: '30/11/2569' },
    ...{ unit: String(chai.unitId), officer: '', reason: 'power', otherBody: 'อำเภอ', category: 'A1' },
    ...{ outcome: 'solved', finding: 'na', cause: 'ก', prevention: 'ข', into: '1/2570' },
    ...{ channel: 'phone', receivedOn: '16/11/2569', receivedTime: '09.00', subject: 'เรื่อง' },
    ...{ detail: 'รายละเอียดของเรื่อง', place: 'ที่นี่', replyBy: 'self', name: 'ชื่อ', nameEn: 'Name' },
    ...{ number: '9', username: 'newcomer', displayName: 'ชื่อ', roles: 'administrator', targetDays: '7' },
  }
}

const fileOf = (testCase: TestCase): string =>
  office.portal.db.orm
    .select()
    .from(caseFiles)
    .all()
    .find(({ caseId }) => caseId === testCase.id)?.id ?? ''

/** The addresses of a route: one for every case and action where it has such. */
function addressesOf({ url }: ListedRoute): { address: string; testCase?: TestCase; action?: StaffAction }[] {
  if (url.includes(':slug') && url.includes(':id')) {
    const isWritten = /register|delivery|mails/.test(url)
    return cases.map((testCase) => ({
      address: `${testCase.address}${partOf(url, testCase)}`,
      testCase,
      ...(isWritten && { action: 'message' as const }),
    }))
  }
  if (url === '/staff/cases/:slug/indicators') {
    const action = 'change_category' as const
    return cases.map((testCase) => ({ address: `${testCase.address}/indicators`, testCase, action }))
  }
  if (url.endsWith('/move-confidential')) {
    const action = 'move_confidential' as const
    return cases.map((testCase) => ({ address: `${testCase.address}/move-confidential`, testCase, action }))
  }
  if (url.includes(':slug')) {
    const forms = url.includes(':action') ? ACTION_FORMS : [undefined]
    return cases.flatMap((testCase) =>
      forms.map((form) => ({
        address: form ? `${testCase.address}/${form.path}` : testCase.address,
        testCase,
        ...(form && { action: form.action }),
      })),
    )
  }
  if (url === '/staff/files/:id') {
    return cases.map((testCase) => ({ address: `/staff/files/${fileOf(testCase)}`, testCase }))
  }
  return [{ address: url.replace(':code', 'A1').replace(/:\w+/g, '1') }]
}

/** Whether the access table lets this person in there; undefined where everybody may come. */
function verdict(
  name: MemberName,
  { permission }: ListedRoute,
  target: { testCase?: TestCase; action?: StaffAction },
): 'allowed' | 403 | 404 | 'open' {
  if (permission === 'anyone' || permission === undefined) return 'open'
  const viewer = viewerFor(office, name)
  if (!mayEnter(viewer, permission)) return 403
  if (!target.testCase) return 'allowed'
  const row = target.testCase.row()
  if (!maySeeCase(viewer, row)) return 404
  return !target.action || mayDo(viewer, target.action, row) ? 'allowed' : 403
}

function ask(agent: TestAgent, method: string, address: string, testCase: TestCase): Promise<Response> {
  if (method === 'GET') return Promise.resolve(agent.get(address))
  return post(agent, address, filledForm(testCase))
}

describe('every staff route', () => {
  it('refuses whoever the access table does not let in, tells nothing and changes no row', async () => {
    const before = stateOf(office)
    let refused = 0
    for (const route of routes) {
      for (const target of addressesOf(route)) {
        for (const name of MEMBERS) {
          const expected = verdict(name, route, target)
          if (expected === 'allowed' || expected === 'open') continue
          const testCase = target.testCase ?? (cases[0] as TestCase)
          const answer = await ask(agents[name], route.method, target.address, testCase)
          const what = `${name} ${route.method} ${target.address}`
          expect(answer.status, what).toBe(expected)
          if (expected === 404) expect(answer.text, what).not.toContain(testCase.row().subject)
          refused += 1
        }
      }
      expect(stateOf(office), route.url).toEqual(before)
    }
    expect(refused).toBeGreaterThan(1000)
  }, 180_000)

  it('lets in whoever the access table lets in', async () => {
    let shown = 0
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const target of addressesOf(route)) {
        for (const name of MEMBERS) {
          if (verdict(name, route, target) !== 'allowed') continue
          const answer = await agents[name].get(target.address)
          // 409: not in this status; 404: the sample's file is not on the disk, the sample's row not there.
          // 503: the confidential register has not been opened.
          const isMove = target.action === 'move_confidential'
          const fitting = isMove
            ? [503, 409]
            : target.action
              ? [200, 409]
              : target.testCase
                ? [200, 404]
                : [200, 303, 404]
          expect(fitting, `${name} GET ${target.address}: ${answer.status}`).toContain(answer.status)
          shown += 1
        }
      }
    }
    expect(shown).toBeGreaterThan(300)
  }, 180_000)

  it('asks whoever is not signed in to sign in, and does nothing meanwhile', async () => {
    const stranger = office.newAgent()
    const before = stateOf(office)
    for (const route of routes.filter(({ permission }) => permission !== 'anyone')) {
      for (const { address, testCase } of addressesOf(route)) {
        const answer = await ask(stranger, route.method, address, testCase ?? (cases[0] as TestCase))
        const what = `${route.method} ${address}: ${answer.status}`
        if (route.method === 'GET') {
          expect(answer.status, what).toBe(303)
          expect(answer.headers.location, what).toMatch(/^\/staff\/sign-in/)
        } else {
          expect([401, 403], what).toContain(answer.status)
        }
        for (const { row } of cases) expect(answer.text).not.toContain(row().subject)
      }
    }
    expect(stateOf(office)).toEqual(before)
  }, 180_000)

  it('refuses forms that another site made somebody send', async () => {
    const before = stateOf(office)
    for (const route of routes.filter(({ method }) => method !== 'GET')) {
      for (const { address, testCase } of addressesOf(route).slice(0, 3)) {
        const form = new URLSearchParams(filledForm(testCase ?? (cases[0] as TestCase))).toString()
        for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) {
          const answer = await agents.dao.post(address).set(headers).type('form').send(form)
          expect(answer.status, address).toBe(403)
        }
      }
    }
    expect(stateOf(office)).toEqual(before)
  }, 180_000)

  it('answers other methods than its own with 404 or 405 and does nothing', async () => {
    const before = stateOf(office)
    for (const { address } of routes.flatMap((route) => addressesOf(route).slice(0, 1))) {
      for (const method of ['put', 'patch', 'delete'] as const) {
        const answer = await agents.dao[method](address).type('form').send('rev=1')
        expect([404, 405], `${method} ${address}: ${answer.status}`).toContain(answer.status)
      }
    }
    expect(stateOf(office)).toEqual(before)
  }, 60_000)
})
