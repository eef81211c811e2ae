import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { CONDUCTS, SEALED_OUTCOMES } from '#domain/sealed-status.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel } from './channel.ts'
import { countEnded, differences, type Published, periodsOf, publishedOf, tableOf } from './published.ts'

const PATH = '/statistics/2570/corruption'
const FORMS = [PATH, `${PATH}.csv`, `${PATH}.json`, `/en${PATH}`, `/en${PATH}.csv`, `/en${PATH}.json`]

let office: TestPortal
const at = (day: string) => office.clock.set(instantOf(day, 9, 0))

const get = (url: string) => office.app.inject({ url, headers: { 'accept-encoding': 'identity' } })
const bytesOf = (urls: readonly string[]) =>
  Promise.all(
    urls.map(async (url) => {
      const { statusCode, headers, payload } = await get(url)
      return { url, statusCode, tag: headers.etag, payload }
    }),
  )

describe('before the channel is opened', () => {
  beforeAll(async () => {
    office = await startTestPortal()
  })
  afterAll(() => office.close())

  it('the page says so instead of showing zeros', async () => {
    const { html, json } = await publishedOf(office, 2570)
    expect(html).toContain('ช่องทางแจ้งเบาะแสการทุจริตยังไม่เปิด จึงยังไม่มีตัวเลข')
    expect(html).not.toContain('<table')
    expect(json.openedOn).toBeNull()
    expect(periodsOf(json).every(({ received, missing }) => received === null && missing === 'before')).toBe(
      true,
    )
    expect((await publishedOf(office, 2570, '/en')).html).toContain('is not open yet')
  })
})

describe('the public figures of corruption reports', () => {
  beforeAll(async () => {
    office = await startTestPortal({ now: instantOf('2026-11-16', 9, 0) })
    await openTestChannel(office)
  })
  afterAll(() => office.close())

  // One life of the office: each test begins on the day on which the one before it ended.

  it('begin when the first month after the opening is over', async () => {
    const now = await publishedOf(office, 2570)
    expect(now.html).toContain('ตัวเลขแรกจะแสดงในวันที่ 1 ธันวาคม 2569')
    expect(now.html).toContain('เปิดช่องทางแจ้งเบาะแสเมื่อวันที่ 16 พฤศจิกายน 2569')
    expect(now.html).not.toContain('<table')
    expect(now.json.year).toMatchObject({ received: null, missing: 'coming' })
    expect(differences(now)).toEqual([])
  })

  it('say of a year before the opening since when there are any, and of no year to come', async () => {
    const { html, json } = await publishedOf(office, 2569)
    expect(html).toContain('เปิดเมื่อวันที่ 16 พฤศจิกายน 2569 จึงไม่มีตัวเลขของปีงบประมาณ พ.ศ. 2569')
    expect(json.year).toMatchObject({ received: null, missing: 'before' })
    for (const year of [
      '2571',
      '2400',
      '2540',
      '2570x',
      '02570',
      '1',
      '-2570',
      '2570.5',
      'undefined',
      '๒๕๗๑',
      '%00',
    ]) {
      for (const suffix of ['', '.csv', '.json']) {
        const answer = await get(`/statistics/${encodeURIComponent(year)}/corruption${suffix}`)
        expect([year, answer.statusCode]).toEqual([year, 404])
      }
    }
  })

  it('are told in words where there were no reports', async () => {
    at('2026-12-01')
    const th = await publishedOf(office, 2570)
    expect(th.html).toContain('ไม่มีเรื่องร้องเรียนการทุจริตในปีงบประมาณ พ.ศ. 2570 (นับถึงวันที่ 30 พฤศจิกายน 2569)')
    expect(th.json.year).toMatchObject({ received: 0, finished: 0, inProgress: 0, countedTo: '2026-11-30' })
    expect(differences(th)).toEqual([])
    const lines: string[][] = parse(th.csv, { bom: true })
    expect(lines.map((line) => [line[2], line.at(-1)])).toEqual([
      ['รหัส', 'หมายเหตุ'],
      ['year', 'ไม่มีเรื่องร้องเรียน'],
      ['H1', 'ไม่มีเรื่องร้องเรียน'],
      ['H2', 'ยังไม่มีตัวเลข'],
      ['Q1', 'ไม่มีเรื่องร้องเรียน'],
      ...['Q2', 'Q3', 'Q4'].map((quarter) => [quarter, 'ยังไม่มีตัวเลข']),
    ])
    const en = await publishedOf(office, 2570, '/en')
    expect(en.html).toContain(
      'No corruption reports in fiscal year B.E. 2570 (counted up to 30 November 2026)',
    )
    expect(en.html).not.toMatch(/ยกมา|ไตรมาส|ไม่มีเรื่อง/)
  })

  it('do not change by a byte when somebody reports, until the month is over', async () => {
    const before = await bytesOf(FORMS)
    at('2026-12-15')
    await fileReport(office)
    await fileReport(office, { involved: ['superior'] })
    expect(await bytesOf(FORMS)).toEqual(before)
    // Nor when nothing of them was kept.
    office.portal.settings.changed()
    expect(await bytesOf(FORMS)).toEqual(before)
    office.clock.set(new Date('2026-12-31T16:59:59.999Z'))
    expect(await bytesOf(FORMS)).toEqual(before)
    office.clock.set(new Date('2026-12-31T17:00:00.000Z'))
    const { json } = await publishedOf(office, 2570)
    expect(json.year).toMatchObject({ broughtForward: 0, received: 2, finished: 0, inProgress: 2 })
    expect(json.year.countedTo).toBe('2026-12-31')
    for (const [index, { tag }] of (await bytesOf(FORMS)).entries()) expect(tag).not.toBe(before[index]?.tag)
  })

  it('show how reports ended only when the year is over, and a number below five as a word', async () => {
    at('2027-03-10')
    countEnded(office, 3, 'K1', 'no_ground')
    countEnded(office, 9, 'K2', 'no_ground')
    countEnded(office, 2, 'K4', 'referred')
    countEnded(office, 1, 'K4', 'corrected')
    at('2027-09-30')
    const running = await publishedOf(office, 2570)
    expect(running.json.finishedBy).toBeNull()
    expect(running.html).toContain('จะแสดงเมื่อสิ้นปีงบประมาณ คือตั้งแต่วันที่ 1 ตุลาคม 2570')
    expect(running.html).not.toContain('id="outcomes"')
    expect(differences(running)).toEqual([])

    at('2027-10-01')
    const over = await publishedOf(office, 2570)
    expect(differences(over)).toEqual([])
    expect(over.json.finishedBy?.total).toBe(15)
    expect(tableOf(over.html, 'conducts').flat()).toEqual([
      ...['น้อยกว่า 5', '9', 'น้อยกว่า 5', 'น้อยกว่า 5', 'น้อยกว่า 5'],
      ...['น้อยกว่า 5', 'น้อยกว่า 5', 'น้อยกว่า 5', 'น้อยกว่า 5', '15'],
    ])
    expect(over.json.finishedBy?.conducts[0]).toEqual({
      code: 'K1',
      name: 'เรียกหรือรับเงิน สินบน ของขวัญ หรือประโยชน์อื่น',
      nameEn: expect.stringMatching(/^[A-Z]/),
      count: null,
      masked: 'fewer_than_5',
    })
    expect(over.csv).toContain('น้อยกว่า 5')
    expect((await publishedOf(office, 2570, '/en')).html).toContain('Fewer than 5')
  })

  it('withhold a whole list where the total would tell the one small number in it', async () => {
    at('2028-01-20')
    for (const conduct of CONDUCTS) countEnded(office, conduct === 'K5' ? 1 : 6, conduct, 'no_ground')
    at('2028-10-02')
    const { json, html, csv } = await publishedOf(office, 2571)
    expect(json.finishedBy?.total).toBe(49)
    expect(new Set(json.finishedBy?.conducts.map(({ masked }) => masked))).toEqual(new Set(['withheld']))
    // All 49 ended alike: to say how, would say of all others that they are zero.
    expect(new Set(json.finishedBy?.outcomes.map(({ masked }) => masked))).toEqual(new Set(['withheld']))
    expect(tableOf(html, 'outcomes').flat()).toEqual([...SEALED_OUTCOMES.map(() => 'ปิดไว้'), '49'])
    const told: string[][] = parse(csv, { bom: true }).filter((row: string[]) => row[2]?.startsWith('K'))
    expect(told.map((row) => row[9])).toEqual(CONDUCTS.map(() => 'ปิดไว้'))
  })

  it('name all years since the opening, newest first', async () => {
    const { html } = await publishedOf(office, 2572)
    const years = [...html.matchAll(/href="\/statistics\/(\d+)\/corruption"/g)].map(([, year]) => year)
    expect(years).toEqual(['2571', '2570'])
  })
})

describe('the addresses of the figures', () => {
  let published: Published
  beforeAll(async () => {
    office = await startTestPortal({ now: instantOf('2026-11-16', 9, 0) })
    await openTestChannel(office)
    at('2027-01-04')
    countEnded(office, 1200, 'K1', 'referred')
    at('2027-02-01')
    published = await publishedOf(office, 2570)
  })
  afterAll(() => office.close())

  it.each(FORMS)('%s is kept with its validator, sets no cookie and is packed', async (url) => {
    const plain = await get(url)
    expect(plain.headers['cache-control']).toBe('public, max-age=30')
    expect(plain.headers['set-cookie']).toBeUndefined()
    expect(plain.headers.vary).toContain('accept-encoding')
    const tag = String(plain.headers.etag)
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    const same = await office.app.inject({
      url,
      headers: { 'accept-encoding': 'identity', 'if-none-match': `"other", W/${tag}` },
    })
    expect([same.statusCode, same.payload, same.headers.etag]).toEqual([304, '', tag])
    const packed = await office.app.inject({ url, headers: { 'accept-encoding': 'gzip' } })
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.payload)
    expect(packed.headers.etag).not.toBe(tag)
  })

  it('does not take over what one visitor added to the address', async () => {
    const { payload } = await get(`${PATH}?from=poster`)
    expect(payload).toBe(published.html)
  })

  it('take Thai digits and lead to the one address', async () => {
    for (const [typed, address] of [
      ['/statistics/๒๕๗๐/corruption', PATH],
      ['/en/statistics/๒๕๗๐/corruption', `/en${PATH}`],
      ['/statistics/๒๕๗๐/corruption.csv', `${PATH}.csv`],
    ] as const) {
      const answer = await get(encodeURI(typed))
      expect([answer.statusCode, answer.headers.location]).toEqual([301, address])
    }
  })

  it('are read, never written', async () => {
    for (const url of FORMS) expect((await office.app.inject({ method: 'POST', url })).statusCode).toBe(404)
  })

  it('are reached from the general statistics of the same year, and lead back', async () => {
    const general = await get('/statistics/2570')
    expect(general.payload).toContain(`href="${PATH}"`)
    expect(published.html).toMatch(/<a [^>]*href="\/statistics">สถิติเรื่องร้องเรียน ร้องทุกข์<\/a>/)
    expect((await get('/en/statistics/2570')).payload).toContain(`href="/en${PATH}"`)
  })

  it('stand on the page with the day they are of, for whoever prints it', () => {
    expect(published.html).toContain(`http://localhost:3000${PATH}`)
    expect(published.html).toContain('ตัวเลข ณ วันที่ 31 มกราคม 2570')
  })

  it('of the CSV send a file for Excel, without anything that begins like a formula', async () => {
    const { headers, rawPayload, payload } = await get(`${PATH}.csv`)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toBe('attachment; filename="corruption-reports-2570.csv"')
    expect(rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(payload.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const rows: string[][] = parse(payload, { bom: true })
    expect(rows.flat().filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([])
    // A number that Excel and programs read as one.
    expect(rows[1]?.[8]).toBe('1200')
    expect(tableOf(published.html, 'byHalf')[0]?.[1]).toBe('1,200')
  })

  it('of the JSON define every figure', () => {
    const { definitions, year } = published.json
    for (const field of ['broughtForward', 'received', 'finished', 'inProgress', 'countedTo', 'finishedBy']) {
      expect(definitions[field]).toMatch(/[ก-๛]/)
    }
    expect(year).toMatchObject({ broughtForward: 0, received: 1200, finished: 1200, inProgress: 0 })
  })
})
