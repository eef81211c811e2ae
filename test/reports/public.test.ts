import type { Response } from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boardOf } from '#reports/board.ts'
import { boardPdf } from '#reports/board-pdf.ts'
import { reportSections } from '#reports/content.ts'
import { countFigures, type ReportFigures } from '#reports/figures.ts'
import { frozenFigures, reportArticle } from '#reports/page.ts'
import { reportPdf } from '#reports/report-pdf.ts'
import { scriptOf } from '#reports/script.ts'
import { SECTIONS } from '#reports/sections.ts'
import { spokenNumber, spokenPhone } from '#reports/spoken.ts'
import type { Report } from '#reports/store.ts'
import { periodOf } from '#statistics/period.ts'
import { readPlaces } from '#statistics/places.ts'
import { wordsOf } from '../complaints-staff/desk.ts'
import { typeIn } from '../indicators/plan.ts'
import { fileCase, setStatus } from '../statistics/office.ts'
import { openTestFolder } from '../support/folder.ts'
import { furthestRight, infoOf, pagesOf } from '../support/poppler.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { draftReport, fileCases, note, publish, publishedReport, THOUGHTS } from './office.ts'

let office: TestPortal
let report: Report
beforeAll(async () => {
  office = await startTestPortal()
  fileCases(office)
  office.portal.db.sqlite.exec(
    `update case_clocks set verdict = 'met', stopped_on = due_on, next_fire_at = null
       where duty = 'resolve' and case_id in (2, 3);
     update case_clocks set explained_on = '2026-10-10' where duty = 'resolve' and case_id = 4;
     update case_clocks set breached_at = 1 where duty = 'resolve' and case_id in (5, 6, 7)`,
  )
  report = publishedReport(office)
})
afterAll(() => office.close())

async function fetchPdf(path: string): Promise<Response & { body: Buffer }> {
  return await office.agent
    .get(path)
    .buffer()
    .parse((response, done) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => done(null, Buffer.concat(chunks)))
    })
}

/** The rows of a table of the report's page, by its heading. */
function rowsOf(html: string, title: string): string[][] {
  const [, table = ''] = html.split(`>${title}</h3>`)
  const body = table.split('</table>')[0]?.split('<tbody')[1] ?? ''
  return body
    .split('<tr')
    .slice(1)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text ?? ''))
}

describe('a published report', () => {
  it('has the twelve sections, the office’s words, and who took note', async () => {
    const page = await office.agent.get('/reports/2570-1').expect(200)
    const headings = [...page.text.matchAll(/<h2[^>]* id="s\d+">([^<]*)</g)].map(([, text]) => text)
    expect(headings).toEqual(SECTIONS.map(({ heading }, index) => `${index + 1}. ${heading}`))
    const words = wordsOf(page)
    for (const text of ['ตรวจหลอดไฟทุกเดือน', THOUGHTS.s11, 'ยังไม่มีผลการสำรวจความพึงพอใจ'])
      expect(words).toContain(text)
    expect(words).toContain('ผู้บริหารรับทราบรายงานเมื่อวันที่ 16 พฤศจิกายน 2569 โดยนายสมหมาย ใจดี นายก อบต.')
    expect(words).toContain('นับถึงวันที่ 31 ตุลาคม 2569 ไม่มีเรื่องร้องเรียนการทุจริต')
    expect(page.headers['set-cookie']).toBeUndefined()
  })

  it('tells the numbers that the statistics tell of the same months', async () => {
    const { text } = await office.agent.get('/reports/2570-1')
    const { body } = await office.agent.get('/statistics/2570.json')
    const cells = (figures: Record<string, unknown>) =>
      ['broughtForward', 'received', 'finished', 'inProgress'].map((field) => String(figures[field] ?? '–'))
    const months = rowsOf(text, 'จำนวนเรื่องรายเดือน').map((row) => row.slice(1))
    expect(months).toEqual([...body.months.slice(0, 6).map(cells), cells(body.year)])
    const groups = body.categories.filter(
      (line: Record<string, number>) => Number(line.broughtForward) + Number(line.received) > 0,
    )
    expect(rowsOf(text, 'แยกตามประเภทเรื่อง (เฉพาะที่มีเรื่อง)')).toEqual([
      ...groups.map((line: Record<string, unknown>) => [line.name, ...cells(line)]),
      ['รวม', ...cells(body.year)],
    ])
    const { channels, units, outcomes, timeliness } = body.parts.h1
    for (const [title, lines] of [
      ['แยกตามช่องทาง', channels],
      ['แยกตามหน่วยงานที่รับผิดชอบ', units],
    ] as const)
      expect(rowsOf(text, title).map((row) => row.slice(1))).toEqual([...lines.map(cells), cells(body.year)])
    expect(rowsOf(text, 'ผลของเรื่องที่แล้วเสร็จ').map(([, count]) => count)).toEqual(
      outcomes.map(({ count }: { count: number }) => String(count)),
    )
    const { met, explained, late, due, running } = timeliness
    expect({ met, explained, late }).toEqual({ met: 2, explained: 1, late: 3 })
    expect(rowsOf(text, 'เรื่องที่ครบกำหนดในรอบนี้').map(([, count]) => count)).toEqual(
      [met, explained, late, due].map(String),
    )
    expect(text).toContain(
      `${due} เรื่อง ทำได้ภายในกำหนด ${met + explained} เรื่อง เกินกำหนด ${late} เรื่อง และยังไม่ถึงกำหนดอีก ${running} เรื่อง`,
    )
  })

  it('tells channels, units and ends in the order and with the names of the statistics', async () => {
    const elsewhere = await startTestPortal()
    try {
      const { portal, agent } = elsewhere
      portal.db.inTransaction(() => {
        const ends = { agency: 'withdrawn', walkin: 'not_accepted', box: 'closed', web: 'forwarded' } as const
        for (const [channel, status] of Object.entries(ends)) {
          const { id } = fileCase(portal, { channel: channel as keyof typeof ends })
          setStatus(portal, id, status, '2026-11-16')
        }
      })
      const { channels, units, outcomes, findings } = countFigures(portal, undefined, periodOf(2570, 'h1'))
      const { body } = await agent.get('/statistics/2570.json').expect(200)
      const names = (lines: { name: string }[]) => lines.map(({ name }) => name)
      const told = body.parts.h1
      expect(names(channels)).toEqual(names(told.channels))
      expect(names(channels)).toHaveLength(4)
      expect(names(units)).toEqual(names(told.units))
      expect(names(outcomes)).toEqual(names(told.outcomes))
      expect(names(outcomes)).toHaveLength(4)
      expect(names(findings)).toEqual(names(told.findings))
    } finally {
      await elsewhere.close()
    }
  })

  it('tells what a survey of the fiscal year found, and from which paper', () => {
    const { portal } = office
    typeIn(portal, 2569, { sv19: 78.4 })
    const figures = countFigures(portal, undefined, periodOf(2569, 'h2'))
    const blocks = reportSections(figures, {}, null).find(({ id }) => id === 's7')?.blocks
    expect(blocks?.[0]).toMatchObject({
      rows: [['การดำเนินการเรื่องร้องเรียน ร้องทุกข์', 'ร้อยละ 78.4', 'รายงานประจำปี']],
    })
    expect(JSON.stringify(blocks)).toContain('พ.ศ. 2569')
  })

  it('is listed, is kept for everybody, and is there in English around its Thai', async () => {
    const list = await office.agent.get('/reports').expect(200)
    expect(list.text).toContain('href="/reports/2570-1"')
    const page = await office.agent.get('/reports/2570-1')
    const again = await office.agent.get('/reports/2570-1').set('if-none-match', `${page.headers.etag}`)
    expect(again.status).toBe(304)
    const english = await office.agent.get('/en/reports/2570-1').expect(200)
    expect(english.text).toContain('This report is in Thai.')
    expect(english.text).toContain('<article class="sg-report" lang="th">')
  })

  it('takes Thai digits, and does not exist where none was published', async () => {
    const thai = await office.agent.get(`/reports/${encodeURIComponent('๒๕๗๐')}-1`)
    expect([thai.status, thai.headers.location]).toEqual([301, '/reports/2570-1'])
    draftReport(office, { from: '2026-10', to: '2026-10' })
    for (const path of [
      '2026-10_2026-10',
      '2570-2',
      '2570-1/2',
      '2570-1/x',
      '2026-10_2026-10/board',
      'x.pdf',
    ])
      expect((await office.agent.get(`/reports/${path}`)).status, path).toBe(404)
    expect((await office.agent.get('/en/reports/2570-1.pdf')).status).toBe(404)
  })

  it('changes by nothing that becomes of the cases afterwards', async () => {
    const [page, board, script] = ['', '/board', '/script'].map((path) => `/reports/2570-1${path}`)
    const before = await Promise.all([page, board, script].map((path) => office.agent.get(`${path}`)))
    const { id } = fileCase(office.portal, { receivedAt: new Date('2026-10-09T03:00:00Z') })
    setStatus(office.portal, id, 'merged')
    office.portal.db.sqlite.exec(
      "update cases set category_code = 'E1', channel = 'line' where category_code = 'A2'",
    )
    fileCase(office.portal)
    office.portal.db.sqlite.exec("update categories set name = 'ชื่อใหม่'")
    office.portal.settings.changed()
    const after = await Promise.all([page, board, script].map((path) => office.agent.get(`${path}`)))
    expect(after.map(wordsOf)).toEqual(before.map(wordsOf))
    expect(countFigures(office.portal, undefined, periodOf(2570, 'h1'))).not.toEqual(report.figures)
  })
})

describe('the villages of a report', () => {
  it('stand in a whole year’s alone, where the statistics tell so many', () => {
    const { portal, close } = openTestFolder()
    const counts: [category: string, village: number | null, count: number][] = [
      ['A2', 1, 12],
      ['A2', 2, 9],
      ['A2', 3, 2],
      ['A2', null, 6],
      ['C1', 1, 9],
      ['C1', 2, 9],
      ['E1', 1, 7],
      ['E1', 2, 8],
      ['S2', 1, 2],
      ['S2', 2, 3],
    ]
    for (const [categoryCode, villageId, count] of counts)
      for (let n = 0; n < count; n += 1) fileCase(portal, { categoryCode, villageId })
    expect(countFigures(portal, undefined, periodOf(2570, 'h1')).places).toBeNull()
    const { cells, villages } = readPlaces(portal.db, 2570)
    expect(cells.flat()).toEqual(expect.arrayContaining(['small', 'withheld']))
    const told = cells.flatMap((row) =>
      row.filter((cell, column) => villages[column] !== '0' && typeof cell === 'number'),
    )
    const { places } = countFigures(portal, undefined, periodOf(2570, 'year'))
    expect(places?.map(({ count }) => count)).toEqual(told.toSorted((a, b) => Number(b) - Number(a)))
    close()
  })
})

describe('the report on paper', () => {
  it('holds its headings, its numbers, its address and date, and numbers its pages', async () => {
    const { status, headers, body } = await fetchPdf('/reports/2570-1.pdf')
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf'])
    const pages = pagesOf(body)
    const lines = pages.flat()
    const headings = SECTIONS.map(({ heading }, index) => `${index + 1}. ${heading}`)
    expect(lines).toEqual(expect.arrayContaining(headings))
    expect(lines).toContain('รวม 1 7 5 3')
    expect(lines.join('')).toContain('ข้อมูล ณ วันที่ 16 พฤศจิกายน 2569')
    pages.forEach((page, index) => {
      expect(page.at(-1)).toBe(
        `http://localhost:3000/reports/2570-1 · เผยแพร่เมื่อวันที่ 16 พฤศจิกายน 2569 หน้า ${index + 1} จาก ${pages.length}`,
      )
    })
    expect(infoOf(body)).toContain('Tagged: yes')
    expect(furthestRight(body)).toBeLessThan(595 - 50)
  })

  it('is made once', async () => {
    const [first, second] = [await fetchPdf('/reports/2570-1.pdf'), await fetchPdf('/reports/2570-1.pdf')]
    expect(second.body.equals(first.body)).toBe(true)
  })

  it('carries words that no font can draw, and that look like markup', async () => {
    const texts = { ...THOUGHTS, s4: '#let x = 1 *หนา* 😀 พื้นฐานนั้น\nก | ข\nค' }
    const odd = publish(office, note(office, draftReport(office, periodOf(2569, 'h2'), texts)))
    const lines = pagesOf((await fetchPdf(`/reports/${odd.slug}.pdf`)).body).flat()
    expect(lines).toContain('#let x = 1 *หนา* พื้นฐานนั้น')
  })

  it('has a title where the office wrote only signs', async () => {
    const article = { ...reportArticle(report, frozenFigures(report)), title: '😀😀' }
    expect(pagesOf(await reportPdf(article, 'ท้ายกระดาษ')).flat()).toContain('รายงาน')
  })
})

describe('the sheet for the notice board', () => {
  it('is one page, with the numbers of the report and a code that leads to it', async () => {
    const { body } = await fetchPdf('/reports/2570-1/board.pdf')
    expect(infoOf(body)).toContain('Pages: 1')
    const lines = pagesOf(body).flat()
    for (const line of ['ยกมา รับใหม่', '1 7', '5 3', 'นับถึงวันที่ 16 พฤศจิกายน 2569']) expect(lines).toContain(line)
    const page = await office.agent.get('/reports/2570-1/board').expect(200)
    expect(wordsOf(page)).toContain('http://localhost:3000/reports/2570-1')
  })

  it('is one page with the longest names and numbers, too', async () => {
    const figures = figuresWith(1_234_567)
    const address = 'https://complaints.mueangmai-saensuk.example.go.th/reports/2026-11_2027-11'
    const pdf = await boardPdf(boardOf(figures), address, '038 123 456 ต่อ 101')
    expect(infoOf(pdf)).toContain('Pages: 1')
    expect(furthestRight(pdf)).toBeLessThan(595 - 50)
  })
})

describe('the script for the loudspeakers', () => {
  it('takes a minute, with every number as it is said', () => {
    const few = scriptOf(frozenFigures(report), { phone: '038 123 456' })
    const { total, timeliness } = figuresWith(321)
    const many = scriptOf({ ...frozenFigures(report), total, timeliness }, { phone: '038 123 456' })
    for (const lines of [few, many]) {
      expect(lines.join(' ')).not.toMatch(/[0-9๐-๙()]/)
      const words = [...new Intl.Segmenter('th', { granularity: 'word' }).segment(lines.join(' '))]
      const count = words.filter(({ isWordLike }) => isWordLike).length
      expect(count).toBeGreaterThan(110)
      expect(count).toBeLessThan(190)
    }
    expect(few.join(' ')).toContain('รับเรื่องใหม่เจ็ดเรื่อง')
  })

  it.each([
    [0, 'ศูนย์'],
    [1, 'หนึ่ง'],
    [10, 'สิบ'],
    [11, 'สิบเอ็ด'],
    [20, 'ยี่สิบ'],
    [21, 'ยี่สิบเอ็ด'],
    [101, 'หนึ่งร้อยเอ็ด'],
    [110, 'หนึ่งร้อยสิบ'],
    [2569, 'สองพันห้าร้อยหกสิบเก้า'],
    [1_000_000, 'หนึ่งล้าน'],
    [21_000_001, 'ยี่สิบเอ็ดล้านเอ็ด'],
  ])('says %d as %s', (value, spoken) => {
    expect(spokenNumber(value)).toBe(spoken)
  })

  it('says a telephone number digit by digit', () => {
    expect(spokenPhone('038-123 456')).toBe('ศูนย์สามแปด หนึ่งสองสาม สี่ห้าหก')
  })
})

/** The report's figures with everything large and long. */
function figuresWith(count: number): ReportFigures {
  const figures = frozenFigures(report)
  const balance = { broughtForward: count, received: count, finished: count, inProgress: count }
  const name = 'การบริหารจัดการและการอนุรักษ์ทรัพยากรธรรมชาติ สิ่งแวดล้อม และการป้องกันโรคติดต่อ'
  return {
    ...figures,
    ...{ period: { from: '2026-11', to: '2027-11' }, countedTo: '2027-11-30', total: balance },
    office: 'องค์การบริหารส่วนตำบลเมืองใหม่บ้านโพธิ์ศรีสว่างวัฒนาพัฒนาถาวรเจริญสุข',
    categories: [name, name, name].map((one) => ({ name: one, count })),
    timeliness: { due: count, met: count, explained: count, late: count, running: 0, void: 0 },
    corruption: { fiscalYear: 2570, balance, countedTo: '2027-11-30', missing: null },
  }
}
