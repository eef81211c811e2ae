import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { trackingCodeFor } from '#complaints/tracking-code.ts'
import type { CaseStatus } from '#domain/case-status.ts'
import { caseNumber, formatTrackingCode } from '#domain/reference.ts'
import { NO_CHANNEL } from '#ita/facts.ts'
import { type Config, readConfig } from '../config.ts'
import { openPortal } from '../open-portal.ts'
import { closeSealed, demonstrate, sealedFeatures } from '../sealed-wiring.ts'
import { type DemoAccount, makeAccounts, sealedOfficers, viewerOf } from './accounts.ts'
import { chance as chanceFrom } from './chance.ts'
import { caseOf, type Telling } from './citizen-deeds.ts'
import { publishDocuments } from './documents.ts'
import { claimFolder, finishFolder } from './folder.ts'
import { setUpOffice } from './office.ts'
import { enterPastFigures } from './past-figures.ts'
import { planStories } from './plan.ts'
import { publishReportOf } from './report.ts'
import { tellStories } from './tell.ts'

const FOLDER = './demo-data'
const ACCOUNTS = 'ACCOUNTS.txt'
/** Any number will do; another one tells other stories. */
const SEED = 2570

/**
 * Makes a demonstration office in a folder of its own, or takes the one that is there, prints who can sign
 * in, and starts it. Its mail goes nowhere.
 * @throws DemoFolderError when the folder holds anything but a demonstration
 */
export async function runDemo(
  environment: NodeJS.ProcessEnv,
  start: (config: Config) => Promise<void>,
): Promise<void> {
  const config = readConfig({ ...environment, DATA_DIR: environment.DATA_DIR || FOLDER, SMTP_URL: '' })
  if (claimFolder(config.dataDir, new Date()) === 'to_make') await makeDemo(config, new Date(), console.log)
  console.log(`\n${readFileSync(join(config.dataDir, ACCOUNTS), 'utf8')}`)
  await start(config)
}

/** Fills a claimed folder. `now` is the present of the demonstration: nothing in it happens later. */
export async function makeDemo(config: Config, now: Date, print: (line: string) => void): Promise<void> {
  print('กำลังสร้างข้อมูลสาธิต / making the demonstration')
  const chance = chanceFrom(SEED)
  const stories = planStories(now, chance)
  const first = Math.min(...stories.map(({ receivedAt }) => receivedAt.getTime()))
  let at = new Date(first - 86_400_000)
  const portal = openPortal(config, () => at)
  try {
    // Not yet anybody's data: what a power cut takes is made anew.
    portal.db.sqlite.pragma('synchronous = OFF')
    setUpOffice(portal)
    const accounts = await makeAccounts(portal)
    const travelTo = (date: Date) => {
      at = date
    }
    const onStep = percentPrinter(print)
    const tellings = await tellStories(portal, travelTo, stories, { now, chance, onStep })
    travelTo(now)
    const secrets = await demonstrate(portal, sealedOfficers(portal))
    const admin = viewerOf(portal, 'admin')
    enterPastFigures(portal, admin)
    const { sources, progress } = sealedFeatures(portal)
    publishDocuments(portal, admin, (sources ?? NO_CHANNEL).facts())
    publishReportOf(portal, viewerOf(portal, 'group'), progress)
    const text = [accountsText(accounts, tellings), ...secrets, ''].join('\n')
    writeFileSync(join(config.dataDir, ACCOUNTS), text, { mode: 0o600 })
  } finally {
    closeSealed(portal)
    portal.db.close()
  }
  finishFolder(config.dataDir, now)
}

function percentPrinter(print: (line: string) => void): (done: number, all: number) => void {
  let told = 0
  return (done, all) => {
    const tenths = Math.floor((done / all) * 10)
    if (tenths > told) print(`  ${tenths * 10} %`)
    told = tenths
  }
}

/** Some cases to look up as a citizen does: the newest of each kind. */
const SAMPLES: readonly CaseStatus[] = ['in_progress', 'need_info', 'resolved', 'closed', 'forwarded']

function accountsText(accounts: readonly DemoAccount[], tellings: readonly Telling[]): string {
  const told = tellings
    .map((telling) => ({ telling, row: caseOf(telling) }))
    .sort((a, b) => b.row.receivedAt.getTime() - a.row.receivedAt.getTime())
  const samples = SAMPLES.flatMap((status) => told.find(({ row }) => row.status === status) ?? [])
  return [
    'บัญชีสาธิต / demonstration accounts (/staff)',
    ...accounts.map(
      ({ username, password, displayName, post }) =>
        `  ${username.padEnd(12)} ${password}   ${displayName}, ${post}`,
    ),
    '',
    'เรื่องสำหรับลองติดตาม / cases to follow (/track)',
    ...samples.map(({ telling, row }) => {
      const code = formatTrackingCode(trackingCodeFor(telling.portal.keyed, telling.key))
      return `  ${caseNumber(row.fiscalYear, row.seq)}   ${code}   ${row.status}`
    }),
    '',
  ].join('\n')
}
