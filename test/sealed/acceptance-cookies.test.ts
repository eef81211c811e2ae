import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileAndKeepSlip } from '../complaints/citizen.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel } from './channel.ts'

// The second half of acceptance check 4: one browser, in which everything is open at once.

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  await openTestChannel(office)
})
afterAll(() => office.close())

it('a browser sends no cookie of the general portal to the channel, and the mailbox’s to nobody else', async () => {
  const slip = await fileAndKeepSlip(office)
  const { receipt } = await fileReport(office)
  const agent = await office.signIn('nid')
  expect((await agent.post('/track').type('form').send(slip)).status).toBe(303)
  expect((await agent.post('/safe/mailbox').type('form').send({ receipt })).status).toBe(303)

  /** Names of the cookies that came with the latest request. */
  let sent: string[] = []
  office.app.server.on('request', ({ headers }) => {
    sent = (headers.cookie ?? '').split('; ').map((cookie) => cookie.replace(/=.*/, ''))
  })
  const sentTo = async (path: string): Promise<string[]> => {
    await agent.get(path)
    return sent
  }
  for (const path of ['/safe', '/safe/report', '/safe/mailbox', '/en/safe', '/en/safe/mailbox']) {
    expect([path, await sentTo(path)]).toEqual([path, ['safe']])
  }
  expect(await sentTo('/staff')).toEqual(['siang_staff'])
  const elsewhere = ['/', '/en', '/track', '/staff', '/staff/sealed', '/complaints/new', '/assets/x.css']
  for (const path of elsewhere)
    expect([path, await sentTo(path)]).not.toEqual([path, expect.arrayContaining(['safe'])])
  expect(await sentTo('/track')).toEqual([expect.stringMatching(/track/)])
})
