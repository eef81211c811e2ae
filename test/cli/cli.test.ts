import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SETTINGS } from '../../src/config.ts'
import { runCommand } from '../support/command.ts'
import { registerLine, writeRegister } from '../support/register.ts'

// Each command is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let env: Record<string, string>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'siang-cli-'))
  env = { DATA_DIR: join(folder, 'data') }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function count(sql: string): unknown {
  const db = new Sqlite(join(folder, 'data', 'portal.sqlite'), { readonly: true })
  try {
    return db.prepare(`select count(*) from ${sql}`).pluck().get()
  } finally {
    db.close()
  }
}

describe('npm run siang', () => {
  it('tells every command and every setting, in Thai and English, with --help', async () => {
    const { code, stdout } = await runCommand(['--help'])
    expect(code).toBe(0)
    for (const name of ['create-admin', 'import', 'demo', 'run-job', ...Object.keys(SETTINGS)]) {
      expect(stdout).toContain(name)
    }
    expect(stdout).toContain('นำเข้าทะเบียน')
  })

  it('answers what it cannot understand with how it is used, and code 2', async () => {
    const wrong = [
      [],
      ['delete-everything'],
      ['import'],
      ['import', 'a.csv', '--force'],
      ['run-job', 'x'],
      ['create-admin'],
    ]
    for (const args of wrong) {
      const { code, stdout, stderr } = await runCommand(args, env)
      expect([args, code]).toEqual([args, 2])
      expect(stdout + stderr).toContain('npm run siang --')
    }
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('lists all faulty settings at once instead of starting', async () => {
    const { code, stderr } = await runCommand(['run-job', 'sweep'], { ...env, PORT: 'x', SMTP_URL: 'mail' })
    expect(code).toBe(1)
    expect(stderr).toMatch(/PORT[\s\S]*SMTP_URL/)
    expect(stderr).not.toContain('at readConfig')
  })
})

describe('create-admin', () => {
  it('makes an administrator and prints the link once; a name that is taken is refused', async () => {
    const args = ['create-admin', '--username', 'somchai', '--name', 'สมชาย ดูแล']
    const first = await runCommand(args, { ...env, PUBLIC_URL: 'https://siang.example' })
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(/https:\/\/siang\.example\/staff\/link\/[\w-]{22}/)
    expect(count("staff_roles where role = 'administrator'")).toBe(1)

    const second = await runCommand(args, env)
    expect(second.code).toBe(1)
    expect(second.stderr).toContain('somchai')
    expect(count('staff')).toBe(1)
  })
})

describe('import', () => {
  const good = [registerLine(1), registerLine(2)]
  const faulty = registerLine(3, { ประเภทเรื่อง: 'จานบิน', หมู่ที่: '' })
  const withoutVillage = good.map((row) => row.map((cell, index) => (index === 5 ? '' : cell)))

  it('brings the good rows in, names the faulty ones with their line, and says so with code 3', async () => {
    const file = writeRegister(folder, [...withoutVillage, faulty])
    const { code, stdout, stderr } = await runCommand(['import', file], env)
    expect(code).toBe(3)
    expect(stdout).toMatch(/added +2/)
    expect(stdout).toMatch(/line 4: .*จานบิน/)
    expect(stdout).toContain(`${file}.rejects.csv`)
    // Not a terminal: lines, no bar drawn over itself.
    expect(stderr).toContain('100 %')
    expect(stderr).not.toContain('\r')
    expect(count('cases')).toBe(2)
  })

  it('makes no office in a dry run where there was none', async () => {
    const file = writeRegister(folder, withoutVillage)
    const { code, stdout } = await runCommand(['import', file, '--dry-run'], env)
    expect(code).toBe(0)
    expect(stdout).toMatch(/would add +2/)
    expect(readdirSync(folder)).toEqual(['register.csv'])
  })

  it('goes by a mapping file', async () => {
    const file = writeRegister(folder, [['A-1', '5/18/2023', 'มีหลุมบนถนน']], {
      headings: ['Ref', 'When', 'What'],
    })
    const mapping = join(folder, 'mapping.json')
    const columns = { externalNo: 'Ref', receivedAt: 'When', detail: 'What' }
    writeFileSync(mapping, JSON.stringify({ source: 'book', columns, dates: { order: 'mdy' } }))
    expect((await runCommand(['import', file, '--mapping', mapping], env)).code).toBe(0)
    expect(count("cases where source = 'book' and source_ref = 'A-1' and received_on = '2023-05-18'")).toBe(1)
  })

  it('says in one sentence what is wrong with a file it cannot read', async () => {
    const missing = await runCommand(['import', join(folder, 'none.csv')], env)
    expect([missing.code, missing.stderr.trim().split('\n').length]).toEqual([1, 1])
    expect(missing.stderr).toContain('none.csv')
  })
})

describe('run-job', () => {
  it('runs one job of the timetable and tells what it did', async () => {
    const { code, stdout } = await runCommand(['run-job', 'recount'], env)
    expect(code).toBe(0)
    expect(stdout).toContain('differences: 0')
  })
})
