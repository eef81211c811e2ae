import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reopenCase } from '#complaints/reopen.ts'
import { withdrawCase } from '#complaints/withdraw.ts'
import { caseNumber } from '#domain/reference.ts'
import { updateCategory } from '#settings/store.ts'
import { recount } from '#statistics/recount.ts'
import { type MoveOffice, move, openMoveOffice } from '../complaints-staff/confidential-office.ts'
import {
  type CaseOptions,
  caseIn,
  done,
  fileCase,
  type TestCase,
  tickClocks,
} from '../complaints-staff/desk.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { checkPublished, published } from './published-checks.ts'

let office: MoveOffice
let browser: Browser
let reader: Page
beforeAll(async () => {
  office = await openMoveOffice()
  browser = await launchBrowser()
  reader = await newPage(browser, { width: 360, javaScript: true })
})
afterAll(async () => {
  await browser.close()
  await office.close()
})

const SEPTEMBER = new Date('2026-09-07T03:00:00Z')
const RESULT = { text: 'ซ่อมแล้ว', outcome: 'partly', finding: 'part', cause: 'เก่า', prevention: 'ตรวจ' }

async function travelTo(day: string): Promise<void> {
  office.clock.set(new Date(`${day}T03:00:00Z`))
  await tickClocks(office)
}

const act = (testCase: TestCase, who: 'nid' | 'chai' | 'malee', path: string, typed = {}) =>
  done(office, testCase, who, path, typed)

function mergeInto(testCase: TestCase, target: TestCase): void {
  const { fiscalYear, seq } = target.row()
  act(testCase, 'nid', 'merge', { into: caseNumber(fiscalYear, seq) })
}

function reopen({ row }: TestCase): void {
  const now = row()
  reopenCase(office.portal, { row: now, rev: now.rev, text: 'ดับอีกแล้ว' })
}

function withdraw({ row }: TestCase): void {
  const now = row()
  withdrawCase(office.portal, { row: now, rev: now.rev, text: 'แก้ไขแล้ว' })
}

async function moveAway(testCase: TestCase): Promise<void> {
  expect((await move(await office.enter('nid'), testCase)).status).toBe(303)
}

/** What holds at every stop of the journey, of both years that it touches. */
async function check(): Promise<void> {
  expect(recount(office.portal.db)).toEqual([])
  for (const year of [2569, 2570]) {
    const hasBegun = office.clock.now().getTime() >= Date.parse('2026-09-30T17:00:00Z')
    if (year === 2569 || hasBegun) await checkPublished(published(office.portal, year), reader)
  }
}

it('cases that go their way through the hands of officers and citizens, over the end of a fiscal year, are counted right', async () => {
  office.clock.set(SEPTEMBER)
  const file = (options?: CaseOptions) => caseIn(office, 'in_progress', options)
  const closed = caseIn(office, 'closed', { villageId: 2 })
  const late = file({ channel: 'phone', villageId: null })
  const explained = file({ categoryCode: 'E1' })
  const question = fileCase(office, { kind: 'question', categoryCode: 'OP4' })
  const toMove = file({ villageId: 3 })
  const merged = file()
  const elsewhere = fileCase(office, { categoryCode: 'C1' })
  const dropped = fileCase(office)
  const refused = fileCase(office, { categoryCode: 'E1', channel: 'letter' })
  await check()

  await travelTo('2026-09-15')
  act(explained, 'malee', 'explain-delay', {
    ...{ text: 'รออะไหล่', doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยน', newDate: '20/10/2569' },
  })
  act(elsewhere, 'nid', 'change-category', { category: 'E1' })
  act(late, 'nid', 'change-category', { category: 'A1' })
  act(refused, 'nid', 'reject', {
    ...{ reason: 'power', otherBody: 'อำเภอ', text: 'อยู่นอกอำนาจหน้าที่' },
  })
  withdraw(dropped)

  // The last minutes of one year and the first of the next.
  await travelTo('2026-09-29')
  const sooner = fileCase(office)
  expect(sooner.row().dueOn).toBe('2026-10-14')
  updateCategory(office.portal.db, 'A3', { targetDays: 1 })
  office.portal.settings.changed()
  act(sooner, 'nid', 'change-category', { category: 'A3' })
  expect(sooner.row().dueOn).toBe('2026-09-30')
  await check()
  office.clock.set(new Date('2026-09-30T16:59:00Z'))
  const lastMinute = file()
  mergeInto(merged, closed)
  office.clock.set(new Date('2026-09-30T17:01:00Z'))
  await tickClocks(office)
  const firstMinute = file({ categoryCode: 'E1' })
  act(lastMinute, 'chai', 'conclude', RESULT)
  reopen(closed)
  await check()

  await travelTo('2026-10-20')
  act(late, 'chai', 'conclude', RESULT)
  act(late, 'chai', 'close')
  act(explained, 'chai', 'conclude', RESULT)
  act(closed, 'chai', 'accept')
  reopen(lastMinute)
  act(elsewhere, 'nid', 'register')
  act(elsewhere, 'nid', 'forward', { otherBody: 'อำเภอ', text: 'อยู่ในอำนาจของอำเภอ' })
  await moveAway(toMove)
  await moveAway(question)
  await check()

  await travelTo('2026-11-16')
  act(closed, 'chai', 'conclude', RESULT)
  mergeInto(firstMinute, late)
  // With a case that goes, those that were merged into it go as well.
  await moveAway(late)
  await check()

  const [last, next] = [published(office.portal, 2569).json, published(office.portal, 2570).json]
  expect(next.year.broughtForward).toBe(last.year.inProgress)
  expect(last.parts.h2.timeliness).toMatchObject({ met: 2, explained: 1, late: 6, void: 1 })
})
