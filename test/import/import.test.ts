import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tick } from '#clock/tick.ts'
import { moveCase } from '#complaints/move-case.ts'
import { cases } from '#complaints/tables.ts'
import { importCases } from '#import/import.ts'
import { DEFAULT_MAPPING, Mapping } from '#import/mapping.ts'
import { fakeRegister } from '../complaints-staff/confidential-office.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { type RegisterLine, registerLine, windows874, writeRegister } from '../support/register.ts'

let office: TestFolder
beforeEach(() => {
  office = openTestFolder()
})
afterEach(() => office.close())

type Row = Record<string, string | number | null>
const rows = (sql: string, ...values: unknown[]) =>
  office.portal.db.sqlite.prepare<unknown[], Row>(sql).all(...values)
const one = (sql: string, ...values: unknown[]) => rows(sql, ...values)[0]
const count = (table: string) => one(`select count(*) as n from ${table}`)?.n

const run = (file: string, options: { mapping?: Mapping; dryRun?: boolean } = {}) =>
  importCases(office.portal, file, { mapping: DEFAULT_MAPPING, ...options })

/** Imports one row that differs so from a good one; returns what came of it. */
async function importOne(differs: RegisterLine, mapping: Mapping = DEFAULT_MAPPING) {
  const file = writeRegister(office.folder, [registerLine(1, differs)])
  const report = await run(file, { mapping })
  return { report, reasons: report.faults[0]?.reasons ?? [], row: one('select * from cases') }
}

describe('a register', () => {
  it('becomes cases with their dates, numbers, clocks, history and figures', async () => {
    const file = writeRegister(office.folder, [registerLine(1), registerLine(2, { วันที่รับเรื่อง: '1/10/2566' })])
    expect(await run(file)).toMatchObject({
      rows: 2,
      added: 2,
      present: 0,
      faulty: 0,
      rejectsFile: undefined,
    })

    const [first, second] = rows('select * from cases order by id')
    expect(first).toMatchObject({
      ...{ fiscal_year: 2566, seq: 1, received_on: '2023-05-18', due_on: '2023-06-02' },
      ...{ kind: 'complaint', category_code: 'A2', channel: 'phone', status: 'in_progress', village_id: 3 },
      ...{ source: 'register', source_ref: '1/2566', subject: 'ไฟทางดับ จุดที่ 1' },
    })
    // The first of October opens the next fiscal year.
    expect(second).toMatchObject({ fiscal_year: 2567, seq: 1, received_on: '2023-10-01' })
    expect(one('select name from units where id = ?', first?.unit_id)?.name).toBe('กองช่าง')
    expect(one('select * from case_clocks where case_id = 1')).toMatchObject({
      due_on: '2023-06-02',
      verdict: null,
    })
    expect(one("select * from month_totals where month = '2023-05'")).toMatchObject({
      ...{ kind: 'complaint', category_group: 'A', received: 1, finished: 0 },
    })
    expect(rows('select type, audience from case_events where case_id = 1')).toEqual([
      { type: 'submitted', audience: 'public' },
      { type: 'imported', audience: 'internal' },
    ])
    expect(rows("select action from audit_lines where subject = 'case:1'")).toHaveLength(2)
  })

  it('is found by search', async () => {
    await run(writeRegister(office.folder, [registerLine(1), registerLine(2, { รายละเอียด: 'สุนัขดุกัดเด็ก' })]))
    const found = (words: string) =>
      rows('select rowid from case_words where text match ?', words).map((row) => row.rowid)
    expect(found('สุนัข')).toEqual([2])
    expect(rows('select rowid from case_trigrams where text match ?', '"เสาที่ 1"')).toEqual([{ rowid: 1 }])
  })

  it.each([
    ['UTF-8 without byte order mark', { bom: false }],
    ['UTF-8 with byte order mark', { bom: true }],
    ["Thai Excel's Windows-874", { bom: false, encode: windows874 }],
  ])('is read from %s', async (_name, how) => {
    const detail = 'น้ำท่วมขังหน้าบ้าน\nขอให้มาสูบน้ำออก'
    await run(writeRegister(office.folder, [registerLine(1, { รายละเอียด: detail })], how))
    expect(one('select * from cases')).toMatchObject({ detail, subject: 'ไฟทางดับ จุดที่ 1' })
  })

  it('adds nothing when it is imported again', async () => {
    const file = writeRegister(office.folder, [registerLine(1), registerLine(2)])
    await run(file)
    const events = count('case_events')
    expect(await run(file)).toMatchObject({ rows: 2, added: 0, present: 2, faulty: 0 })
    expect([count('cases'), count('case_events')]).toEqual([2, events])
  })

  it('without numbers adds nothing either, though its states have gone on; like rows stay two cases', async () => {
    const unnumbered = (differs: RegisterLine) => registerLine(1, { เลขที่รับ: '-', ...differs })
    const twins = [unnumbered({}), unnumbered({}), unnumbered({ รายละเอียด: 'ท่อแตก' })]
    expect(await run(writeRegister(office.folder, twins))).toMatchObject({ added: 3 })
    const done: RegisterLine = { สถานะ: 'เสร็จสิ้น', วันที่แล้วเสร็จ: '20/5/2566', ผลการดำเนินการ: 'เปลี่ยนหลอดแล้ว' }
    const later = [unnumbered(done), unnumbered({}), unnumbered({ รายละเอียด: 'ท่อแตก', ...done })]
    expect(await run(writeRegister(office.folder, later))).toMatchObject({ added: 0, present: 3 })
    expect(count('cases')).toBe(3)
  })

  it('brings no case back that was moved to the confidential register', async () => {
    const unnumbered = registerLine(2, { เลขที่รับ: '-' })
    const file = writeRegister(office.folder, [registerLine(1), unnumbered])
    await run(file)
    const viewer = { accountId: 1, displayName: 'ก', roles: [], unitId: null, isCentre: false }
    for (const row of office.portal.db.orm.select().from(cases).all()) {
      await moveCase(office.portal, fakeRegister(), { row, viewer, excluded: [] }, (_id, error) => {
        throw error
      })
    }
    expect(rows('select status, source, source_ref, subject from cases')).toEqual(
      Array(2).fill({ status: 'moved', source: null, source_ref: null, subject: '' }),
    )
    expect(await run(file)).toMatchObject({ rows: 2, added: 0, present: 2, faulty: 0 })
    expect([count('cases'), count('case_events')]).toEqual([2, 0])
  })

  it('queues no mail, though it knows addresses, and keeps who complained', async () => {
    const headings = ['เลขที่รับ', 'วันที่', 'เรื่อง', 'ชื่อผู้ร้อง', 'โทร', 'อีเมล', 'ปกปิดชื่อ']
    const file = writeRegister(
      office.folder,
      [['7', '18/5/2566', 'ไฟทางดับหน้าวัด', 'วิไล ตัวอย่าง', '812345678', 'wilai@example.com', 'ใช่']],
      { headings },
    )
    expect(await run(file)).toMatchObject({ added: 1 })
    expect(count('outbox')).toBe(0)
    expect(one('select * from case_contacts')).toMatchObject({
      ...{ name: 'วิไล ตัวอย่าง', phone: '0812345678', email: 'wilai@example.com' },
      ...{ reply_by: 'email', withhold_name: 1 },
    })
  })

  it('may have a title above its headings', async () => {
    const title = ['ทะเบียนรับเรื่องร้องเรียน ประจำปี 2566']
    const headings = ['วันที่', 'รายละเอียด']
    const file = writeRegister(office.folder, [headings, ['18/5/2566', 'ไฟทางดับหน้าวัด']], { headings: title })
    expect(await run(file)).toMatchObject({ rows: 1, added: 1 })
    // No category: the officers will sort it.
    expect(one('select * from cases')).toMatchObject({
      category_code: 'X9',
      status: 'registered',
      source_ref: null,
    })
  })

  it('without headings that are known is refused, telling what was looked for', async () => {
    const file = writeRegister(office.folder, [['x', 'y']], { headings: ['foo', 'bar'] })
    await expect(run(file)).rejects.toThrow(/foo \| bar/)
    const columns = { receivedAt: 'received', detail: 'text' }
    await expect(run(file, { mapping: Mapping.parse({ columns }) })).rejects.toThrow(/received, text/)
  })
})

describe('states of the register', () => {
  it.each([
    ['รอรับเรื่อง', 'submitted'],
    ['รอดำเนินการ', 'registered'],
    ['มอบหมายแล้ว', 'assigned'],
    ['อยู่ระหว่างดำเนินการ', 'in_progress'],
    ['ขอข้อมูลเพิ่มเติม', 'need_info'],
    ['', 'registered'],
  ])('%j is an open case: %s, its clock running', async (word, status) => {
    const { row } = await importOne({ สถานะ: word })
    expect(row).toMatchObject({ status, finished_on: null, resolved_on: null })
    expect(one('select verdict from case_clocks')).toEqual({ verdict: null })
  })

  it('an open one of years ago is overdue, but is not charged with every progress notice since', async () => {
    await importOne({ สถานะ: 'อยู่ระหว่างดำเนินการ' })
    await tick(office.portal, { draft: () => undefined })
    expect(one("select count(*) as n from clock_events where type = 'breached'")).toEqual({ n: 1 })
    expect(one("select count(*) as n from clock_events where mark like 'progress%'")).toEqual({ n: 0 })
  })

  it('a finished one keeps its result and day, and its clock stops on that day', async () => {
    const result = 'เปลี่ยนหลอดไฟแล้ว'
    const differs = { สถานะ: 'ดำเนินการแล้วเสร็จ', วันที่แล้วเสร็จ: '5/6/2566', ผลการดำเนินการ: result }
    const { row } = await importOne(differs)
    expect(row).toMatchObject({
      ...{ status: 'closed', result_text: result, outcome: 'solved' },
      ...{ resolved_on: '2023-06-05', finished_on: '2023-06-05' },
    })
    // Due on 2 June: late for ever.
    expect(one('select * from case_clocks')).toMatchObject({ stopped_on: '2023-06-05', verdict: 'late' })
    expect(one("select * from month_totals where month = '2023-06'")).toMatchObject({
      received: 0,
      finished: 1,
    })
  })

  it.each([
    ['ส่งต่อ', 'forwarded'],
    ['ไม่รับเรื่อง', 'not_accepted'],
    ['ถอนเรื่อง', 'withdrawn'],
    ['แจ้งผลแล้ว', 'resolved'],
    ['ยุติเรื่อง', 'closed'],
  ])('%s is a finished case: %s', async (word, status) => {
    const { row } = await importOne({ สถานะ: word, วันที่แล้วเสร็จ: '20/5/2566' })
    expect(row).toMatchObject({ status, finished_on: '2023-05-20' })
    expect(one('select verdict from case_clocks')).toEqual({ verdict: 'met' })
  })

  it('what the register says of the work so far stays with an open case, for the officers', async () => {
    await importOne({ ผลการดำเนินการ: 'รออะไหล่จากจังหวัด' })
    const text = one("select text, audience from case_events where type = 'imported'")
    expect(text).toEqual({ text: expect.stringContaining('รออะไหล่จากจังหวัด'), audience: 'internal' })
  })

  it('a date of finishing alone finishes the case', async () => {
    const { row } = await importOne({ สถานะ: '', วันที่แล้วเสร็จ: '20/5/2566' })
    expect(row).toMatchObject({ status: 'closed', result_text: expect.stringContaining('ทะเบียนเดิม') })
  })
})

describe('a mapping', () => {
  const mapping = Mapping.parse({
    source: 'old-book',
    columns: {
      externalNo: 'เลขที่รับ',
      receivedAt: 'วันที่รับเรื่อง',
      detail: 'รายละเอียด',
      category: 'ประเภทเรื่อง',
      status: 'สถานะ',
    },
    fixed: { channel: 'box', category: 'X9', finishedOn: 'receivedAt' },
    values: {
      category: { ถนน: 'A1', ไฟฟ้า: 'A2', ชมเชย: 'OP3', '*': 'X9' },
      status: { จบ: 'closed', '*': 'registered' },
    },
  })

  it('names the columns, fills what is missing and puts our words for theirs', async () => {
    const { row } = await importOne({ ประเภทเรื่อง: 'ไฟฟ้า', ช่องทาง: 'โทรศัพท์', สถานะ: 'อะไรก็ได้' }, mapping)
    expect(row).toMatchObject({
      source: 'old-book',
      category_code: 'A2',
      channel: 'box',
      status: 'registered',
    })
    // A column that the mapping does not name is not brought in.
    expect(row).toMatchObject({ village_id: null, subject: expect.stringContaining('ไฟทางหน้าวัด') })
  })

  it('takes the first of several categories that it knows and keeps their words in the history', async () => {
    const { row } = await importOne({ ประเภทเรื่อง: 'ร้องเรียน,ไฟฟ้า,ถนน' }, mapping)
    expect(row).toMatchObject({ category_code: 'A2' })
    const [event] = rows("select text from case_events where type = 'imported'")
    expect(event?.text).toContain('ร้องเรียน,ไฟฟ้า,ถนน')
  })

  it('may count finished cases without a date on the day of receipt', async () => {
    const { row } = await importOne({ สถานะ: 'จบ' }, mapping)
    expect(row).toMatchObject({ status: 'closed', finished_on: '2023-05-18' })
  })

  it('lets the category decide the kind; praise has no due date', async () => {
    const { row } = await importOne({ ประเภทเรื่อง: 'ชมเชย' }, mapping)
    expect(row).toMatchObject({ kind: 'praise', category_code: 'OP3', due_on: null })
    expect(count('case_clocks')).toBe(0)
  })

  it('lets what a person came for go before a category of another kind', async () => {
    const { row } = await importOne(
      { ประเภทเรื่อง: 'ไฟฟ้า' },
      { ...mapping, fixed: { ...mapping.fixed, kind: 'question' } },
    )
    expect(row).toMatchObject({ kind: 'question', category_code: 'OP4' })
  })
})

describe('a faulty row', () => {
  it.each<[string, RegisterLine, RegExp]>([
    ['a date that is none', { วันที่รับเรื่อง: '31/2/2566' }, /วันที่รับเรื่อง “31\/2\/2566”/],
    ['no date', { วันที่รับเรื่อง: '' }, /วันที่รับเรื่อง/],
    ['a date to come', { วันที่รับเรื่อง: '17/11/2569' }, /อนาคต/],
    ['no text', { เรื่อง: '', รายละเอียด: '' }, /ไม่มีข้อความ/],
    ['a category nobody knows', { ประเภทเรื่อง: 'จานบิน' }, /จานบิน/],
    ['a village there is not', { หมู่ที่: '14' }, /หมู่ที่ “14”/],
    ['a state nobody knows', { สถานะ: 'หายไป' }, /สถานะ/],
    ['a state of ours that needs another case', { สถานะ: 'merged' }, /สถานะ/],
    ['no day of finishing', { สถานะ: 'เสร็จสิ้น' }, /วันที่แล้วเสร็จ/],
    ['finishing before receipt', { สถานะ: 'เสร็จสิ้น', วันที่แล้วเสร็จ: '17/5/2566' }, /ก่อนวันที่รับเรื่อง/],
    ['finishing in the future', { สถานะ: 'เสร็จสิ้น', วันที่แล้วเสร็จ: '17/5/2599' }, /อนาคต/],
    ['a text too long', { รายละเอียด: 'ก'.repeat(50_001) }, /50000/],
    ['letters that cannot be read', { รายละเอียด: 'ไฟท\uFFFDงดับ' }, /อ่านไม่ได้/],
  ])('with %s is reported and adds nothing', async (_name, differs, reason) => {
    const { report, reasons } = await importOne(differs)
    expect(report).toMatchObject({ rows: 1, added: 0, faulty: 1 })
    expect(reasons.join()).toMatch(reason)
    expect([count('cases'), count('case_events'), count('case_sequences')]).toEqual([0, 0, 0])
  })

  it('tells its line in the file and everything that is wrong; the good rows go in', async () => {
    const file = writeRegister(office.folder, [
      registerLine(1, { รายละเอียด: 'สอง\nบรรทัด' }),
      registerLine(2, { ประเภทเรื่อง: 'จานบิน', หมู่ที่: '99' }),
      registerLine(3),
    ])
    const report = await run(file)
    expect(report).toMatchObject({ rows: 3, added: 2, faulty: 1 })
    // Heading on line 1, the first row on 2 and 3.
    expect(report.faults).toMatchObject([{ line: 4 }])
    expect(report.faults[0]?.reasons).toHaveLength(2)
  })

  it('goes to a rejects file that can be imported again once it is mended', async () => {
    const formula = '=HYPERLINK("http://example.com")\nบรรทัดที่สอง'
    const rowsOfFile = [registerLine(1), registerLine(2, { ประเภทเรื่อง: 'จานบิน', รายละเอียด: formula })]
    const { rejectsFile } = await run(writeRegister(office.folder, rowsOfFile))
    expect(rejectsFile).toBe(join(office.folder, 'register.csv.rejects.csv'))
    if (!rejectsFile) return
    expect(statSync(rejectsFile).mode & 0o777).toBe(0o600)
    const text = readFileSync(rejectsFile, 'utf8')
    const [headings, rejected, ...more] = parse(text, { bom: true }) as string[][]
    expect(more).toEqual([])
    expect(headings?.slice(-2)).toEqual(['บรรทัดเดิม (line)', 'เหตุผล (reason)'])
    expect(rejected?.at(-2)).toBe('3')
    expect(rejected?.at(-1)).toContain('จานบิน')
    // A spreadsheet must not run what a citizen wrote.
    expect(rejected).toContain(`'${formula}`)

    writeFileSync(rejectsFile, text.replace('จานบิน,', 'A2,'))
    const again = await run(rejectsFile)
    expect(again).toMatchObject({ rows: 1, added: 1, faulty: 0, rejectsFile: undefined })
    expect(one("select detail from cases where source_ref = '2/2566'")?.detail).toBe(formula)
  })

  it('never overwrites a rejects file that somebody may be mending', async () => {
    const file = writeRegister(office.folder, [registerLine(1, { หมู่ที่: '99' })])
    const first = await run(file)
    const second = await run(file)
    expect(second.rejectsFile).toBe(`${file}.rejects-2.csv`)
    expect(first.rejectsFile && existsSync(first.rejectsFile)).toBe(true)
  })

  it('with more cells than headings is not guessed at', async () => {
    const file = join(office.folder, 'commas.csv')
    writeFileSync(file, 'วันที่,รายละเอียด\n18/5/2566,ไฟดับ, ท่อแตก\n18/5/2566,ไฟดับ,\n')
    expect(await run(file)).toMatchObject({ added: 1, faulty: 1, faults: [{ line: 2 }] })
  })
})

describe('a number used twice', () => {
  it('in one file for two matters is a fault, for the same row once more it is not', async () => {
    const file = writeRegister(office.folder, [
      registerLine(1),
      registerLine(1, { รายละเอียด: 'ท่อแตก' }),
      registerLine(1),
    ])
    const report = await run(file)
    expect(report).toMatchObject({ added: 1, present: 1, faulty: 1 })
    expect(report.faults[0]?.reasons.join()).toContain('บรรทัดที่ 2')
  })

  it('in another year is a fault: the register counts anew', async () => {
    await run(writeRegister(office.folder, [registerLine(1, { เลขที่รับ: '1' })]))
    const next = writeRegister(office.folder, [registerLine(1, { เลขที่รับ: '1', วันที่รับเรื่อง: '18/5/2567' })])
    const report = await run(next)
    expect(report).toMatchObject({ added: 0, present: 0, faulty: 1 })
    expect(report.faults[0]?.reasons.join()).toContain('2023-05-18')
  })

  it('in another register is another case', async () => {
    const file = writeRegister(office.folder, [registerLine(1)])
    await run(file)
    expect(await run(file, { mapping: Mapping.parse({ source: 'second-book' }) })).toMatchObject({ added: 1 })
  })
})

describe('a dry run', () => {
  it('tells what would happen and writes nothing: no row, no number, no file', async () => {
    const tables = [
      'cases',
      'case_events',
      'case_contacts',
      'case_clocks',
      'case_sequences',
      'audit_lines',
      'outbox',
      'month_totals',
    ]
    const before = tables.map(count)
    const file = writeRegister(office.folder, [
      registerLine(1),
      registerLine(2, { หมู่ที่: '99' }),
      registerLine(3),
    ])
    const report = await run(file, { dryRun: true })
    expect(report).toMatchObject({ rows: 3, added: 2, faulty: 1, rejectsFile: undefined })
    expect([...report.years]).toEqual([[2566, 2]])
    expect(report.examples[0]?.row).toMatchObject({ categoryCode: 'A2', status: 'in_progress' })
    expect(tables.map(count)).toEqual(before)
    expect(existsSync(`${file}.rejects.csv`)).toBe(false)
  })

  it('promises exactly what the import then does', async () => {
    const file = writeRegister(office.folder, [
      registerLine(1),
      registerLine(1),
      registerLine(2, { หมู่ที่: '99' }),
      registerLine(3),
    ])
    const promised = await run(file, { dryRun: true })
    const done = await run(file)
    expect([done.added, done.present, done.faulty]).toEqual([
      promised.added,
      promised.present,
      promised.faulty,
    ])
  })
})

describe('a long register', () => {
  it('goes in batch by batch and tells how far it is', async () => {
    const file = writeRegister(
      office.folder,
      Array.from({ length: 250 }, (_, index) => registerLine(index + 1)),
    )
    const steps: number[] = []
    const report = await importCases(office.portal, file, {
      mapping: DEFAULT_MAPPING,
      onProgress: ({ rows: done }) => steps.push(done),
    })
    expect(report.added).toBe(250)
    expect(steps).toEqual([100, 200, 250])
    expect(one('select last from case_sequences')?.last).toBe(250)
  })
})
