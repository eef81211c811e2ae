import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { finishMoves } from '#complaints/move-case.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'
import { eventfulCase, MARKS, marksLeft, openMoveOffice } from '../complaints-staff/confidential-office.ts'
import { fileRegister, registered } from './file-register.ts'

let root: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'siang-test-'))
  const office = await openMoveOffice()
  await eventfulCase(office)
  office.portal.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  cpSync(office.dataDir, join(root, 'before'), { recursive: true })
  await office.close()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it.each([
  ['before the register has it', 0],
  ['after the register has it', 1],
  ['in the midst of erasing', 1],
  ['before the database is written anew', 1],
  ['after the database is written anew', 1],
  ['before a file is removed', 1],
  ['after a file is removed', 1],
  ['before the token is forgotten', 1],
  ['after the token is forgotten', 1],
])(
  'a process that is killed %s leaves a case that the next one moves, once and wholly',
  async (step, known) => {
    const folder = mkdtempSync(join(root, 'killed-'))
    const dataDir = join(folder, 'data')
    const REGISTER = join(folder, 'register')
    cpSync(join(root, 'before'), dataDir, { recursive: true })
    mkdirSync(REGISTER)
    expect(marksLeft({ dataDir }).length).toBe(Object.keys(MARKS).length)

    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, LOG_LEVEL: 'silent', STEP: step, REGISTER }
    const args = ['--conditions=source', '--import', 'tsx', 'test/process/move-driver.ts']
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
    const [, signal] = await once(child, 'close')
    expect(signal).toBe('SIGKILL')
    expect(registered(REGISTER).cases).toHaveLength(known)

    const portal = openPortal(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' }))
    const status = portal.db.sqlite.prepare('select status from cases').pluck()
    expect(status.get()).toBe('moved')
    const done = await finishMoves(portal, fileRegister(REGISTER), (_id, error) => {
      throw error
    })
    expect([done, status.get()]).toEqual([1, 'moved'])
    expect(portal.db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(portal.db.sqlite.pragma('foreign_key_check')).toEqual([])
    portal.db.close()

    expect(marksLeft({ dataDir })).toEqual([])
    const { cases, forgotten } = registered(REGISTER)
    expect([cases.length, forgotten]).toEqual([1, 1])
    for (const mark of [MARKS.detail, MARKS.note, MARKS.draft, MARKS.phone, MARKS.file])
      expect(cases[0]).toContain(mark)
  },
)
