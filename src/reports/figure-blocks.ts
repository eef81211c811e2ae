import type { Balance } from '#domain/balance.ts'
import { t } from '#web/languages.ts'
import { formatMonth, formatMonthShort, formatNumber } from '#web/thai-format.ts'
import type { ReportBlock } from './blocks.ts'
import { type NamedBalance, type NamedCount, type ReportFigures, yearOf } from './figures.ts'

const BALANCE_HEAD = ['ยกมา', 'รับใหม่', 'แล้วเสร็จ', 'อยู่ระหว่าง ดำเนินการ']

export const say = (text: string): ReportBlock => ({ kind: 'paragraph', text })

/** Received and finished of every month, as pairs of bars. */
export function monthBars({ months, total }: ReportFigures): ReportBlock {
  const longest = Math.max(
    1,
    ...months.flatMap(({ balance }) => (balance ? [balance.received, balance.finished] : [])),
  )
  const bar = (value: number) => ({
    label: formatNumber(value),
    share: Math.round((value / longest) * 1000) / 10,
  })
  const most = Math.max(0, ...months.map(({ balance }) => balance?.received ?? 0))
  const busiest = months.find(({ balance }) => most > 0 && balance?.received === most)
  const told = busiest ? ` เดือนที่รับมากที่สุดคือ${formatMonth(busiest.month, 'th')} ${cases(most)}` : ''
  return {
    ...{ kind: 'bars', title: 'เรื่องที่รับใหม่และแล้วเสร็จรายเดือน', series: ['รับใหม่', 'แล้วเสร็จ'] },
    told: `รับใหม่รวม ${cases(total.received)} แล้วเสร็จรวม ${cases(total.finished)}${told} ตัวเลขทุกเดือนอยู่ในตาราง`,
    lines: months.map(({ month, balance }) => ({
      name: formatMonthShort(month, 'th'),
      bars: balance ? [bar(balance.received), bar(balance.finished)] : [],
    })),
  }
}

/** Names with their balances; months that have not begun have none. */
export function balances(
  title: string,
  heading: string,
  lines: readonly (NamedBalance | { name: string; balance: null })[],
  total: Balance | null,
): ReportBlock {
  const row = (name: string, balance: Balance | null) =>
    balance
      ? [
          name,
          ...[balance.broughtForward, balance.received, balance.finished, balance.inProgress].map(
            formatNumber,
          ),
        ]
      : [name, '–', '–', '–', '–']
  return {
    ...{ kind: 'counts', title, head: [heading, ...BALANCE_HEAD], hasTotal: total !== null },
    rows: [
      ...lines.map(({ name, balance }) => row(name, balance)),
      ...(total && lines.length > 0 ? [row('รวม', total)] : []),
    ],
  }
}

export function counts(
  title: string,
  heading: string,
  lines: readonly NamedCount[],
  column = 'จำนวนเรื่อง',
): ReportBlock {
  return {
    ...{ kind: 'counts', title, head: [heading, column], hasTotal: false },
    rows: lines.map(({ name, count }) => [name, formatNumber(count)]),
  }
}

export const cases = (count: number): string => `${formatNumber(count)} เรื่อง`

/** As the office's own surveys of the fiscal year found it, which a half-year's report tells as well. */
export function satisfaction(figures: ReportFigures): ReportBlock[] {
  const { surveys } = figures
  if (surveys.length === 0) return [say('ยังไม่มีผลการสำรวจความพึงพอใจของปีงบประมาณนี้')]
  return [
    {
      ...{ kind: 'words', head: ['สิ่งที่สำรวจ', 'ความพึงพอใจ', 'เอกสารที่มา'] },
      rows: surveys.map(({ code, percent, source }) => [
        ...[t('th', `sx.survey.${code}`), t('th', 'sx.survey.value', { n: formatNumber(percent) }), source],
      ]),
    },
    say(`ผลการสำรวจของปีงบประมาณ พ.ศ. ${yearOf(figures)} ${t('th', 'ix.measure.survey')}`),
  ]
}
