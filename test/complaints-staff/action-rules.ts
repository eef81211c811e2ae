import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MemberName } from '../support/cast.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, done, openForm, stateOf, type TestCase, wordsOf } from './desk.ts'

interface ActionRules {
  path: string
  /** Who does it. */
  member: MemberName
  status: Parameters<typeof caseIn>[1]
  /** A form that is accepted; evaluated when the office is open. */
  typed: (office: TestPortal) => Record<string, string>
  /** What the form says where a field is left empty; none for actions without a question. */
  required?: string[]
  /** Sees the case and may not do this; nobody where everybody who sees it may. */
  wrongRole?: MemberName
  /** Does not see the case at all. */
  stranger?: MemberName
  /** A note changes nothing that could have changed in the meantime. */
  isNeverStale?: true
}

export interface Opened {
  office: TestPortal
  agent: TestAgent
  other: TestAgent
  onlooker: TestAgent | undefined
  admin: TestAgent
  typed: Record<string, string>
}

/** What holds for every action on a case; each action's own file calls it and goes on from there. */
export function describeAction(rules: ActionRules): Opened {
  const { path, member, status, wrongRole, required = [], stranger = 'somsri' } = rules
  const opened = {} as Opened
  beforeAll(async () => {
    opened.office = await startTestPortal()
    // All before anything is compared: signing in leaves a line in the audit trail.
    opened.agent = await opened.office.signIn(member)
    opened.other = await opened.office.signIn(stranger)
    opened.onlooker = wrongRole && (await opened.office.signIn(wrongRole))
    opened.admin = await opened.office.signIn('admin')
    opened.typed = rules.typed(opened.office)
  })
  afterAll(() => opened.office.close())

  const refused = async (work: (testCase: TestCase) => Promise<void>) => {
    const testCase = caseIn(opened.office, status)
    const before = stateOf(opened.office)
    await work(testCase)
    expect(stateOf(opened.office)).toEqual(before)
  }

  describe(`${path}: what holds for every action`, () => {
    it('shows its form without changing anything', () =>
      refused(async ({ address }) => {
        const answer = await opened.agent.get(`${address}/${path}`)
        expect(answer.status).toBe(200)
        expect(answer.headers['cache-control']).toBe('no-store')
      }))

    it('sends somebody who is not signed in to sign in, and does nothing', () =>
      refused(async ({ address }) => {
        const stranger = opened.office.newAgent()
        const answer = await post(stranger, `${address}/${path}`, opened.typed)
        expect([401, 403]).toContain(answer.status)
        expect((await stranger.get(`${address}/${path}`)).status).toBe(303)
      }))

    it('answers 404 to another unit, without a word of the case', () =>
      refused(async ({ address, row }) => {
        const agent = opened.other
        const fields = { rev: String(row().rev), step: 'send', ...opened.typed }
        for (const answer of [
          await agent.get(`${address}/${path}`),
          await post(agent, `${address}/${path}`, fields),
        ]) {
          expect(answer.status).toBe(404)
          expect(answer.text).not.toContain(row().subject)
        }
      }))

    if (wrongRole) {
      it('answers 403 to somebody who may see the case and not do this', () =>
        refused(async ({ address, row }) => {
          const agent = opened.onlooker as TestAgent
          const fields = { rev: String(row().rev), step: 'send', ...opened.typed }
          expect((await agent.get(`${address}/${path}`)).status).toBe(403)
          expect((await post(agent, `${address}/${path}`, fields)).status).toBe(403)
        }))
    }

    it('answers 403 or 404 to an administrator, whose role opens no case', () =>
      refused(async ({ address }) => {
        expect([403, 404]).toContain((await post(opened.admin, `${address}/${path}`, {})).status)
      }))

    if (required.length > 0) {
      it('asks for what is missing, names each field, and keeps the rest', () =>
        refused(async ({ address }) => {
          const form = await openForm(opened.agent, address, path)
          const { typed } = opened
          const empty = Object.fromEntries(required.map((name) => [name, '']))
          const answer = await post(opened.agent, `${address}/${path}`, { ...form, ...empty, step: 'check' })
          expect(answer.status).toBe(422)
          expect(errorsOf(answer)).toEqual(required)
          for (const missing of required) {
            const others = { ...typed, [missing]: '' }
            const again = await post(opened.agent, `${address}/${path}`, { ...form, ...others })
            expect(again.status).toBe(422)
            expect(errorsOf(again)).toContain(missing)
            for (const [name, value] of Object.entries(others)) expectTyped(again, name, value)
          }
        }))
    }

    if (!rules.isNeverStale) {
      it('answers 409 to the second of two officers, with what the first did and everything typed', async () => {
        const testCase = caseIn(opened.office, status)
        const { address } = testCase
        const form = await openForm(opened.agent, address, path)
        done(opened.office, testCase, 'dao', 'message', { text: 'เจ้าหน้าที่อีกคนเขียนก่อน' })
        const before = stateOf(opened.office)
        const { typed } = opened
        for (const step of ['check', 'send']) {
          const answer = await post(opened.agent, `${address}/${path}`, { ...form, ...typed, step })
          expect(answer.status).toBe(409)
          expect(wordsOf(answer)).toContain('เจ้าหน้าที่อีกคนเขียนก่อน')
          expect(wordsOf(answer)).toContain('ดาว หัวหน้าศูนย์')
          for (const [name, value] of Object.entries(typed)) expectTyped(answer, name, value)
        }
        expect(stateOf(opened.office)).toEqual(before)
        const answer = await post(opened.agent, `${address}/${path}`, { ...form, ...typed })
        const anew = { rev: `${typedIn(answer, 'rev')}`, seen: `${typedIn(answer, 'seen')}` }
        const sent = await post(opened.agent, `${address}/${path}`, {
          ...form,
          ...typed,
          ...anew,
          step: 'send',
        })
        expect(sent.status).toBe(303)
      })
    }

    it('is done once when it is sent twice', async () => {
      const { address, row } = caseIn(opened.office, status)
      const form = await openForm(opened.agent, address, path)
      const fields = { ...form, ...opened.typed, step: 'send' }
      const first = await post(opened.agent, `${address}/${path}`, fields)
      expect(first.status).toBe(303)
      const { rev } = row()
      const state = stateOf(opened.office)
      const second = await post(opened.agent, `${address}/${path}`, fields)
      expect([303, 404]).toContain(second.status)
      expect(row().rev).toBe(rev)
      expect(stateOf(opened.office)).toEqual(state)
    })

    it('takes no other field of the case from the form', async () => {
      const testCase = caseIn(opened.office, status)
      const form = await openForm(opened.agent, testCase.address, path)
      const foreign = {
        ...{ status: 'closed', dueOn: '2030-01-01', restricted: '1', seq: '1', recordedById: '1', id: '1' },
        ...{ resolvedOn: '2020-01-01', categoryGroup: 'Z', receivedOn: '2020-01-01', rev2: '9' },
      }
      const before = testCase.row()
      const { typed } = opened
      await post(opened.agent, `${testCase.address}/${path}`, { ...form, ...foreign, ...typed, step: 'send' })
      const after = testCase.row()
      expect(after.dueOn).toBe(before.dueOn)
      expect(after.receivedOn).toBe(before.receivedOn)
      expect(after.seq).toBe(before.seq)
      expect(after.resolvedOn === null || after.resolvedOn === '2026-11-16').toBe(true)
      expect(after.restricted).toBe(false)
    })
  })
  return opened
}

function expectTyped(answer: Parameters<typeof typedIn>[0], name: string, value: string): void {
  const select = new RegExp(`<select[^>]*\\bname="${name}"[\\s\\S]*?</select>`).exec(answer.text)?.[0]
  if (select) {
    if (value) expect(select).toContain(`<option value="${value}" selected>`)
    return
  }
  const radio = new RegExp(`<input[^>]*\\bname="${name}"[^>]*type="radio"`).test(answer.text)
  if (radio) {
    const chosen = new RegExp(`name="${name}" type="radio" value="${value}" checked`)
    if (value) expect(answer.text).toMatch(chosen)
    return
  }
  expect(typedIn(answer, name)).toBe(value)
}
