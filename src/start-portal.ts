import closeWithGrace from 'close-with-grace'
import { firstAdministratorLink } from '#accounts/first-administrator.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { startJobs } from './jobs.ts'
import { openPortal } from './open-portal.ts'

/** Starts the portal on a data folder and stops it gracefully when the process is told to end. */
export async function startPortal(config: Config): Promise<void> {
  const portal = openPortal(config)
  const app = await buildApp(portal)
  const jobs = startJobs(portal, app.log)
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) app.log.fatal({ err }, 'stopping after a fault')
    // Requests in flight finish, then the databases close.
    await Promise.all([app.close(), jobs.stop()])
    portal.db.close()
  })
  await app.listen({ host: config.host, port: config.port })
  console.log(`\nSiang is running at ${config.publicUrl}\n`)
  const link = firstAdministratorLink(portal)
  if (link) console.log(`No administrator yet. Open this link within 24 hours; it works once:\n${link}\n`)
}
