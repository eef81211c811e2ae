import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accept } from '#complaints/accept.ts'
import { askInfo } from '#complaints/ask-info.ts'
import { assign } from '#complaints/assign.ts'
import { conclude } from '#complaints/conclude.ts'
import { forward } from '#complaints/forward.ts'
import { merge } from '#complaints/merge.ts'
import { note } from '#complaints/note.ts'
import { register } from '#complaints/register.ts'
import { reject } from '#complaints/reject.ts'
import { sweepVisits } from '#complaints/tracking-session.ts'
import { message, progress } from '#complaints/write-to-citizen.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { faultsOf, fileAndKeepSlip, type Slip, shownValue, track, wordsOf } from './citizen.ts'
import { officerDoes, unitId } from './officer.ts'

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal()
})
afterAll(() => site.close())
// Each test begins a new hour, so that the limits of the last one are over.
beforeEach(() => site.clock.addMinutes(61))

const RESULT = {
  text: 'เปลี่ยนหลอดไฟแล้ว\nไฟติดตามปกติ',
  outcome: 'solved',
  finding: 'na',
  cause: 'หลอดขาด',
  prevention: 'ตรวจทุกเดือน',
}

const signIn = (values: Record<string, string>, agent = site.newAgent()) =>
  agent.post('/track').type('form').send(values)

const page = async (slip: Slip, prefix = '') => {
  const agent = await track(site, slip, prefix)
  return (await agent.get(`${prefix}/track/case`)).text
}

/** A case on which the works division is at work. */
async function caseAtWork(changes: Record<string, string> = {}): Promise<Slip> {
  const slip = await fileAndKeepSlip(site, changes)
  officerDoes(site, slip, register)
  officerDoes(site, slip, assign, { unit: unitId(site, 'chai') })
  officerDoes(site, slip, accept, {}, 'chai')
  return slip
}

describe('the door of tracking', () => {
  it('lets in who has number and code, and sets its cookie for the tracking pages alone', async () => {
    const answer = await signIn({ ...(await fileAndKeepSlip(site)) })
    expect([answer.status, answer.headers.location]).toEqual([303, '/track/case'])
    const cookies = [answer.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split('; '))
    expect(cookies.map(([, ...attributes]) => attributes.sort())).toEqual([
      ['HttpOnly', 'Path=/track', 'SameSite=Lax'],
      ['HttpOnly', 'Path=/en/track', 'SameSite=Lax'],
    ])
    expect(new Set(cookies.map(([pair]) => pair)).size).toBe(1)
  })

  it.each([
    ['as printed', (slip: Slip) => slip],
    [
      'in Thai digits with dashes and spaces',
      ({ number, code }: Slip) => ({
        number: ` ${thaiDigits(number)} `,
        code: thaiDigits(code).replaceAll(' ', '-'),
      }),
    ],
    [
      'without prefix, zeros and spaces',
      ({ number, code }: Slip) => ({
        number: number.replace(/รท 0*/, ''),
        code: code.replaceAll(' ', ''),
      }),
    ],
    [
      'as in the QR code',
      ({ number, code }: Slip) => ({
        number: number.replace(/รท (\d+)\/(\d+)/, 'rt-$2-$1'),
        code: ` ${code}\t`,
      }),
    ],
  ])('takes number and code %s', async (_how, write) => {
    expect((await signIn({ ...write(await fileAndKeepSlip(site)) })).status).toBe(303)
  })

  it('answers an unknown number, a wrong code and nonsense all alike', async () => {
    const slip = await fileAndKeepSlip(site)
    const tries = [
      { number: slip.number, code: '0000 0000 0000' },
      { number: 'รท 9999/2570', code: slip.code },
      { number: 'รท 9999/2570', code: '0000 0000 0000' },
      { number: slip.number, code: '12' },
      { number: 'ไม่รู้', code: 'ไม่รู้' },
      { number: "' or 1=1 --", code: "' or 1=1 --" },
    ]
    const answers = await Promise.all(tries.map((values) => signIn(values)))
    const bodies = answers.map(({ text }, index) => {
      const { number = '', code = '' } = tries[index] ?? {}
      return text
        .replace(`value="${escaped(number)}"`, 'value=""')
        .replace(`value="${escaped(code)}"`, 'value=""')
    })
    expect(new Set(bodies).size).toBe(1)
    expect(answers.map(({ status }) => status)).toEqual(tries.map(() => 422))
    expect(answers.map((answer) => answer.headers['set-cookie'])).toEqual(tries.map(() => undefined))
    expect(faultsOf(answers[0]?.text ?? '')).toEqual([
      ['number', 'ไม่พบเรื่อง กรุณาตรวจสอบเลขที่เรื่องและรหัสติดตาม หรือโทร 038 123 456'],
    ])
  })

  it('keeps what was typed, so that one wrong digit can be mended', async () => {
    const { text } = await signIn({ number: 'รท 1/2570', code: '1234 5678 901' })
    expect([shownValue(text, 'number'), shownValue(text, 'code')]).toEqual(['รท 1/2570', '1234 5678 901'])
  })

  it('has another case’s code open nothing', async () => {
    const [one, other] = [await fileAndKeepSlip(site), await fileAndKeepSlip(site)]
    expect((await signIn({ number: one.number, code: other.code })).status).toBe(422)
  })
})

describe('guessing', () => {
  it('is stopped after ten wrong codes of a case, for the right one too, with the minutes to wait', async () => {
    const slip = await fileAndKeepSlip(site)
    for (let n = 0; n < 10; n += 1) await signIn({ number: slip.number, code: `00000000000${n}` })
    const answer = await signIn({ ...slip })
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '3600'])
    expect(faultsOf(answer.text)[0]?.[1]).toContain('กรุณารออีก 60 นาที')
    expect((await signIn({ ...(await fileAndKeepSlip(site)) })).status).toBe(303)
    site.clock.addMinutes(60)
    expect((await signIn({ ...slip })).status).toBe(303)
  })

  it('is stopped after thirty wrong codes from one address', async () => {
    for (let n = 0; n < 30; n += 1) await signIn({ number: `รท 9${n}/2570`, code: '000000000000' })
    expect((await signIn({ ...(await fileAndKeepSlip(site)) })).status).toBe(429)
  })

  it('is stopped after six hundred wrong codes from everywhere', { timeout: 60_000 }, async () => {
    const behindProxy = await startTestPortal({ env: { TRUST_PROXY: '127.0.0.1' } })
    try {
      const from = (n: number) => behindProxy.newAgent().set('X-Forwarded-For', `10.0.${n >> 5}.${n}`)
      for (let n = 0; n < 600; n += 1) {
        await signIn({ number: `รท ${1000 + n}/2570`, code: '000000000000' }, from(n >> 2))
      }
      const slip = await fileAndKeepSlip(behindProxy)
      expect((await signIn({ ...slip }, from(999))).status).toBe(429)
    } finally {
      await behindProxy.close()
    }
  })

  it('is not forgotten by a restart', async () => {
    const slip = await fileAndKeepSlip(site)
    for (let n = 0; n < 10; n += 1) await signIn({ number: slip.number, code: `00000000000${n}` })
    site = await site.restart()
    expect((await signIn({ ...slip })).status).toBe(429)
  })

  it('is no guessing when a digit is missing: an old hand may try as often as it likes', async () => {
    const slip = await fileAndKeepSlip(site)
    for (let n = 0; n < 12; n += 1) await signIn({ number: slip.number, code: slip.code.slice(0, -1) })
    expect((await signIn({ ...slip })).status).toBe(303)
  })
})

describe('a visit', () => {
  it('is a row that ends by leaving, and nothing of the case is shown afterwards', async () => {
    const agent = await track(site, await fileAndKeepSlip(site))
    expect((await agent.get('/track/case')).status).toBe(200)
    const stolen = site.newAgent().set('Cookie', cookieOf(agent))
    expect((await stolen.get('/track/case')).status).toBe(200)
    expect((await agent.post('/track/leave')).headers.location).toBe('/track')
    expect((await stolen.get('/track/case')).headers.location).toBe('/track')
  })

  it('ends after half an hour without use, not with use', async () => {
    const agent = await track(site, await fileAndKeepSlip(site))
    for (let n = 0; n < 3; n += 1) {
      site.clock.addMinutes(29)
      expect((await agent.get('/track/case')).status).toBe(200)
    }
    site.clock.addMinutes(30)
    expect((await agent.get('/track/case')).headers.location).toBe('/track')
    sweepVisits(site.portal)
    const left = site.portal.db.sqlite.prepare('select count(*) from tracking_sessions').pluck().get()
    expect(left).toBe(0)
  })

  it('goes on in the other language', async () => {
    const agent = await track(site, await fileAndKeepSlip(site))
    const { text } = await agent.get('/en/track/case')
    expect(text).toContain('Waiting to be registered')
    expect(text).toContain('href="/track/case" lang="th"')
  })

  it('is kept by no cache, and its cookie goes to no other page', async () => {
    const agent = await track(site, await fileAndKeepSlip(site))
    expect((await agent.get('/track/case')).headers['cache-control']).toBe('no-store')
    expect((await agent.get('/track')).headers['cache-control']).toBe('no-store')
  })

  it.each(['message', 'withdraw', 'reopen'])(
    'cannot be made to %s by GET or by another site',
    async (act) => {
      const agent = await track(site, await fileAndKeepSlip(site))
      expect([404, 200, 303]).toContain((await agent.get(`/track/${act}`)).status)
      expect((await agent.get('/track/case')).text).toContain('รอเจ้าหน้าที่ตรวจรับ')
      const foreign = await agent
        .post(`/track/${act}`)
        .set('Sec-Fetch-Site', 'cross-site')
        .type('form')
        .send({})
      expect(foreign.status).toBe(403)
    },
  )

  it('is needed for every page behind the door', async () => {
    for (const path of ['case', 'withdraw', 'reopen', 'files/x']) {
      const answer = await site.newAgent().get(`/en/track/${path}`)
      expect([path, answer.status, answer.headers.location]).toEqual([path, 303, '/en/track'])
    }
  })
})

describe('the page of a case', () => {
  it('tells status, what comes next, due date with its working and days left', async () => {
    const slip = await fileAndKeepSlip(site)
    const words = wordsOf(await page(slip))
    expect(words).toContain('รอเจ้าหน้าที่ตรวจรับ')
    expect(words).toContain('เจ้าหน้าที่ลงทะเบียนรับเรื่องภายในวันที่ 18 พฤศจิกายน 2569 แล้วส่งให้หน่วยงานที่รับผิดชอบ')
    expect(words).toContain('เหลือ 15 วัน')
    expect(words).toContain('นับทุกวันตามปฏิทิน รวมวันหยุด')
    expect(words).toContain('กำลังพิจารณา')
  })

  it('shows what has been done, newest first, with the unit and the officer’s words, and no name', async () => {
    const slip = await caseAtWork()
    site.clock.addMinutes(10)
    officerDoes(site, slip, progress, { text: 'สั่งหลอดไฟแล้ว\nได้ของวันพุธ <b>แน่นอน</b>' }, 'chai')
    const html = await page(slip)
    const titles = [...html.matchAll(/sg-timeline__title">([^<]+)</g)].map(([, title]) => title)
    expect(titles).toEqual([
      'ความคืบหน้า',
      'หน่วยงานเริ่มดำเนินการ',
      'ส่งให้กองช่างรับผิดชอบ',
      'ลงทะเบียนรับเรื่อง',
      'ได้รับเรื่อง',
    ])
    expect(wordsOf(html)).toContain('สั่งหลอดไฟแล้ว\nได้ของวันพุธ <b>แน่นอน</b>')
    expect(html).not.toContain('<b>แน่นอน')
    expect(wordsOf(html)).not.toContain(site.cast.chai.displayName)
  })

  it('never shows an internal note', async () => {
    const slip = await caseAtWork()
    officerDoes(site, slip, note, { text: 'ผู้ร้องโทรมาบ่อย' }, 'chai')
    expect(await page(slip)).not.toContain('โทรมาบ่อย')
  })

  it('is honest about a date that has passed, and says whom to call', async () => {
    const slip = await caseAtWork()
    site.clock.addDays(15)
    expect(wordsOf(await page(slip))).toContain('ครบกำหนดวันนี้')
    site.clock.addDays(2)
    const words = wordsOf(await page(slip))
    expect(words).toContain('เกินกำหนด 2 วัน')
    expect(words).toContain('เรื่องนี้เกินกำหนดแล้ว ขออภัยในความล่าช้า ท่านโทรเร่งรัดหรือสอบถามได้ที่ 038 123 456')
  })

  it('shows the result in words, and calls late what was late', async () => {
    const slip = await caseAtWork()
    site.clock.addDays(16)
    officerDoes(site, slip, conclude, RESULT, 'chai')
    const words = wordsOf(await page(slip))
    expect(words).toContain('สรุปผล: แก้ไขแล้ว')
    expect(words).toContain(RESULT.text)
    expect(words).toContain('แจ้งผลช้ากว่ากำหนด')
    expect(words).not.toContain('หลอดขาด')
    expect(words.split('เปลี่ยนหลอดไฟแล้ว')).toHaveLength(2)
  })

  it('of a case not accepted tells the reason and where else to go', async () => {
    const slip = await fileAndKeepSlip(site)
    officerDoes(site, slip, reject, {
      ...{ reason: 'power', text: 'ถนนเส้นนี้เป็นของกรมทางหลวงชนบท' },
      otherBody: 'แขวงทางหลวงชนบท โทร 1146',
    })
    const words = wordsOf(await page(slip))
    expect(words).toContain('ไม่อยู่ในอำนาจหน้าที่ของ อบต.เมืองใหม่')
    expect(words).toContain('ท่านอาจติดต่อ แขวงทางหลวงชนบท โทร 1146')
    expect(words).toContain('ถนนเส้นนี้เป็นของกรมทางหลวงชนบท')
  })

  it('of a forwarded case tells where it went and when', async () => {
    const slip = await caseAtWork()
    officerDoes(site, slip, forward, { otherBody: 'การไฟฟ้าส่วนภูมิภาค', text: 'ส่งตามหนังสือที่ 12' }, 'chai')
    const words = wordsOf(await page(slip))
    expect(words).toMatch(/การไฟฟ้าส่วนภูมิภาค จึงส่งเรื่องให้แล้วเมื่อวันที่ \d+/)
    expect(words).toMatch(/หน่วยงานที่รับผิดชอบ การไฟฟ้าส่วนภูมิภาค/)
  })

  it('has every status in English as well', async () => {
    const slip = await caseAtWork()
    officerDoes(site, slip, askInfo, { text: 'Which pole?', answerBy: '01/01/2570' }, 'chai')
    const words = wordsOf(await page(slip, '/en'))
    expect(words).toContain('More information needed')
    expect(words).toContain('Please answer by 1 January 2027')
    expect(words).toContain('Passed to Public Works Division')
  })

  it('gives the case back as it was told', async () => {
    const slip = await fileAndKeepSlip(site, { subject: '<i>ไฟ</i> & น้ำ', wish: 'ซ่อม\nเร็ว ๆ' })
    const words = wordsOf(await page(slip))
    expect(words).toContain('<i>ไฟ</i> & น้ำ')
    expect(words).toContain('ซ่อม\nเร็ว ๆ')
  })
})

describe('a merged case', () => {
  async function mergedPair() {
    const first = await caseAtWork({ detail: 'ความลับของผู้แจ้งคนแรก ห้ามใครเห็น', name: 'ผู้แจ้ง คนแรก' })
    officerDoes(site, first, progress, { text: 'สั่งหลอดไฟแล้ว' }, 'chai')
    officerDoes(site, first, askInfo, { text: 'คำถามถึงคนแรก', answerBy: '01/02/2570' }, 'chai')
    const agent = await track(site, first)
    const { text } = await agent.get('/track/case')
    const form = { token: shownValue(text, 'token') ?? '', rev: shownValue(text, 'rev') ?? '' }
    const words = { ...form, text: 'คำตอบของคนแรก' }
    const sent = await agent.post('/track/message').type('form').send(words)
    if (sent.status !== 303) throw new Error(`message answered ${sent.status}`)
    officerDoes(site, first, message, { text: 'ขอบคุณคนแรก' }, 'chai')
    const second = await fileAndKeepSlip(site, { subject: 'ไฟดับเหมือนกัน' })
    officerDoes(site, second, merge, { into: first.number })
    return { first, second }
  }

  it('shows the progress of the case it lives on in, and not a word of the other complainant', async () => {
    const { first, second } = await mergedPair()
    const html = await page(second)
    const words = wordsOf(html)
    expect(words).toContain('รวมกับเรื่องเดิม')
    expect(words).toContain('กำลังดำเนินการ')
    expect(words).toContain('สั่งหลอดไฟแล้ว')
    expect(words).toContain('ไฟดับเหมือนกัน')
    for (const secret of ['คนแรก', first.number, first.code]) expect(html).not.toContain(secret)
  })

  it('shows the result of that case, and can be neither reopened, withdrawn nor written to', async () => {
    const { first, second } = await mergedPair()
    officerDoes(site, first, conclude, RESULT, 'chai')
    const agent = await track(site, second)
    const html = (await agent.get('/track/case')).text
    expect(wordsOf(html)).toContain(RESULT.text)
    for (const door of ['/track/reopen', '/track/withdraw', '/track/message'])
      expect(html).not.toContain(door)
    const rev = '2'
    const withdrawal = await agent.post('/track/withdraw').type('form').send({ rev })
    const reopening = await agent.post('/track/reopen').type('form').send({ rev, text: 'ยังดับอยู่' })
    const word = await agent.post('/track/message').type('form').send({ rev, text: 'สวัสดี' })
    expect([withdrawal.status, reopening.status, word.status]).toEqual([409, 409, 409])
    expect(wordsOf(word.text)).toContain('สวัสดี')
  })

  it('into a matter about staff keeps that matter’s words to itself', async () => {
    const first = await fileAndKeepSlip(site, { category: 'H1' })
    officerDoes(site, first, register, {}, 'dao')
    officerDoes(site, first, assign, { unit: unitId(site, 'dao') }, 'dao')
    officerDoes(site, first, accept, {}, 'dao')
    officerDoes(site, first, progress, { text: 'สอบข้อเท็จจริงนายดำ' }, 'dao')
    const second = await fileAndKeepSlip(site, { category: 'S3' })
    officerDoes(site, second, merge, { into: first.number }, 'dao')
    const html = await page(second)
    expect(wordsOf(html)).toContain('ความคืบหน้า')
    expect(html).not.toContain('นายดำ')
  })
})

function thaiDigits(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))
}

function escaped(text: string): string {
  return text.replaceAll("'", '&#39;')
}

function cookieOf(agent: {
  jar: { getCookie(name: string, access: object): { value: string } | undefined }
}) {
  const cookie = agent.jar.getCookie('siang_track', {
    path: '/track',
    domain: '127.0.0.1',
    secure: false,
    script: false,
  })
  return `siang_track=${cookie?.value}`
}
