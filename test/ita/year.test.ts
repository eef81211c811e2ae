import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileCase, wordsOf } from '../complaints-staff/desk.ts'
import { openTestChannel } from '../sealed/channel.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { publishManual, publishPage } from './library.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

function publishAll(one: TestPortal): void {
  publishManual(one, 'manual_corruption')
  publishPage(one, 'community-forum', 'กำหนดการเวทีประชาคม ปี 2570')
  publishPage(one, 'satisfaction-2570', 'รายงานผลการสำรวจความพึงพอใจ')
}

/** Our own pages that a page leads to. */
async function linksOf(one: TestPortal, path: string): Promise<string[]> {
  const { text } = await one.agent.get(path)
  const links = [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, href]) => `${href}`.replaceAll('&amp;', '&'))
  return [...new Set(links)].filter((href) => !href.startsWith('/staff'))
}

/** The words of an item's part of the page. */
async function itemWords(one: TestPortal, item: string, path = '/ita/2570'): Promise<string> {
  const { text } = await one.agent.get(path)
  const part = text.split(`id="${item}" aria`)[1]?.split('</section>')[0] ?? ''
  return part.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
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

  it('leads only to pages that there are, and not to a channel that is closed', async () => {
    publishAll(office)
    for (const prefix of ['', '/en']) {
      const links = await linksOf(office, `${prefix}/ita/2570`)
      expect(links).toEqual(
        expect.arrayContaining([
          `${prefix}/documents/corruption-manual`,
          `${prefix}/documents/community-forum`,
          `${prefix}/documents/satisfaction-2570`,
          `${prefix}/statistics/2570`,
          `${prefix}/complaints/new`,
          `${prefix}/complaints/new?kind=suggestion`,
          `${prefix}/track`,
        ]),
      )
      const { text } = await office.agent.get(`${prefix}/ita/2570`)
      const [main = ''] = text.split('<main')[1]?.split('</main>') ?? []
      expect(main).not.toContain('/safe"')
      for (const href of links.filter((link) => link !== `${prefix}/safe`))
        expect([href, (await office.agent.get(href)).status]).toEqual([href, 200])
    }
  })

  it('shows when a document was published and when a figure last changed', async () => {
    expect(await itemWords(office, 'guideline')).toContain('ปรับปรุงล่าสุด 16 พฤศจิกายน 2569')
    office.clock.addDays(3)
    fileCase(office)
    expect(await itemWords(office, 'service_statistics')).toContain('ปรับปรุงล่าสุด 19 พฤศจิกายน 2569')
    expect(await itemWords(office, 'guideline')).toContain('ปรับปรุงล่าสุด 16 พฤศจิกายน 2569')
  })

  it('is said to be in preparation where the guideline lacks a heading', async () => {
    publishManual(office, 'manual_corruption', (sections) => sections.slice(1))
    expect(await itemWords(office, 'guideline')).toContain('อยู่ระหว่างจัดทำ')
    const words = wordsOf(await office.agent.get('/ita/2570'))
    expect(words).not.toContain('วิธีการที่บุคคลภายนอกจะทำการร้องเรียน')
  })
})

describe('with the sealed channel open', () => {
  let open: TestPortal
  beforeAll(async () => {
    open = await startTestPortal()
    await openTestChannel(open)
    publishAll(open)
  })
  afterAll(() => open.close())

  const missing = async () => wordsOf(await (await open.signIn('admin')).get('/staff/admin/ita?year=2570'))

  it('has the channel at once, and its numbers when the first month is over', async () => {
    expect(await itemWords(open, 'channel')).toContain('เปิดให้บริการและเป็นปัจจุบัน ณ วันที่ 16 พฤศจิกายน 2569')
    expect(await itemWords(open, 'statistics')).toContain('อยู่ระหว่างจัดทำ')
    expect(await missing()).toContain('ครบแล้ว 6 จาก 7 ข้อ')
    open.clock.set(new Date('2026-12-01T03:00:00Z'))
    const statistics = await itemWords(open, 'statistics')
    expect(statistics).toContain('เผยแพร่แล้ว')
    expect(statistics).toContain('http://localhost:3000/statistics/2570/corruption')
  })

  it('is complete, for the public and for the administrator, and every link is there', async () => {
    expect(wordsOf(await open.agent.get('/ita/2570')).match(/เผยแพร่แล้ว/g)).toHaveLength(7)
    const words = await missing()
    expect(words).toContain('ครบแล้ว 7 จาก 7 ข้อ')
    expect(words).not.toContain('ยังไม่ครบ')
    for (const prefix of ['', '/en']) {
      const links = await linksOf(open, `${prefix}/ita/2570`)
      expect(links).toEqual(
        expect.arrayContaining([`${prefix}/safe`, `${prefix}/statistics/2570/corruption`]),
      )
      for (const href of links) expect([href, (await open.agent.get(href)).status]).toEqual([href, 200])
    }
  })

  it('has no numbers of a year before it', async () => {
    expect(await itemWords(open, 'statistics', '/ita/2569')).not.toContain('เผยแพร่แล้ว')
  })

  it('writes the manual from the channel’s own order, posts and times', async () => {
    const admin = await open.signIn('admin')
    const begun = await post(admin, '/staff/admin/documents/draft', { kind: 'manual_corruption' })
    const draft = await admin.get(String(begun.headers.location))
    expect(draft.text).toContain('12/2570')
    expect(draft.text).toContain('เจ้าหน้าที่ผู้รับเรื่อง')
    expect(draft.text).not.toContain('[กรอกเลขที่คำสั่ง')
  })
})
