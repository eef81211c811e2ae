import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { cleanEvidence } from '#sealed/evidence.ts'
import { acceptReportBodies, readReportBody } from '#sealed/report-body.ts'
import { acceptForms } from '#web/form-bodies.ts'

// A process of its own for intake-traces.test.ts: reads reports and cleans their files, as it was built.

const app = Fastify({ forceCloseConnections: true })
acceptForms(app)
acceptReportBodies(app)
app.post('/', async (request) => {
  const { files } = await readReportBody(request)
  const found: string[] = []
  for (const { content } of files) {
    const result = await cleanEvidence(content, true)
    found.push(result.ok ? result.clean.mime : result.reason)
  }
  return found
})
// So that the test knows that it would see a file.
app.get('/leave-a-trace', async () => {
  rmdirSync(mkdtempSync(join(tmpdir(), 'trace-')))
  return 'done'
})
console.log(`listening ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
