import { statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holderOf, renewKeys } from '#sealed/keys.ts'
import { listFiles, markRotationDue } from '#sealed/report-store.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel, unlock } from './channel.ts'
import { addressOf, atDesk, declare, readerFor, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
let agent: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  agent = await atDesk(office, channel.officers.dao)
})
afterAll(() => office.close())

const TEXT = { mime: 'text/plain' as const, extension: 'txt', content: Buffer.from('หลักฐาน') }

describe('a sealed file', () => {
  it('of which only some bytes are left is damaged, and no fault of the portal', async () => {
    const { reportId } = await fileReport(office, {}, undefined, [{ clean: TEXT, original: null }])
    await declare(agent, reportId)
    const id = listFiles(channel.sealed.db, reportId)[0]?.id ?? ''
    const path = join(office.dataDir, 'sealed', 'files', id.slice(0, 2), id)
    expect(statSync(path).size).toBeGreaterThan(65_000)
    for (const bytes of [65_000, 41, 29, 24, 0]) {
      truncateSync(path, bytes)
      const answer = await agent.get(`${addressOf(reportId)}/files/${id}`)
      expect(answer.status, `${bytes} bytes`).toBe(409)
    }
  })
})

describe('a report with the public key of another', () => {
  it('is read, and not lost when its keys are renewed', async () => {
    const reader = await readerFor(office, channel, channel.officers.nid)
    const vault = await unlock(office, channel.officers.malee)
    const { reportId } = await fileReport(office, { what: 'คำที่หาเจอ' })
    const other = await fileReport(office)
    channel.sealed.db.sqlite
      .prepare(
        'update reports set case_public_key = (select case_public_key from reports where id = ?) where id = ?',
      )
      .run(other.reportId, reportId)
    await declare(agent, reportId)
    expect(wordsOf(await agent.get('/staff/sealed'))).toContain('คำที่หาเจอ')
    markRotationDue(channel.sealed.db, reportId)
    expect(renewKeys(channel.sealed, holderOf(vault))).toEqual({ rotated: 1 })
    expect(reader(reportId)[0]).toMatchObject({ kind: 'report', what: 'คำที่หาเจอ' })
  })
})
