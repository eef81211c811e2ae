import type TestAgent from 'supertest/lib/agent.js'
import { expect } from 'vitest'
import { post } from '../support/forms.ts'

const NOTHING = '/staff/sealed-nothing'

/** The answer is that of an address that nobody has, but for the address in its link to English. */
export async function expectNobodysAddress(
  agent: TestAgent,
  path: string,
  method: 'GET' | 'POST' = 'GET',
): Promise<void> {
  const ask = (address: string) =>
    method === 'GET' ? agent.get(address) : post(agent, address, { text: 'ก' })
  const nothing = await ask(NOTHING)
  const answer = await ask(path)
  expect(answer.status, path).toBe(404)
  expect(answer.text.replaceAll(path, ''), path).toBe(nothing.text.replaceAll(NOTHING, ''))
  expect(Object.keys(answer.headers), path).toEqual(Object.keys(nothing.headers))
  const sizeOf = (page: typeof answer, own: string) => Number(page.headers['content-length']) - own.length
  expect(sizeOf(answer, path), path).toBe(sizeOf(nothing, NOTHING))
}
