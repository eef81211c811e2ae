import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INDICATORS } from '#domain/indicators.ts'
import { writeOverride, writeSet } from '#indicators/store.ts'
import { fileCase, setStatus } from '../statistics/office.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fromPapers, typeIn } from './plan.ts'
import { csvLines, tablesOf } from './read-page.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  const { portal } = office
  typeIn(portal, 2569, { ita: 79.5, cases: 2, sv19: 88.25 })
  typeIn(portal, 2565, { cases: 4 })
  typeIn(portal, 2568, { K1: 0, K2: 0, K3: 7, K4: 1, K5: 0, K6: 0, K7: 0, K8: 0, K9: 0 })
  typeIn(portal, 2569, { K1: 3, K2: 0, K3: 2, K4: 0, K5: 1, K6: 0, K7: 0, K8: 0, K9: 0 })
  fromPapers(portal, 2568, { S1: 11, H1: 4 })
  fromPapers(portal, 2569, { S1: 9, H1: 2 })
  fileCase(portal, { categoryCode: 'S1' })
})
afterAll(() => office.close())

const get = (path: string) => office.agent.get(path).set('accept-encoding', 'identity')

describe('the addresses', () => {
  it('lead to the newest year that has begun, and to each year of the plan that has', async () => {
    const newest = await get('/indicators').expect(200)
    expect(newest.text).toBe((await get('/indicators/2570').expect(200)).text)
    for (const year of [2566, 2567, 2568, 2569]) await get(`/indicators/${year}`).expect(200)
  })

  it.each([
    '/indicators/2565',
    '/indicators/2571',
    '/indicators/0',
    '/indicators/x.csv',
    '/en/indicators/2571.json',
  ])('%s is no year of the plan', async (path) => {
    await get(path).expect(404)
  })

  it('of a year that has not begun are none yet', async () => {
    const early = await startTestPortal({ now: new Date('2024-03-01T03:00:00Z') })
    await early.agent.get('/indicators/2568').expect(404)
    expect((await early.agent.get('/indicators').expect(200)).text).toContain('ปีงบประมาณ พ.ศ. 2567')
    await early.close()
  })

  it('may be typed in Thai digits', async () => {
    const answer = await get(`/indicators/${encodeURIComponent('๒๕๖๙')}.csv`).expect(301)
    expect(answer.headers.location).toBe('/indicators/2569.csv')
  })

  it('are linked from the statistics and the foot of every page', async () => {
    const { text } = await get('/en/statistics').expect(200)
    expect(text.match(/href="\/en\/indicators"/g)).toHaveLength(2)
  })
})

describe('the page', () => {
  it.each([
    ['/indicators/2569', 'โครงการที่ 22'],
    ['/en/indicators/2569', 'Project 22'],
  ])('%s has every goal and project with its outcome and verdict', async (path, last) => {
    const { text } = await get(path).expect(200)
    expect(text).toContain(last)
    for (const { id } of INDICATORS) expect(text).toContain(`id="i-${id.replace('.', '-')}"`)
    expect(text.match(/class="sg-glance__item"/g)).toHaveLength(INDICATORS.length)
  })

  it('says how each figure is made, what it is held against, and where it comes from', async () => {
    const { text } = await get('/indicators/2569')
    expect(text).toContain('(จำนวนคดีในปี – จำนวนคดีปี 2565) ÷ จำนวนคดีปี 2565 × 100')
    expect(tablesOf(text, 'g1').years[3]).toEqual({
      ...{ name: '2569', เป้าหมาย: 'ลดลงร้อยละ 40', ปีฐาน: '4 *', ผล: '2 *' },
      ...{ เทียบปีฐาน: 'ลดลงร้อยละ 50', สรุป: 'บรรลุเป้าหมาย' },
    })
    expect(tablesOf(text, 'g2').years[3]).toMatchObject({ ผล: '79.5', สรุป: 'ยังไม่บรรลุเป้าหมาย' })
    expect(tablesOf(text, '13').years[3]).toMatchObject({ ปีฐาน: '11 *', เทียบปีฐาน: 'ลดลงร้อยละ 18.2' })
    expect(text).toContain('ทะเบียนปี 2569')
    expect(text).toContain('จำนวนเรื่องที่เพิ่มขึ้นอาจเกิดจากการมีช่องทางที่สะดวกขึ้น')
  })

  it('marks numbers from papers in the list of categories too, and names the papers in its files', async () => {
    const [part] = tablesOf((await get('/indicators/2569')).text, '13').parts
    expect(part).toMatchObject({ รับเรื่อง: '9 *', ปีฐาน: '11 *' })
    const csv = csvLines((await get('/indicators/2569.csv')).text)
    const line = csv.find((one) => one.รหัส === '13' && one.ตาราง === 'ประเภทเรื่อง')
    expect(Object.values(line ?? {}).at(-1)).toBe('ทะเบียนปี 2569; ทะเบียนปี 2568')
    const { body } = await get('/indicators/2569.json')
    const thirteen = body.indicators.find(({ id }: { id: string }) => id === '13')
    expect(thirteen.parts[0]).toMatchObject({ sources: ['ทะเบียนปี 2569'], baseSources: ['ทะเบียนปี 2568'] })
  })

  it('says on paper where it stands and of which day it is', async () => {
    const { text } = await get('/indicators/2569')
    expect(text).toContain('http://localhost:3000/indicators/2569 ข้อมูล ณ วันที่ 16 พฤศจิกายน 2569')
  })

  it('says plainly what the portal cannot know, and what is not decided yet', async () => {
    const { text } = await get('/indicators/2570')
    expect(text).toContain('ข้อผิดพลาดในการเบิกจ่ายเป็นข้อมูลการเงินภายใน')
    expect(text).toContain('ปีงบประมาณนี้ยังไม่สิ้นสุด ตัวเลขนับถึงวันที่ 16 พฤศจิกายน 2569')
    expect(tablesOf(text, '13').years[4]).toMatchObject({ ผล: '1', เทียบปีฐาน: '–', สรุป: 'ยังไม่สิ้นปี' })
    expect(tablesOf(text, '16').years[4]).toMatchObject({ ผล: 'แสดงเมื่อสิ้นปี' })
    expect(text).toContain('เรื่องทั่วไป 1 เรื่อง เรื่องทุจริตแสดงเมื่อสิ้นปี')
  })

  it('draws the years beside their table, with words for whoever does not see it', async () => {
    const { text } = await get('/en/indicators/2569')
    const drawing = text.split('aria-labelledby="i-13-chart i-13-desc"')[1]?.split('</svg>')[0] ?? ''
    expect(drawing).toContain('Every year of the plan: Project 13')
    for (const year of [2566, 2567, 2568, 2569, 2570]) expect(drawing).toContain(`>${year}<`)
    expect(drawing).toContain('9\u00a0*')
  })

  it('tells no number of corruption reports below 5, neither do its files', async () => {
    const page = await get('/indicators/2569')
    const parts = tablesOf(page.text, '16').parts
    const conduct = (code: string) => parts.find(({ name }) => name?.startsWith(code))?.รับเรื่อง
    expect([conduct('K1'), conduct('K2'), conduct('K3')]).toEqual(['น้อยกว่า 5', 'น้อยกว่า 5', 'น้อยกว่า 5'])
    // H1 is 2 and K5 is 1: their sum would tell it.
    expect(tablesOf(page.text, '7').years[3]).toMatchObject({
      ปีฐาน: 'ปิดไว้',
      ผล: 'ปิดไว้',
      เทียบปีฐาน: 'คำนวณไม่ได้',
    })
    const csv = csvLines((await get('/indicators/2569.csv')).text)
    const line = csv.find((one) => one.รหัส === '7' && one['ปีงบประมาณ (พ.ศ.)'] === '2569')
    expect(line).toMatchObject({ ผล: 'ปิดไว้', 'เปลี่ยนแปลง (ร้อยละ)': '' })
    const { body } = await get('/indicators/2569.json')
    const seven = body.indicators.find(({ id }: { id: string }) => id === '7')
    expect(seven.years[3].series[0]).toMatchObject({ value: null, masked: 'withheld', change: null })
    expect(seven.parts[1]).toMatchObject({
      code: 'K5',
      received: null,
      masked: 'fewer_than_5',
      baseMasked: 'fewer_than_5',
    })
  })
})

describe('the files', () => {
  it('begin and end their lines as Excel wants it, and make a source harmless that begins like a formula', async () => {
    const { portal } = office
    portal.db.sqlite.prepare("update indicator_inputs set source = '=1+1' where key = 'sv19'").run()
    portal.db.sqlite.exec('update figures_version set version = version + 1')
    const { text, headers } = await get('/indicators/2569.csv').expect(200)
    expect(text.startsWith('\uFEFFตาราง,ตัวชี้วัด,รหัส,')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(headers['content-disposition']).toBe('attachment; filename="indicators-2569.csv"')
    expect(csvLines(text).find((line) => line.รหัส === '19' && line.ที่มา)?.ที่มา).toBe("'=1+1")
  })

  it('define what the JSON counts', async () => {
    const { body } = await get('/en/indicators/2569.json').expect(200)
    expect(Object.keys(body)).toEqual([
      ...['fiscalYear', 'from', 'to', 'countedTo', 'isOver', 'lastUpdated', 'leastShown'],
      ...['indicators', 'definitions'],
    ])
    expect(body).toMatchObject({
      fiscalYear: 2569,
      from: '2025-10-01',
      countedTo: '2026-09-30',
      isOver: true,
    })
    for (const text of Object.values<string>(body.definitions)) expect(text).toMatch(/\w/)
  })
})

describe('a kept answer', () => {
  const tagOf = async (path: string) => String((await get(path).expect(200)).headers.etag)

  it('is asked for again with its validator and found unchanged', async () => {
    for (const path of [
      '/indicators',
      '/indicators/2570',
      '/indicators/2570.csv',
      '/en/indicators/2570.json',
    ]) {
      const tag = await tagOf(path)
      const again = await get(path).set('if-none-match', tag).expect(304)
      expect(again.text).toBe('')
    }
  })

  it('is made anew with a case, its finding, a decision, a category table and a typed result', async () => {
    const { portal } = office
    const seen = [await tagOf('/indicators/2570.json')]
    const changes: (() => void)[] = []
    const { id } = fileCase(portal, { categoryCode: 'A1' })
    const decision = { caseId: id, indicator: '13', counts: true, reason: 'เหตุผล' }
    changes.push(
      () => fileCase(portal, { categoryCode: 'S1' }),
      () => writeOverride(portal.db, { ...decision, decidedAt: portal.now(), decidedBy: 'วิทย์' }),
      () => setStatus(portal, id, 'in_progress'),
      () => writeSet(portal.db, 2570, '13', ['S1', 'S2']),
      () => typeIn(portal, 2570, { ita: 86 }),
    )
    for (const change of changes) {
      change()
      const tag = await tagOf('/indicators/2570.json')
      expect(seen).not.toContain(tag)
      seen.push(tag)
    }
  })

  it('is made anew when the year is over', async () => {
    const before = await tagOf('/indicators/2570')
    office.clock.set(new Date('2027-09-30T17:00:00Z'))
    expect(await tagOf('/indicators/2570')).not.toBe(before)
    const { text } = await get('/indicators/2570')
    expect(text).not.toContain('ปีงบประมาณนี้ยังไม่สิ้นสุด')
  })
})
