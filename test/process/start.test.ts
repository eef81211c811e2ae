import { statSync } from 'node:fs'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PASSWORD } from '../support/cast.ts'
import { type BuiltPortal, startBuilt, temporaryFolder } from './built-portal.ts'

vi.setConfig({ testTimeout: 60_000 })

const folder = temporaryFolder()
let portal: BuiltPortal
let firstLink: string
beforeAll(async () => {
  portal = await startBuilt(folder.path)
})
afterAll(async () => {
  portal.signal('SIGKILL')
  await portal.ended
  folder.remove()
})

async function restart(): Promise<void> {
  portal.signal('SIGTERM')
  expect((await portal.ended).code).toBe(0)
  portal = await startBuilt(folder.path)
}

const pathOf = (link: string | undefined): string => new URL(link ?? 'http://no.link/').pathname

const statusOf = async (link: string): Promise<number> => (await fetch(`${portal.url}${pathOf(link)}`)).status

describe('the first start on an empty folder', () => {
  it('prints the address and one link, which works', async () => {
    firstLink = portal.link() ?? ''
    expect(portal.output()).toContain(`http://localhost:${portal.port}`)
    expect(portal.output().match(/\/staff\/setup\//g)).toHaveLength(1)
    expect(await statusOf(firstLink)).toBe(200)
  })

  it('keeps folder, database, key and files to the office alone', () => {
    const modeOf = (name: string) => (statSync(join(folder.path, name)).mode & 0o777).toString(8)
    expect(['portal.sqlite', 'keys', 'keys/portal.key', 'files', 'incoming'].map(modeOf)).toEqual([
      '600',
      '700',
      '600',
      '700',
      '700',
    ])
  })
})

describe('a second start on the same folder', () => {
  beforeAll(restart)

  it('answers; how soon is told here and measured by npm run bench', async () => {
    console.log(`a second start answered after ${Math.round(portal.startedIn)} ms`)
    expect((await request(portal.url).get('/healthz')).status).toBe(200)
  })

  it('prints a fresh link while there is no administrator, and the old one is dead', async () => {
    expect(pathOf(portal.link())).not.toBe(pathOf(firstLink))
    expect(await statusOf(firstLink)).toBe(404)
    expect(await statusOf(portal.link() ?? '')).toBe(200)
  })

  it('prints no link any more once there is one, and the used one is dead', async () => {
    const used = portal.link() ?? ''
    const agent = request.agent(portal.url).set('Sec-Fetch-Site', 'same-origin')
    const person = { username: 'aree', displayName: 'อารีย์ ดูแลระบบ' }
    const password = { newPassword: PASSWORD, newPasswordAgain: PASSWORD }
    await agent
      .post(pathOf(used))
      .type('form')
      .send({ ...person, ...password })
      .expect(303)
    expect(await statusOf(used)).toBe(404)

    await restart()
    expect(portal.output()).not.toContain('/staff/setup/')
    expect(portal.output()).toContain('Siang is running at')
    expect(await statusOf(used)).toBe(404)
  })
})
