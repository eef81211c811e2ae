import { gunzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPackedCases } from '#open-data/packed.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { historyOf, live } from './history.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  live(office.portal, historyOf(1), '2026-11-16')
})
afterAll(() => office.close())

type Row = Record<string, string | number | boolean | null>

const get = (path: string) => office.agent.get(path).expect(200)
const rowsOf = async (path: string): Promise<Row[]> => (await get(path)).body.rows
const FILES = ['cases-2570', 'duties-2570', 'villages-2570', 'history', 'codes'].flatMap((name) => [
  `/open-data/${name}.csv`,
  `/open-data/${name}.json`,
])

describe('a file of the open data', () => {
  it.each(FILES)('%s may be read by any program, without a cookie, and has a name', async (path) => {
    const { headers } = await get(path).set('origin', 'https://elsewhere.example')
    expect(headers['access-control-allow-origin']).toBe('*')
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['content-disposition']).toBe(`attachment; filename="${path.split('/').at(-1)}"`)
    expect(headers['last-modified']).toBe(new Date(office.clock.now()).toUTCString())
  })

  it.each(FILES)('%s is found unchanged by its validator, and changed by a case', async (path) => {
    const tagOf = async () => String((await get(path)).headers.etag)
    const tag = await tagOf()
    const same = await office.agent.get(path).set('if-none-match', tag).expect(304)
    expect(same.text).toBe('')
    expect(same.headers.etag).toBe(tag)
    await office.agent.get(path).set('if-none-match', '"other"').expect(200)
  })

  it.each(FILES)('%s tells by no validator how often a figure changed', async (path) => {
    const { headers } = await get(path)
    expect(headers.etag).toMatch(/^"[\w-]{22}(-gzip|-br)?"$/)
  })

  it.each(FILES)('%s answers HEAD and refuses anything that would change it', async (path) => {
    const { text, headers } = await office.agent.head(path).expect(200)
    expect(text ?? '').toBe('')
    expect(headers.etag).toBeTruthy()
    for (const method of ['post', 'put', 'delete'] as const) await office.agent[method](path).expect(404)
  })

  it.each(['cases', 'duties', 'villages'])('of %s is not there for a year without figures', async (name) => {
    for (const format of ['csv', 'json']) {
      await office.agent.get(`/open-data/${name}-2500.${format}`).expect(404)
      await office.agent.get(`/open-data/${name}-x.${format}`).expect(404)
      const { headers } = await office.agent.get(`/open-data/${name}-๒๕๗๐.${format}`).expect(301)
      expect(headers.location).toBe(`/open-data/${name}-2570.${format}`)
    }
    const { body } = await office.agent
      .get(`/open-data/${name}-2500.json`)
      .set('accept', 'application/json')
      .expect(404)
    expect(body.error).toBe('fiscal_year')
  })

  it.each(['gzip', 'br', 'identity'])('of cases is the same packed as %s', async (coding) => {
    const { headers, rawPayload } = await office.app.inject({
      url: '/open-data/cases-2570.json',
      headers: { 'accept-encoding': coding },
    })
    const plain = await office.agent.get('/open-data/cases-2570.json').set('accept-encoding', 'identity')
    if (coding !== 'identity') expect(headers['content-encoding']).toBe(coding)
    if (coding === 'gzip') expect(JSON.parse(gunzipSync(rawPayload).toString())).toEqual(plain.body)
    if (coding === 'identity') expect(JSON.parse(rawPayload.toString())).toEqual(plain.body)
    expect(headers.vary).toContain('accept-encoding')
  })

  it('of cases is made once, however many ask for however many years at the same time', async () => {
    const cases = openPackedCases(office.portal)
    const asked = Array.from({ length: 60 }, (_, at) =>
      cases.get(2560 + (at % 6), at % 12 < 6 ? 'csv' : 'json'),
    )
    const files = await Promise.all(asked)
    expect(new Set(files.map(({ gzip }) => gzip)).size).toBe(12)
  })

  it('begins with the mark that Excel wants', async () => {
    const { rawPayload } = await office.app.inject({
      url: '/open-data/cases-2570.csv',
      headers: { 'accept-encoding': 'identity' },
    })
    expect([...rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(rawPayload.toString()).toContain('\r\n')
  })
})

describe('the cases', () => {
  it.each([2568, 2569, 2570])('of %i are what their schema says', async (year) => {
    const { body: schema } = await get('/open-data/cases.schema.json')
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)
    const { body } = await get(`/open-data/cases-${year}.json`)
    validate(body)
    expect(validate.errors).toBeNull()
    expect(body.rows.length).toBeGreaterThan(0)
    expect(validate({ ...body, rows: [{ ...body.rows[0], subject: 'ไฟทางดับ' }] })).toBe(false)
  })

  it('tell no number, id, day or word of any case, and none that was merged or moved', async () => {
    const all = await Promise.all([2568, 2569, 2570].map((year) => rowsOf(`/open-data/cases-${year}.json`)))
    const text = JSON.stringify(all)
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}|ไฟทาง|RT-|submitted|merged|moved/)
    const counted = office.portal.db.sqlite
      .prepare("select count(*) from cases where status not in ('merged', 'moved')")
      .pluck()
      .get()
    expect(all.flat()).toHaveLength(Number(counted))
  })

  it('stand in an order that tells nothing of when they came', async () => {
    const rows = await rowsOf('/open-data/cases-2569.json')
    const months = rows.map((row) => String(row.received_month))
    expect(months).toEqual([...months].sort())
    for (const month of new Set(months)) {
      const texts = rows
        .filter((row) => row.received_month === month)
        .map((row) => JSON.stringify(Object.values(row)))
      expect(texts).toEqual([...texts].sort())
    }
  })

  it('tell of a case that is open again nothing of its end', async () => {
    const opened = office.portal.db.sqlite
      .prepare(
        "select count(*) from cases where outcome is not null and finished_on is null and received_on >= '2026-10-01'",
      )
      .pluck()
    expect(opened.get()).not.toBe(0)
    const rows = await rowsOf('/open-data/cases-2570.json')
    for (const row of rows.filter(({ status }) => status === 'in_progress'))
      expect([row.finished_month, row.days_to_finish, row.outcome]).toEqual([null, null, null])
  })

  it('tell the village of complaints only, and only where the crossing does', async () => {
    const rows = await rowsOf('/open-data/cases-2569.json')
    const told = rows.filter((row) => row.village_withheld === false)
    expect(told.length).toBeGreaterThan(0)
    expect(told.every((row) => row.kind === 'complaint' && row.village !== null)).toBe(true)
    expect(rows.filter((row) => row.village_withheld === true).every((row) => row.village === null)).toBe(
      true,
    )
  })

  it('are sent once more for a while after a change, and then anew', async () => {
    const before = await rowsOf('/open-data/cases-2570.json')
    live(
      office.portal,
      [...historyOf(2)].filter((one) => one.on > 740 && one.end === 'open'),
      '2026-11-16',
    )
    expect(await rowsOf('/open-data/cases-2570.json')).toEqual(before)
    office.clock.addMinutes(1)
    expect((await rowsOf('/open-data/cases-2570.json')).length).toBeGreaterThan(before.length)
  })

  it('are read by many at once', async () => {
    office.clock.addMinutes(1)
    const paths = [2568, 2569, 2570].flatMap((year) => [`cases-${year}.csv`, `cases-${year}.json`])
    const answers = await Promise.all([...paths, ...paths].map((path) => get(`/open-data/${path}`)))
    for (const [index] of paths.entries()) {
      expect(answers[index]?.text).toBe(answers[index + paths.length]?.text)
      expect(answers[index]?.text.length).toBeGreaterThan(500)
    }
  })
})

describe('the catalogue', () => {
  it('leads to files that are there, and tells the fields each has', async () => {
    const { body } = await get('/open-data/catalogue.json')
    expect(body.license.name).toBe('CC BY 4.0')
    expect(body.dataset.map(({ identifier }: { identifier: string }) => identifier)).toEqual([
      ...['cases', 'duties', 'villages', 'history', 'codes', 'statistics', 'places', 'corruption'],
    ])
    for (const { fields, distribution } of body.dataset) {
      for (const { downloadURL, format } of distribution) {
        const { headers, text } = await get(new URL(downloadURL).pathname)
        expect(headers['content-type']).toContain(format.toLowerCase())
        if (format !== 'CSV' || fields.length === 0) continue
        const names = fields.map(({ name }: { name: string }) => name).join(',')
        expect(text.split('\r\n')[0]?.replace('\ufeff', '')).toBe(names)
      }
    }
  })

  it.each(['/open-data', '/en/open-data'])(
    'is a page at %s, with links that lead somewhere',
    async (path) => {
      const { text, headers } = await get(path)
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers['access-control-allow-origin']).toBe('*')
      const links = [
        ...text.matchAll(
          /href="(\/[^"]+)" aria-label|class="govuk-link sg-figures__download" href="(\/[^"]+)"/g,
        ),
      ]
      expect(links.length).toBeGreaterThan(20)
      for (const [, file, other] of links) await get(String(file ?? other))
      for (const field of ['received_month', 'village_withheld', 'brought_forward'])
        expect(text).toContain(field)
    },
  )
})
