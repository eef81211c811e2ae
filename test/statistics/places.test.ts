import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { readPlaceCounts } from '#statistics/places-store.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileCase, setStatus } from './office.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  const counts: [category: string, village: number | null, count: number][] = [
    ['A2', 1, 12],
    ['A2', 2, 9],
    ['E1', 1, 7],
    ['E1', 2, 8],
    ['S2', 1, 2],
    ['S2', 2, 3],
    ['S2', 3, 1],
    ['A2', 3, 2],
    ['A2', null, 6],
    ['C1', null, 2],
    ['C1', 1, 9],
    ['C1', 2, 9],
    ['C1', 3, 4],
  ]
  for (const [categoryCode, villageId, count] of counts) {
    for (let n = 0; n < count; n += 1) fileCase(office.portal, { categoryCode, villageId })
  }
  fileCase(office.portal, { kind: 'question', categoryCode: 'A2', villageId: 1 })
  setStatus(office.portal, fileCase(office.portal, { villageId: 1 }).id, 'merged')
})
afterAll(() => office.close())

const page = async (path: string) => (await office.agent.get(path).expect(200)).text

describe('complaints by category and village', () => {
  it('are numbers where they are many, and words where they are few', async () => {
    const { body } = await office.agent.get('/statistics/2570/places.json').expect(200)
    const cellsOf = (code: string) =>
      body.categories.find((one: { code: string }) => one.code === code).villages
    expect(cellsOf('C1')[1]).toEqual({ code: '1', received: 9, mask: null })
    expect(cellsOf('A2')[1]).toEqual({ code: '1', received: null, mask: 'withheld' })
    for (const cell of cellsOf('S2')) {
      expect(cell).toMatchObject({ received: null, mask: expect.stringMatching(/^(fewer_than_5|withheld)$/) })
    }
    expect(body.villages[0]).toMatchObject({ code: '0', nameEn: expect.any(String) })
    const csv = await page('/statistics/2570/places.csv')
    expect(csv.split('\r\n')).toContainEqual(expect.stringMatching(/^2570,C1,.*,1,.*,9,$/))
    expect(csv.split('\r\n')).toContainEqual(expect.stringMatching(/^2570,S2,.*,,(น้อยกว่า 5|ปิดไว้)$/))
    const html = await page('/statistics/2570/places')
    expect(html).toContain('น้อยกว่า 5')
    expect(html).toContain('/statistics/2570/places ข้อมูล ณ วันที่ 16 พฤศจิกายน 2569')
    expect(html).toContain('>9<')
    expect(html).toContain('อีก 2 ประเภทไม่มีหมู่บ้านใดที่แสดงจำนวนได้')
  })

  it('say in English what they say in Thai', async () => {
    const html = await page('/en/statistics/2570/places')
    expect(html).toContain('Fewer than 5')
    expect(html).toContain('Moo 1')
  })

  it('say plainly that a tiny office has too few of them', async () => {
    office.clock.set(new Date('2027-11-16T03:00:00Z'))
    expect(await page('/statistics/2571/places')).toContain('ยังไม่มีเรื่องที่ได้รับในปีงบประมาณนี้')
    fileCase(office.portal, { villageId: 2 })
    const html = await page('/statistics/2571/places')
    expect(html).toContain('จึงปิดไว้ทุกช่อง')
    expect(html).not.toContain('sg-places')
  })

  it('are reached from the year, at an address that stays', async () => {
    expect(await page('/statistics/2570')).toContain('href="/statistics/2570/places"')
    const { headers } = await office.agent.get('/statistics/๒๕๗๐/places').expect(301)
    expect(headers.location).toBe('/statistics/2570/places')
    await office.agent.get('/statistics/2500/places').expect(404)
    await office.agent.get('/statistics/x/places.json').expect(404)
  })

  it('are told apart by the halves in which they came and ended, to the day', () => {
    const { portal } = office
    const file = (on: string, finishedOn: string | null) => {
      const { id } = fileCase(portal, { villageId: 4, receivedAt: instantOf(on, 12, 0) })
      if (finishedOn) setStatus(portal, id, 'closed', finishedOn)
    }
    file('2025-10-01', '2026-03-31')
    file('2026-03-31', '2026-04-01')
    file('2026-04-01', null)
    file('2026-09-30', '2026-09-30')
    file('2026-09-30', '2026-10-01')
    const own = { categoryCode: 'A2', village: '4', count: 1 }
    expect(readPlaceCounts(portal.db, 2569)).toEqual([
      { ...own, receivedIn: 'h1', finishedIn: '2026-1' },
      { ...own, receivedIn: 'h1', finishedIn: '2026-2' },
      { ...own, receivedIn: 'h2', finishedIn: '' },
      { ...own, receivedIn: 'h2', finishedIn: '2026-2' },
      { ...own, receivedIn: 'h2', finishedIn: '2027-1' },
    ])
  })

  it('are kept until a case changes', async () => {
    const tagOf = async () =>
      (await office.agent.get('/statistics/2570/places.json').expect(200)).headers.etag
    const tag = await tagOf()
    await office.agent.get('/statistics/2570/places.json').set('if-none-match', `${tag}`).expect(304)
    office.clock.addMinutes(1)
    setStatus(office.portal, 1, 'closed', '2026-11-20')
    expect(await tagOf()).not.toBe(tag)
  })
})
