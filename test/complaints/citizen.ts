import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import type { TestPortal } from '../support/portal.ts'

/** The least that makes a complaint. */
export const COMPLAINT = {
  kind: 'complaint',
  category: 'A2',
  subject: 'ไฟทางดับหน้าวัด',
  detail: 'ไฟทางหน้าวัดดับมาห้าคืนแล้ว มืดมาก',
  place: 'หน้าวัดเมืองใหม่',
  privacy: 'yes',
}

export interface Attachment {
  name: string
  content: Buffer
}

type Values = Record<string, string | string[]>

/** The value of a control as the page shows it; undefined where the page has no such control. */
export function shownValue(html: string, name: string): string | undefined {
  const area = new RegExp(`<textarea[^>]* name="${name}"[^>]*>\\n([^<]*)</textarea>`).exec(html)
  if (area) return unescapeHtml(area[1] ?? '')
  const select = new RegExp(`<select[^>]* name="${name}"[\\s\\S]*?</select>`).exec(html)?.[0]
  if (select) return /<option value="([^"]*)" selected>/.exec(select)?.[1] ?? ''
  const tag = new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(html)?.[0]
  return tag === undefined ? undefined : unescapeHtml(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')
}

export const isTicked = (html: string, name: string, value: string): boolean =>
  new RegExp(`name="${name}"[^>]* value="${value}" checked`).test(html)

export function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

/** What the page says is wrong: the links of the summary, in order, as [field, sentence]. */
export function faultsOf(html: string): [string, string][] {
  const summary = /<div class="govuk-error-summary"[\s\S]*?<\/ul>/.exec(html)?.[0] ?? ''
  return [...summary.matchAll(/<a href="#([\w-]+)">([^<]*)<\/a>/g)].map(([, field = '', text = '']) => [
    field,
    unescapeHtml(text),
  ])
}

/** Every fault of the summary must stand beside a control with that id as well. */
export function faultsBesideFields(html: string): string[] {
  return faultsOf(html)
    .filter(([field]) => html.includes(`id="${field}"`) && html.includes(`id="${field}-error"`))
    .map(([field]) => field)
}

export const keptFiles = (html: string): { id: string; name: string }[] =>
  [...html.matchAll(/name="kept" value="([^"]+)">\s*<span class="sg-files__name">([^<]*)</g)].map(
    ([, id = '', name = '']) => ({ id, name: unescapeHtml(name) }),
  )

export async function newForm(agent: TestAgent, path = '/complaints/new'): Promise<string> {
  const answer = await agent.get(path)
  if (answer.status !== 200) throw new Error(`the form answered ${answer.status}`)
  return shownValue(answer.text, 'token') ?? ''
}

/** Sends the form as a browser does, texts first, files last. */
export function send(
  agent: TestAgent,
  path: string,
  values: Values,
  files: readonly Attachment[] = [],
): Promise<Response> {
  let request = agent.post(path)
  for (const [name, value] of Object.entries(values)) {
    for (const one of [value].flat()) request = request.field(name, one)
  }
  for (const { name, content } of files) request = request.attach('files', content, { filename: name })
  return Promise.resolve(request)
}

/** Opens a form and sends it. */
export async function file(
  site: Pick<TestPortal, 'agent'>,
  changes: Values = {},
  files: readonly Attachment[] = [],
): Promise<Response> {
  const token = await newForm(site.agent)
  return await send(site.agent, '/complaints', { token, ...COMPLAINT, ...changes }, files)
}

export interface Slip {
  number: string
  code: string
}

/** Number and code as printed on the slip. */
export function slipOf(answer: Response): Slip {
  const number = /sg-slip__number">([^<]+)</.exec(answer.text)?.[1]
  const code = /sg-slip__code">([^<]+)</.exec(answer.text)?.[1]
  if (!number || !code) throw new Error(`no slip in answer ${answer.status}: ${faultsOf(answer.text)}`)
  return { number, code }
}

export async function fileAndKeepSlip(
  site: Pick<TestPortal, 'agent'>,
  changes: Values = {},
  files: readonly Attachment[] = [],
): Promise<Slip> {
  return slipOf(await file(site, changes, files))
}

/** A fresh browser that has proved number and code. */
export async function track(site: TestPortal, slip: Slip, prefix = ''): Promise<TestAgent> {
  const agent = site.newAgent()
  const answer = await agent
    .post(`${prefix}/track`)
    .type('form')
    .send({ ...slip })
  if (answer.status !== 303) throw new Error(`tracking answered ${answer.status}: ${faultsOf(answer.text)}`)
  return agent
}

/** The text of a page as it is read, without its head, header and footer. */
export function wordsOf(html: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ''
  return unescapeHtml(main.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ')).replace(
    /[ \t]+/g,
    ' ',
  )
}
