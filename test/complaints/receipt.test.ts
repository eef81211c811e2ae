import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateCategory } from '#settings/store.ts'
import { drawQr } from '#web/qr.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { COMPLAINT, file, newForm, send, slipOf, wordsOf } from './citizen.ts'
import { caseOf } from './officer.ts'

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal()
})
afterAll(() => site.close())

describe('the receipt', () => {
  it('tells number, code in groups of four, time, unit and what comes next', async () => {
    const answer = await file(site)
    const slip = slipOf(answer)
    expect(slip.number).toBe('รท 0001/2570')
    expect(slip.code).toMatch(/^\d{4} \d{4} \d{4}$/)
    const words = wordsOf(answer.text)
    for (const part of [
      '16 พฤศจิกายน 2569 เวลา 10.00 น.',
      'กองช่าง',
      'ไฟทางดับหน้าวัด',
      'เจ้าหน้าที่ตรวจรับและส่งให้หน่วยงานที่รับผิดชอบภายใน 1 วันทำการ',
      'ผลการดำเนินการจะแสดงเป็นลายลักษณ์อักษรในหน้าติดตามเรื่อง',
      '038 123 456',
    ]) {
      expect(words).toContain(part)
    }
  })

  it('shows the due date with its working: day zero, the first day, the fifteenth, the mode', async () => {
    const words = wordsOf((await file(site)).text)
    expect(words).toContain('วันรับเรื่อง 16 พฤศจิกายน 2569 ไม่นับ')
    expect(words).toContain('วันที่ 1 คือ 17 พฤศจิกายน 2569')
    expect(words).toContain('วันที่ 15 คือ 1 ธันวาคม 2569 เป็นวันครบกำหนด')
    expect(words).toContain('นับทุกวันตามปฏิทิน รวมวันหยุด')
  })

  it('counts by the shorter promise of a category, and as promised then when it is shown again', async () => {
    updateCategory(site.portal.db, 'A3', { targetDays: 3 })
    site.portal.settings.changed()
    const token = await newForm(site.agent)
    const form = { token, ...COMPLAINT, category: 'A3' }
    expect(wordsOf((await send(site.agent, '/complaints', form)).text)).toContain(
      'วันที่ 3 คือ 19 พฤศจิกายน 2569 เป็นวันครบกำหนด',
    )
    updateCategory(site.portal.db, 'A3', { targetDays: null })
    site.portal.settings.changed()
    expect(wordsOf((await send(site.agent, '/complaints', form)).text)).toContain('วันที่ 3 คือ 19 พฤศจิกายน')
  })

  it('of a kind without the duty says so instead of a date', async () => {
    const words = wordsOf((await file(site, { kind: 'praise', category: '' })).text)
    expect(words).toContain('เรื่องประเภทนี้ไม่มีกำหนด 15 วัน')
    expect(words).not.toContain('วันครบกำหนด')
  })

  it('in English has the days in English and the same number', async () => {
    const token = await newForm(site.agent, '/en/complaints/new')
    const words = wordsOf((await send(site.agent, '/en/complaints', { token, ...COMPLAINT })).text)
    expect(words).toContain('The day we received it, 16 November 2026, is not counted')
    expect(words).toContain('Day 15 is 1 December 2026: the due date')
    expect(words).toMatch(/รท \d{4}\/2570/)
    expect(words).toContain('Public Works Division')
  })

  it('filed a minute before and after midnight in Bangkok falls on two days', async () => {
    site.clock.set(new Date('2026-11-20T16:59:30Z'))
    expect(caseOf(site, slipOf(await file(site))).dueOn).toBe('2026-12-05')
    site.clock.addMinutes(1)
    expect(caseOf(site, slipOf(await file(site))).dueOn).toBe('2026-12-06')
  })

  it('has the code in no address, no database column and no log of the page', async () => {
    const answer = await file(site)
    const { code, number } = slipOf(answer)
    const digits = code.replaceAll(' ', '')
    expect(answer.text).not.toContain(digits)
    expect(answer.text).not.toMatch(/(href|action|src)="[^"]*(code|\d{4} \d{4} \d{4})/)
    const row = caseOf(site, { number })
    expect(JSON.stringify(row)).not.toContain(digits)
  })

  it('leads to tracking with the number filled in', async () => {
    const { text } = await file(site)
    const href = /href="(\/track\?number=[^"]+)"/.exec(text)?.[1] ?? ''
    expect(href).toMatch(/^\/track\?number=RT-2570-\d{4}$/)
    const page = await site.agent.get(href)
    expect(page.text).toMatch(/id="number" name="number" type="text" value="รท \d{4}\/2570"/)
  })

  it('tells of a mail only where there is a mail server, and never the whole address', async () => {
    const silent = await file(site, { email: 'somchai@example.com' })
    expect(wordsOf(silent.text)).not.toContain('example.com')
    const posting = await startTestPortal({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
    try {
      const words = wordsOf((await file(posting, { email: 'somchai@example.com' })).text)
      expect(words).toContain('so***@example.com')
      expect(words).not.toContain('somchai@')
    } finally {
      await posting.close()
    }
  })
})

describe('the QR code', () => {
  it('holds the address of tracking with the number alone', async () => {
    const { text } = await file(site)
    const number = /number=(RT-2570-\d{4})/.exec(text)?.[1]
    const path = / d="(M[^"]+)" fill="#000"/.exec(text)?.[1]
    expect(path).toBe(drawQr(`http://localhost:3000/track?number=${number}`).path)
  })

  it('is drawn module for module, with a quiet zone of four', () => {
    const { modules } = QRCode.create('http://localhost:3000/track', { errorCorrectionLevel: 'M' })
    const { path, size } = drawQr('http://localhost:3000/track')
    expect(size).toBe(modules.size + 8)
    const drawn = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`))
    for (let y = 0; y < modules.size; y += 1) {
      for (let x = 0; x < modules.size; x += 1) {
        expect(drawn.has(`${x + 4},${y + 4}`)).toBe(Boolean(modules.get(x, y)))
      }
    }
  })
})
