import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { COMPLAINT, fileAndKeepSlip, type Slip, track } from '../complaints/citizen.ts'
import { caseOf, officerDoes } from '../complaints/officer.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { drawing } from '../support/upload-samples.ts'

const CANARY = 'kanari'
const PHONE = '0899876543'

let site: TestPortal
const slips: Slip[] = []
beforeAll(async () => {
  site = await startTestPortal()
  // The first number is the example on the pages.
  await fileAndKeepSlip(site)
  const name = `${CANARY} ใจดี`
  const texts = {
    subject: `${CANARY} subject`,
    detail: `${CANARY} detail`,
    wish: CANARY,
    place: CANARY,
    name,
    address: CANARY,
  }
  const picture = { name: `${CANARY}.png`, content: await drawing(30, 30).png().toBuffer() }
  for (const changes of [{}, { category: 'H1' }, { kind: 'praise', category: '' }]) {
    const contact = { phone: PHONE, email: `${CANARY}@example.com`, withhold: 'yes' }
    slips.push(await fileAndKeepSlip(site, { ...COMPLAINT, ...texts, ...contact, ...changes }, [picture]))
  }
  workThrough(slips[0])
})
afterAll(() => site.close())

function workThrough(slip: Slip | undefined): void {
  if (!slip) throw new Error('no slip')
  const does = (path: string, typed: Record<string, string> = {}) => {
    const form = ACTION_FORMS.find((action) => action.path === path)
    if (form) officerDoes(site, slip, form, typed)
  }
  does('assign', { unit: String(site.cast.chai.unitId), officer: String(site.cast.chai.id) })
  does('accept')
  does('note', { text: `${CANARY} note` })
  does('progress', { text: `${CANARY} progress` })
  const result = { outcome: 'solved', finding: 'yes', cause: CANARY, prevention: CANARY }
  does('conclude', { text: `${CANARY} result`, ...result })
}

describe('what everybody can open', () => {
  it('holds not a word, name, number or file of any complaint, in either language and every format', async () => {
    const { routeTable } = site.app
    const routes = routeTable.filter(
      ({ method, zone }) => method === 'GET' && (zone === 'public' || zone === 'operations'),
    )
    const pages = routes.map(({ url }) =>
      url.replace(':fy', '2570').replace(':file', site.portal.assets.urls.css.slice(8)),
    )
    const assets = Object.values(site.portal.assets.urls)
    const errors = [
      '/nothing',
      '/en/nothing',
      '/statistics/2400',
      '/staff/nothing',
      '/track',
      '/en/track',
      '/staff/sign-in',
    ]
    const storage = [
      '/data/portal.sqlite',
      '/portal.sqlite',
      '/files/',
      '/keys/portal.key',
      '/.env',
      '/package.json',
      '/dist/main.js',
    ]
    expect(pages.length).toBeGreaterThan(20)
    for (const path of [...pages, ...assets, ...errors, ...storage]) {
      const answer = await site.newAgent().get(path).buffer(true)
      const text = `${answer.text ?? ''}${Buffer.isBuffer(answer.body) ? answer.body.toString('latin1') : ''}`
      const found = [CANARY, PHONE, ...slips.flatMap(({ number, code }) => [number, code])].filter((secret) =>
        text.includes(secret),
      )
      expect([path, found]).toEqual([path, []])
      if (storage.includes(path)) expect([path, answer.status]).toEqual([path, 404])
    }
  })

  it('counts the complaint in its figures all the same', async () => {
    const { body } = await site.newAgent().get('/statistics/2570.json')
    expect(body.year).toMatchObject({ received: 3, finished: 1 })
    expect(JSON.stringify(body)).not.toContain(CANARY)
  })
})

describe('a case that was merged into another', () => {
  it('shows its complainant not a word of the other one', async () => {
    const mine = await fileAndKeepSlip(site, { subject: 'ของฉัน', detail: 'ของฉันเองสิบตัวอักษร' })
    const theirs = slips[1]
    const form = ACTION_FORMS.find(({ path }) => path === 'merge')
    if (!theirs || !form) throw new Error('nothing to merge')
    officerDoes(site, mine, form, { into: theirs.number }, 'dao')
    const agent = await track(site, mine)
    for (const path of ['/track/case', '/en/track/case']) {
      const page = await agent.get(path)
      expect(page.status).toBe(200)
      expect(page.text).not.toMatch(new RegExp(`${CANARY}|${PHONE}|${theirs.number}`))
    }
    const ids = site.portal.db.sqlite
      .prepare<[number], string>('select id from case_files where case_id = ?')
      .pluck()
      .all(caseOf(site, theirs).id)
    for (const id of ids) expect((await agent.get(`/track/files/${id}`)).status).toBe(404)
    expect((await post(agent, '/track/message', { text: 'x', rev: '2' })).status).toBe(409)
  })
})
