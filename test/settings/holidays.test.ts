import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_DEADLINES } from '#settings/documents.ts'
import { listHolidays } from '#settings/holiday-store.ts'
import { writeDocument } from '#settings/store.ts'
import { fileAndKeepSlip, isTicked, shownValue, wordsOf } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, type TypedFields, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
let admin: TestAgent
beforeEach(async () => {
  office = await startTestPortal()
  admin = await office.signIn('admin')
})
afterEach(() => office.close())

const LIST = '/staff/admin/holidays'
const IMPORT = `${LIST}/import`
const SOURCE = 'มติคณะรัฐมนตรี 20 พฤษภาคม 2569'

const fathersDay = (differs: TypedFields = {}) => ({
  ...{ day: '7/12/2569', name: 'ชดเชยวันพ่อแห่งชาติ', substitute: 'yes', source: SOURCE },
  ...differs,
})
const pasted = (lines: string, differs: TypedFields = {}) => ({
  year: '2570',
  source: SOURCE,
  lines,
  ...differs,
})
const days = () => listHolidays(office.portal.db).map(({ day }) => day)

/** Fifteen working days from Monday, 16 November 2569, end on Monday, 7 December. */
function countWorkingDays(): void {
  const { db, settings } = office.portal
  writeDocument(db, 'deadlines', { ...DEFAULT_DEADLINES, countMode: 'working' }, office.portal.now())
  settings.changed()
}

describe('one holiday', () => {
  it('is added with its source, shown under its year, and has its line in the trail', async () => {
    const answer = await post(admin, LIST, fathersDay())
    expect(answer.headers.location).toBe(`${LIST}?year=2569&saved=0`)
    const page = wordsOf((await admin.get(answer.headers.location ?? '')).text)
    expect(page).toContain('บันทึกแล้ว')
    expect(page).toMatch(/วันจันทร์ที่ 7 ธันวาคม 2569\s+ชดเชยวันพ่อแห่งชาติ\s+ชดเชย/)
    expect(page).toContain(SOURCE)
    expect(office.portal.settings.holidays()).toEqual(new Map([['2026-12-07', 'ชดเชยวันพ่อแห่งชาติ']]))
    expect(auditLines(office.portal, 'settings.holiday')).toMatchObject([
      {
        ...{ action: 'settings.holiday.create', subject: 'holiday:2026-12-07', before: null },
        ...{ actorName: office.cast.admin.displayName, after: { substitute: true, source: SOURCE } },
      },
    ])
  })

  it('may be typed as the list shows it, in Thai digits', async () => {
    await post(admin, LIST, fathersDay({ day: '๗ ธันวาคม ๒๕๖๙' }))
    expect(days()).toEqual(['2026-12-07'])
  })

  it.each<[TypedFields, string[]]>([
    [{ day: '' }, ['day']],
    [{ day: '31/2/2570' }, ['day']],
    [{ day: '7 ธันวาคม' }, ['day']],
    [{ day: '13-15 เมษายน 2570' }, ['day']],
    [{ name: ' ', source: '' }, ['name', 'source']],
    [{ name: 'ก'.repeat(151) }, ['name']],
  ])('with %j is refused, and what was typed is kept', async (differs, fields) => {
    const answer = await post(admin, LIST, fathersDay({ source: '<มติ>', ...differs }))
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(fields)
    expect(typedIn(answer, 'day')).toBe(differs.day ?? '7/12/2569')
    expect(typedIn(answer, 'source')).toBe(differs.source ?? '<มติ>')
    expect(isTicked(answer.text, 'substitute', 'yes')).toBe(true)
    expect(days()).toEqual([])
  })

  it('that somebody added meanwhile is told, and what was typed is kept', async () => {
    await post(admin, LIST, fathersDay())
    const answer = await post(admin, LIST, fathersDay({ name: 'วันหยุดอื่น', step: 'save' }))
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['day'])
    expect(typedIn(answer, 'name')).toBe('วันหยุดอื่น')
    expect(office.portal.settings.holidays().get('2026-12-07')).toBe('ชดเชยวันพ่อแห่งชาติ')
  })

  it('gets better words, but no other day', async () => {
    await post(admin, LIST, fathersDay())
    const page = `${LIST}/2026-12-07`
    expect(typedIn(await admin.get(page), 'source')).toBe(SOURCE)
    const words = { name: 'หยุดชดเชยวันพ่อ', source: 'ประกาศจังหวัด', day: '8/12/2569' }
    expect((await post(admin, page, words)).status).toBe(303)
    expect(listHolidays(office.portal.db)).toMatchObject([
      { day: '2026-12-07', name: 'หยุดชดเชยวันพ่อ', substitute: false, source: 'ประกาศจังหวัด' },
    ])
    expect(auditLines(office.portal, 'settings.holiday.change')).toMatchObject([
      { before: { substitute: true }, after: { substitute: false, name: 'หยุดชดเชยวันพ่อ' } },
    ])
    const refused = await post(admin, page, { name: '', source: '<จังหวัด>' })
    expect([refused.status, typedIn(refused, 'source')]).toEqual([422, '<จังหวัด>'])
  })

  it('is removed, once', async () => {
    await post(admin, LIST, fathersDay())
    const remove = () => post(admin, `${LIST}/2026-12-07/remove`)
    expect((await remove()).headers.location).toBe(`${LIST}?year=2569&saved=0`)
    expect(days()).toEqual([])
    expect((await remove()).status).toBe(404)
    expect(auditLines(office.portal, 'settings.holiday.remove')).toMatchObject([
      { subject: 'holiday:2026-12-07', before: { source: SOURCE }, after: null },
    ])
  })

  it('that is none is not found', async () => {
    for (const day of ['2026-12-08', 'x', '2026-12-7', "2026-12-07'"]) {
      const page = `${LIST}/${encodeURIComponent(day)}`
      expect((await admin.get(page)).status).toBe(404)
      expect((await post(admin, page, fathersDay())).status).toBe(404)
      expect((await post(admin, `${page}/remove`)).status).toBe(404)
    }
    expect((await admin.get(`${LIST}/2026-12-07/remove`)).status).toBe(404)
  })
})

describe('a holiday that moves due dates', () => {
  beforeEach(countWorkingDays)

  it('is shown before it is added, and moves them when it is', async () => {
    const slip = await fileAndKeepSlip(office)
    expect(caseOf(office, slip).dueOn).toBe('2026-12-07')
    const asked = await post(admin, LIST, fathersDay())
    expect(asked.status).toBe(200)
    expect(wordsOf(asked.text)).toMatch(/7 ธ.ค. 69\s+8 ธ.ค. 69/)
    expect(typedIn(asked, 'source')).toBe(SOURCE)
    expect(days()).toEqual([])

    const edited = await post(admin, LIST, fathersDay({ step: 'edit' }))
    expect([edited.status, typedIn(edited, 'name'), days()]).toEqual([200, 'ชดเชยวันพ่อแห่งชาติ', []])

    const saved = await post(admin, LIST, fathersDay({ step: 'save' }))
    expect(saved.headers.location).toBe(`${LIST}?year=2569&saved=1`)
    expect(caseOf(office, slip).dueOn).toBe('2026-12-08')
  })

  it('is shown before it is removed, and moves them back when it is', async () => {
    await post(admin, LIST, fathersDay())
    const slip = await fileAndKeepSlip(office)
    const remove = (step?: string) => post(admin, `${LIST}/2026-12-07/remove`, step ? { step } : {})
    expect(wordsOf((await remove()).text)).toMatch(/8 ธ.ค. 69\s+7 ธ.ค. 69/)
    expect((await remove('edit')).headers.location).toBe(`${LIST}/2026-12-07`)
    expect(days()).toEqual(['2026-12-07'])
    expect((await remove('save')).status).toBe(303)
    expect(caseOf(office, slip).dueOn).toBe('2026-12-07')
  })

  it('is named on the slip, in tracking and on the case page by the list of the day it came', async () => {
    await post(admin, LIST, fathersDay())
    const slip = await fileAndKeepSlip(office)
    await post(admin, `${LIST}/2026-12-07`, { name: 'ชื่อใหม่', source: SOURCE })
    const chief = await office.signIn('dao')
    const [, seq, year] = /(\d{4})\/(\d{4})/.exec(slip.number) ?? []
    const page = wordsOf((await chief.get(`/staff/cases/RT-${year}-${seq}`)).text)
    expect(page).toContain('ไม่นับวันจันทร์ที่ 7 ธันวาคม 2569 (ชดเชยวันพ่อแห่งชาติ)')
    expect(page).not.toContain('ชื่อใหม่')
  })
})

describe('a year of holidays', () => {
  const LINES = '1 มกราคม 2570 วันขึ้นปีใหม่\n13-15 เมษายน 2570 วันสงกรานต์\n25/10/2570\tชดเชยวันปิยมหาราช'

  it('is shown as it was read, then saved with one source and one line in the trail', async () => {
    const check = await post(admin, IMPORT, pasted(LINES))
    expect(check.status).toBe(200)
    const words = wordsOf(check.text)
    for (const read of ['วันศุกร์ที่ 1 มกราคม 2570', 'วันพฤหัสบดีที่ 15 เมษายน 2570', '5 วัน', SOURCE]) {
      expect(words).toContain(read)
    }
    expect(days()).toEqual([])
    expect(typedIn(check, 'lines')).toBe(LINES)

    const saved = await post(admin, IMPORT, pasted(LINES, { step: 'save' }))
    expect(saved.headers.location).toBe(`${LIST}?year=2570&saved=0`)
    expect(listHolidays(office.portal.db)).toMatchObject([
      { day: '2027-01-01', name: 'วันขึ้นปีใหม่', substitute: false, source: SOURCE },
      ...[13, 14, 15].map((day) => ({ day: `2027-04-${day}`, name: 'วันสงกรานต์' })),
      { day: '2027-10-25', name: 'ชดเชยวันปิยมหาราช', substitute: true },
    ])
    expect(auditLines(office.portal, 'settings.holiday')).toMatchObject([
      { action: 'settings.holiday.import', subject: 'holidays:2570', after: { source: SOURCE } },
    ])
  })

  it('with lines that cannot be read is refused line by line, and nothing is saved or lost', async () => {
    const lines = 'วันขึ้นปีใหม่\n6 เมษายน 2570 วันจักรี\n32/1/2570 <b>วันหยุด</b>'
    const answer = await post(admin, IMPORT, pasted(lines, { step: 'save' }))
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['lines'])
    expect(typedIn(answer, 'lines')).toBe(lines)
    const words = wordsOf(answer.text)
    expect(words).toMatch(/1 วันขึ้นปีใหม่\s+ไม่พบวันที่/)
    expect(words).toMatch(/3 32\/1\/2570 <b>วันหยุด<\/b>\s+ไม่มีวันที่นี้/)
    expect(days()).toEqual([])
  })

  it.each<[TypedFields, string[]]>([
    [{ year: '' }, ['year']],
    [{ year: '2027' }, ['year']],
    [{ source: '' }, ['source']],
    [{ lines: ' \n ' }, ['lines']],
    [{ lines: 'ก\n'.repeat(151) }, ['lines']],
    [{ lines: 'ก'.repeat(10_001) }, ['lines']],
  ])('with %j is refused, and what was typed is kept', async (differs, fields) => {
    const answer = await post(admin, IMPORT, pasted(LINES, { source: '<มติ>', ...differs }))
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(fields)
    expect(typedIn(answer, 'lines')).toBe(differs.lines ?? LINES)
    expect(typedIn(answer, 'source')).toBe(differs.source ?? '<มติ>')
  })

  it('leaves what is there already as it is, and says so', async () => {
    await post(admin, LIST, fathersDay({ day: '1/1/2570', name: 'ปีใหม่สากล' }))
    expect(wordsOf((await post(admin, IMPORT, pasted(LINES))).text)).toContain('มีอยู่แล้ว')
    await post(admin, IMPORT, pasted(LINES, { step: 'save' }))
    expect(office.portal.settings.holidays().get('2027-01-01')).toBe('ปีใหม่สากล')
    expect(days()).toHaveLength(5)
    // Sent twice, there is nothing left to add.
    const again = await post(admin, IMPORT, pasted(LINES, { step: 'save' }))
    expect([again.status, errorsOf(again)]).toEqual([422, ['lines']])
    expect(auditLines(office.portal, 'settings.holiday.import')).toHaveLength(1)
  })

  it('shows which due dates move, and moves them', async () => {
    countWorkingDays()
    const slip = await fileAndKeepSlip(office)
    const lines = '7 ธันวาคม 2569 ชดเชยวันพ่อแห่งชาติ'
    expect(wordsOf((await post(admin, IMPORT, pasted(lines, { year: '๒๕๖๙' }))).text)).toContain(slip.number)
    await post(admin, IMPORT, pasted(lines, { year: '๒๕๖๙', step: 'save' }))
    expect(caseOf(office, slip).dueOn).toBe('2026-12-08')
  })

  it('may begin with the days that never change, behind what was typed', async () => {
    expect(typedIn(await admin.get(`${IMPORT}?year=2570`), 'year')).toBe('2570')
    const typed = '1 มกราคม 2570 ปีใหม่\nบรรทัดที่ยังไม่เสร็จ'
    const filled = await post(admin, IMPORT, pasted(typed, { step: 'fill', source: '' }))
    expect(filled.status).toBe(200)
    const lines = (shownValue(filled.text, 'lines') ?? '').split('\n')
    expect(lines.slice(0, 3)).toEqual([...typed.split('\n'), '6 เมษายน 2570 วันจักรี'])
    expect(lines).toContain('25 ตุลาคม 2570 ชดเชยวันปิยมหาราช')
    expect(wordsOf(filled.text)).toContain('ประกาศของคณะรัฐมนตรี')
    expect(days()).toEqual([])
    const noYear = await post(admin, IMPORT, pasted(typed, { step: 'fill', year: 'x' }))
    expect([noYear.status, errorsOf(noYear), typedIn(noYear, 'lines')]).toEqual([422, ['year'], typed])
  })

  it('that was looked through is taken back to the form as it was typed', async () => {
    const answer = await post(admin, IMPORT, pasted(LINES, { step: 'edit' }))
    expect([answer.status, typedIn(answer, 'lines'), days()]).toEqual([200, LINES, []])
  })
})

describe('a year without holidays', () => {
  const told = async () => wordsOf((await admin.get('/staff/admin')).text).includes('ยังไม่มีวันหยุดของปี 2570')

  it('is told from 1 November on, until there are some', async () => {
    await post(admin, LIST, fathersDay())
    office.clock.set(new Date('2026-10-31T16:59:59Z'))
    admin = await office.signIn('admin')
    expect(await told()).toBe(false)
    office.clock.set(new Date('2026-10-31T17:00:00Z'))
    expect(await told()).toBe(true)
    expect(wordsOf((await admin.get(LIST)).text)).toContain('ยังไม่มีวันหยุดของปี 2570')
    await post(admin, LIST, fathersDay({ day: '1/1/2570' }))
    expect(await told()).toBe(false)
  })
})

it('holidays are changed by administrators only', async () => {
  await post(admin, LIST, fathersDay())
  const wit = await office.signIn('wit')
  for (const [page, fields] of [
    [LIST, fathersDay({ day: '1/1/2570' })],
    [IMPORT, pasted('1 มกราคม 2570 วันขึ้นปีใหม่', { step: 'save' })],
    [`${LIST}/2026-12-07`, fathersDay({ name: 'อื่น' })],
    [`${LIST}/2026-12-07/remove`, {}],
  ] as const) {
    expect((await post(wit, page, fields)).status).toBe(403)
    expect((await post(office.newAgent(), page, fields)).status).toBe(401)
  }
  for (const page of [LIST, IMPORT, `${LIST}/2026-12-07`]) expect((await wit.get(page)).status).toBe(403)
  expect([...office.portal.settings.holidays()]).toEqual([['2026-12-07', 'ชดเชยวันพ่อแห่งชาติ']])
})
