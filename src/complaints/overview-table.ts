import { type Account, listAccounts } from '#accounts/store.ts'
import type { Oversight } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { formatNumber } from '#web/thai-format.ts'
import { COUNTED, type Counted, type Counts, type WorkLine } from './overview-store.ts'
import { NONE, queueAddress } from './queue-views.ts'

/** A number with the list that it counts; nothing is nowhere to go to. */
export interface Figure {
  view: Counted
  count: number
  text: string
  href: string | null
}

/** A line of a table: its heading, its numbers, and its bar as shares of the longest. */
export interface OverviewRow {
  name: string
  figures: Figure[]
  /** Percent of the drawing's width: overdue and not explained, explained, everything else. */
  bar: { over: number; delayed: number; rest: number }
}

export interface UnitTable {
  rows: OverviewRow[]
  total: OverviewRow
  /** Unit by unit, who has how much. */
  officers: { unit: string; open: string; rows: OverviewRow[] }[]
}

/** What narrows a list to a line of the table. */
interface Narrowing {
  unit?: number | typeof NONE | undefined
  officer?: number | typeof NONE | undefined
}

/** The unit that a whole overview is narrowed to. */
export const unitOf = (oversight: Oversight): number | undefined =>
  typeof oversight === 'object' ? oversight.unitId : undefined

export function sumOf(lines: readonly Counts[]): Counts {
  const sum = (view: Counted) => lines.reduce((total, line) => total + line[view], 0)
  return Object.fromEntries(COUNTED.map((view) => [view, sum(view)])) as Counts
}

export function figuresOf(counts: Counts, narrowing: Narrowing): Figure[] {
  return COUNTED.map((view) => ({
    ...{ view, count: counts[view], text: formatNumber(counts[view]) },
    href: counts[view] > 0 ? queueAddress({ view, ...narrowing }) : null,
  }))
}

/** Every unit in the office's order, those without work too; then what is left over, and no unit's. */
export function unitTable(portal: Portal, oversight: Oversight, lines: readonly WorkLine[]): UnitTable {
  const units = unitsOf(portal, oversight, lines).map((id) => {
    const own = lines.filter(({ unitId }) => unitId === id)
    const name = id === null ? 'ยังไม่มอบหมายหน่วยงาน' : (portal.settings.unit(id)?.name ?? String(id))
    return { id, name, own, counts: sumOf(own) }
  })
  const longest = Math.max(1, ...units.map(({ counts }) => counts.open))
  const accounts = new Map(listAccounts(portal.db).map((account) => [account.id, account]))
  return {
    rows: units.map(({ id, name, counts }) => rowOf(name, counts, { unit: id ?? NONE }, longest)),
    total: rowOf('รวม', sumOf(lines), { unit: unitOf(oversight) }, longest),
    officers: units
      .filter(({ own, id }) => own.length > 0 && id !== null)
      .map(({ id, name, own, counts }) => ({
        ...{ unit: name, open: formatNumber(counts.open) },
        rows: officerRows(accounts, id, own),
      })),
  }
}

function unitsOf({ settings }: Portal, oversight: Oversight, lines: readonly WorkLine[]): (number | null)[] {
  const only = unitOf(oversight)
  if (only !== undefined) return [only]
  const active = settings.units().map(({ id }) => id)
  const withWork = lines.map(({ unitId }) => unitId).filter((id) => id !== null && !active.includes(id))
  return [...active, ...new Set(withWork), null]
}

/** Nobody's cases first, then whoever has most that is overdue. */
function officerRows(
  accounts: ReadonlyMap<number, Account>,
  unitId: number | null,
  lines: readonly WorkLine[],
): OverviewRow[] {
  const longest = Math.max(1, ...lines.map(({ open }) => open))
  const pressing = (line: WorkLine) => (line.officerId === null ? Number.MAX_SAFE_INTEGER : line.over)
  return [...lines]
    .sort((a, b) => pressing(b) - pressing(a) || b.open - a.open)
    .map((line) => {
      const { officerId } = line
      const name = officerName(officerId === null ? null : accounts.get(officerId))
      return rowOf(name, line, { unit: unitId ?? NONE, officer: officerId ?? NONE }, longest)
    })
}

function officerName(account: Account | null | undefined): string {
  if (account === null) return 'ยังไม่มีผู้รับผิดชอบ'
  if (!account) return '–'
  return account.disabledAt ? `${account.displayName} (ปิดบัญชีแล้ว)` : account.displayName
}

function rowOf(name: string, counts: Counts, narrowing: Narrowing, longest: number): OverviewRow {
  const share = (count: number) => Math.round((count / longest) * 1000) / 10
  const over = share(counts.over)
  const delayed = share(counts.delayed)
  const rest = Math.max(0, Math.round((share(counts.open) - over - delayed) * 10) / 10)
  return { name, figures: figuresOf(counts, narrowing), bar: { over, delayed, rest } }
}
