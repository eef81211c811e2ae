import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, newPage } from '../support/browser.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { inThaiDigits, photo, pictureWidths, press, signIn, statisticsOn, track, wordsOf } from './people.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const SUBJECT = 'ไฟทางดับหน้าวัดเมืองใหม่'
const DETAIL = 'ไฟทางดับมาห้าคืนแล้ว มืดมาก\nคนแก่เดินไปวัดตอนเช้ามืดลำบาก'
const QUESTION = 'เสาไฟต้นที่ดับมีเลขอะไร\nถ้าไม่เห็นเลข ส่งภาพเสามาได้'
const ANSWER = 'เสาต้นที่สามจากประตูวัด ส่งภาพมาให้แล้ว'
const NOTE = 'หลอดหมดสต็อก ยืมจากสนามกีฬาไปก่อน'
const RESULT = 'เปลี่ยนหลอดไฟและสายที่ขาดแล้วเมื่อวันที่ 18 พฤศจิกายน 2569\nทดลองเปิดสองคืน ไฟติดปกติ'
const CAUSE = 'สายไฟเก่าชำรุด'
const REASON = 'เมื่อคืนไฟดับอีกแล้วครับ'

/** The words alone: the preview sets some of them side by side that stand below each other in tracking. */
const withoutLayout = (text: string): string => text.replace(/ขั้นต่อไป:|สรุปผล:|[\s()]/g, '')

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('a complaint from the phone to the statistics and back, %s', (_how, javaScript) => {
  let site: TestPortal
  let citizen: Page
  let nid: Page
  let chai: Page
  let number = ''
  let code = ''

  const open = (width: number) => newPage(browser, { width, javaScript, baseURL: site.app.listeningOrigin })

  const statistics = async () => {
    const visitor = await open(360)
    const figures = await statisticsOn(visitor)
    await visitor.context().close()
    return figures
  }
  const everywhere = (...figures: string[]) => ({ year: figures, months: figures, category: figures })

  const openCase = async (officer: Page, view: RegExp) => {
    await officer.goto('/staff')
    await press(officer.getByRole('navigation', { name: 'รายการงาน' }).getByRole('link', { name: view }))
    await press(officer.getByRole('link', { name: number }))
    await officer.getByRole('heading', { level: 1, name: SUBJECT }).waitFor()
  }
  const saved = (officer: Page) => officer.getByRole('alert', { name: 'บันทึกแล้ว' }).innerText()

  /** Reads the preview, sends it, and gives back line by line what it promised the citizen would see. */
  async function sendPreviewed(officer: Page, button: string): Promise<string[]> {
    const preview = officer.getByRole('region', { name: 'ผู้ร้องเห็น ในหน้าติดตามเรื่อง' })
    const promised = (await preview.locator('.sg-paper').innerText()).split('\n')
    await press(officer.getByRole('button', { name: button }))
    return promised.map(withoutLayout).filter((line) => line !== '')
  }

  beforeAll(async () => {
    site = await startTestPortal()
    citizen = await open(360)
    nid = await open(1280)
    chai = await open(1280)
  })
  afterAll(async () => {
    await Promise.all([citizen, nid, chai].map((page) => page.context().close()))
    await site.close()
  })

  it('begins in a year without complaints', async () => {
    expect(await statistics()).toEqual(everywhere('0', '0', '0', '0'))
  })

  it('fails at first, and keeps everything typed and both photos', async () => {
    await citizen.goto('/')
    await press(citizen.getByRole('link', { name: 'แจ้งเรื่องร้องเรียน' }).first())
    await citizen.getByLabel('เรื่องเกี่ยวกับอะไร').selectOption({ label: 'ไฟฟ้าสาธารณะ (ไฟทาง) ดับหรือชำรุด' })
    await citizen.getByLabel('หัวข้อเรื่อง').fill(SUBJECT)
    await citizen.getByLabel('รายละเอียด').fill(DETAIL)
    await citizen.getByLabel('ชื่อ – นามสกุล').fill('ยายแก้ว ใจดี')
    await citizen
      .getByLabel('แนบภาพหรือเอกสาร')
      .setInputFiles([await photo('เสาไฟ.jpg', '#334455'), await photo('ถนนมืด.jpg', '#111111')])
    await press(citizen.getByRole('button', { name: 'ส่งเรื่อง' }))

    const summary = citizen.getByRole('alert').filter({ hasText: 'กรุณาแก้ไขข้อมูล' })
    expect(await summary.getByRole('link').allInnerTexts()).toEqual([
      'กรุณาระบุหมู่บ้านหรือจุดสังเกตอย่างใดอย่างหนึ่ง',
      'กรุณาอ่านและกดรับทราบประกาศความเป็นส่วนตัว',
    ])
    expect(await citizen.getByLabel('หัวข้อเรื่อง').inputValue()).toBe(SUBJECT)
    expect(await citizen.getByLabel('รายละเอียด').inputValue()).toBe(DETAIL)
    expect(await citizen.getByLabel('ชื่อ – นามสกุล').inputValue()).toBe('ยายแก้ว ใจดี')
    expect(await citizen.getByLabel('เรื่องเกี่ยวกับอะไร').inputValue()).toBe('A2')
    const kept = citizen.getByRole('list', { name: 'ไฟล์ที่แนบไว้แล้ว' }).getByRole('listitem')
    expect((await kept.allInnerTexts()).map((text) => text.split(/\s/)[0])).toEqual([
      'เสาไฟ.jpg',
      'ถนนมืด.jpg',
    ])
    expect(await statistics()).toEqual(everywhere('0', '0', '0', '0'))
  })

  it('is mended and sent, and answered with number, code and due date, without any cookie', async () => {
    await citizen.getByRole('link', { name: 'กรุณาระบุหมู่บ้าน' }).click()
    await citizen.getByLabel('สถานที่หรือจุดสังเกต').fill('หน้าวัดเมืองใหม่')
    await citizen.getByLabel('ข้าพเจ้ารับทราบประกาศความเป็นส่วนตัวแล้ว').check()
    await press(citizen.getByRole('button', { name: 'ส่งเรื่อง' }))

    await citizen.getByRole('heading', { name: 'รับเรื่องของท่านแล้ว' }).waitFor()
    const slip = await citizen.getByRole('region', { name: 'ใบรับเรื่องร้องเรียน / ร้องทุกข์' }).innerText()
    number = /รท \d{4}\/2570/.exec(slip)?.[0] ?? ''
    code = /\d{4} \d{4} \d{4}/.exec(slip)?.[0] ?? ''
    expect(number).toBe('รท 0001/2570')
    expect(code).not.toBe('')
    for (const words of [
      '16 พฤศจิกายน 2569 เวลา 10.00 น.',
      '2 ไฟล์',
      'กองช่าง',
      '1 ธันวาคม 2569',
      'วันรับเรื่อง 16 พฤศจิกายน 2569 ไม่นับ',
      'วันที่ 15 คือ 1 ธันวาคม 2569 เป็นวันครบกำหนด',
    ]) {
      expect(slip).toContain(words)
    }
    expect(await citizen.context().cookies()).toEqual([])
    expect(await statistics()).toEqual(everywhere('0', '1', '0', '1'))
  })

  it('is found by the centre, registered and assigned', async () => {
    await signIn(nid, 'nid')
    expect(await nid.getByRole('heading', { level: 1 }).innerText()).toBe('รอตรวจรับ')
    await openCase(nid, /^รอตรวจรับ 1/)
    expect(await pictureWidths(nid)).toEqual([640, 640])
    await press(nid.getByRole('button', { name: 'ลงทะเบียนรับเรื่อง' }))
    expect(await saved(nid)).toContain('ลงทะเบียนรับเรื่องแล้ว')
    await press(nid.getByRole('link', { name: 'มอบหมาย' }))
    await nid.getByLabel('หน่วยงานที่รับผิดชอบ').selectOption({ label: 'กองช่าง' })
    await press(nid.getByRole('button', { name: 'มอบหมาย' }))
    expect(await saved(nid)).toContain('มอบหมายแล้ว')
  })

  it('is accepted by the unit, which asks the citizen a question', async () => {
    await signIn(chai, 'chai')
    await openCase(chai, /^งานของหน่วยงาน 1/)
    await press(chai.getByRole('button', { name: 'รับดำเนินการ' }))
    expect(await saved(chai)).toContain('รับดำเนินการแล้ว')
    await press(chai.getByRole('link', { name: 'ขอข้อมูลเพิ่มเติม' }))
    await chai.getByLabel('คำถามถึงผู้ร้อง').fill(QUESTION)
    await press(chai.getByRole('button', { name: 'ดูตัวอย่างก่อนยืนยัน' }))
    const promised = await sendPreviewed(chai, 'ส่งคำถามถึงผู้ร้อง')
    expect(promised.join('')).toContain(withoutLayout(QUESTION))
    expect(await saved(chai)).toContain('ส่งคำถามถึงผู้ร้องแล้ว')

    site.clock.addMinutes(30)
    await track(citizen, inThaiDigits(number), inThaiDigits(code))
    const words = withoutLayout(await wordsOf(citizen))
    for (const line of promised) expect(words).toContain(line)
  })

  it('is answered by the citizen with another photo', async () => {
    const asked = await citizen.getByRole('region', { name: 'เจ้าหน้าที่ถามว่า' }).innerText()
    expect(asked).toContain(QUESTION)
    await citizen.getByLabel('ข้อความ', { exact: true }).fill(ANSWER)
    await citizen.getByLabel('แนบภาพหรือเอกสาร').setInputFiles(await photo('เสาต้นที่สาม.jpg', '#226622'))
    await press(citizen.getByRole('button', { name: 'ส่งคำตอบ' }))
    expect(await citizen.getByRole('alert', { name: 'เรียบร้อย' }).innerText()).toContain('ส่งคำตอบแล้ว')

    await openCase(chai, /^งานของฉัน 1/)
    const talk = chai.getByRole('region', { name: /^ข้อความกับผู้ร้อง/ })
    expect(await talk.innerText()).toContain(ANSWER)
    expect(await talk.getByRole('link', { name: 'เสาต้นที่สาม.jpg' }).count()).toBe(1)
    expect(await statistics()).toEqual(everywhere('0', '1', '0', '1'))
  })

  it('keeps a note among colleagues out of everything the citizen gets', async () => {
    await chai.getByLabel('ข้อความถึงเพื่อนร่วมงาน').fill(NOTE)
    await press(chai.getByRole('button', { name: 'บันทึกภายใน (ผู้ร้องไม่เห็น)' }))
    expect(await wordsOf(chai)).toContain(NOTE)
    await citizen.goto('/track/case')
    expect(await wordsOf(citizen)).toContain(ANSWER)
    expect(await citizen.content()).not.toContain(NOTE)
  })

  it('is concluded, and the citizen reads exactly what the preview showed', async () => {
    await press(chai.getByRole('link', { name: 'สรุปผลและแจ้งผู้ร้อง' }))
    await chai.getByLabel('ผลการดำเนินการ').fill(RESULT)
    await chai.getByLabel('แก้ไขแล้ว', { exact: true }).check()
    await chai.getByLabel('มีมูล', { exact: true }).check()
    await chai.getByLabel('สาเหตุของปัญหา').fill(CAUSE)
    await chai.getByLabel('แนวทางป้องกันไม่ให้เกิดซ้ำ').fill('ตรวจสายไฟทุกหกเดือน')
    await chai.getByLabel('ภาพหลังดำเนินการ').setInputFiles(await photo('ไฟติดแล้ว.jpg', '#ffeeaa'))
    await press(chai.getByRole('button', { name: 'ดูตัวอย่างก่อนยืนยัน' }))
    const promised = await sendPreviewed(chai, 'ส่งผลให้ผู้ร้อง')
    expect(promised.join('')).toContain(withoutLayout(RESULT))
    expect(promised.join('')).toContain('ไฟติดแล้ว.jpg')

    await citizen.goto('/track/case')
    const words = withoutLayout(await wordsOf(citizen))
    for (const line of promised) expect(words).toContain(line)
    const result = await citizen.getByRole('region', { name: 'ผลการดำเนินการ' }).innerText()
    expect(result).toContain(RESULT)
    expect(result).toContain('สรุปผล: แก้ไขแล้ว')
    await citizen.getByText('เรื่องที่ท่านแจ้ง', { exact: true }).click()
    expect(await pictureWidths(citizen)).toEqual([640, 640, 640, 640])
    for (const secret of [NOTE, CAUSE, 'มีมูล', 'ตรวจสายไฟทุกหกเดือน', 'ชัย']) {
      expect(await citizen.content()).not.toContain(secret)
    }
    expect(await statistics()).toEqual(everywhere('0', '1', '1', '0'))
  })

  it('is reopened with a reason, and counts as in progress again', async () => {
    await press(citizen.getByRole('link', { name: 'ปัญหายังไม่ได้รับการแก้ไข' }))
    await citizen.getByLabel('ปัญหาที่ยังเหลืออยู่คืออะไร').fill(REASON)
    await press(citizen.getByRole('button', { name: 'ขอเปิดเรื่องอีกครั้ง' }))
    expect(await citizen.getByRole('alert', { name: 'เรียบร้อย' }).innerText()).toContain('เปิดเรื่องอีกครั้งแล้ว')
    expect(await citizen.getByRole('region', { name: 'สถานะปัจจุบัน' }).innerText()).toContain('เปิดเรื่องอีกครั้ง')
    expect(await statistics()).toEqual(everywhere('0', '1', '0', '1'))

    await openCase(chai, /^ขอเปิดเรื่องอีกครั้ง 1/)
    expect(await wordsOf(chai)).toContain(REASON)
  })
})
