import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import request from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { DEFAULT_OFFICE } from '#settings/documents.ts'
import type { Portal } from '#settings/portal.ts'
import { insertVillage, writeDocument } from '#settings/store.ts'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'
import { closeSealed } from '../../src/sealed-wiring.ts'
import { type Cast, type MemberName, PASSWORD, readCast, seedCast } from './cast.ts'

/** Monday 16 November 2569, 10.00 in Bangkok. */
export const MONDAY = new Date('2026-11-16T03:00:00Z')

/** The office of the tests: the defaults with what the setup pages ask for. */
export const OFFICE = {
  ...DEFAULT_OFFICE,
  address: '99 หมู่ที่ 1 ตำบลเมืองใหม่',
  addressEn: '99 Moo 1, Mueang Mai',
  phone: '038 123 456',
  email: 'office@mueangmai.example',
}

const VILLAGES = ['บ้านเหนือ', 'บ้านใต้', 'บ้านกลาง', 'บ้านดอน', 'บ้านท่าน้ำ']

export interface TestClock {
  now(): Date
  set(date: Date): void
  addMinutes(n: number): void
  /** Sessions of staff end after an hour: sign in anew after travelling. */
  addDays(n: number): void
}

export interface TestPortal {
  portal: Portal
  /** Listens on a free port of 127.0.0.1, so that requests can run side by side. */
  app: FastifyInstance
  dataDir: string
  clock: TestClock
  cast: Cast
  /** Somebody who is not signed in, in a browser that says where a form came from. */
  agent: TestAgent
  /** A fresh browser without cookies. */
  newAgent(): TestAgent
  /** Signs in through the real page; the agent carries the cookie. */
  signIn(name: MemberName): Promise<TestAgent>
  /** Stops, and starts anew on the same folder; this portal is closed afterwards. */
  restart(): Promise<TestPortal>
  /** Stops and removes the folder. */
  close(): Promise<void>
}

export interface TestPortalOptions {
  now?: Date
  /** Environment variables that differ, such as TRUST_PROXY. */
  env?: Record<string, string>
  /** A new office before its setup: no villages, no accounts. */
  unseeded?: boolean
}

/** A whole portal on a real folder and database. Close it in `afterAll`. */
export async function startTestPortal(options: TestPortalOptions = {}): Promise<TestPortal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'siang-test-'))
  const clock = testClock(options.now ?? MONDAY)
  return await start(dataDir, clock, options, options.unseeded !== true)
}

async function start(
  dataDir: string,
  clock: TestClock,
  options: TestPortalOptions,
  seed: boolean,
): Promise<TestPortal> {
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost:3000' }
  const portal = openPortal(readConfig({ ...settings, ...options.env }), clock.now)
  if (seed) await seedOffice(portal)
  const app = await buildApp(portal)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const newAgent = () => request.agent(app.server).set('Sec-Fetch-Site', 'same-origin')
  const stop = async () => {
    await app.close()
    closeSealed(portal)
    portal.db.close()
  }
  return {
    portal,
    app,
    dataDir,
    clock,
    cast: readCast(portal),
    agent: newAgent(),
    newAgent,
    signIn: (name) => signIn(newAgent(), name),
    restart: async () => {
      await stop()
      return await start(dataDir, clock, options, false)
    },
    close: async () => {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function testClock(start: Date): TestClock {
  let at = start
  const forward = (milliseconds: number) => {
    at = new Date(at.getTime() + milliseconds)
  }
  return {
    now: () => at,
    set: (date) => {
      at = date
    },
    addMinutes: (n) => forward(n * 60_000),
    addDays: (n) => forward(n * 86_400_000),
  }
}

async function seedOffice(portal: Portal): Promise<void> {
  const { db } = portal
  db.inTransaction(() => {
    writeDocument(db, 'office', OFFICE, portal.now())
    VILLAGES.forEach((name, index) => {
      insertVillage(db, { number: index + 1, name, nameEn: `Village ${index + 1}` })
    })
  })
  portal.settings.changed()
  await seedCast(portal)
}

async function signIn(agent: TestAgent, username: MemberName): Promise<TestAgent> {
  const answer = await agent.post('/staff/sign-in').type('form').send({ username, password: PASSWORD })
  if (answer.status !== 303)
    throw new Error(`${username} could not sign in: ${answer.status}\n${answer.text}`)
  return agent
}
