import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import { recordEvent } from '#complaints/history-store.ts'
import type { Case } from '#complaints/store.ts'
import type { IndicatorId } from '#domain/indicators.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { deleteOverride, overridesOf, writeOverride } from './store.ts'
import { indicatorTitle } from './words.ts'

export const CHOICES = ['counts', 'not', 'category'] as const
export type Choice = (typeof CHOICES)[number]

export const CHOICE_WORDS: Record<Choice, string> = {
  counts: 'นับเรื่องนี้',
  not: 'ไม่นับเรื่องนี้',
  category: 'นับตามประเภทของเรื่อง',
}

export interface CountDecision {
  indicator: IndicatorId
  choice: Choice
  reason: string
}

/**
 * วินิจฉัยการนับ: whether an indicator counts this case, whatever its category says; or as its category says again.
 * The history has the reason, the trail names the event. Deciding the same twice is deciding it once.
 */
export function decideCount(
  { db, now }: Portal,
  viewer: Viewer,
  row: Case,
  { indicator, choice, reason }: CountDecision,
): void {
  const at = now()
  const actor = viewerActor(viewer)
  db.inTransaction(() => {
    const known = overridesOf(db, row.id).find((one) => one.indicator === indicator)
    const before = known ? (known.counts ? 'counts' : 'not') : 'category'
    if (before === choice && (!known || known.reason === reason)) return
    if (choice === 'category') deleteOverride(db, row.id, indicator)
    else {
      const counts = choice === 'counts'
      writeOverride(db, {
        ...{ caseId: row.id, indicator, counts, reason },
        ...{ decidedAt: at, decidedBy: viewer.displayName },
      })
    }
    const text = `ตัวชี้วัด${indicatorTitle(indicator, 'th')}: ${CHOICE_WORDS[choice]}\n${reason}`
    const event = recordEvent(db, { caseId: row.id, at, type: 'note', actor, audience: 'internal', text })
    recordChange(db, {
      ...{ at, actor, action: 'indicators.decide', subject: `case:${row.id}` },
      before: { [indicator]: before },
      after: { [indicator]: choice, event },
    })
  })
}
