import { readConfig, refuseBadSettings, SETTINGS } from './config.ts'
import { startPortal } from './start-portal.ts'

if (process.argv.includes('--help')) {
  console.log('npm start: starts the portal. Its settings are environment variables:\n')
  for (const [name, text] of Object.entries(SETTINGS)) console.log(`  ${name.padEnd(14)} ${text}`)
} else {
  await refuseBadSettings(() => startPortal(readConfig(process.env)))
}
