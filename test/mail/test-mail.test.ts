import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { sendTestMail } from '#mail/test-mail.ts'
import { wordsOf } from '../complaints/citizen.ts'
import { viewerFor } from '../complaints-staff/desk.ts'
import { auditLines } from '../support/audit.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { closedPort, IMPATIENT, mailServer, rows, rudeServer } from './post.ts'

let office: TestPortal | undefined
afterEach(async () => {
  await office?.close()
  office = undefined
})

async function openWith(url: string): Promise<TestPortal> {
  office = await startTestPortal({ env: { SMTP_URL: url } })
  return office
}

/** What the page says after the button was pressed. */
async function pressIn(site: TestPortal, to = 'it@example.com'): Promise<string> {
  const answer = await post(await site.signIn('admin'), '/staff/admin/mail/test', { to })
  expect(answer.status).toBe(200)
  return wordsOf(answer.text)
}

describe('the test mail', () => {
  it('goes at once, and the page shows the words of the server that took it', async () => {
    const server = await mailServer()
    const site = await openWith(`smtp://127.0.0.1:${server.port}`)
    const words = await pressIn(site)
    expect(words).toContain('เซิร์ฟเวอร์รับอีเมลถึง it@example.com ไว้แล้ว')
    expect(words).toContain('250 OK: message queued')
    expect(server.inbox.map(({ to }) => to)).toEqual([['it@example.com']])
    expect(server.inbox[0]?.mail.subject).toContain('ทดสอบการส่งอีเมล')
    expect(rows(site.portal)).toMatchObject([{ kind: 'test', state: 'sent', last_code: 250 }])
    expect(auditLines(site.portal, 'mail.test')).toHaveLength(1)
  })

  it('that is refused shows the refusal, what to look at, and is not tried again', async () => {
    const server = await mailServer({ refuse: { 'it@example.com': 550 } })
    const site = await openWith(`smtp://127.0.0.1:${server.port}`)
    const words = await pressIn(site)
    expect(words).toContain('ส่งอีเมลถึง it@example.com ไม่สำเร็จ')
    expect(words).toContain('550 refused by the test')
    expect(words).toContain('ไม่รับที่อยู่ผู้รับนี้')
    expect(rows(site.portal)).toMatchObject([{ state: 'failed', next_attempt_at: null }])
  })

  it('never shows the password of the mail server', async () => {
    const port = await closedPort()
    const site = await openWith(`smtp://office:geheim@127.0.0.1:${port}`)
    const words = await pressIn(site)
    expect(words).toContain(`127.0.0.1:${port}`)
    expect(words).not.toContain('geheim')
  })
})

const wrongPassword = {
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: (_auth: unknown, _session: unknown, answer: (error: Error) => void) =>
    answer(Object.assign(new Error('who are you'), { responseCode: 535 })),
}
const refuseSender = {
  onMailFrom: (_address: unknown, _session: unknown, answer: (error: Error) => void) =>
    answer(Object.assign(new Error('not yours'), { responseCode: 553 })),
}
const refuseText = {
  onData: (stream: NodeJS.ReadableStream, _session: unknown, answer: (error: Error) => void) => {
    stream.resume()
    stream.on('end', () => answer(Object.assign(new Error('spam'), { responseCode: 554 })))
  },
}
const tls = '?tls.rejectUnauthorized=false'

describe('what to look at first', () => {
  it.each([
    [
      'a wrong password',
      async () => {
        const { port } = await mailServer({ server: { ...wrongPassword, disabledCommands: [] } })
        return `smtp://office:secret@127.0.0.1:${port}${tls}`
      },
      'ชื่อผู้ใช้หรือรหัสผ่าน',
      '535',
    ],
    [
      'a server that asks for a password where there is none',
      async () => `smtp://127.0.0.1:${(await mailServer({ server: { authOptional: false } })).port}`,
      'ชื่อผู้ใช้หรือรหัสผ่าน',
      'authentication',
    ],
    [
      'a certificate nobody vouches for',
      async () => `smtp://127.0.0.1:${(await mailServer({ server: { disabledCommands: [] } })).port}`,
      'ใบรับรอง',
      'certificate',
    ],
    [
      'no encryption on offer for the password',
      async () => `smtp://office:secret@127.0.0.1:${(await mailServer()).port}`,
      'เข้ารหัสการเชื่อมต่อไม่สำเร็จ',
      'STARTTLS',
    ],
    [
      'smtps to a port that greets in clear',
      async () => `smtps://127.0.0.1:${(await mailServer()).port}`,
      'smtps:// กับพอร์ต 465',
      'SSL',
    ],
    [
      'nobody listening',
      async () => `smtp://127.0.0.1:${await closedPort()}`,
      'ต่อไปยังเซิร์ฟเวอร์',
      'ECONNREFUSED',
    ],
    ['a name that does not exist', async () => 'smtp://nobody.invalid', 'ไม่พบเซิร์ฟเวอร์ชื่อนี้', 'nobody.invalid'],
    [
      'silence',
      async () => `smtp://127.0.0.1:${await rudeServer(() => undefined)}`,
      'ไม่ตอบภายในเวลา',
      'Greeting',
    ],
    [
      'a server that hangs up',
      async () => `smtp://127.0.0.1:${await rudeServer((socket: Socket) => socket.destroy())}`,
      'ตัดการเชื่อมต่อ',
      'closed',
    ],
    [
      'a sender that is not ours',
      async () => `smtp://127.0.0.1:${(await mailServer({ server: refuseSender })).port}`,
      'MAIL_FROM',
      'not yours',
    ],
    [
      'a text that is refused',
      async () => `smtp://127.0.0.1:${(await mailServer({ server: refuseText })).port}`,
      'อีเมลขยะ',
      'spam',
    ],
    [
      'a server that answers nonsense',
      async () =>
        `smtp://127.0.0.1:${await rudeServer((socket: Socket) => socket.end('554 closed today\r\n'))}`,
      'ผู้ดูแลเซิร์ฟเวอร์อีเมลตรวจสอบ',
      'closed today',
    ],
  ])('with %s', async (_what, address, advice, words) => {
    const url = await address()
    const site = await openWith(url)
    const result = await sendTestMail(site.portal, viewerFor(site, 'admin'), url, 'it@example.com', IMPATIENT)
    expect(result.accepted).toBe(false)
    expect(result.advice).toContain(advice)
    expect(result.words).toContain(words)
  })
})
