import type { SeenBefore } from '#complaints/case-page.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import type { Portal } from '#settings/portal.ts'
import { formatNumber } from '#web/thai-format.ts'
import { analysisAddress } from './addresses.ts'
import { monthsBack, monthsIn } from './months.ts'
import { complaintsByMonth } from './recurrence.ts'
import { sightOf } from './sight.ts'

const MONTHS_BACK = 12

/** Said beside a case: how often its trouble was told from its village lately, besides this once. */
export function seenBefore({ db, settings, now }: Portal): SeenBefore {
  return (viewer, { kind, status, categoryCode, villageId, receivedOn }) => {
    if (kind !== 'complaint' || villageId === null || !sightOf(settings, viewer).sees(categoryCode))
      return null
    const to = monthOf(civilDateOf(now()))
    const from = monthsBack(to, MONTHS_BACK - 1)
    const counts = complaintsByMonth(db, { categoryCode, villageId }, monthsIn({ from, to }))
    const isAmongThem = status !== 'merged' && monthOf(receivedOn) >= from
    const others = [...counts.values()].reduce((sum, n) => sum + n, 0) - (isAmongThem ? 1 : 0)
    if (others <= 0) return null
    return {
      text: `ใน 12 เดือนล่าสุดมีเรื่องประเภทนี้จากหมู่บ้านเดียวกันอีก ${formatNumber(others)} เรื่อง`,
      href: analysisAddress({ category: categoryCode, village: villageId, from, to }),
    }
  }
}
