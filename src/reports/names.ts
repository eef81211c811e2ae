import type { CaseStatus } from '#domain/case-status.ts'
import { CHANNELS, FINDINGS, OUTCOMES } from '#domain/vocabulary.ts'
import type { Settings } from '#settings/store.ts'
import { t } from '#web/languages.ts'

// Reports are in Thai. A code that is not known any more is printed as it is.

export const categoryName = (settings: Settings, code: string): string =>
  settings.category(code)?.name ?? code

export function channelName(code: string): string {
  const channel = CHANNELS.find((one) => one === code)
  return channel ? t('th', `of.ch.${channel}`) : code
}

export function unitName(settings: Settings, id: string): string {
  if (id === '0') return 'ยังไม่มอบหมายหน่วยงาน'
  return settings.unit(Number(id))?.name ?? id
}

export function villageName(settings: Settings, id: string): string {
  const village = settings.village(Number(id))
  return village ? `หมู่ที่ ${village.number} ${village.name}` : id
}

/** Ways a case ends without an outcome, which the figures name by its status. */
const ENDED = ['not_accepted', 'forwarded', 'withdrawn'] as const satisfies CaseStatus[]

export function endingName(value: string): string {
  const outcome = OUTCOMES.find((one) => one === value)
  if (outcome) return t('th', `outcome.${outcome}`)
  const status = ENDED.find((one) => one === value)
  return status ? t('th', `st.${status}`) : value
}

export function findingName(value: string): string {
  const finding = FINDINGS.find((one) => one === value)
  return finding ? t('th', `finding.${finding}`) : 'ไม่ได้สรุปผลการพิจารณา'
}
