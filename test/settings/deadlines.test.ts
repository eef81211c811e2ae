import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_DEADLINES } from '#settings/documents.ts'
import { fileAndKeepSlip, isTicked, shownValue, wordsOf } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, type TypedFields, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { deadlineFields } from './deadline-fields.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const PAGE = '/staff/admin/deadlines'
const LETTERS = '/staff/admin/letters'
const save = (differs: TypedFields = {}) => post(admin, PAGE, deadlineFields(differs))
const stored = () => office.portal.settings.deadlines()

describe('the deadlines', () => {
  it('stand in the form as they are stored, and saved unchanged leave no line in the trail', async () => {
    const page = await admin.get(PAGE)
    for (const [name, value] of Object.entries(deadlineFields())) {
      for (const one of [value].flat()) {
        if (name.endsWith('To') || name === 'countMode' || name === 'delayApprover') {
          expect(isTicked(page.text, name, one), `${name} ${one}`).toBe(true)
        } else expect(shownValue(page.text, name), name).toBe(one)
      }
    }
    expect((await save()).status).toBe(303)
    expect(stored()).toEqual(DEFAULT_DEADLINES)
    expect(auditLines(office.portal, 'settings.')).toEqual([])
  })

  it('are saved field by field, Thai digits and all, and stay after a restart', async () => {
    const answer = await save({
      ...{ targetDays: '๑๐', countMode: 'working', rollForward: 'yes', nearDays: '2', ackDays: '3' },
      ...{ notice1Days: '๗', notice1To: ['centre', 'executive'], notice2Days: '', notice2To: [] },
      ...{ notice8Days: '20', notice8When: 'after', notice8To: 'working_group' },
      ...{ progressDays: '7', pausesOnAsk: 'yes', delayApprover: 'working_group' },
      ...{ extensionDays: '15', extensionTotalDays: '45', officeOpens: '๐๘.๐๐', officeCloses: '16:00 น.' },
    })
    expect(answer.status).toBe(303)
    expect((await admin.get(answer.headers.location ?? '')).text).toContain('บันทึกแล้ว')
    office = await office.restart()
    expect(stored()).toEqual({
      ...{ targetDays: 10, countMode: 'working', rollForward: true, nearDays: 2, ackDays: 3 },
      notices: [
        { daysLeft: 7, to: ['centre', 'executive'] },
        { daysLeft: 0, to: ['officer', 'unit_head'] },
        { daysLeft: -1, to: ['working_group'] },
        { daysLeft: -5, to: ['executive'] },
        { daysLeft: -20, to: ['working_group'] },
      ],
      ...{ progressDays: 7, pausesOnAsk: true, delayApprover: 'working_group' },
      ...{ extensionDays: 15, extensionTotalDays: 45, officeOpens: '08:00', officeCloses: '16:00' },
    })
    expect(auditLines(office.portal, 'settings.deadlines')).toMatchObject([
      { before: { targetDays: 15, countMode: 'calendar' }, after: { targetDays: 10, countMode: 'working' } },
    ])
  })

  it.each<[TypedFields, string[]]>([
    [{ targetDays: '16' }, ['targetDays']],
    [{ targetDays: '0', nearDays: '15' }, ['targetDays', 'nearDays']],
    [{ targetDays: 'สิบ' }, ['targetDays']],
    [{ targetDays: '1e1' }, ['targetDays']],
    [{ targetDays: '10.5' }, ['targetDays']],
    [{ countMode: 'weeks' }, ['countMode']],
    [{ ackDays: '' }, ['ackDays']],
    [{ progressDays: '61' }, ['progressDays']],
    [{ delayApprover: 'nobody' }, ['delayApprover']],
    [{ extensionDays: '91' }, ['extensionTotalDays']],
    [{ officeOpens: '8' }, ['officeOpens']],
    [{ officeOpens: '24.00' }, ['officeOpens']],
    [{ officeCloses: '8.30' }, ['officeCloses']],
    [{ notice1Days: '15' }, ['notice1Days']],
    [{ notice5Days: '61' }, ['notice5Days']],
    [{ notice2Days: '3' }, ['notice2Days']],
    [{ notice4When: 'before' }, ['notice4Days']],
    [{ notice1To: [] }, ['notice1To']],
    [{ notice1To: ['everybody'] }, ['notice1To']],
    [{ notice6To: ['centre'] }, ['notice6Days']],
    [{ targetDays: '99', officeOpens: '', notice1To: [] }, ['targetDays', 'notice1To', 'officeOpens']],
  ])('with %j are refused, and what was typed is kept', async (differs, fields) => {
    const answer = await save({ ...differs, notice7Days: '40', notice7When: 'after', notice7To: 'centre' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(fields)
    for (const field of fields) expect(answer.text).toContain(`id="${field}-error"`)
    expect(shownValue(answer.text, 'notice7Days')).toBe('40')
    expect(shownValue(answer.text, 'notice7When')).toBe('after')
    for (const [name, value] of Object.entries(differs)) {
      if (/Days$|office/.test(name)) expect(typedIn(answer, name)).toBe(value)
    }
    expect(stored()).toEqual(DEFAULT_DEADLINES)
  })

  it('need one reminder at least', async () => {
    const none = Object.fromEntries(
      [1, 2, 3, 4, 5].flatMap((n) => [
        [`notice${n}Days`, ''],
        [`notice${n}To`, []],
      ]),
    )
    expect(errorsOf(await save(none))).toEqual(['notice1Days'])
  })

  it('offer empty rows up to eight, so that reminders are added without a script', async () => {
    const rows = async () => (await admin.get(PAGE)).text.match(/การแจ้งเตือนที่ \d/g)
    expect(await rows()).toHaveLength(7)
    await save({ notice6Days: '10', notice6To: 'centre', notice7Days: '14', notice7To: 'centre' })
    expect(await rows()).toHaveLength(8)
  })

  it('are changed by administrators only', async () => {
    for (const page of [PAGE, LETTERS]) {
      const nayok = await office.signIn('nayok')
      expect((await post(nayok, page, deadlineFields({ targetDays: '1' }))).status).toBe(403)
      expect((await nayok.get(page)).status).toBe(403)
      expect((await post(office.newAgent(), page, deadlineFields({ targetDays: '1' }))).status).toBe(401)
    }
    expect(stored()).toEqual(DEFAULT_DEADLINES)
  })
})

describe('a change that moves running clocks', () => {
  it('is shown before it is made, with numbers and dates and nothing else of a case', async () => {
    const slip = await fileAndKeepSlip(office, { subject: 'หลุมใหญ่หน้าตลาด' })
    const asked = await save({ countMode: 'working', notice1Days: '๒' })
    expect(asked.status).toBe(200)
    const words = wordsOf(asked.text)
    expect(words).toContain('จาก นับวันตามปฏิทิน เป็น นับเฉพาะวันทำการ')
    expect(words).toMatch(new RegExp(`${slip.number}\\s+1 ธ.ค. 69\\s+7 ธ.ค. 69`))
    expect(words).not.toContain('หลุมใหญ่')
    expect(stored()).toEqual(DEFAULT_DEADLINES)
    expect(caseOf(office, slip).dueOn).toBe('2026-12-01')
    expect(shownValue(asked.text, 'notice1Days')).toBe('๒')

    const saved = await save({ countMode: 'working', notice1Days: '๒', step: 'save' })
    expect(saved.headers.location).toBe(`${PAGE}?saved=1`)
    expect(caseOf(office, slip)).toMatchObject({ dueOn: '2026-12-07' })
    expect(auditLines(office.portal, 'clock.recalculated')).toMatchObject([
      { actorName: office.cast.admin.displayName, after: { dueOn: '2026-12-07' } },
    ])
  })

  it('is taken back to the form with everything typed', async () => {
    await fileAndKeepSlip(office)
    const answer = await save({ countMode: 'working', targetDays: '๑๒', step: 'edit' })
    expect(answer.status).toBe(200)
    expect(shownValue(answer.text, 'targetDays')).toBe('๑๒')
    expect(isTicked(answer.text, 'countMode', 'working')).toBe(true)
    expect(stored()).toEqual(DEFAULT_DEADLINES)
  })

  it('needs no question where no date moves: reminders are for cases that come', async () => {
    const slip = await fileAndKeepSlip(office)
    expect((await save({ nearDays: '5', notice1Days: '7' })).headers.location).toBe(`${PAGE}?saved`)
    expect(caseOf(office, slip)).toMatchObject({ dueOn: '2026-12-01', rev: 1 })
    const jobs = office.portal.db.sqlite.prepare('select count(*) as n from recalculations').get()
    expect(jobs).toEqual({ n: 0 })
  })
})

describe('what letters carry', () => {
  it('is saved, may be left out, and has its line in the trail', async () => {
    const fields = { signerName: 'นายสมหมาย ใจดี', signerPost: 'นายก อบต.เมืองใหม่', numberPrefix: 'ชบ 71401/' }
    expect((await post(admin, LETTERS, fields)).status).toBe(303)
    expect(office.portal.settings.letters()).toEqual(fields)
    expect(typedIn(await admin.get(`${LETTERS}?saved`), 'numberPrefix')).toBe('ชบ 71401/')
    expect((await post(admin, LETTERS, { ...fields, signerName: '' })).status).toBe(303)
    expect(office.portal.settings.letters().signerName).toBe('')
    expect(auditLines(office.portal, 'settings.letters')).toMatchObject([
      { before: { signerName: '' }, after: fields },
      { before: fields, after: { signerName: '' } },
    ])
  })

  it('too long is refused, and what was typed is kept', async () => {
    const answer = await post(admin, LETTERS, { signerName: 'ก'.repeat(151), signerPost: '<นายก>' })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['signerName'])
    expect(typedIn(answer, 'signerPost')).toBe('<นายก>')
    expect(office.portal.settings.letters().signerPost).toBe('')
  })
})
