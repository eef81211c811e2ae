import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { CASE_STATUSES, nextStatus } from '#domain/case-status.ts'
import { mayDo, maySeeCase } from '#domain/permissions.ts'
import type { MemberName } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, done, fileCase, openForm, type TestCase, viewerFor, wordsOf } from './desk.ts'

const MEMBERS: MemberName[] = ['nid', 'dao', 'chai', 'malee', 'somsri', 'wit', 'nayok']

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

function oneOfEach(): TestCase[] {
  const ways = [
    'submitted',
    'registered',
    'assigned',
    'in_progress',
    'need_info',
    'resolved',
    'closed',
  ] as const
  const rejected = fileCase(office)
  done(office, rejected, 'nid', 'reject', { reason: 'abusive', text: 'ก่อกวน' })
  const forwarded = caseIn(office, 'in_progress')
  done(office, forwarded, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })
  const merged = fileCase(office)
  const { fiscalYear, seq } = rejected.row()
  done(office, merged, 'nid', 'merge', { into: `${seq}/${fiscalYear}` })
  return [...ways.map((status) => caseIn(office, status)), rejected, forwarded, merged]
}

describe('the buttons of the case page', () => {
  it('are exactly what this person may do with the case now', async () => {
    const testCases = oneOfEach()
    const statuses = new Set(testCases.map((testCase) => testCase.row().status))
    // All but withdrawn, which is no officer's act, and moved, which leaves no such page.
    expect(statuses.size).toBe(CASE_STATUSES.length - 2)
    for (const name of MEMBERS) {
      const agent = await office.signIn(name)
      const viewer = viewerFor(office, name)
      for (const testCase of testCases) {
        const row = testCase.row()
        const page = await agent.get(testCase.address)
        expect(page.status).toBe(maySeeCase(viewer, row) ? 200 : 404)
        if (page.status !== 200) continue
        const shown = ACTION_FORMS.filter(
          ({ path }) =>
            page.text.includes(`href="${testCase.address}/${path}"`) ||
            page.text.includes(`action="${testCase.address}/${path}"`),
        ).map(({ action }) => action)
        const allowed = ACTION_FORMS.map(({ action }) => action).filter(
          (action) =>
            nextStatus(action, { status: row.status, reopenPending: false }) && mayDo(viewer, action, row),
        )
        expect(shown.sort(), `${name} ${row.status}`).toEqual(allowed.sort())
      }
    }
  })

  it('say whose turn it is to somebody who only reads', async () => {
    const { address } = caseIn(office, 'submitted')
    const reader = await office.signIn('nayok')
    expect(wordsOf(await reader.get(address))).toContain('ขั้นตอนนี้เป็นหน้าที่ของศูนย์รับเรื่อง')
  })
})

describe('the case page', () => {
  it('shows everything about the case as it was typed', async () => {
    const detail = '<script>alert(1)</script>\n\n  ย่อหน้า\u200bสอง 😀 & "คำพูด"'
    const testCase = caseIn(office, 'in_progress', {
      ...{ detail, wish: 'ขอให้ซ่อม', place: 'ซอย 4', channel: 'phone', incomingNo: '55/2569' },
      contact: { name: 'สมหญิง', phone: '0812345678', address: '9 หมู่ 1' },
    })
    const agent = await office.signIn('chai')
    const page = await agent.get(testCase.address)
    expect(page.text).not.toContain('<script>alert')
    expect(page.text).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;\n\n  ย่อหน้า\u200bสอง 😀 &amp; &quot;คำพูด&quot;',
    )
    const words = wordsOf(page)
    for (const word of ['ขอให้ซ่อม', 'ซอย 4', 'โทรศัพท์', '55/2569', 'สมหญิง', '0812345678', '9 หมู่ 1']) {
      expect(words).toContain(word)
    }
    expect(words).toContain('1 ธันวาคม 2569')
    expect(words).toContain('วันรับเรื่อง 16 พฤศจิกายน 2569 ไม่นับ')
    expect(words).toContain('ชัย ช่างโยธา')
  })

  it('marks a withheld name for those who handle the case and hides it from those who only read', async () => {
    const contact = { name: 'สมหญิง รักถิ่น', phone: '0812345678', withholdName: true }
    const { address } = caseIn(office, 'in_progress', { contact })
    const handler = wordsOf(await (await office.signIn('chai')).get(address))
    expect(handler).toContain('สมหญิง รักถิ่น')
    expect(handler).toContain('ขอไม่เปิดเผยชื่อ')
    const reader = wordsOf(await (await office.signIn('nayok')).get(address))
    expect(reader).not.toContain('สมหญิง')
    expect(reader).not.toContain('0812345678')
    expect(reader).toContain('เห็นได้เฉพาะเจ้าหน้าที่ที่ทำเรื่องนี้')
  })

  it('of a matter about staff does not exist for those who may not see it', async () => {
    const restricted = fileCase(office, { categoryCode: 'H1', subject: 'เรื่องลับของบุคลากร' })
    for (const [name, status] of [
      ...(['nid', 'chai', 'malee', 'somsri'].map((member) => [member, 404]) as [MemberName, number][]),
      ...(['dao', 'wit', 'nayok'].map((member) => [member, 200]) as [MemberName, number][]),
    ]) {
      const agent = await office.signIn(name)
      const page = await agent.get(restricted.address)
      expect(page.status, name).toBe(status)
      if (status === 404) {
        const nowhere = await agent.get('/staff/cases/RT-2570-9999')
        expect(page.text).not.toContain('เรื่องลับ')
        expect(page.text).toBe(nowhere.text)
      }
    }
  })

  it('answers 404 to numbers that are none', async () => {
    const agent = await office.signIn('wit')
    for (const slug of [
      'RT-2570-0',
      'RT-2570-99999999999',
      'x',
      '..%2f..',
      "1'%20or%201=1",
      'RT-2570-0001%00',
    ]) {
      expect((await agent.get(`/staff/cases/${slug}`)).status, slug).toBe(404)
    }
    const { address } = fileCase(office)
    expect((await agent.get(`${address}/explode`)).status).toBe(404)
  })

  it('tells of every change who made it, when, and what it was before and after', async () => {
    const { address } = caseIn(office, 'assigned')
    const words = wordsOf(await (await office.signIn('nid')).get(address))
    expect(words).toContain('สถานะ: รับเรื่องแล้ว → เปลี่ยนเป็น ส่งหน่วยงานที่รับผิดชอบแล้ว')
    expect(words).toContain('หน่วยงาน: ยังไม่มี → เปลี่ยนเป็น กองช่าง')
    expect(words).toContain('นิด รับเรื่อง · 16 พฤศจิกายน 2569 เวลา 10.00 น.')
  })
})

describe('two officers on one case', () => {
  it('show the second what the case was and what it has become', async () => {
    const testCase = caseIn(office, 'registered')
    const agent = await office.signIn('nid')
    const form = await openForm(agent, testCase.address, 'reject')
    done(office, testCase, 'dao', 'assign', { unit: String(office.cast.chai.unitId) })
    const typed = { reason: 'power', text: 'ไม่ใช่อำนาจของเรา', otherBody: 'อำเภอ', step: 'send' }
    const answer = await post(agent, `${testCase.address}/reject`, { ...form, ...typed })
    expect(answer.status).toBe(409)
    const words = wordsOf(answer)
    expect(words).toContain('สถานะ รับเรื่องแล้ว ส่งหน่วยงานที่รับผิดชอบแล้ว')
    expect(words).toContain('หน่วยงาน ยังไม่มี กองช่าง')
    expect(words).toContain('ไม่ใช่อำนาจของเรา')
  })

  it('leave the second the words typed where the action is over', async () => {
    const testCase = caseIn(office, 'in_progress')
    const agent = await office.signIn('chai')
    const form = await openForm(agent, testCase.address, 'progress')
    done(office, testCase, 'malee', 'conclude', {
      ...{ text: 'เสร็จแล้ว', outcome: 'solved', finding: 'yes', cause: 'ก', prevention: 'ข' },
    })
    const answer = await post(agent, `${testCase.address}/progress`, { ...form, text: 'ครึ่งทางแล้ว' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer)).toContain('ทำขั้นตอนนี้ในตอนนี้ไม่ได้')
    expect(wordsOf(answer)).toContain('ครึ่งทางแล้ว')
    expect(wordsOf(answer)).toContain('เสร็จแล้ว')
  })

  it('give an officer the typed words back when the case was moved to another unit meanwhile', async () => {
    const testCase = caseIn(office, 'in_progress')
    const agent = await office.signIn('chai')
    const form = await openForm(agent, testCase.address, 'progress')
    done(office, testCase, 'nid', 'assign', { unit: String(office.cast.somsri.unitId) })
    const answer = await post(agent, `${testCase.address}/progress`, { ...form, text: 'เขียนมาครึ่งชั่วโมง' })
    expect(answer.status).toBe(404)
    expect(wordsOf(answer)).toContain('เขียนมาครึ่งชั่วโมง')
    expect(answer.text).not.toContain(testCase.row().subject)
    expect(answer.text).not.toContain('กองสาธารณสุข')
    const nowhere = await post(agent, '/staff/cases/RT-2570-9998/progress', { text: 'เขียนมาครึ่งชั่วโมง' })
    expect(nowhere.text).toBe(answer.text)
  })

  it('at the very same moment change the case once', async () => {
    const testCase = caseIn(office, 'registered')
    const { chai, somsri } = office.cast
    const [nid, dao] = [await office.signIn('nid'), await office.signIn('dao')]
    const form = await openForm(nid, testCase.address, 'assign')
    const answers = await Promise.all([
      post(nid, `${testCase.address}/assign`, { ...form, unit: String(chai.unitId) }),
      post(dao, `${testCase.address}/assign`, { ...form, unit: String(somsri.unitId) }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    expect(testCase.row().rev).toBe(3)
  })
})

describe('a reopened case', () => {
  it('waits to be accepted, and any officer action takes it up', () => {
    const reopened = (path: string, typed: Record<string, string>) => {
      const testCase = caseIn(office, 'resolved')
      const now = office.portal.now().getTime()
      office.portal.db.sqlite
        .prepare(
          "update cases set status = 'in_progress', finished_on = null, reopened_at = ?, rev = rev + 1 where id = ?",
        )
        .run(now, testCase.id)
      expect(testCase.row().reopenAcceptedAt).toBeNull()
      done(office, testCase, 'chai', path, typed)
      return testCase.row()
    }
    expect(reopened('accept', {})).toMatchObject({
      status: 'in_progress',
      reopenAcceptedAt: office.portal.now(),
    })
    expect(reopened('progress', { text: 'ไปดูอีกครั้ง' }).reopenAcceptedAt).toEqual(office.portal.now())
    expect(reopened('note', { text: 'จดไว้' }).reopenAcceptedAt).toBeNull()
  })
})
