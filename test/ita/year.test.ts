import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { yearView } from '#ita/year-page.ts'
import { createUi } from '#web/views.ts'
import { fileCase, wordsOf } from '../complaints-staff/desk.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { OPEN_CHANNEL, publishManual, publishPage } from './library.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const view = (year = 2570) => {
  const { portal } = office
  const ui = createUi({
    ...{ url: `/ita/${year}`, zone: 'public', office: portal.office() },
    ...{ assets: portal.assets.urls, now: portal.now() },
  })
  return yearView(portal, OPEN_CHANNEL, year, ui)
}

describe('the page of a fiscal year', () => {
  it('says plainly what is not there yet, and tells the public no more than that', async () => {
    const page = await office.agent.get('/ita/2570')
    expect(page.status).toBe(200)
    const words = wordsOf(page)
    expect(words.match(/อยู่ระหว่างจัดทำ/g)).toHaveLength(4)
    expect(words.match(/เผยแพร่แล้ว/g)).toHaveLength(2)
    expect(words).toMatch(/รายงานผลการสำรวจความพึงพอใจการให้บริการ ยังไม่มี/)
    expect(words).toContain('เลขข้อของปีงบประมาณนี้ยังไม่ประกาศ')
    expect(words).not.toContain('community-forum')
    expect(words).not.toContain('ยังไม่เปิดรับเรื่อง')
  })

  it('has the seven items in their order, each with an anchor, what is wanted and its number', async () => {
    const { text } = await office.agent.get('/ita/2568')
    expect([...text.matchAll(/<section[^>]* id="(\w+)"/g)].map(([, id]) => id)).toEqual([
      'guideline',
      'channel',
      'statistics',
      'participation',
      'e_service',
      'service_statistics',
      'satisfaction',
    ])
    const words = wordsOf(await office.agent.get('/ita/2568'))
    for (const number of ['O17', 'O18', 'O19', 'O20', 'O10', 'O11']) expect(words).toContain(`ข้อ ${number} `)
    expect(words).toContain('ไม่ระบุเลขข้อ รายงานผลการสำรวจ')
    expect(words).not.toContain('ยังไม่ประกาศ')
  })

  it('tells its own address and the day, for paper', async () => {
    expect(wordsOf(await office.agent.get('/ita/2570'))).toContain(
      'ที่อยู่ของหน้านี้ http://localhost:3000/ita/2570 เปิดดูเมื่อวันที่ 16 พฤศจิกายน 2569',
    )
    expect(wordsOf(await office.agent.get('/en/ita/2570'))).toContain(
      'Address of this page: http://localhost:3000/en/ita/2570 Seen on 16 November 2026',
    )
  })

  it('stands at a stable address: the newest by itself, in Thai digits too, and no other year', async () => {
    const newest = await office.agent.get('/ita')
    expect(wordsOf(newest)).toBe(wordsOf(await office.agent.get('/ita/2570')))
    expect(wordsOf(await office.agent.get('/en/ita'))).toContain('http://localhost:3000/en/ita/2570')
    const thai = await office.agent.get(`/ita/${encodeURIComponent('๒๕๗๐')}`)
    expect([thai.status, thai.headers.location]).toEqual([301, '/ita/2570'])
    for (const year of ['2565', '2571', 'x', '02570', '2570.5', '2570.pdf.pdf'])
      expect((await office.agent.get(`/ita/${year}`)).status).toBe(404)
  })

  it('leads only to pages that there are', async () => {
    publishManual(office, 'manual_corruption')
    publishPage(office, 'community-forum', 'กำหนดการเวทีประชาคม ปี 2570')
    publishPage(office, 'satisfaction-2570', 'รายงานผลการสำรวจความพึงพอใจ')
    for (const prefix of ['', '/en']) {
      const { text } = await office.agent.get(`${prefix}/ita/2570`)
      const links = [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, href]) =>
        `${href}`.replaceAll('&amp;', '&'),
      )
      const ours = [...new Set(links)].filter((href) => !href.startsWith('/staff'))
      expect(ours).toEqual(
        expect.arrayContaining([
          `${prefix}/documents/corruption-manual`,
          `${prefix}/documents/community-forum`,
          `${prefix}/documents/satisfaction-2570`,
          `${prefix}/safe`,
          `${prefix}/statistics/2570`,
          `${prefix}/complaints/new`,
          `${prefix}/complaints/new?kind=suggestion`,
          `${prefix}/track`,
        ]),
      )
      for (const href of ours) expect([href, (await office.agent.get(href)).status]).toEqual([href, 200])
    }
  })

  it('is complete where everything is there, the sealed channel’s part as it was handed in', () => {
    const { items } = view()
    expect(items.filter(({ isComplete }) => !isComplete)).toEqual([])
    const channel = items.find(({ item }) => item === 'channel')
    expect(channel?.updated).toBe('เปิดให้บริการและเป็นปัจจุบัน ณ วันที่ 16 พฤศจิกายน 2569')
    const statistics = items.find(({ item }) => item === 'statistics')
    expect(statistics?.links.map(({ address }) => address)).toEqual([
      'http://localhost:3000/statistics/2570/corruption',
      'http://localhost:3000/statistics/2570',
    ])
  })

  it('shows when a document was published and when a figure last changed', () => {
    const updated = (item: string) => view().items.find((one) => one.item === item)?.updated
    expect(updated('guideline')).toBe('ปรับปรุงล่าสุด 16 พฤศจิกายน 2569')
    office.clock.addDays(3)
    fileCase(office)
    expect(updated('service_statistics')).toBe('ปรับปรุงล่าสุด 19 พฤศจิกายน 2569')
    expect(updated('guideline')).toBe('ปรับปรุงล่าสุด 16 พฤศจิกายน 2569')
  })

  it('is said to be in preparation where the guideline lacks a heading', async () => {
    publishManual(office, 'manual_corruption', (sections) => sections.slice(1))
    const guideline = view().items.find(({ item }) => item === 'guideline')
    expect([guideline?.isComplete, guideline?.status]).toEqual([false, 'อยู่ระหว่างจัดทำ'])
    const words = wordsOf(await office.agent.get('/ita/2570'))
    expect(words).not.toContain('วิธีการที่บุคคลภายนอกจะทำการร้องเรียน')
  })
})
