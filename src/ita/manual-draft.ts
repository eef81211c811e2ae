import type { Portal } from '#settings/portal.ts'
import { corruptionManual } from './corruption-manual.ts'
import { generalManual } from './general-manual.ts'
import { officeFacts, type SealedFacts } from './manual-facts.ts'
import type { ManualKind } from './publish.ts'
import type { DocumentSection } from './tables.ts'

export interface ManualText {
  title: string
  sections: DocumentSection[]
}

/** The first draft of a manual, from the office's own settings, for the office to correct and approve. */
export function manualDraft(portal: Portal, kind: ManualKind, sealed: SealedFacts): ManualText {
  const facts = officeFacts(portal)
  if (kind === 'manual_general') {
    return { title: 'คู่มือปฏิบัติงานรับเรื่องร้องเรียน ร้องทุกข์', sections: generalManual(facts) }
  }
  return {
    title: 'แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบของเจ้าหน้าที่',
    sections: corruptionManual(facts, sealed),
  }
}
