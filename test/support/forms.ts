import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'

export type TypedFields = Record<string, string | string[]>

/** Sends a form as a browser does: fields with several values are repeated. */
export async function post(agent: TestAgent, path: string, fields: TypedFields = {}): Promise<Response> {
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const item of [value].flat()) body.append(name, item)
  }
  return await agent.post(path).type('form').send(body.toString())
}

/** What stands in a control of the answered page: an input's value or a textarea's text. */
export function typedIn(answer: Response, name: string): string | undefined {
  const tag = new RegExp(`<input[^>]*\\bname="${name}"[^>]*>`).exec(answer.text)?.[0]
  const value = tag && /\bvalue="([^"]*)"/.exec(tag)?.[1]
  const area = new RegExp(`<textarea[^>]*\\bname="${name}"[^>]*>\\n?([^<]*)<`).exec(answer.text)?.[1]
  return (value ?? area)
    ?.replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}

/** The fields that the page complains about, in its order. */
export function errorsOf(answer: Response): string[] {
  const summary = /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(answer.text)?.[1] ?? ''
  return [...summary.matchAll(/href="#([^"]+)"/g)].map(([, name]) => `${name}`)
}
