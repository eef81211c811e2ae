import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { listDeeds } from '#sealed/audit-store.ts'
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

/** Reads what is sealed in a report, as this officer could; also after the vault has locked itself. */
export type Reader = (reportId: string) => MessageBody[]

export async function readerFor(
  office: TestPortal,
  channel: TestChannel,
  officer: TestOfficer,
): Promise<Reader> {
  const { sealed } = channel
  const { keys } = await unlock(office, officer)
  const own = { publicKey: keys.publicKey, secretKey: Uint8Array.from(keys.secretKey) }
  return (id) => {
    const caseKeys = openCaseKeys(sealed, officer.id, own, reportOf(channel, id))
    return listMessages(sealed.db, id).map((row) => openMessage(caseKeys, row))
  }
}

/** What was said last to who reports. */
export const lastAnswer = (bodies: readonly MessageBody[]): string | undefined =>
  bodies.findLast((body) => body.kind === 'answer')?.text

/** The lines of the log about a report, oldest first. */
export const deedsOf = ({ sealed }: TestChannel, id: string): string[] =>
  listDeeds(sealed.db, [id], 1000)
    .filter(({ reportId }) => reportId === id)
    .map(({ action }) => action)
    .reverse()

/** Lets another officer take part, as a grant does. */
export async function takePart(
  channel: TestChannel,
  office: TestPortal,
  officer: TestOfficer,
): Promise<void> {
  await createVault(channel.sealed, officer.row(), officer.passphrase, officer.totp)
  changeOfficer(channel.sealed.db, officer.id, { grantedAt: office.clock.now() })
}
