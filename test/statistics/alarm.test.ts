import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { recountJob } from '#statistics/recount.ts'
import { auditLines } from '../support/audit.ts'
import { post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileCase } from './office.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
  fileCase(office.portal)
})
afterEach(() => office.close())

const PAGE = '/staff/admin/recount'
const WARNING = 'ตัวเลขในหน้าสถิติไม่ตรงกับเรื่องในระบบ'
const spoil = (received: number, month = '2026-11') =>
  office.portal.db.sqlite
    .prepare("update month_totals set received = ? where month = ? and category_group = 'A'")
    .run(received, month)
const rows = async () =>
  [...(await admin.get(PAGE).expect(200)).text.matchAll(/sg-line">([^<]*)<[\s\S]*?<\/tr>/g)].map(([row]) =>
    row
      .replace(/^sg-line">/, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )

it('says nothing while everything adds up', async () => {
  await recountJob(office.portal)
  const settings = (await admin.get('/staff/admin').expect(200)).text
  expect(settings).not.toContain(WARNING)
  // Also then there is a way to the page.
  expect(settings).toContain(`href="${PAGE}"`)
  expect((await admin.get(PAGE).expect(200)).text).toContain('ไม่พบผลต่าง')
})

it('a difference is shown to the administrator, with the night it was first found in, and to nobody else', async () => {
  spoil(4)
  await recountJob(office.portal)
  office.clock.addDays(1)
  await recountJob(office.portal)
  admin = await office.signIn('admin')
  expect((await admin.get('/staff/admin').expect(200)).text).toContain(WARNING)
  expect(await rows()).toEqual([
    'month_totals 2026-11 received complaint A 4 1 16 พฤศจิกายน 2569 เวลา 10.00 น.',
  ])
  const page = (await office.agent.get('/statistics/2570').expect(200)).text
  expect(page).not.toContain('recount')
  await (await office.signIn('nid')).get(PAGE).expect(403)
})

it('is told since the first night of an unbroken row', async () => {
  spoil(4)
  await recountJob(office.portal)
  spoil(1)
  office.portal.db.sqlite.exec("insert into month_totals values ('2026-10', 'complaint', 'B', 2, 0)")
  office.clock.addDays(1)
  await recountJob(office.portal)
  spoil(4)
  office.clock.addDays(1)
  await recountJob(office.portal)
  admin = await office.signIn('admin')
  expect(await rows()).toEqual([
    expect.stringMatching(/2026-10 received complaint B 2 0 17 พฤศจิกายน/),
    expect.stringMatching(/2026-11 received complaint A 4 1 18 พฤศจิกายน/),
  ])
})

it('goes when somebody has seen it, with a line in the trail, and comes again with the next night', async () => {
  spoil(4)
  await recountJob(office.portal)
  const newest = typedIn(await admin.get(PAGE), 'newest') ?? ''
  await recountJob(office.portal)
  const answer = await post(admin, PAGE, { newest })
  expect(answer.headers.location).toBe(`${PAGE}?seen`)
  // What was found after the page was opened has not been seen.
  expect(await rows()).toHaveLength(1)
  await post(admin, PAGE, { newest })
  expect(auditLines(office.portal, 'recount')).toMatchObject([
    { subject: `recount:${newest}`, actorName: office.cast.admin.displayName, after: { alarms: 1 } },
  ])
  await post(admin, PAGE, { newest: String(Number(newest) + 1) })
  expect((await admin.get('/staff/admin').expect(200)).text).not.toContain(WARNING)
  await recountJob(office.portal)
  expect(await rows()).toHaveLength(1)
})

it('of very many differences keeps the first two hundred, so that a year of nights can still be shown', async () => {
  const { sqlite } = office.portal.db
  const add = sqlite.prepare("insert into days_totals values ('2026-10', 'complaint', ?, 1)")
  for (let day = 1; day <= 300; day += 1) add.run(day)
  await recountJob(office.portal)
  expect((await admin.get(PAGE)).text).toContain('อย่างน้อย 200 รายการ')
  expect(await rows()).toHaveLength(200)
  const kept = sqlite.prepare('select json_array_length(detail) from recount_alarms').pluck().all()
  expect(kept).toEqual([200])
})

it('takes no form that is not its own, and no order from anybody else', async () => {
  spoil(4)
  await recountJob(office.portal)
  expect((await post(admin, PAGE, { newest: 'x' })).status).toBe(400)
  expect((await post(await office.signIn('wit'), PAGE, { newest: '1' })).status).toBe(403)
  expect(await rows()).toHaveLength(1)
})
