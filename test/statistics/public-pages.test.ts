import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { typeIn } from '../indicators/plan.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileCase, setStatus } from './office.ts'

let office: TestPortal

beforeAll(async () => {
  office = await startTestPortal()
  const { portal } = office
  portal.db.inTransaction(() => {
    // The last second of 2569 and the first of 2570, in Bangkok.
    fileCase(portal, { receivedAt: new Date('2026-09-30T16:59:59.999Z'), categoryCode: 'E1' })
    fileCase(portal, { receivedAt: new Date('2026-09-30T17:00:00.000Z'), categoryCode: 'E1' })
    const solved = fileCase(portal, { receivedAt: new Date('2026-10-20T03:00:00Z') })
    setStatus(portal, solved.id, 'closed', '2026-11-02')
    const elsewhere = fileCase(portal, { receivedAt: new Date('2026-10-21T03:00:00Z') })
    setStatus(portal, elsewhere.id, 'forwarded', '2026-10-22')
    const doubled = fileCase(portal, { receivedAt: new Date('2026-10-23T03:00:00Z') })
    setStatus(portal, doubled.id, 'merged')
    fileCase(portal, { kind: 'praise', categoryCode: 'OP3' })
  })
})

afterAll(() => office.close())

const YEAR_2570 = { broughtForward: 1, received: 3, finished: 2, inProgress: 2 }

/** The table with this heading, as rows of cell texts. */
function table(html: string, labelledBy: string): string[][] {
  const body = html.split(`aria-labelledby="${labelledBy}">`).at(-1)?.split('</table>')[0] ?? ''
  return body
    .split('<tr')
    .slice(2)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text ?? ''))
}

describe('/statistics', () => {
  it('shows the present fiscal year at an address that stays', async () => {
    const page = await office.agent.get('/statistics').expect(200)
    const year = await office.agent.get('/statistics/2570').expect(200)
    expect(page.text).toBe(year.text)
    expect(page.text).toContain('ปีงบประมาณ พ.ศ. 2570')
    expect(page.text).toContain('href="/en/statistics/2570"')
  })

  it('sets no cookie', async () => {
    const page = await office.agent.get('/statistics').expect(200)
    expect(page.headers['set-cookie']).toBeUndefined()
  })
})

describe('duties of a year that still runs', () => {
  it('are told to the end of the year: what falls due next month has not been forgotten', async () => {
    const running = await startTestPortal()
    try {
      const { portal } = running
      const receivedAt = portal.now()
      portal.db.inTransaction(() => fileCase(portal, { receivedAt }))
      const { body } = await running.agent.get('/statistics/2570.json').expect(200)
      expect(body.parts.year.timeliness).toMatchObject({ due: 0, running: 1 })
      const { text } = await running.agent.get('/open-data/duties-2570.csv').expect(200)
      expect(text).toContain('2026-12,complaint,running,1')
    } finally {
      await running.close()
    }
  })
})

describe('/statistics/{fiscal year}/h1 and /h2', () => {
  it('show a half of the year, brought forward from the one before', async () => {
    const { body } = await office.agent.get('/statistics/2570.json').expect(200)
    expect(body.parts.h1).toMatchObject({ from: '2026-10-01', to: '2027-03-31', balance: YEAR_2570 })
    const { text } = await office.agent.get('/statistics/2570/h1').expect(200)
    expect(text).toContain('ครึ่งปีแรก ปีงบประมาณ พ.ศ. 2570')
    expect(table(text, 'months')).toHaveLength(6 + 1)
    expect(table(text, 'months').at(-1)?.slice(1)).toEqual(['1', '3', '2', '2'])
    expect(text).toContain('เรื่องที่ได้รับในครึ่งปีนี้')
    expect(text).not.toContain('id="e-service"')
    const past = await office.agent.get('/statistics/2569/h2').expect(200)
    expect(table(past.text, 'months').at(-1)?.slice(1)).toEqual(['0', '1', '0', '1'])
  })

  it('say in words that a half has not begun, and show no number of it', async () => {
    const { text } = await office.agent.get('/statistics/2570/h2').expect(200)
    expect(text).toContain('เริ่มวันที่ 1 เมษายน 2570 จึงยังไม่มีตัวเลขให้แสดง')
    expect(text).not.toContain('<table')
    const english = await office.agent.get('/en/statistics/2570/h2').expect(200)
    expect(english.text).toContain('begins on 1 April 2027')
  })

  it('have figures from the first day of a half on', async () => {
    const { clock } = office
    const now = clock.now()
    clock.set(new Date('2027-03-31T16:59:00Z'))
    expect((await office.agent.get('/statistics/2570/h2').expect(200)).text).not.toContain('<table')
    clock.set(new Date('2027-03-31T17:00:00Z'))
    const { text } = await office.agent.get('/statistics/2570/h2').expect(200)
    expect(table(text, 'months').at(-1)?.slice(1)).toEqual(['2', '0', '0', '2'])
    clock.set(now)
  })

  it('take Thai digits, and are not there for a year without figures', async () => {
    const answer = await office.agent.get(encodeURI('/statistics/๒๕๗๐/h1')).expect(301)
    expect(answer.headers.location).toBe('/statistics/2570/h1')
    await office.agent.get('/statistics/2568/h1').expect(404)
    await office.agent.get('/statistics/2570/h3').expect(404)
  })
})

describe('/statistics/years', () => {
  it('has every year with figures, the oldest first', async () => {
    const { text } = await office.agent.get('/statistics/years').expect(200)
    expect(table(text, 'years').map((row) => row.slice(-4))).toEqual([
      ['1', '0', '–', '–'],
      ['3', '2', '–', '1'],
    ])
    expect(text).toContain('ถึงวันที่ 16 พฤศจิกายน 2569')
  })
})

describe('satisfaction', () => {
  it('is told where a survey of the year was entered, with its report, on the page, in CSV and in JSON', async () => {
    expect((await office.agent.get('/statistics/2570').expect(200)).text).not.toContain('id="satisfaction"')
    typeIn(office.portal, 2570, { sv19: 78.4, sv3: 81 })
    const page = await office.agent.get('/statistics/2570').expect(200)
    expect(table(page.text, 'satisfaction').map(([name, value]) => [name?.trim(), value])).toEqual([
      ['การดำเนินการเรื่องร้องเรียน ร้องทุกข์', 'ร้อยละ 78.4'],
    ])
    expect(page.text).toContain('ที่มา: รายงานประจำปี')
    expect((await office.agent.get('/en/statistics/2570').expect(200)).text).toContain('78.4 %')
    const { body } = await office.agent.get('/statistics/2570.json').expect(200)
    expect(body.surveys).toEqual([{ code: 'sv19', percent: 78.4, source: 'รายงานประจำปี' }])
    const { text } = await office.agent.get('/statistics/2570.csv').expect(200)
    expect(text).toMatch(/^2570,ความพึงพอใจ \(ร้อยละ\),sv19,.*,78\.4,รายงานประจำปี\r$/m)
  })
})

describe('the e-service statistics', () => {
  it('have all twelve months at an anchor of their own, kinds side by side', async () => {
    const { text } = await office.agent.get('/statistics/2570').expect(200)
    expect(text).toContain('id="e-service"')
    const rows = table(text, 'e-service')
    expect(rows).toHaveLength(12 + 1)
    expect(rows[0]).toEqual(['ต.ค. 69', '3', '0', '0', '0', '0'])
    expect(rows[1]).toEqual(['พ.ย. 69', '0', '0', '0', '0', '1'])
    expect(rows[2]?.slice(1)).toEqual(['–', '–', '–', '–', '–'])
    expect(rows.at(-1)).toEqual(['รวม', '3', '0', '0', '0', '1'])
  })
})

describe('/statistics/{fiscal year}', () => {
  it('puts 30 September 23.59.59 in the old year and 1 October 00.00 in the new one', async () => {
    const old = await office.agent.get('/statistics/2569.json').expect(200)
    expect(old.body.year).toEqual({ broughtForward: 0, received: 1, finished: 0, inProgress: 1 })
    expect(old.body.months.at(-1)).toMatchObject({ month: '2026-09', received: 1 })
    const now = await office.agent.get('/statistics/2570.json').expect(200)
    expect(now.body.year).toEqual(YEAR_2570)
    expect(now.body.months[0]).toMatchObject({
      month: '2026-10',
      broughtForward: 1,
      received: 3,
      finished: 1,
    })
  })

  it('says the same on the page, in CSV, in JSON and in the database', async () => {
    const html = (await office.agent.get('/statistics/2570').expect(200)).text
    const json = (await office.agent.get('/statistics/2570.json').expect(200)).body
    const csv = (await office.agent.get('/statistics/2570.csv').expect(200)).text
    const rows: string[][] = parse(csv, { bom: true })
    const cells = (figures: Record<string, unknown>) =>
      ['broughtForward', 'received', 'finished', 'inProgress'].map((field) => String(figures[field] ?? ''))
    const inCsv = (name: string) =>
      rows.filter((row) => row[1] === name).map((row) => row.slice(4, 8).map(String))
    const onPage = (id: string) =>
      table(html, id).map((row) => row.slice(1).map((cell) => (cell === '–' ? '' : cell)))

    expect(inCsv('รายเดือน')).toEqual(json.months.map(cells))
    expect(onPage('months')).toEqual([...json.months.map(cells), cells(json.year)])
    expect(inCsv('ประเภทเรื่อง')).toEqual(json.categories.map(cells))
    expect(onPage('categories')).toEqual([...json.categories.map(cells), cells(json.year)])
    expect(inCsv('เรื่องชนิดอื่น')).toEqual(json.otherKinds.map(cells))
    expect(onPage('kinds')).toEqual(json.otherKinds.map(cells))
    expect(inCsv('ทั้งปีงบประมาณ')).toEqual([cells(json.year)])

    const inSql = office.portal.db.sqlite
      .prepare(
        `select sum(received_on >= '2026-10-01') as received, count(finished_on) as finished,
           sum(finished_on is null) as inProgress
         from cases where kind = 'complaint' and status <> 'merged'`,
      )
      .get()
    expect(json.year).toMatchObject(inSql as object)
  })

  it('draws the months as a picture with words of its own, without inline styles', async () => {
    const { text } = await office.agent.get('/statistics/2570').expect(200)
    const svg = /<svg width="100%"[\s\S]*?<\/svg>/.exec(text)?.[0] ?? ''
    expect(svg).toMatch(/role="img" aria-labelledby="chart-title chart-text"/)
    expect(svg).toContain('รับใหม่รวม 3 เรื่อง แล้วเสร็จรวม 2 เรื่อง เดือนที่รับมากที่สุดคือตุลาคม 2569')
    expect(text).not.toMatch(/\sstyle=/)
  })

  it('names the other years and leads to them', async () => {
    const { text } = await office.agent.get('/statistics/2570').expect(200)
    expect(text).toContain('href="/statistics/2569"')
  })

  it('is there in English', async () => {
    const { text } = await office.agent.get('/en/statistics/2570').expect(200)
    expect(text).toContain('<html lang="en"')
    expect(text).toContain('Complaint statistics')
    expect(text).toContain('href="/en/statistics/2570.csv"')
    expect(text).not.toContain('ยกมา')
  })

  it('sends the CSV as a file to be saved', async () => {
    const { headers } = await office.agent.get('/statistics/2570.csv').expect(200)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toBe('attachment; filename="complaints-2570.csv"')
  })

  it('takes Thai digits and leads to the one address', async () => {
    for (const [typed, address] of [
      ['/statistics/๒๕๗๐', '/statistics/2570'],
      ['/en/statistics/๒๕๖๙', '/en/statistics/2569'],
      ['/statistics/๒๕๗๐.csv', '/statistics/2570.csv'],
    ] as const) {
      const answer = await office.agent.get(encodeURI(typed)).expect(301)
      expect(answer.headers.location).toBe(address)
    }
  })

  it('does not exist for a year without figures', async () => {
    for (const year of [
      '2568',
      '2571',
      '2570x',
      '02570',
      '1',
      'undefined',
      '๒๕๗๑',
      '-2570',
      '2570.5',
      '%00',
    ]) {
      await office.agent.get(`/statistics/${encodeURIComponent(year)}`).expect(404)
      await office.agent.get(`/statistics/${encodeURIComponent(year)}.csv`).expect(404)
      await office.agent.get(`/en/statistics/${encodeURIComponent(year)}.json`).expect(404)
    }
  })

  it('is read, never written', async () => {
    for (const path of ['/statistics', '/statistics/2570', '/statistics/2570.csv']) {
      await office.agent.post(path).expect(404)
    }
  })
})
