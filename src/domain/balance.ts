/**
 * Cases at the start of a period, in it and at its end: broughtForward + received = finished + inProgress
 * (requirements A12, rule 9).
 */
export interface Balance {
  broughtForward: number
  received: number
  finished: number
  inProgress: number
}

/** What was received and finished in one month (YYYY-MM). */
export interface MonthCount {
  month: string
  received: number
  finished: number
}

/** The balance of the months `from` to `to`, both included. All that came before is brought forward. */
export function balanceOf(
  counts: readonly MonthCount[],
  period: Readonly<{ from: string; to: string }>,
): Balance {
  const balance = { broughtForward: 0, received: 0, finished: 0, inProgress: 0 }
  for (const { month, received, finished } of counts) {
    if (month > period.to) continue
    balance.inProgress += received - finished
    if (month < period.from) {
      balance.broughtForward += received - finished
    } else {
      balance.received += received
      balance.finished += finished
    }
  }
  return balance
}
