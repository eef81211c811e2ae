import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MessageBody } from '#sealed/bodies.ts'
import { eventfulCase, MARKS, move } from '../complaints-staff/confidential-office.ts'
import { fileCase, type TestCase } from '../complaints-staff/desk.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { openTestChannel, type TestChannel } from './channel.ts'
import { findMarkers } from './markers.ts'
import { readerFor } from './officer.ts'

let mails: MailServer
let office: TestPortal
let channel: TestChannel
let testCase: TestCase
const MARKERS = Object.values(MARKS)
const foundIn = () => new Set(findMarkers([office.dataDir], MARKERS).map(({ marker }) => marker))

beforeAll(async () => {
  mails = await startMailServer()
  office = await startTestPortal({ env: { SMTP_URL: `smtp://127.0.0.1:${mails.port}` } })
  channel = await openTestChannel(office)
  testCase = await eventfulCase(office)
})
afterAll(async () => {
  await office.close()
  await mails.close()
})

const reportIds = () => channel.sealed.db.sqlite.prepare<[], string>('select id from reports').pluck().all()

it('a general case that is moved is nowhere in the data folder any more but where its officers can read it', async () => {
  expect(foundIn()).toEqual(new Set(MARKERS))
  const answer = await move(await office.signIn('nid'), testCase, { excluded: ['superior'] })
  expect([answer.status, testCase.row().status]).toEqual([303, 'moved'])
  expect(foundIn()).toEqual(new Set())

  const [reportId = ''] = reportIds()
  expect(reportIds()).toHaveLength(1)
  const { dao, nid, malee } = channel.officers
  for (const officer of [dao, nid]) {
    const bodies: MessageBody[] = (await readerFor(office, channel, officer))(reportId)
    const words = JSON.stringify(bodies)
    for (const mark of [MARKS.subject, MARKS.detail, MARKS.note, MARKS.draft]) expect(words).toContain(mark)
  }
  const reader = await readerFor(office, channel, malee)
  expect(() => reader(reportId)).toThrow()
  expect(channel.sealed.db.sqlite.prepare('select count(*) from moved_tokens').pluck().get()).toBe(0)
})

it('leaves a case with the office where nobody impartial is left to open it', async () => {
  const other = fileCase(office, { subject: 'kanariother เรื่องของทุกคน' })
  const agent = await office.signIn('nid')
  for (const { id } of Object.values(channel.officers)) {
    channel.sealed.db.sqlite.prepare('update officers set is_superior = 1 where id = ?').run(id)
  }
  const answer = await move(agent, other, { excluded: ['superior'] })
  expect(answer.status).toBe(503)
  expect(answer.text).toContain('ยังไม่มีอะไรถูกลบ')
  expect(other.row().status).toBe('submitted')
  expect(reportIds()).toHaveLength(1)
  expect((await agent.get(other.address)).text).toContain('kanariother')
})
