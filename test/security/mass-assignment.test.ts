import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accept } from '#complaints/accept.ts'
import { COMPLAINT, file, fileAndKeepSlip, type Slip, send, slipOf, track } from '../complaints/citizen.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { stateOf } from '../complaints-staff/desk.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

/** Columns of every table a form could reach, as the database and as the code call them. */
const COLUMNS: Record<string, string> = {
  ...{
    id: '99',
    seq: '7',
    fiscalYear: '2400',
    fiscal_year: '2400',
    status: 'closed',
    rev: '50',
    restricted: '1',
  },
  ...{
    unit: '2',
    unitId: '2',
    unit_id: '2',
    officer: '3',
    officerId: '3',
    officer_id: '3',
    channel: 'phone',
  },
  ...{
    dueOn: '2030-01-01',
    due_on: '2030-01-01',
    queueOn: '2030-01-01',
    finishedOn: '2026-01-01',
    resolvedOn: '2026-01-01',
  },
  ...{
    receivedAt: '2020-01-01',
    received_on: '2020-01-01',
    recordedById: '1',
    source: 'x',
    sourceRef: 'x',
    incomingNo: '1',
  },
  ...{
    resultText: 'x',
    outcome: 'solved',
    finding: 'yes',
    reopenedAt: '1',
    mergedIntoId: '1',
    submissionKey: 'x',
  },
  ...{
    trackingHash: 'x',
    code: '123456789012',
    actor: 'staff',
    actorId: '1',
    actorName: 'x',
    audience: 'internal',
  },
  ...{
    uploadedBy: 'staff',
    type: 'conclude',
    event: '1',
    caseId: '1',
    case_id: '1',
    language: 'en',
    privacyVersion: '9',
  },
  ...{
    'contact[name]': 'x',
    'cases.status': 'closed',
    'status[]': 'closed',
  },
}

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal()
})
afterAll(() => site.close())

/** The row of a case without what is different for each case. */
function stored(slip: Pick<Slip, 'number'>): Record<string, unknown> {
  const { id, seq, submissionKey, trackingHash, ...rest } = caseOf(site, slip)
  const contact = site.portal.db.sqlite.prepare('select * from case_contacts where case_id = ?').get(id)
  return { ...rest, contact: { ...(contact as object), case_id: 0 } }
}

describe('fields that a form does not have', () => {
  it('change nothing of a new case, urlencoded or with files', async () => {
    const plain = await fileAndKeepSlip(site)
    const multipart = slipOf(await file(site, COLUMNS))
    const urlencoded = slipOf(await post(site.newAgent(), '/complaints', { ...COMPLAINT, ...COLUMNS }))
    expect(stored(multipart)).toEqual(stored(plain))
    expect(stored(urlencoded)).toEqual(stored(plain))
  })

  it('change nothing of what a complainant does', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    const { rev: _, ...others } = COLUMNS
    expect((await post(agent, '/track/message', { ...others, text: 'ข้อความ', rev: '1' })).status).toBe(303)
    const row = caseOf(site, slip)
    expect(row).toMatchObject({ status: 'submitted', rev: 2, unitId: null, dueOn: '2026-12-01' })
    const event = site.portal.db.sqlite
      .prepare(
        'select type, audience, actor_kind, actor_id, text from case_events where case_id = ? order by id desc',
      )
      .get(row.id)
    expect(event).toEqual({
      type: 'message',
      audience: 'public',
      actor_kind: 'citizen',
      actor_id: null,
      text: 'ข้อความ',
    })
  })

  it('give nobody another role, name or unit through the page of the own account', async () => {
    const agent = await site.signIn('chai')
    const rows = () => site.portal.db.sqlite.prepare('select * from staff, staff_roles').all()
    const before = rows()
    const more = {
      username: 'admin',
      roles: 'administrator',
      role: 'administrator',
      unitId: '1',
      displayName: 'x',
    }
    await post(agent, '/staff/account', {
      ...more,
      oldPassword: 'x',
      newPassword: 'x',
      newPasswordAgain: 'x',
    })
    expect(rows()).toEqual(before)
  })
})

describe('the version of the case that a form was written for', () => {
  it('cannot be guessed around: whatever is not the present one does nothing', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    await post(agent, '/track/message', { text: 'ก่อนหน้า', rev: '1' })
    const before = stateOf(site)
    const wrong = [
      '',
      '0',
      '1',
      '3',
      '-2',
      '2.5',
      '1e9',
      'abc',
      '2 or 1=1',
      'Infinity',
      '9'.repeat(400),
      '[2]',
    ]
    for (const path of ['/track/message', '/track/withdraw']) {
      for (const rev of wrong) {
        expect([path, rev, (await post(agent, path, { text: 'x', rev })).status]).toEqual([path, rev, 409])
      }
    }
    expect(stateOf(site)).toEqual(before)
  })

  it('lets an officer who was too late change nothing', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await site.signIn('nid')
    const address = `/staff/cases/RT-2570-${/(\d{4})\//.exec(slip.number)?.[1]}`
    const before = stateOf(site)
    for (const rev of ['', '0', '2', '-1', '1e9', 'x']) {
      const sent = { rev, seen: '0', unit: '2', officer: '', step: 'send', text: 'x', reason: 'abusive' }
      for (const action of ['assign', 'reject', 'register']) {
        expect([action, rev, (await post(agent, `${address}/${action}`, sent)).status]).toEqual([
          action,
          rev,
          409,
        ])
      }
    }
    expect(stateOf(site)).toEqual(before)
    expect(() => officerDoes(site, slip, accept)).toThrow()
  })
})

describe('a category', () => {
  it.each(['A', 'H', 'ZZ', '__proto__', 'RQ1', 'constructor', 'A2,H1', ''])(
    'called %j is none that a complaint can have',
    async (category) => {
      const answer = await send(site.newAgent(), '/complaints', { ...COMPLAINT, category })
      expect(answer.status).toBe(422)
    },
  )
})
