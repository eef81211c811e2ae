import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grantOfficer, holderOf } from '#sealed/keys.ts'
import { findOfficerOfAccount } from '#sealed/officer-store.ts'
import { listHolders, listReportsFor } from '#sealed/report-store.ts'
import { createVault } from '#sealed/unlock.ts'
import type { MemberName } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel, type TestOfficer, unlock } from './channel.ts'
import { act, addressOf, atDesk, declare, did, reportOf, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let admin: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  admin = await office.signIn('admin')
})
afterAll(() => office.close())

const ADMIN = '/staff/admin/sealed'

/** An administrator ends an officer's part and names the same person again, as whatever suits. */
async function nameAgain(officer: TestOfficer, concerns: string[] = []): Promise<TestOfficer> {
  const accountId = office.cast[officer.name as MemberName].id
  const ended = await post(admin, `${ADMIN}/officers/${officer.id}/end`, { reason: 'คำสั่งใหม่' })
  const named = await post(admin, `${ADMIN}/officers/new`, {
    ...{ accountId: String(accountId), post: 'เจ้าหน้าที่', concerns },
  })
  expect([ended.status, named.status]).toEqual([303, 303])
  const row = () => {
    const found = findOfficerOfAccount(channel.sealed.db, accountId)
    if (!found) throw new Error('not named')
    return found
  }
  const again = { ...officer, id: row().id, row }
  await createVault(channel.sealed, row(), again.passphrase, again.totp)
  return again
}

describe('who is named anew', () => {
  it('gets no report by a grant that kept this person out before, whatever it says now', async () => {
    const about = await fileReport(office, { involved: ['superior'] })
    const other = await fileReport(office)
    const vault = await unlock(office, channel.officers.dao)
    const malee = await nameAgain(channel.officers.malee)
    grantOfficer(channel.sealed, channel.officers.dao.row(), holderOf(vault), malee.row())
    const held = listReportsFor(channel.sealed.db, malee.id).map(({ id }) => id)
    expect(held).toContain(other.reportId)
    expect(held).not.toContain(about.reportId)
    channel.officers.malee = malee
  })

  it('gets no report by a grant from which this person withdrew', async () => {
    const { reportId } = await fileReport(office)
    const agent = await atDesk(office, channel.officers.malee)
    const answer = await post(agent, `${addressOf(reportId)}/interest`, { word: 'withdraw' })
    expect(answer.status).toBe(200)
    const vault = await unlock(office, channel.officers.dao)
    const malee = await nameAgain(channel.officers.malee)
    grantOfficer(channel.sealed, channel.officers.dao.row(), holderOf(vault), malee.row())
    expect(listHolders(channel.sealed.db, reportId)).not.toContain(malee.id)
    channel.officers.malee = malee
  })

  it('cannot confirm the end that this person asked for', async () => {
    const { reportId } = await fileReport(office)
    const { nid, dao } = channel.officers
    const asking = await atDesk(office, nid)
    await declare(asking, reportId)
    await did(asking, reportId, 'accept', { conduct: 'K2' })
    await did(asking, reportId, 'end-no-ground', { text: 'ไม่พบมูล', message: 'ยุติเรื่อง' })
    const vault = await unlock(office, dao)
    const again = await nameAgain(nid, ['receiving'])
    grantOfficer(channel.sealed, dao.row(), holderOf(vault), again.row())
    channel.officers.nid = again
    const agent = await atDesk(office, again)
    await declare(agent, reportId)
    const answer = await act(agent, reportId, 'confirm')
    expect(answer.status).toBe(409)
    expect(reportOf(channel, reportId).status).toBe('screening')
  })
})

describe('the passphrase of a vault that somebody left open', () => {
  it('cannot be guessed at by the export', async () => {
    const { reportId } = await fileReport(office)
    const agent = await atDesk(office, channel.officers.dao)
    await declare(agent, reportId)
    await did(agent, reportId, 'accept', { conduct: 'K2' })
    await did(agent, reportId, 'disclose', { body: 'nacc', basis: 'ม.24', text: 'สำเนา' })
    const form = await agent.get(`${addressOf(reportId)}/export`)
    const disclosure = /name="disclosure"[^>]*value="([^"]+)"|<option value="([^"]+)"/.exec(form.text)
    const order = { disclosure: disclosure?.[1] ?? disclosure?.[2] ?? '', method: 'print' }
    const guess = (n: number) =>
      post(agent, `${addressOf(reportId)}/export`, { ...order, passphrase: `เดาครั้งที่ ${n}` })
    const answers = []
    for (let n = 1; n <= 6; n += 1) answers.push(wordsOf(await guess(n)))
    expect(answers[4]).toContain('ไม่ถูกต้อง')
    expect(answers[5]).toContain('กรุณารอ')
  })
})
