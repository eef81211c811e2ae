import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { type Ticked, tick } from '#clock/tick.ts'
import { createCase, type NewCase } from '#complaints/create.ts'
import { makeDraft } from '#complaints/draft-letter.ts'
import { performChange } from '#complaints/handle.ts'
import { findActionForm } from '#complaints/staff-actions.ts'
import { type Case, contactOf, findCaseBySubmission } from '#complaints/store.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import { caseSlug } from '#domain/reference.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { MemberName } from '../support/cast.ts'
import { type TypedFields, typedIn } from '../support/forms.ts'
import type { TestPortal } from '../support/portal.ts'

/** An office with its people; whether it has web pages does not matter here. */
export type Desk = Pick<TestPortal, 'portal' | 'cast'>

/** A case in the tests: found anew each time it is looked at. */
export interface TestCase {
  id: number
  address: string
  trackingCode: string
  row(): Case
}

export type CaseOptions = Partial<Omit<NewCase, 'contact'>> & { contact?: Partial<NewCase['contact']> }

/** The least that makes a complaint: a street light, filed now on the web, without a name. */
export function fileCase(office: Desk, { contact, ...options }: CaseOptions = {}): TestCase {
  const { portal } = office
  const submissionKey = newToken()
  const created = createCase(portal, {
    ...{ kind: 'complaint', categoryCode: 'A2', subject: 'ไฟทางดับหน้าวัด', detail: 'ไฟทางหน้าวัดดับมาห้าคืน' },
    ...{ wish: null, happenedOn: null, urgent: false, villageId: 1, place: null },
    ...{ latitude: null, longitude: null, channel: 'web', language: 'th', receivedAt: portal.now() },
    ...{ actor: { kind: 'citizen' }, submissionKey },
    ...options,
    contact: {
      ...{ name: null, phone: null, email: null, address: null, replyBy: 'self', withholdName: false },
      ...contact,
    },
  })
  const row = () => {
    const found = findCaseBySubmission(portal.db, options.submissionKey ?? submissionKey)
    if (!found) throw new Error('the case is gone')
    return found
  }
  const address = `/staff/cases/${caseSlug(created.fiscalYear, created.seq)}`
  return { id: created.id, address, trackingCode: created.trackingCode, row }
}

export function viewerFor({ cast, portal }: Desk, name: MemberName): Viewer {
  const { id, displayName, roles, unitId } = cast[name]
  const isCentre = portal.settings.unit(unitId)?.isCentre ?? false
  return { accountId: id, displayName, roles, unitId, isCentre }
}

/** Brings a case forward without the pages, for tests that begin where others end. */
export function done(
  office: Desk,
  testCase: TestCase,
  name: MemberName,
  path: string,
  typed: Record<string, string> = {},
): void {
  const { portal } = office
  const form = findActionForm(path)
  const row = testCase.row()
  const contact = contactOf(portal.db, row.id)
  if (!form || !contact) throw new Error(`nothing to do: ${path}`)
  const now = portal.now()
  const deed = { portal, viewer: viewerFor(office, name), row, contact, now, today: civilDateOf(now) }
  const read = form.read(
    deed,
    Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, [value]])),
  )
  if ('errors' in read) throw new Error(JSON.stringify(read.errors))
  performChange(deed, form.action, read.change)
}

/** What the timetable does every minute: reminders, breaches and drafts, as far as their time has come. */
export function tickClocks({ portal }: Desk): Promise<Ticked> {
  return tick(portal, { draft: (kind, clock, row, at) => makeDraft(portal, kind, clock, row, at) })
}

const RESULT = {
  text: 'ซ่อมเสร็จแล้ว',
  outcome: 'solved',
  finding: 'yes',
  cause: 'หลอดขาด',
  prevention: 'ตรวจทุกเดือน',
}

/** A case on its usual way, in the hands of กองช่าง (chai) from `assigned` on. */
export function caseIn(
  office: Desk,
  status: 'submitted' | 'registered' | 'assigned' | 'in_progress' | 'need_info' | 'resolved' | 'closed',
  options: CaseOptions = {},
): TestCase {
  const testCase = fileCase(office, options)
  const unit = String(office.cast.chai.unitId)
  const officer = String(office.cast.chai.id)
  const steps: [string, () => void][] = [
    ['submitted', () => undefined],
    ['registered', () => done(office, testCase, 'nid', 'register')],
    ['assigned', () => done(office, testCase, 'nid', 'assign', { unit, officer })],
    ['in_progress', () => done(office, testCase, 'chai', 'accept')],
    [
      'need_info',
      () => done(office, testCase, 'chai', 'ask-info', { text: 'เสาไฟต้นใด', answerBy: '20/11/2569' }),
    ],
    ['resolved', () => done(office, testCase, 'chai', 'conclude', RESULT)],
    ['closed', () => done(office, testCase, 'chai', 'close')],
  ]
  for (const [name, step] of steps) {
    if (name === 'need_info' && status !== 'need_info') continue
    step()
    if (name === status) break
  }
  return testCase
}

/** What an open form carries along: which state of the case it was made for. */
export async function openForm(agent: TestAgent, address: string, path: string): Promise<TypedFields> {
  const answer = await agent.get(`${address}/${path}`)
  const [rev, seen, token] = ['rev', 'seen', 'token'].map((name) => typedIn(answer, name) ?? '')
  return { rev: `${rev}`, seen: `${seen}`, token: `${token}` }
}

/** Every table with its number of rows, and the revision of every case: equal before and after a refusal. */
export function stateOf({ portal }: Desk): Record<string, unknown> {
  const { sqlite } = portal.db
  const tables = sqlite
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'case_words_%' and name not like 'case_trigrams_%'",
    )
    .all()
    // Being seen, and being counted as an attempt, is not a change of anybody's case.
    .filter(({ name }) => !['attempts', 'staff_sessions', 'tracking_sessions'].includes(name))
  const counts = tables.map(({ name }) => [name, sqlite.prepare(`select count(*) as n from "${name}"`).get()])
  return {
    ...Object.fromEntries(counts),
    revisions: sqlite.prepare('select id, rev, status, updated_at from cases order by id').all(),
    clocks: sqlite.prepare('select * from case_clocks order by id').all(),
  }
}

/** The text of a page as it is read, without its head, header and footer. */
export function wordsOf(answer: Response): string {
  const main = /<main[\s\S]*<\/main>/.exec(answer.text)?.[0] ?? ''
  return main
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
