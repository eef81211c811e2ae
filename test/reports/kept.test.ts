import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

/** A row of `summary_reports` as the first version of the portal published it. Never to be written anew. */
const FIRST = JSON.parse(readFileSync(new URL('report-of-2569.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  const { sqlite } = office.portal.db
  const columns = Object.keys(FIRST)
  sqlite
    .prepare(
      `insert into summary_reports (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
    )
    .run({ ...FIRST, state: 'draft', figures: null, noted_on: null, noted_by: null, published_at: null })
  sqlite
    .prepare(
      'update summary_reports set state = @state, figures = @figures, noted_on = @noted_on, noted_by = @noted_by, published_at = @published_at',
    )
    .run(FIRST)
})
afterAll(() => office.close())

describe('a report that the first version of the portal published', () => {
  it.each(['', '/1', '/board', '/script', '.pdf', '/board.pdf'])('is still read at %s', async (part) => {
    await office.agent.get(`/reports/2569-2${part}`).expect(200)
  })

  it('tells the numbers it told', async () => {
    const { text } = await office.agent.get('/reports/2569-2')
    const words = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    expect(words).toContain('รับใหม่ 90 เรื่อง')
    expect(words).toContain('ดำเนินการแล้วเสร็จ 87 เรื่อง')
  })
})
