/** One line of the printed table: a budget of design.md section 8 and what was measured against it. */
export interface Result {
  what: string
  budget: string
  measured: string
  /** Beside the budget's own yardstick; empty where there is none. */
  ratio: string
  met: boolean
}

export function printResults(results: readonly Result[]): void {
  const rows = [
    ['What', 'Budget', 'Measured', 'Ratio', 'Met'],
    ...results.map(({ what, budget, measured, ratio, met }) => [
      what,
      budget,
      measured,
      ratio,
      met ? 'yes' : 'NO',
    ]),
  ]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n'))
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`
export const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
export const times = (value: number): string => `${value.toFixed(2)} x`
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en-US')}/s`
