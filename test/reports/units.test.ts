import type { Response } from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readUnitTimes } from '#reports/unit-store.ts'
import { caseIn, type TestCase, tickClocks, viewerFor } from '../complaints-staff/desk.ts'
import { plansOf } from '../support/plans.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

const UNITS = '/staff/reports/units'

let office: TestPortal
let overdue: TestCase
beforeAll(async () => {
  office = await startTestPortal({ now: new Date('2026-10-05T03:00:00Z') })
  overdue = caseIn(office, 'in_progress', { subject: 'ไฟทางดับนานแล้ว' })
  caseIn(office, 'closed', { categoryCode: 'S1' })
  caseIn(office, 'submitted')
  office.clock.addDays(42)
  await tickClocks(office)
  caseIn(office, 'closed')
})
afterAll(() => office.close())

/** The lines of the month's table: a unit and its nine numbers. */
function rowsOf({ text }: Response): Record<string, number[]> {
  const body = text.split('sg-report__units')[1]?.split('</table>')[0]?.split('<tbody')[1] ?? ''
  const rows = body
    .split('<tr')
    .slice(1)
    .map((row) => {
      const name = /rowheader" scope="row">([^<]*)</.exec(row)?.[1] ?? ''
      return [name, [...row.matchAll(/<td role="cell">([\d,]+)</g)].map(([, n]) => Number(n))] as const
    })
  return Object.fromEntries(rows)
}

describe('the monthly report of a unit', () => {
  it('tells of every unit what came, what was finished, and what was late', async () => {
    const wit = await office.signIn('wit')
    const rows = rowsOf(await wit.get(`${UNITS}?month=2026-10`).expect(200))
    expect(rows.กองช่าง).toEqual([0, 2, 1, 1, 1, 0, 1, 0, 1])
    expect(rows.ยังไม่มอบหมายหน่วยงาน).toEqual([0, 1, 0, 1, 0, 0, 1, 0, 0])
    expect(rows.กองคลัง).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
    const november = rowsOf(await wit.get(`${UNITS}?month=2026-11`))
    expect(november.กองช่าง).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0])
  })

  it('names what is overdue today, with the way there', async () => {
    const wit = await office.signIn('wit')
    const { text } = await wit.get(`${UNITS}?month=2026-10&unit=${office.cast.chai.unitId}`)
    expect(text).toContain(`href="${overdue.address}"`)
    expect(text).toContain('ไฟทางดับนานแล้ว')
    expect(Object.keys(rowsOf({ text } as Response))).toEqual(['กองช่าง'])
  })

  it('is last month’s where no month is asked for', async () => {
    const nayok = await office.signIn('nayok')
    expect((await nayok.get(UNITS)).text).toContain('ประจำเดือนตุลาคม 2569')
  })

  it('shows a head the own unit alone', async () => {
    const malee = await office.signIn('malee')
    const own = await malee.get(`${UNITS}?month=2026-10`).expect(200)
    expect(Object.keys(rowsOf(own))).toEqual(['กองช่าง'])
    expect(own.text).not.toContain('name="unit"')
    await malee.get(`${UNITS}?month=2026-10&unit=${office.cast.somsri.unitId}`).expect(404)
  })

  it('looks at the cases of its month, not at all of them', () => {
    for (const name of ['wit', 'malee'] as const) {
      const viewer = viewerFor(office, name)
      const plans = plansOf(office.portal.db, () =>
        readUnitTimes(office.portal.db, viewer, '2026-10-01', '2026-10-31'),
      )
      expect(plans[0]?.plan).toContain('USING INDEX cases_received (received_on>? AND received_on<?)')
      expect(plans[0]?.plan).not.toContain('SCAN')
    }
  })

  it('does not exist for other months or units, nor for officers and administrators', async () => {
    const wit = await office.signIn('wit')
    for (const query of ['month=2026-13', 'month=2026-12', 'month=1999-01', 'unit=999', 'unit=x'])
      expect((await wit.get(`${UNITS}?${query}`)).status, query).toBe(404)
    for (const name of ['chai', 'admin'] as const)
      expect((await (await office.signIn(name)).get(UNITS)).status).toBe(403)
    expect((await office.agent.get(UNITS)).status).toBe(303)
  })
})
