import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import type { Viewer } from '#domain/permissions.ts'
import { CONDUCTS } from '#domain/sealed-status.ts'
import { writeInput } from '#indicators/store.ts'
import { changeSetting } from '#settings/change.ts'
import type { Portal } from '#settings/portal.ts'
import { writeHistoryLine } from '#statistics/history-store.ts'

const SOURCE = 'ตัวเลขสมมติเพื่อการสาธิต'

/** Complaints per category in 2565; from then on they become fewer, but for unfair service in one year. */
const RECEIVED: Record<string, number> = {
  ...{ A1: 46, A2: 38, A3: 17, A5: 22, B1: 9, C1: 12, C2: 14, D1: 6, E1: 31, E2: 12, F1: 5 },
  ...{ S1: 14, S2: 8, S3: 11, S4: 6, S5: 3, S6: 2, S9: 4, H1: 3, H2: 2, PR1: 6 },
}
const WORSE = { fiscalYear: 2568, category: 'S1' }

/** What is typed in for a year: ITA score, surveys, corruption cases, and reports by kind of conduct, K1 to K9. */
const TYPED: Record<number, { values: Record<string, number>; conduct: readonly number[] }> = {
  2565: { values: { cases: 4 }, conduct: [6, 3, 2, 5, 0, 1, 2, 0, 0] },
  2566: {
    values: { ita: 68.42, sv1: 74, sv3: 78.2, sv4: 76.5, cases: 3 },
    conduct: [5, 2, 1, 6, 0, 1, 2, 0, 0],
  },
  2567: {
    values: { ita: 72.9, sv3: 81.4, sv4: 79, sv14: 82.6, cases: 3 },
    conduct: [3, 2, 1, 4, 0, 0, 1, 0, 0],
  },
  2568: {
    values: { ita: 73.85, sv3: 82, sv4: 80.6, sv14: 84.1, sv21: 83, cases: 2 },
    conduct: [0, 2, 0, 1, 0, 0, 1, 0, 0],
  },
  2569: {
    values: { ita: 81.07, sv1: 79.5, sv3: 83.3, sv4: 81.2, sv14: 85, sv19: 78.4, sv21: 84, cases: 2 },
    conduct: [0, 0, 0, 0, 0, 0, 0, 0, 0],
  },
}

/** Years before the demonstration, as an office enters them from its papers. */
export function enterPastFigures(portal: Portal, viewer: Viewer): void {
  const thisYear = fiscalYearOf(civilDateOf(portal.now()))
  const rest = { source: SOURCE, enteredAt: portal.now(), enteredBy: viewer.displayName }
  for (const [year, { values, conduct }] of Object.entries(TYPED)) {
    const fiscalYear = Number(year)
    if (fiscalYear >= thisYear) continue
    const reports = CONDUCTS.map((code, index) => [code, conduct[index] ?? 0] as const)
    const after = { ...values, ...Object.fromEntries(reports), source: SOURCE }
    const change = { action: 'indicators.values', subject: `indicators:${fiscalYear}`, before: {}, after }
    changeSetting(portal, viewer, change, () => {
      for (const [key, value] of [...Object.entries(values), ...reports])
        writeInput(portal.db, { fiscalYear, key, value, ...rest })
    })
  }
  // The stories begin a year ago; what lies before them is on paper.
  for (let fiscalYear = 2565; fiscalYear < Math.min(thisYear - 1, 2570); fiscalYear += 1)
    enterRegister(portal, viewer, fiscalYear)
}

function enterRegister(portal: Portal, viewer: Viewer, fiscalYear: number): void {
  const rest = { source: SOURCE, enteredAt: portal.now(), enteredBy: viewer.displayName }
  const lines = Object.entries(RECEIVED).map(([categoryCode, first]) => {
    const isWorse = fiscalYear === WORSE.fiscalYear && categoryCode === WORSE.category
    const received = isWorse ? first + 2 : Math.round(first * 0.92 ** (fiscalYear - 2565))
    const grounds = Math.round(received * 0.6)
    return { fiscalYear, categoryCode, received, finished: received, grounds, ...rest }
  })
  const after = Object.fromEntries(lines.map(({ categoryCode, received }) => [categoryCode, received]))
  const change = { action: 'statistics.history', subject: `history:${fiscalYear}`, before: {}, after }
  changeSetting(portal, viewer, change, () => {
    for (const line of lines) writeHistoryLine(portal.db, line)
  })
}
