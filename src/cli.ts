import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAdministrator } from '#accounts/first-administrator.ts'
import { DemoFolderError } from '#demo/folder.ts'
import { runDemo } from '#demo/run.ts'
import { AppError } from '#domain/errors.ts'
import { importCases } from '#import/import.ts'
import { ImportError } from '#import/import-error.ts'
import { DEFAULT_MAPPING, readMapping } from '#import/mapping.ts'
import { reportLines } from '#import/print-report.ts'
import { showProgress } from '#import/progress.ts'
import type { Portal } from '#settings/portal.ts'
import { type Config, ConfigError, readConfig, refuseBadSettings, SETTINGS } from './config.ts'
import { JOB_NAMES, runJob } from './jobs.ts'
import { openPortal } from './open-portal.ts'
import { startPortal } from './start-portal.ts'

/** What the shell is told. Anything but 0 and 3 means that it was not done. */
const EXIT = { done: 0, failed: 1, wrongUsage: 2, someRowsFaulty: 3 } as const

class UsageError extends Error {}

interface Command {
  usage: string
  th: string
  en: string
  run(args: string[]): Promise<number>
}

const COMMANDS: Record<string, Command> = {
  'create-admin': {
    usage: 'create-admin --username NAME --name "ชื่อ สกุล"',
    th: 'สร้างบัญชีผู้ดูแลระบบ แล้วแสดงลิงก์สำหรับตั้งรหัสผ่าน (ใช้ได้ครั้งเดียวใน 24 ชั่วโมง)',
    en: 'makes an administrator and prints the link for choosing the password (once, within 24 hours)',
    run: createAdmin,
  },
  import: {
    usage: 'import FILE.csv [--mapping M.json] [--dry-run]',
    th: 'นำเข้าทะเบียนเรื่องร้องเรียนเดิม (docs/import.md) --dry-run คือทดลองโดยไม่บันทึก',
    en: 'brings in an existing register (docs/import.md); --dry-run only tells what would happen',
    run: importRegister,
  },
  demo: {
    usage: 'demo',
    th: 'สร้างสำนักงานสาธิตในโฟลเดอร์ของตัวเอง (./demo-data หรือ DATA_DIR) แล้วเปิดระบบ',
    en: 'makes a demonstration office in a folder of its own (./demo-data or DATA_DIR) and starts it',
    run: demo,
  },
  'run-job': {
    usage: `run-job ${JOB_NAMES.join(' | ')}`,
    th: 'ทำงานตามตารางเวลาหนึ่งงานทันที',
    en: 'runs one job of the timetable now',
    run: runOneJob,
  },
}

await refuseBadSettings(async () => {
  process.exitCode = await runCommand(process.argv.slice(2))
})

async function runCommand([name, ...args]: string[]): Promise<number> {
  if (
    name === undefined ||
    name === 'help' ||
    [name, ...args].some((arg) => arg === '--help' || arg === '-h')
  ) {
    console.log(helpText())
    return name === undefined ? EXIT.wrongUsage : EXIT.done
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  try {
    if (!command) throw new UsageError(`ไม่มีคำสั่ง “${name}” / no such command: ${name}`)
    return await command.run(args)
  } catch (error) {
    return explain(error, command)
  }
}

/** Mistakes of the person get a sentence; anything else is a bug and keeps its stack. */
function explain(error: unknown, command: Command | undefined): number {
  if (isUsage(error)) {
    console.error(`${error.message}\n\n${command ? `npm run siang -- ${command.usage}` : helpText()}`)
    return EXIT.wrongUsage
  }
  // The list of faulty settings is printed by whoever reads them for `npm start`, too.
  if (error instanceof ConfigError) throw error
  if (error instanceof ImportError || error instanceof DemoFolderError) console.error(error.message)
  else if (error instanceof AppError) console.error(sentenceFor(error))
  else console.error(error)
  return EXIT.failed
}

function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  return error instanceof TypeError && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS')
}

function sentenceFor({ code, details = {}, message }: AppError): string {
  if (code === 'username_taken') {
    return `มีผู้ใช้ชื่อ ${details.username} แล้ว / the user name is taken: ${details.username}`
  }
  const texts = Object.values(details).filter((detail) => typeof detail === 'string')
  return texts.length > 0 ? texts.join('\n') : message
}

async function createAdmin(args: string[]): Promise<number> {
  const options = { username: { type: 'string' }, name: { type: 'string' } } as const
  const { username, name } = parseArgs({ args, options }).values
  if (!username || !name) throw new UsageError('ต้องระบุ --username และ --name / both are needed')
  return await withPortal(readConfig(process.env), async (portal) => {
    const { link } = createAdministrator(portal, { username, displayName: name })
    console.log(`เปิดลิงก์นี้ภายใน 24 ชั่วโมงเพื่อตั้งรหัสผ่าน / open within 24 hours to choose the password:\n${link}`)
    return EXIT.done
  })
}

async function importRegister(args: string[]): Promise<number> {
  const options = { mapping: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [file] = positionals
  if (!file || positionals.length > 1) throw new UsageError('ต้องระบุไฟล์ CSV หนึ่งไฟล์ / name one CSV file')
  const mapping = values.mapping ? await readMapping(values.mapping) : DEFAULT_MAPPING
  const dryRun = values['dry-run']
  const config = readConfig(process.env)
  return await (dryRun ? withPortalToLookAt : withPortal)(config, async (portal) => {
    const started = performance.now()
    const progress = showProgress(process.stderr)
    const report = await importCases(portal, file, { mapping, dryRun, onProgress: progress.update }).finally(
      progress.end,
    )
    for (const line of reportLines(report, dryRun)) console.log(line)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`ใช้เวลา / took ${seconds} s  ${config.dataDir}`)
    return report.faulty > 0 ? EXIT.someRowsFaulty : EXIT.done
  })
}

async function demo(args: string[]): Promise<number> {
  parseArgs({ args })
  await runDemo(process.env, startPortal)
  return EXIT.done
}

async function runOneJob(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const name = JOB_NAMES.find((known) => known === positionals[0])
  if (!name || positionals.length > 1) {
    throw new UsageError(`ต้องระบุงานหนึ่งงาน / name one job: ${JOB_NAMES.join(', ')}`)
  }
  return await withPortal(readConfig(process.env), async (portal) => {
    const done = Object.entries(await runJob(portal, name)).map(([what, count]) => `${what}: ${count}`)
    console.log(`${name}  ${done.join(', ')}`)
    return EXIT.done
  })
}

async function withPortal(config: Config, work: (portal: Portal) => Promise<number>): Promise<number> {
  const portal = openPortal(config)
  try {
    return await work(portal)
  } finally {
    portal.db.close()
  }
}

/** Where there is no office yet, a dry run makes none: it looks at an empty one that is gone afterwards. */
async function withPortalToLookAt(
  config: Config,
  work: (portal: Portal) => Promise<number>,
): Promise<number> {
  if (existsSync(join(config.dataDir, 'portal.sqlite'))) return await withPortal(config, work)
  const dataDir = mkdtempSync(join(tmpdir(), 'siang-dry-run-'))
  try {
    return await withPortal({ ...config, dataDir }, work)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function helpText(): string {
  const commands = Object.values(COMMANDS).flatMap(({ usage, th, en }) => [
    `  ${usage}`,
    `      ${th}`,
    `      ${en}`,
  ])
  const settings = Object.entries(SETTINGS).map(([name, text]) => `  ${name.padEnd(12)} ${text}`)
  return [
    'เสียง: ระบบรับเรื่องร้องเรียน / Siang: complaint portal',
    '',
    'npm run siang -- COMMAND',
    '',
    ...commands,
    '',
    'รหัสจบ / exit codes: 0 สำเร็จ done, 1 ไม่สำเร็จ failed, 2 ใช้คำสั่งผิด wrong usage,',
    '                     3 นำเข้าแล้วแต่มีแถวผิดพลาด imported, some rows faulty',
    '',
    'ค่าตั้ง (ตัวแปรสภาพแวดล้อม) / settings (environment variables):',
    ...settings,
  ].join('\n')
}
