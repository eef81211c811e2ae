import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clocksOf } from '#clock/clock-store.ts'
import { reopenCase } from '#complaints/reopen.ts'
import { deliverLetter } from '#letters/deliver.ts'
import { lettersOf } from '#letters/store.ts'
import { done, type TestCase } from '../complaints-staff/desk.ts'
import { RESULT } from '../complaints-staff/explanations.ts'
import { bangkok, type ClockOffice, caseOfChai, openClockOffice } from './clock-office.ts'

let office: ClockOffice
beforeEach(async () => {
  office = await openClockOffice()
})
afterEach(() => office.close())

const BY_POST = { contact: { address: '12 หมู่ 1', replyBy: 'post' } } as const

function deliver(testCase: TestCase, kind: string, on: string): void {
  const { db } = office.portal
  const letter = lettersOf(db, testCase.id).find((one) => one.kind === kind)
  const { id, displayName: name } = office.cast.chai
  const act = { at: bangkok(`${on} 10:00`), actor: { kind: 'staff', id, name } } as const
  deliverLetter(db, letter?.id ?? 0, 'post', on, act)
}

/** Of the duty to solve or explain, round by round. */
const toldOn = ({ id }: TestCase) => clocksOf(office.portal.db, id).map((clock) => clock.toldOn)

describe('a letter about the progress', () => {
  it('counts for the clock under which it was written', () => {
    const testCase = caseOfChai(office, BY_POST)
    done(office, testCase, 'chai', 'progress', { text: 'สั่งหลอดไฟแล้ว' })
    deliver(testCase, 'progress', '2026-11-17')
    expect(toldOn(testCase)).toEqual(['2026-11-17'])
  })

  it('from before the case was reopened does not put off what is due since', () => {
    const testCase = caseOfChai(office, BY_POST)
    done(office, testCase, 'chai', 'progress', { text: 'สั่งหลอดไฟแล้ว' })
    done(office, testCase, 'chai', 'conclude', RESULT)
    office.setTime('2026-11-20 10:00')
    const row = testCase.row()
    reopenCase(office.portal, { row, rev: row.rev, text: 'ยังดับอยู่' })
    deliver(testCase, 'progress', '2026-12-20')
    expect(toldOn(testCase)).toEqual([null, null])
  })
})
