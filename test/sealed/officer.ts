import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import type { MessageBody } from '#sealed/bodies.ts'
import { changeOfficer } from '#sealed/officer-store.ts'
import { findReport, listMessages, type Report } from '#sealed/report-store.ts'
import { openCaseKeys, openMessage } from '#sealed/seal.ts'
import { createVault } from '#sealed/unlock.ts'
import { post, type TypedFields, typedIn } from '../support/forms.ts'
import type { TestPortal } from '../support/portal.ts'
import { type TestChannel, type TestOfficer, unlock } from './channel.ts'

export const addressOf = (reportId: string): string => `/staff/sealed/reports/${reportId}`

/** An officer at the desk: signed in, the vault open. A minute passes, so that the next code is a new one. */
export async function atDesk(office: TestPortal, officer: TestOfficer): Promise<TestAgent> {
  const agent = await office.signIn(officer.name)
  const answer = await agent
    .post('/staff/sealed/unlock')
    .type('form')
    .send({ passphrase: officer.passphrase, otp: officer.code() })
  if (answer.status !== 303) throw new Error(`the vault of ${officer.name} stays locked: ${answer.status}`)
  office.clock.addMinutes(1)
  return agent
}

/** Says to have no interest in the report, which opens its page. */
export async function declare(agent: TestAgent, reportId: string): Promise<void> {
  const answer = await post(agent, `${addressOf(reportId)}/interest`, { word: 'none' })
  if (answer.status !== 303) throw new Error(`not declared: ${answer.status}`)
}

/** Opens the form of a verb and sends it with what is typed. */
export async function act(
  agent: TestAgent,
  reportId: string,
  verb: string,
  typed: TypedFields = {},
): Promise<Response> {
  const address = `${addressOf(reportId)}/${verb}`
  const form = await agent.get(address)
  if (form.status !== 200) return form
  return await post(agent, address, {
    ...{ rev: typedIn(form, 'rev') ?? '', seen: typedIn(form, 'seen') ?? '' },
    ...typed,
  })
}

/** The same, which must succeed. */
export async function did(
  agent: TestAgent,
  reportId: string,
  verb: string,
  typed: TypedFields = {},
): Promise<void> {
  const answer = await act(agent, reportId, verb, typed)
  if (answer.status !== 303) throw new Error(`${verb}: ${answer.status}\n${wordsOf(answer).slice(0, 900)}`)
}

/** What is to be read on the page. */
export function wordsOf(answer: Response): string {
  return answer.text
    .replace(/^[\s\S]*<main/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

export function reportOf({ sealed }: TestChannel, id: string): Report {
  const report = findReport(sealed.db, id)
  if (!report) throw new Error('the report is gone')
  return report
}

/** Everything that is sealed in the report, as an officer reads it. */
export async function bodiesOf(
  office: TestPortal,
  channel: TestChannel,
  officer: TestOfficer,
  id: string,
): Promise<MessageBody[]> {
  const vault = await unlock(office, officer)
  const keys = openCaseKeys(channel.sealed, vault.officerId, vault.keys, reportOf(channel, id))
  return listMessages(channel.sealed.db, id).map((row) => openMessage(keys, row))
}

/** Lets another officer take part, as a grant does. */
export async function takePart(
  channel: TestChannel,
  office: TestPortal,
  officer: TestOfficer,
): Promise<void> {
  await createVault(channel.sealed, officer.row(), officer.passphrase, officer.totp)
  changeOfficer(channel.sealed.db, officer.id, { grantedAt: office.clock.now() })
}
