import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatTrackingCode } from '#domain/reference.ts'
import { mailboxHash } from '#mail/mailbox.ts'
import { insertStopped } from '#mail/mailbox-store.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, openForm, stateOf, type TestCase, wordsOf } from './desk.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const WORDS = 'บรรทัดหนึ่ง <script>alert(1)</script> & "คำพูด"\n\nบรรทัดสาม 🔧 ๑๒๓'

const DELAY = { doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยนหลอด', newDate: '10/12/2569' }

const ACTIONS: [string, Parameters<typeof caseIn>[1], 'nid' | 'chai' | 'malee', Record<string, string>][] = [
  ['progress', 'in_progress', 'chai', {}],
  ['message', 'in_progress', 'chai', {}],
  ['explain-delay', 'in_progress', 'malee', DELAY],
  ['ask-info', 'in_progress', 'chai', { answerBy: '25/11/2569' }],
  ['forward', 'in_progress', 'chai', { otherBody: 'กรมทางหลวง' }],
  ['reject', 'registered', 'nid', { reason: 'court', otherBody: 'ศาลปกครอง' }],
  ['conclude', 'in_progress', 'chai', { outcome: 'partly', finding: 'part', cause: 'ก', prevention: 'ข' }],
]

/** What stands on the sheet that shows the tracking page, line by line. */
function sheetOf(html: string): string[] {
  const sheet = /<div class="sg-paper"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? ''
  return [...sheet.matchAll(/<p[^>]*>([\s\S]*?)<\/p>/g)].map(([, text = '']) =>
    text.replace(/<[^>]+>/g, '').trim(),
  )
}

async function trackingOf(testCase: TestCase) {
  const { fiscalYear, seq } = testCase.row()
  const citizen = office.newAgent()
  const code = formatTrackingCode(testCase.trackingCode)
  const answer = await post(citizen, '/track', { number: `${seq}/${fiscalYear}`, code })
  expect(answer.status).toBe(303)
  return await citizen.get(`${answer.headers.location}`)
}

describe.each(ACTIONS)('%s', (path, status, member, typed) => {
  it('shows exactly the words that tracking shows afterwards, and changes nothing until it is confirmed', async () => {
    const testCase = caseIn(office, status)
    const agent = await office.signIn(member)
    const form = await openForm(agent, testCase.address, path)
    const fields = { ...form, ...typed, text: WORDS }
    const before = stateOf(office)
    const preview = await post(agent, `${testCase.address}/${path}`, { ...fields, step: 'check' })
    expect(preview.status).toBe(200)
    expect(stateOf(office)).toEqual(before)
    const [, ...lines] = sheetOf(preview.text)
    const sent = await post(agent, `${testCase.address}/${path}`, { ...fields, step: 'send' })
    expect(sent.status).toBe(303)
    const tracking = (await trackingOf(testCase)).text.replace(/<[^>]+>/g, '')
    expect(lines.join('\n')).toContain('บรรทัดสาม 🔧 ๑๒๓')
    for (const line of lines.flatMap((text) => text.split('\n'))) {
      // A title and its time stand in separate elements over there.
      const [title = '', time] = line.split(/ (?=\d+ พฤศจิกายน 2569 เวลา)/)
      expect(tracking).toContain(title.trim())
      if (time) expect(tracking).toContain(time)
    }
  })

  it('shows the mail with its address, and queues exactly that, once', async () => {
    const contact = { email: 'somying@example.com', replyBy: 'email' as const }
    const testCase = caseIn(office, status, { contact })
    const agent = await office.signIn(member)
    const form = await openForm(agent, testCase.address, path)
    const fields = { ...form, ...typed, text: WORDS }
    const mails = () =>
      office.portal.db.sqlite
        .prepare<[number], { recipient: string; subject: string; body: string }>(
          "select recipient, subject, body from outbox where case_id = ? and dedupe_key like 'event:%' order by id desc",
        )
        .all(testCase.id)
    const earlier = mails().length
    const preview = await post(agent, `${testCase.address}/${path}`, { ...fields, step: 'check' })
    expect(mails()).toHaveLength(earlier)
    expect(wordsOf(preview)).toContain('จะส่งถึง somying@example.com')
    expect(wordsOf(preview)).toContain('ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล')
    await post(agent, `${testCase.address}/${path}`, { ...fields, step: 'send' })
    await post(agent, `${testCase.address}/${path}`, { ...fields, step: 'send' })
    expect(mails()).toHaveLength(earlier + 1)
    const [mail] = mails()
    expect(mail?.recipient).toBe('somying@example.com')
    expect(wordsOf(preview)).toContain(`${mail?.subject}`)
    expect(wordsOf(preview)).toContain(`${mail?.body.replace(/\s+/g, ' ')}`)
    expect(mail?.body).toContain(WORDS)
    expect(mail?.subject).not.toContain('บรรทัด')
  })
})

describe('the preview', () => {
  it('says that no mail will be sent where there is no address, and how else the answer is wanted', async () => {
    const { address } = caseIn(office, 'in_progress', { contact: { phone: '0812345678', replyBy: 'phone' } })
    const agent = await office.signIn('chai')
    const form = await openForm(agent, address, 'progress')
    const preview = wordsOf(await post(agent, `${address}/progress`, { ...form, text: 'ไปดูแล้ว' }))
    expect(preview).toContain('จะไม่ถูกส่งทางอีเมล เพราะไม่มีที่อยู่อีเมล: โทรแจ้งผู้ร้อง แล้วบันทึกการส่ง')
    expect(preview).not.toContain('จะส่งถึง')
  })

  it('says that whoever follows the case alone counts as told by tracking', async () => {
    const { address } = caseIn(office, 'in_progress')
    const agent = await office.signIn('chai')
    const form = await openForm(agent, address, 'progress')
    const preview = wordsOf(await post(agent, `${address}/progress`, { ...form, text: 'ไปดูแล้ว' }))
    expect(preview).toContain('ผู้ร้องติดตามเอง: ถือว่าแจ้งแล้วเมื่อแสดงในหน้าติดตามเรื่อง')
    expect(preview).toContain('พิมพ์หนังสือหรือเปิดเป็นไฟล์ PDF ได้ในหัวข้อ “หนังสือถึงผู้ร้อง”')
  })

  it('says that nothing goes to an address whose owner asked for no more mail, nor shows a mail', async () => {
    const contact = { email: 'stopped@example.com', phone: '0812345678', replyBy: 'email' as const }
    const { address } = caseIn(office, 'in_progress', { contact })
    const { db, keyed } = office.portal
    insertStopped(db, mailboxHash(keyed, contact.email), office.portal.now())
    const agent = await office.signIn('chai')
    const form = await openForm(agent, address, 'progress')
    const preview = wordsOf(await post(agent, `${address}/progress`, { ...form, text: 'ไปดูแล้ว' }))
    expect(preview).toContain(
      'จะไม่ถูกส่งทางอีเมล เพราะเจ้าของที่อยู่อีเมลนี้ขอไม่รับอีเมลจากเรา: พิมพ์หนังสือแล้วส่งทางไปรษณีย์ หรือโทรแจ้ง แล้วบันทึกการส่ง',
    )
    expect(preview).not.toContain('จะส่งถึง')
  })

  it('calls a question no letter, and says where it can be read', async () => {
    const { address } = caseIn(office, 'in_progress')
    const agent = await office.signIn('chai')
    const form = await openForm(agent, address, 'message')
    const preview = wordsOf(await post(agent, `${address}/message`, { ...form, text: 'ไปดูแล้ว' }))
    expect(preview).toContain('จะไม่มีอีเมลถึงผู้ร้อง เพราะไม่มีที่อยู่อีเมล ผู้ร้องจะเห็นข้อความนี้ในหน้าติดตามเรื่องเท่านั้น')
    expect(preview).not.toContain('พิมพ์หนังสือ')
  })

  it('speaks the language of the case', async () => {
    const contact = { email: 'john@example.com' }
    const { address } = caseIn(office, 'in_progress', { language: 'en', contact })
    const agent = await office.signIn('chai')
    const form = await openForm(agent, address, 'progress')
    const preview = await post(agent, `${address}/progress`, { ...form, text: 'We have looked at it.' })
    expect(preview.text).toContain('<div class="sg-paper" lang="en">')
    expect(wordsOf(preview)).toContain('In progress')
    expect(wordsOf(preview)).toContain('Dear complainant,')
    expect(wordsOf(preview)).toContain('/en/track')
  })

  it('goes back to the form with everything typed', async () => {
    const { address } = caseIn(office, 'in_progress')
    const agent = await office.signIn('chai')
    const form = await openForm(agent, address, 'ask-info')
    const typed = { text: WORDS, answerBy: '25/11/2569' }
    const preview = await post(agent, `${address}/ask-info`, { ...form, ...typed, step: 'check' })
    const carried = Object.fromEntries(
      [...preview.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name, value]) => [
          `${name}`,
          `${value}`
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&amp;', '&'),
        ],
      ),
    )
    expect(carried).toMatchObject(typed)
    const back = await post(agent, `${address}/ask-info`, { ...carried, step: 'edit' })
    expect(back.status).toBe(200)
    expect(back.text).toContain('บรรทัดสาม 🔧 ๑๒๓</textarea>')
    expect(back.text).toContain('value="25/11/2569"')
  })

  it('names no address to whoever may not know the complainant', async () => {
    const contact = { name: 'สมหญิง', email: 'hidden@example.com', withholdName: true }
    const { address } = caseIn(office, 'submitted', { contact })
    const agent = await office.signIn('wit')
    const form = await openForm(agent, address, 'reject')
    const typed = { reason: 'abusive', text: 'ไม่ใช่เรื่องร้องเรียน', otherBody: '' }
    const preview = await post(agent, `${address}/reject`, { ...form, ...typed })
    expect(preview.status).toBe(200)
    expect(preview.text).not.toContain('hidden@example.com')
    await post(agent, `${address}/reject`, { ...form, ...typed, step: 'send' })
    expect((await agent.get(address)).text).not.toContain('hidden@example.com')
  })
})
