import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import type { TypedFields } from '../support/forms.ts'
import type { TestPortal } from '../support/portal.ts'

/** What somebody types who knows what happened. */
export const REPORT = {
  what: 'กรรมการตรวจรับถนนทั้งที่หนาไม่ถึงแบบ',
  accused: 'หัวหน้ากองช่าง',
  evidence: 'มีภาพถ่ายและสมุดบัญชี',
}

export interface ChosenFile {
  name: string
  content: Buffer
}

/** Opens the form and fills it in at leisure. */
export async function openForm(office: TestPortal, agent: TestAgent, prefix = ''): Promise<string> {
  const form = await agent.get(`${prefix}/safe/report`)
  const token = /name="token" value="([^"]+)"/.exec(form.text)?.[1]
  if (!token) throw new Error(`no form: ${form.status}`)
  office.clock.set(new Date(office.clock.now().getTime() + 60_000))
  return token
}

/** One multipart POST, as the form sends it. */
export async function sendForm(
  agent: TestAgent,
  path: string,
  fields: TypedFields,
  files: readonly ChosenFile[] = [],
): Promise<Response> {
  const sending = agent.post(path)
  for (const [name, value] of Object.entries(fields)) {
    for (const item of [value].flat()) sending.field(name, item)
  }
  for (const { name, content } of files) sending.attach('files', content, name)
  return await sending
}

/** Fills in the form and sends it. */
export async function sendReport(
  office: TestPortal,
  agent: TestAgent,
  fields: TypedFields = {},
  files: readonly ChosenFile[] = [],
): Promise<Response> {
  const token = await openForm(office, agent)
  return await sendForm(agent, '/safe/report', { token, ...REPORT, ...fields }, files)
}

/** The receipt on the page, in its groups. */
export function receiptOn(answer: Response): string {
  const code = /\b\d{5}(?: \d{5}){4}\b/.exec(answer.text)?.[0]
  if (!code) throw new Error(`no receipt: ${answer.status}\n${wordsOf(answer).slice(0, 600)}`)
  return code
}

export const filingOn = (answer: Response): string =>
  /name="filing" value="([^"]+)"/.exec(answer.text)?.[1] ?? ''

/** What is to be read on the page. */
export function wordsOf(answer: Response): string {
  return answer.text
    .replace(/^[\s\S]*<main/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

/** Opens the mailbox; the agent carries the cookie. */
export async function openMailboxOf(
  office: TestPortal,
  receipt: string,
  prefix = '',
): Promise<{ agent: TestAgent; answer: Response }> {
  const agent = office.newAgent()
  const answer = await agent.post(`${prefix}/safe/mailbox`).type('form').send({ receipt })
  return { agent, answer }
}
