import { describe, expect, it } from 'vitest'
import { composeLetter, type LetterSources } from '#letters/compose.ts'
import { bodyLines } from '#letters/document.ts'
import type { Letter } from '#letters/store.ts'
import { LETTER_KINDS, type LetterContent, type LetterKind } from '#letters/tables.ts'
import { OFFICE } from '../support/portal.ts'

const AT = new Date('2026-11-16T03:00:00Z')

/** A letter as it stands in the table, before anybody has registered it. */
function letter(
  kind: LetterKind,
  content: Partial<LetterContent> = {},
  changes: Partial<Letter> = {},
): Letter {
  return {
    ...{ id: 1, publicId: 'x', caseId: 1, clockId: null, eventId: null, kind, state: 'issued', rev: 1 },
    ...{ authorId: 1, authorName: 'ชัย', approverId: null, approverName: null, createdAt: AT, issuedAt: AT },
    ...{ officialNo: null, officialOn: null, signerName: null, signerPost: null },
    content: { text: 'สั่งหลอดไฟแล้ว', unit: 'กองช่าง', ...content },
    ...changes,
  }
}

function sources(changes: Partial<LetterSources> & Pick<LetterSources, 'letter'>): LetterSources {
  return {
    row: { fiscalYear: 2570, seq: 12, kind: 'complaint', subject: 'ไฟทางดับหน้าวัด', receivedOn: '2026-11-03' },
    name: null,
    office: OFFICE,
    settings: { signerName: '', signerPost: '', numberPrefix: 'ชบ 71401/' },
    unit: 'กองคลัง',
    ...changes,
  }
}

const policy = (changes = {}) => ({
  policy: {
    ...{ targetDays: 15, countMode: 'calendar' as const, rollForward: false },
    ...{ notices: [], progressDays: 15, pausesOnAsk: false },
    ...changes,
  },
})

const DELAY = {
  text: 'หลอดไฟที่สั่งซื้อยังไม่ถึง',
  doneText: 'ตรวจเสาไฟทุกต้นแล้ว',
  nextText: 'เปลี่ยนหลอดไฟ',
  dueOn: '2026-12-02',
}

const read = (given: LetterSources) => bodyLines(composeLetter(given))

describe('a letter about a delay', () => {
  it('tells the plan, the reason, what was done, what comes next and the new date in words', () => {
    expect(read(sources({ letter: letter('delay', DELAY), clock: policy() }))).toEqual([
      'ตามที่ท่านได้แจ้งเรื่อง ไฟทางดับหน้าวัด และองค์การบริหารส่วนตำบลเมืองใหม่ มีกำหนดดำเนินการภายใน 15\u00a0วัน นั้น',
      'องค์การบริหารส่วนตำบลเมืองใหม่ ขอเรียนชี้แจงว่า ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด เนื่องจาก หลอดไฟที่สั่งซื้อยังไม่ถึง',
      'ขณะนี้ได้ดำเนินการแล้ว ดังนี้ ตรวจเสาไฟทุกต้นแล้ว',
      'สิ่งที่จะดำเนินการต่อไป มีดังนี้ เปลี่ยนหลอดไฟ',
      'ทั้งนี้ คาดว่าจะแล้วเสร็จภายในวันที่ 2 ธันวาคม 2569',
      'จึงเรียนมาเพื่อโปรดทราบ และขออภัยในความล่าช้ามา ณ โอกาสนี้',
    ])
  })

  it('says "because" once, whoever else has written it', () => {
    const [, reason] = read(
      sources({ letter: letter('delay', { ...DELAY, text: 'เนื่องจากฝนตกหนัก' }), clock: policy() }),
    )
    expect(reason?.endsWith('ภายในกำหนด เนื่องจาก ฝนตกหนัก')).toBe(true)
  })

  it('counts as the clock of the case counts', () => {
    const clock = policy({ targetDays: 7, countMode: 'working' })
    expect(read(sources({ letter: letter('delay', DELAY), clock }))[0]).toContain('ภายใน 7\u00a0วันทำการ นั้น')
  })

  it('names the date that was told before, where it is not the first', () => {
    const [first] = read(sources({ letter: letter('delay', DELAY), clock: policy(), promised: '2026-11-30' }))
    expect(first).toContain('ได้แจ้งกำหนดแล้วเสร็จไว้ภายในวันที่ 30 พฤศจิกายน 2569 นั้น')
    expect(first).not.toContain('15')
  })
})

describe('typed text', () => {
  it('keeps its line breaks as paragraphs, and never swallows the words around it', () => {
    const text = 'ตรวจแล้ว พบว่า\n1. สายไฟขาด\n\n  2. หลอดขาด  '
    expect(read(sources({ letter: letter('result', { text }) })).slice(1, 6)).toEqual([
      'องค์การบริหารส่วนตำบลเมืองใหม่ ได้มอบหมายให้กองช่างตรวจสอบและดำเนินการแล้ว ปรากฏผลดังนี้',
      'ตรวจแล้ว พบว่า',
      '1. สายไฟขาด',
      '2. หลอดขาด',
      expect.stringContaining('ท่านขอเปิดเรื่องอีกครั้งได้ภายใน 30 วัน'),
    ])
  })

  it('with braces or markup in it is printed as it was typed', () => {
    const text = 'ค่า {phone} <b>#let</b> $1'
    const given = sources({ letter: letter('progress', { text }) })
    expect(read({ ...given, row: { ...given.row, subject: '{orgName}' } })).toEqual([
      'ตามที่อ้างถึง ท่านได้แจ้งเรื่อง {orgName} นั้น',
      `องค์การบริหารส่วนตำบลเมืองใหม่ ขอเรียนว่า ${text}`,
      'จึงเรียนมาเพื่อโปรดทราบ หากมีความคืบหน้าประการใดจะแจ้งให้ทราบต่อไป',
    ])
  })
})

describe('the head and the foot', () => {
  it('leave number, date and signer to be filled in until the register has them', () => {
    const document = composeLetter(sources({ letter: letter('result') }))
    expect(document).toMatchObject({
      ...{ number: null, date: null, signerName: '', signerPost: '' },
      ...{ office: OFFICE.orgName, address: OFFICE.address, to: 'ผู้แจ้งเรื่อง' },
      reference: 'เรื่องเลขที่ รท 0012/2570 ลงวันที่ 3 พฤศจิกายน 2569',
      ...{ unit: 'กองช่าง', contact: ['โทร. 038 123 456', 'อีเมล office@mueangmai.example'] },
      caseNumber: 'รท 0012/2570',
    })
  })

  it('carry what was registered, with the date in words and the signer of that letter', () => {
    const settings = { signerName: 'นายคนใหม่', signerPost: 'นายก', numberPrefix: 'ชบ 99999/' }
    const registered = { officialNo: 'ชบ 71401/123', officialOn: '2026-11-25', signerName: 'นายคนเก่า' }
    const document = composeLetter(sources({ letter: letter('result', {}, registered), settings }))
    expect(document).toMatchObject({
      ...{ number: 'ชบ 71401/123', date: '25 พฤศจิกายน 2569' },
      ...{ signerName: 'นายคนเก่า', signerPost: 'นายก' },
    })
  })

  it('name the complainant where the reader may know the name', () => {
    expect(composeLetter(sources({ letter: letter('result'), name: 'นางแก้ว ใจดี' })).to).toBe('นางแก้ว ใจดี')
  })

  it('name the unit that the letter was written for, whoever has the case since', () => {
    const { content } = letter('result')
    const { unit: _, ...older } = content
    expect(composeLetter(sources({ letter: letter('result') })).unit).toBe('กองช่าง')
    expect(composeLetter(sources({ letter: { ...letter('result'), content: older } })).unit).toBe('กองคลัง')
  })
})

describe('every kind of letter', () => {
  it.each(LETTER_KINDS)('%s: has a subject of its own, the matter, and the closing words', (kind) => {
    const content = { dueOn: '2026-12-02', otherBody: 'แขวงทางหลวงชนบท', reason: 'ไม่อยู่ในอำนาจหน้าที่' }
    const given = sources({ letter: letter(kind, { ...DELAY, ...content }), clock: policy() })
    const document = composeLetter(given)
    const words = bodyLines(document).join('\n')
    expect(`${document.subject}\n${words}`).not.toMatch(/[{}]|undefined|null| {2}/)
    expect(words).toContain('ไฟทางดับหน้าวัด')
    expect(words.split('\n').at(-1)).toMatch(/^จึงเรียนมาเพื่อโปรดทราบ/)
    const others = LETTER_KINDS.filter((other) => other !== kind)
    const subjects = others.map((other) => composeLetter(sources({ letter: letter(other) })).subject)
    expect(subjects).not.toContain(document.subject)
  })

  it('of a receipt and a reopening tells the due date, or none where there is none', () => {
    for (const kind of ['receipt', 'reopened'] as const) {
      const withDate = read(sources({ letter: letter(kind, { text: '', dueOn: '2026-11-18' }) })).join(' ')
      expect(withDate).toContain('ดำเนินการแก้ไขหรือชี้แจงให้ท่านทราบภายในวันที่ 18 พฤศจิกายน 2569')
      expect(read(sources({ letter: letter(kind, { text: '', dueOn: null }) })).join(' ')).not.toContain(
        'ชี้แจงให้ท่านทราบ',
      )
    }
  })

  it('of a refusal gives the reason and where else to go, of a forwarding the other body', () => {
    const content = { text: 'ถนนเส้นนี้เป็นของกรม', otherBody: 'แขวงทางหลวงชนบท โทร 1146', reason: 'ไม่อยู่ในอำนาจ' }
    const refusal = read(sources({ letter: letter('not_accepted', content) }))
    expect(refusal).toContain('ถนนเส้นนี้เป็นของกรม')
    expect(refusal.join(' ')).toContain('ด้วยเหตุผลว่า ไม่อยู่ในอำนาจ')
    expect(refusal).toContain('ในเรื่องดังกล่าว ท่านอาจติดต่อ แขวงทางหลวงชนบท โทร 1146')
    const forwarded = read(sources({ letter: letter('forwarded', content) }))
    expect(forwarded[1]).toContain('อยู่ในอำนาจหน้าที่ของแขวงทางหลวงชนบท โทร 1146')
  })

  it('speaks of the case as what it is', () => {
    const subjectOf = (kind: LetterSources['row']['kind']) => {
      const given = sources({ letter: letter('result') })
      return composeLetter({ ...given, row: { ...given.row, kind } }).subject
    }
    expect(subjectOf('complaint')).toBe('แจ้งผลการดำเนินการเรื่องร้องเรียน / ร้องทุกข์')
    expect(subjectOf('question')).toBe('แจ้งผลการดำเนินการเรื่องที่สอบถาม')
    expect(subjectOf('request')).toBe('แจ้งผลการดำเนินการคำร้องขอรับบริการ')
  })
})
