import type { Response } from 'supertest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestChannel } from '../sealed/channel.ts'
import { furthestRight, infoOf, pagesOf } from '../support/poppler.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { publishManual, publishPage } from './library.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
  await openTestChannel(office)
  publishManual(office, 'manual_corruption')
})
afterAll(() => office.close())

async function fetchPdf(path = '/ita/2569.pdf'): Promise<Response & { body: Buffer }> {
  return await office.agent
    .get(path)
    .buffer()
    .parse((response, done) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => done(null, Buffer.concat(chunks)))
    })
}

// A long heading takes two lines.
const squeezed = (lines: string[]) => lines.join('').replaceAll(' ', '')

it('the evidence sheet names the year, the office, each item with its number, and where it is shown', async () => {
  const { status, headers, body } = await fetchPdf()
  expect([status, headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(headers['content-disposition']).toBe('inline; filename="ita-2569.pdf"')
  const lines = pagesOf(body).flat()
  expect(lines.slice(0, 4)).toEqual([
    'ข้อมูลสาธารณะเพื่อการประเมิน ITA ปีงบประมาณ พ.ศ. 2569',
    'องค์การบริหารส่วนตำบลเมืองใหม่',
    'ที่อยู่ของหน้านี้ http://localhost:3000/ita/2569',
    'พิมพ์เมื่อวันที่ 16 พฤศจิกายน 2569',
  ])
  for (const line of [
    '1. แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ (ข้อ O16)',
    'เผยแพร่แล้ว · ปรับปรุงล่าสุด 16 พฤศจิกายน 2569',
    'คู่มือเรื่องร้องเรียนการทุจริต',
    'http://localhost:3000/documents/corruption-manual',
    '2. ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ (ข้อ O17)',
    'http://localhost:3000/safe',
    '5. E-Service (ข้อ O10)',
    '7. รายงานผลการสำรวจความพึงพอใจการให้บริการ (ไม่ระบุเลขข้อ)',
    'ยังไม่มี',
  ]) {
    expect(squeezed(lines)).toContain(squeezed([line]))
  }
})

it('is A4, tagged, titled and in Thai, keeps its margins and numbers its pages', async () => {
  const { body } = await fetchPdf()
  const info = infoOf(body)
  expect(info).toContain('Title: ข้อมูลสาธารณะเพื่อการประเมิน ITA ปีงบประมาณ พ.ศ. 2569')
  expect(info).toContain('Tagged: yes')
  expect(info).toMatch(/Page size: 595\.\d+ x 841\.\d+ pts \(A4\)/)
  expect(infoOf(body, '-struct').match(/\bH[12] /g)?.length).toBe(8)
  expect(furthestRight(body)).toBeLessThan(595 - 50)
  const pages = pagesOf(body)
  pages.forEach((page, index) => {
    expect(page.at(-1)).toContain('http://localhost:3000/ita/2569 · พิมพ์เมื่อวันที่ 16 พฤศจิกายน 2569')
    expect(page.at(-1)?.replaceAll(' ', '')).toMatch(new RegExp(`${index + 1}/${pages.length}$`))
  })
})

it('is made once, and anew when something on it has changed', async () => {
  const first = (await fetchPdf('/ita/2570.pdf')).body
  expect((await fetchPdf('/ita/2570.pdf')).body.equals(first)).toBe(true)
  publishPage(
    office,
    'satisfaction-2570',
    'รายงานผลการสำรวจ ก่อนและหลังการปรับปรุงบริการของกองช่าง ประจำปีงบประมาณ พ.ศ. 2570 รอบหกเดือนแรก',
  )
  const lines = pagesOf((await fetchPdf('/ita/2570.pdf')).body).flat()
  expect(lines).toContain('http://localhost:3000/documents/satisfaction-2570')
  expect(lines).toContain('เลขข้อของปีงบประมาณนี้ยังไม่ประกาศ')
  office.clock.addDays(1)
  expect(pagesOf((await fetchPdf('/ita/2570.pdf')).body).flat()).toContain('พิมพ์เมื่อวันที่ 17 พฤศจิกายน 2569')
})

it('carries a note that holds what no font can draw', async () => {
  const { sqlite } = office.portal.db
  sqlite.exec(
    "update ita_items set note = '#let x = 1 *หนา* 😀 พื้นฐานนั้น' where fiscal_year = 2569 and item = 'channel'",
  )
  expect(pagesOf((await fetchPdf()).body).flat()).toContain('#let x = 1 *หนา* พื้นฐานนั้น')
})

it('exists for the years that have a page, in Thai', async () => {
  for (const path of ['/ita/2565.pdf', '/ita/x.pdf', '/en/ita/2569.pdf'])
    expect((await office.agent.get(path)).status).toBe(404)
  const thai = await office.agent.get(`/ita/${encodeURIComponent('๒๕๖๙')}.pdf`)
  expect([thai.status, thai.headers.location]).toEqual([301, '/ita/2569.pdf'])
})
