import closeWithGrace from 'close-with-grace'
import { firstAdministratorLink } from '#accounts/first-administrator.ts'
import type { Portal } from '#settings/portal.ts'
import { buildApp } from './app.ts'
import { type Config, ConfigError } from './config.ts'
import { startJobs } from './jobs.ts'
import { openPortal } from './open-portal.ts'
import { closeSealed } from './sealed-wiring.ts'

/** Starts the portal on a data folder and stops it gracefully when the process is told to end. */
export async function startPortal(config: Config): Promise<void> {
  const portal = openFolder(config)
  const app = await buildApp(portal)
  await app.listen({ host: config.host, port: config.port }).catch((error: Error) => {
    closeSealed(portal)
    portal.db.close()
    throw new ConfigError([`HOST, PORT: ${error.message}`])
  })
  const jobs = startJobs(portal, app.log)
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'stopping after a fault')
    // Requests in flight finish, then the databases close.
    await Promise.all([app.close(), jobs.stop()])
    closeSealed(portal)
    portal.db.close()
  })
  console.log(`\nSiang is running at ${config.publicUrl}\n`)
  const link = firstAdministratorLink(portal)
  if (link) console.log(`No administrator yet. Open this link within 24 hours; it works once:\n${link}\n`)
}

/** A folder that cannot be made or written is the setting's fault and told as such. */
function openFolder(config: Config): Portal {
  try {
    return openPortal(config)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new ConfigError([`DATA_DIR: ${error.message}`])
    throw error
  }
}
