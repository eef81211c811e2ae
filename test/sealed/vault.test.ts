import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passphraseProblem } from '#sealed/passphrase-rules.ts'
import { listReportsFor } from '#sealed/report-store.ts'
import { PASSWORD } from '../support/cast.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, nameOfficer, openTestChannel, type TestChannel, type TestOfficer } from './channel.ts'
import { atDesk, wordsOf } from './officer.ts'

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

const VAULT = '/staff/sealed/vault'
const UNLOCK = '/staff/sealed/unlock'
const WORDS = 'กระรอก ปั่นจักรยาน ข้ามสะพาน ไปซื้อ ปลาทู สีม่วง'

/** The secret as the page gives it for typing, and codes made of it. */
function factorOn(answer: Response): { secret: string; code(later?: number): string } {
  const secret = /sg-factor__secret"[^>]*>([A-Z2-7 ]+)</.exec(answer.text)?.[1]?.replaceAll(' ', '') ?? ''
  const generator = new TOTP({ secret: Secret.fromBase32(secret) })
  const code = (later = 0) => generator.generate({ timestamp: office.clock.now().getTime() + later * 30_000 })
  return { secret, code }
}

const unlockWith = (agent: TestAgent, officer: TestOfficer, change: Record<string, string> = {}) =>
  post(agent, UNLOCK, { passphrase: officer.passphrase, otp: officer.code(), ...change })

/** Everything on the disk of the portal. */
function onDisk(): Buffer {
  const files = readdirSync(office.dataDir, { recursive: true, withFileTypes: true })
  return Buffer.concat(
    files.filter((file) => file.isFile()).map((file) => readFileSync(join(file.parentPath, file.name))),
  )
}

describe('a passphrase', () => {
  it.each([
    ['', 'กรุณาตั้ง'],
    ['หมาเห่าใบตอง', 'สั้นเกินไป'],
    ['one two three', 'สั้นเกินไป'],
    ['aaaa aaaa aaaa aaaa', 'เดาง่าย'],
    ['a b c d e f', 'เดาง่าย'],
    ['1234567890 1234567890', 'เดาง่าย'],
    ['องค์การบริหารส่วนตำบล', 'เดาง่าย'],
    [`${'ก ข '.repeat(60)}`, 'ไม่เกิน 200'],
  ])('%s is refused: %s', async (text, why) => {
    expect(await passphraseProblem(text, ['นิด รับเรื่อง'])).toContain(why)
  })

  it.each([WORDS, 'tQ8#vLp2zX!m4w', 'correct horse battery staple six words'])(
    '%s is taken',
    async (text) => {
      expect(await passphraseProblem(text, ['นิด รับเรื่อง'])).toBeUndefined()
    },
  )
})

describe('an officer without a vault', () => {
  let newcomer: TestOfficer
  let agent: TestAgent
  beforeAll(async () => {
    newcomer = nameOfficer(office, 'somsri')
    agent = await office.signIn('somsri')
  })

  it('is led to making one, wherever the way began', async () => {
    for (const path of [
      '/unlock',
      '/people',
      '/log',
      '/ceremony',
      '/sheets',
      '/recovery',
      '/vault/passphrase',
    ]) {
      const answer = await agent.get(`/staff/sealed${path}`)
      expect([answer.status, answer.headers.location], path).toEqual([303, VAULT])
    }
    const sent = await post(agent, '/staff/sealed/recovery', { sheetA: 'x' })
    expect([sent.status, sent.headers.location]).toEqual([303, VAULT])
  })

  it('sees the same secret again after a slip, and it is on no disk', async () => {
    const first = factorOn(await agent.get(VAULT))
    expect(first.secret).toMatch(/^[A-Z2-7]{32}$/)
    const answer = await post(agent, VAULT, { newPassphrase: 'สั้น', newPassphraseAgain: '', otp: '000000' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['newPassphrase', 'otp'])
    expect(factorOn(answer).secret).toBe(first.secret)
    expect(onDisk().includes(first.secret)).toBe(false)
    expect(newcomer.row().publicKey).toBeNull()
  })

  it('chooses no password for signing in, nor two that differ', async () => {
    const factor = factorOn(await agent.get(VAULT))
    const typed = { newPassphrase: PASSWORD, newPassphraseAgain: PASSWORD, otp: factor.code() }
    const same = await post(agent, VAULT, typed)
    expect(errorsOf(same)).toEqual(['newPassphrase'])
    expect(wordsOf(same)).toContain('เป็นรหัสผ่านเข้าสู่ระบบของท่าน')
    expect(same.text).not.toContain(PASSWORD)
    const differing = { ...typed, newPassphrase: WORDS, newPassphraseAgain: `${WORDS} ฟ้า` }
    expect(errorsOf(await post(agent, VAULT, differing))).toEqual(['newPassphraseAgain'])
    expect(newcomer.row().publicKey).toBeNull()
  })

  it('cannot bring a secret of somebody else’s page', async () => {
    const stranger = await office.signIn('somsri')
    const theirs = factorOn(await stranger.get(VAULT))
    const typed = { newPassphrase: WORDS, newPassphraseAgain: WORDS, otp: theirs.code() }
    expect(errorsOf(await post(agent, VAULT, typed))).toEqual(['otp'])
  })

  it('makes one, and opens it with the next code only', async () => {
    const factor = factorOn(await agent.get(VAULT))
    const typed = { newPassphrase: WORDS, newPassphraseAgain: `  ${WORDS} `, otp: factor.code() }
    const made = await post(agent, VAULT, typed)
    expect([made.status, made.headers.location]).toEqual([303, `${UNLOCK}?made`])
    expect(newcomer.row()).toMatchObject({ grantedAt: null, publicKey: expect.any(Buffer) })
    expect(onDisk().includes(factor.secret)).toBe(false)
    expect(wordsOf(await agent.get(`${UNLOCK}?made`))).toContain('ลองเปิดครั้งแรก')
    const replayed = await post(agent, UNLOCK, { passphrase: WORDS, otp: typed.otp })
    expect(replayed.status).toBe(422)
    office.clock.addMinutes(1)
    const opened = await post(agent, UNLOCK, { passphrase: WORDS, otp: factor.code() })
    // Waiting for a grant: the page with the number to read out.
    expect([opened.status, opened.headers.location]).toEqual([303, VAULT])
    expect(wordsOf(await agent.get(VAULT))).toMatch(/เลขตรวจตู้ \d{4} \d{4} \d{4}/)
    office.clock.addMinutes(1)
  })
})

describe('unlocking', () => {
  it('has one answer for every mistake, and refuses a code that was used', async () => {
    const { nid } = channel.officers
    const agent = await office.signIn('nid')
    const wrongWords = await unlockWith(agent, nid, { passphrase: 'ผิดแน่นอน' })
    const wrongCode = await unlockWith(agent, nid, { otp: '000000' })
    const empty = await post(agent, UNLOCK)
    for (const answer of [wrongWords, wrongCode, empty]) expect(answer.status).toBe(422)
    expect(wrongCode.text).toBe(wrongWords.text)
    expect(empty.text).toBe(wrongWords.text)
    const code = nid.code()
    const opened = await unlockWith(agent, nid, { otp: ` ${code.slice(0, 3)} ${code.slice(3)}` })
    expect([opened.status, opened.headers.location]).toEqual([303, '/staff/sealed'])
    const second = await office.signIn('nid')
    const replayed = await unlockWith(second, nid, { otp: code })
    expect([replayed.status, replayed.text]).toEqual([422, wrongWords.text])
    office.clock.addMinutes(1)
    expect((await unlockWith(second, nid)).status).toBe(303)
    office.clock.addMinutes(1)
  })

  it('makes who guesses wait, longer each time, and forgives after the right answer', async () => {
    const { dao } = channel.officers
    const agent = await office.signIn('dao')
    const guess = async () => await unlockWith(agent, dao, { passphrase: 'ผิดแน่นอน' })
    for (let n = 1; n <= 5; n += 1) expect((await guess()).status, `guess ${n}`).toBe(422)
    // Now not even the right words are looked at.
    const waiting = await unlockWith(agent, dao)
    expect(waiting.status).toBe(429)
    expect(waiting.headers['retry-after']).toBe('300')
    expect(wordsOf(waiting)).toContain('กรุณารอ 5 นาที')
    office.clock.addMinutes(5)
    for (let n = 6; n <= 10; n += 1) expect((await guess()).status, `guess ${n}`).toBe(422)
    office.clock.addMinutes(5)
    expect((await guess()).headers['retry-after']).toBe(String(20 * 60))
    office.clock.addMinutes(20)
    const counted = () =>
      office.portal.db.sqlite.prepare("select 1 from attempts where scope like 'sealed-unlock%'").all().length
    const before = counted()
    expect((await unlockWith(agent, dao)).status).toBe(303)
    expect(counted()).toBe(before - 3)
    office.clock.addMinutes(1)
  })

  it('guessed at side by side, it is still five guesses', async () => {
    const { malee } = channel.officers
    const agent = await office.signIn('malee')
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => unlockWith(agent, malee, { passphrase: 'ผิดแน่นอน' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(422), ...Array(4).fill(429)])
    office.clock.addMinutes(5)
  })

  it('leads back to where one came from, and to no other site or page', async () => {
    const { nid } = channel.officers
    const agent = await office.signIn('nid')
    const sent = await agent.get('/staff/sealed/log?page=2')
    expect(sent.status).toBe(303)
    expect(sent.headers.location).toBe(`${UNLOCK}?next=%2Fstaff%2Fsealed%2Flog%3Fpage%3D2`)
    expect(typedIn(await agent.get(String(sent.headers.location)), 'next')).toBe('/staff/sealed/log?page=2')
    for (const next of [
      'https://evil.example/',
      '//evil.example/staff/sealed',
      '/\\evil.example/staff/sealed',
      '/staff/admin',
      '/staff/sealed/../admin',
      '/staff/sealedx',
      '/staff/sealed/unlock?next=x',
      '/staff/sealed/lock',
    ]) {
      const shown = await agent.get(`${UNLOCK}?next=${encodeURIComponent(next)}`)
      expect(typedIn(shown, 'next'), next).toBe('')
    }
    const opened = await unlockWith(agent, nid, { next: '//evil.example/' })
    expect(opened.headers.location).toBe('/staff/sealed')
    office.clock.addMinutes(1)
    // An open vault is not asked for again.
    const again = await agent.get(`${UNLOCK}?next=/staff/sealed/people`)
    expect([again.status, again.headers.location]).toEqual([303, '/staff/sealed/people'])
  })
})

describe('an open vault', () => {
  it('says when it locks itself, and does', async () => {
    const agent = await atDesk(office, channel.officers.nid)
    office.clock.set(new Date('2026-11-16T05:00:00Z'))
    expect((await agent.get('/staff/sealed/people')).status).toBe(303)
    office.clock.set(new Date('2026-11-17T05:00:00Z'))
    const fresh = await atDesk(office, channel.officers.nid)
    expect(wordsOf(await fresh.get('/staff/sealed/people'))).toContain('จะล็อกเองเวลา 12.11 น.')
    office.clock.addMinutes(9)
    expect(wordsOf(await fresh.get('/staff/sealed/people'))).toContain('จะล็อกเองเวลา 12.20 น.')
    office.clock.addMinutes(10)
    const late = await fresh.get('/staff/sealed/people')
    expect([late.status, late.headers.location]).toEqual([303, `${UNLOCK}?next=%2Fstaff%2Fsealed%2Fpeople`])
  })

  it('is locked at once by its button', async () => {
    const agent = await atDesk(office, channel.officers.nid)
    expect((await agent.get('/staff/sealed/people')).status).toBe(200)
    expect((await post(agent, '/staff/sealed/lock')).headers.location).toBe(`${UNLOCK}?locked`)
    expect((await agent.get('/staff/sealed/people')).status).toBe(303)
  })

  it('belongs to one session: not to another one of the same officer, nor to who signed out', async () => {
    const agent = await atDesk(office, channel.officers.nid)
    const other = await office.signIn('nid')
    expect((await other.get('/staff/sealed/people')).status).toBe(303)
    await post(agent, '/staff/sign-out')
    const answer = await agent.get('/staff/sealed/people')
    expect(answer.headers.location).toMatch(/^\/staff\/sign-in/)
  })
})

describe('a form that was typed while the vault locked itself', () => {
  it('waits through unlocking, a slip included, and is sent again with every text in it', async () => {
    const { nid, dao } = channel.officers
    const agent = await atDesk(office, nid)
    office.clock.addMinutes(11)
    const text = 'ชี้แจง "แรก" <b>\nบรรทัดสอง'
    const typed = {
      reason: text,
      tick: ['ก', 'ข'],
      passphrase: 'ความลับของฉัน',
      sheetA: 'AAAAA-BBBBB',
      otp: '1',
    }
    const action = `/staff/sealed/people/${dao.id}/remove`
    const locked = await post(agent, action, typed)
    expect(locked.status).toBe(403)
    expect(wordsOf(locked)).toContain('ข้อความที่พิมพ์ไว้ยังอยู่ครบ')
    expect(locked.text).not.toContain('ความลับของฉัน')
    expect(locked.text).not.toContain('AAAAA-BBBBB')
    const carried = hiddenIn(locked)
    const slip = await post(agent, UNLOCK, { ...carried, passphrase: 'ผิด', otp: nid.code() })
    expect(slip.status).toBe(422)
    const opened = await post(agent, UNLOCK, {
      ...hiddenIn(slip),
      passphrase: nid.passphrase,
      otp: nid.code(),
    })
    office.clock.addMinutes(1)
    expect(opened.status).toBe(200)
    expect(opened.text).toContain(`<form method="post" action="${action}">`)
    expect(hiddenIn(opened)).toEqual({ reason: text, tick: ['ก', 'ข'] })
    // Sent again it is the form as it was: only the passphrase has to be typed anew.
    const again = await post(agent, action, hiddenIn(opened))
    expect(errorsOf(again)).toEqual(['passphrase'])
    expect(typedIn(again, 'reason')).toContain('ชี้แจง "แรก" <b>')
  })

  it('waits without its files, and says so', async () => {
    const agent = await atDesk(office, channel.officers.nid)
    office.clock.addMinutes(11)
    const locked = await agent
      .post('/staff/sealed/recovery')
      .field('note', 'ข้อความ')
      .attach('files', Buffer.from('หลักฐาน'), 'ชื่อ.txt')
    expect(locked.status).toBe(403)
    expect(wordsOf(locked)).toContain('ไฟล์ที่แนบต้องแนบใหม่')
    expect(hiddenIn(locked)).toMatchObject({ 'kept.note': 'ข้อความ', keptMultipart: 'yes' })
    expect(onDisk().includes('หลักฐาน')).toBe(false)
  })

  it('goes back to a page of the officers only', async () => {
    const agent = await office.signIn('nid')
    const forged = { keptAction: '/staff/admin/accounts/new', 'kept.username': 'x' }
    const opened = await unlockWith(agent, channel.officers.nid, forged)
    expect([opened.status, opened.headers.location]).toEqual([303, '/staff/sealed'])
    office.clock.addMinutes(1)
  })
})

describe('what opens a vault', () => {
  it('is changed by who knows the old passphrase, and every open vault locks', async () => {
    const { dao } = channel.officers
    const agent = await atDesk(office, dao)
    const { reportId } = await fileReport(office)
    const before = dao.row()
    const typed = { newPassphrase: WORDS, newPassphraseAgain: WORDS }
    const wrong = await post(agent, `${VAULT}/passphrase`, { ...typed, passphrase: 'ผิด' })
    expect(errorsOf(wrong)).toEqual(['passphrase'])
    const asPassword = { passphrase: dao.passphrase, newPassphrase: PASSWORD, newPassphraseAgain: PASSWORD }
    expect(errorsOf(await post(agent, `${VAULT}/passphrase`, asPassword))).toEqual(['newPassphrase'])
    const changed = await post(agent, `${VAULT}/passphrase`, { ...typed, passphrase: dao.passphrase })
    expect([changed.status, changed.headers.location]).toEqual([303, `${UNLOCK}?changed`])
    expect((await agent.get(VAULT)).status).toBe(303)
    expect((await unlockWith(agent, dao)).status).toBe(422)
    office.clock.addMinutes(1)
    dao.passphrase = WORDS
    expect((await unlockWith(agent, dao)).status).toBe(303)
    office.clock.addMinutes(1)
    // The same keys: nothing had to be granted again, and the old wrapping is gone from the disk.
    expect(dao.row().publicKey).toEqual(before.publicKey)
    expect(listReportsFor(channel.sealed.db, dao.id).map(({ id }) => id)).toContain(reportId)
    channel.sealed.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    expect(onDisk().includes(before.vault ?? 'none')).toBe(false)
  })

  it('gets another authenticator by passphrase and an unused code of the old one', async () => {
    const { malee } = channel.officers
    const agent = await atDesk(office, malee)
    const page = `${VAULT}/authenticator`
    const fresh = factorOn(await agent.get(page))
    const typed = { passphrase: malee.passphrase, otp: malee.code(), newOtp: fresh.code() }
    expect(errorsOf(await post(agent, page, { ...typed, newOtp: '000000' }))).toEqual(['newOtp'])
    expect(errorsOf(await post(agent, page, { ...typed, otp: '000000' }))).toEqual(['passphrase'])
    expect(errorsOf(await post(agent, page, { ...typed, passphrase: 'ผิด' }))).toEqual(['passphrase'])
    expect((await post(agent, page, typed)).headers.location).toBe(`${UNLOCK}?changed`)
    office.clock.addMinutes(1)
    expect((await unlockWith(agent, malee)).status).toBe(422)
    expect((await unlockWith(agent, malee, { otp: fresh.code() })).status).toBe(303)
    office.clock.addMinutes(1)
  })

  it('when lost, makes way for a new vault, which opens nothing until somebody grants', async () => {
    const { nid } = channel.officers
    const { reportId } = await fileReport(office, {}, { name: 'นางแดง', contact: '081' })
    const agent = await office.signIn('nid')
    const lost = await agent.get(`${VAULT}/lost`)
    expect(wordsOf(lost)).toContain('จนกว่าเจ้าหน้าที่ตามคำสั่งอีกคนจะให้สิทธิ์')
    const factor = factorOn(lost)
    const typed = { newPassphrase: WORDS, newPassphraseAgain: WORDS, otp: factor.code(), confirm: '' }
    expect(errorsOf(await post(agent, `${VAULT}/lost`, typed))).toEqual(['confirm'])
    expect(nid.row().grantedAt).not.toBeNull()
    const { db } = channel.sealed
    const made = await post(agent, `${VAULT}/lost`, { ...typed, confirm: 'สร้างใหม่' })
    expect(made.headers.location).toBe(`${UNLOCK}?made`)
    office.clock.addMinutes(1)
    expect(listReportsFor(db, nid.id)).toEqual([])
    expect(db.sqlite.prepare('select 1 from contact_keys where holder = ?').all(nid.id)).toEqual([])
    expect(nid.row().grantedAt).toBeNull()
    // Who found the lost passphrase and has an old copy: the case keys change at the next unlocking of another.
    const rotation = () =>
      db.sqlite.prepare('select rotation_due due, epoch from reports where id = ?').get(reportId)
    expect(rotation()).toEqual({ due: 1, epoch: 1 })
    await atDesk(office, channel.officers.dao)
    expect(rotation()).toEqual({ due: 0, epoch: 2 })
    const opened = await post(agent, UNLOCK, { passphrase: WORDS, otp: factor.code() })
    expect([opened.status, opened.headers.location]).toEqual([303, VAULT])
  })
})

/** Hidden fields of the page, repeated ones as lists. */
function hiddenIn(answer: Response): Record<string, string | string[]> {
  const fields: Record<string, string[]> = {}
  const main = answer.text.slice(answer.text.indexOf('<main'))
  for (const [, name, value] of main.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)) {
    const plain = (text: string) =>
      text
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&')
    fields[plain(name ?? '')] ??= []
    fields[plain(name ?? '')]?.push(plain(value ?? ''))
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? '')]),
  )
}
