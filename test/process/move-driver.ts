import { moveCase } from '#complaints/move-case.ts'
import { cases } from '#complaints/tables.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'
import { fileRegister } from './file-register.ts'

// A process of its own for move-kill.test.ts: moves the only case of an office to a register in a folder, and
// kills itself, without a word of warning, at the step that it was told.

const { STEP = '', REGISTER = '' } = process.env
const dieAt = (step: string) => {
  if (step === STEP) process.kill(process.pid, 'SIGKILL')
}

const opened = openPortal(readConfig(process.env), () => new Date('2026-11-30T03:00:00Z'))
const { files } = opened
const portal = {
  ...opened,
  files: {
    ...files,
    removeFile: async (name: string) => {
      dieAt('before a file is removed')
      await files.removeFile(name)
      dieAt('after a file is removed')
    },
  },
}
const { sqlite } = portal.db
sqlite.function('die_at', (step) => dieAt(String(step)))
sqlite.exec(`create temp trigger dying before delete on case_contacts
  begin select die_at('in the midst of erasing'); end`)
const exec = sqlite.exec.bind(sqlite)
sqlite.exec = (sql) => {
  if (sql === 'vacuum') dieAt('before the database is written anew')
  const result = exec(sql)
  if (sql === 'vacuum') dieAt('after the database is written anew')
  return result
}

const register = fileRegister(REGISTER)
const dying = {
  ...register,
  receive: async (move: Parameters<typeof register.receive>[0]) => {
    dieAt('before the register has it')
    await register.receive(move)
    dieAt('after the register has it')
  },
  forget: (token: string) => {
    dieAt('before the token is forgotten')
    register.forget(token)
    dieAt('after the token is forgotten')
  },
}

const [row] = portal.db.orm.select().from(cases).all()
if (!row) throw new Error('no case')
const viewer = { accountId: 2, displayName: 'นิด', roles: ['officer'], unitId: 1, isCentre: true } as const
await moveCase(portal, dying, { row, viewer, excluded: ['superior'] }, (_id, error) => {
  throw error
})
throw new Error(`nobody died at “${STEP}”`)
