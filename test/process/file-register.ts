import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfidentialRegister } from '#complaints/confidential-register.ts'

/** A confidential register in a folder, which outlives a process that is killed. */
export function fileRegister(folder: string): ConfidentialRegister {
  return {
    isOpen: () => true,
    receive: async (move) => {
      const file = join(folder, `${move.token}.json`)
      if (existsSync(file)) return
      const files = move.files.map(({ content, ...file }) => ({ ...file, content: content.toString() }))
      writeFileSync(`${file}.part`, JSON.stringify({ ...move, files }), { flush: true })
      renameSync(`${file}.part`, file)
    },
    forget: (token) => writeFileSync(join(folder, `${token}.forgotten`), ''),
  }
}

/** What it holds: the cases it was given, and the tokens that it was told to forget. */
export function registered(folder: string): { cases: string[]; forgotten: number } {
  const names = readdirSync(folder)
  const cases = names.filter((name) => name.endsWith('.json'))
  return {
    cases: cases.map((name) => readFileSync(join(folder, name), 'utf8')),
    forgotten: names.filter((name) => name.endsWith('.forgotten')).length,
  }
}
