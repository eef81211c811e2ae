import { clocksOf } from '#clock/clock-store.ts'
import { caseNumber, caseSlug, formatTrackingCode } from '#domain/reference.ts'
import type { ReplyBy } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { type Language, localPath, t } from '#web/languages.ts'
import { drawQr, type QrDrawing } from '#web/qr.ts'
import { formatDateTime } from '#web/thai-format.ts'
import { type DueLines, dueLines, workingOf } from './due-lines.ts'
import type { Case } from './store.ts'

/** Everything the slip shows (views/complaints/_slip.eta); citizen and counter print the same one. */
export interface ReceiptData {
  titleKey: 'rc.slip.title.complaint' | 'rc.slip.title.other'
  number: string
  /** In groups of four. */
  code: string
  kind: string
  subject: string
  receivedAt: string
  unit: string
  /** Null for kinds without the 15-day duty. */
  due: DueLines | null
  files: number
  /** Who took it down at the counter or on the phone. */
  officer: string | null
  qr: QrDrawing
  /** The tracking page as people type it. */
  trackAddress: string
  trackPath: string
  replyBy: ReplyBy
}

export interface ReceiptExtras {
  files: number
  replyBy: ReplyBy
  officer: string | null
}

type Deps = Pick<Portal, 'db' | 'settings' | 'config' | 'office'>

/** The slip of a case. The code is not in the database: only who just filed the case, or its key, has it. */
export function receiptData(
  portal: Deps,
  lang: Language,
  row: Case,
  trackingCode: string,
  { files, replyBy, officer }: ReceiptExtras,
): ReceiptData {
  const [clock] = clocksOf(portal.db, row.id)
  const trackPath = `${localPath(lang, '/track')}?number=${caseSlug(row.fiscalYear, row.seq)}`
  const trackAddress = `${portal.config.publicUrl}${localPath(lang, '/track')}`
  return {
    titleKey: row.kind === 'complaint' ? 'rc.slip.title.complaint' : 'rc.slip.title.other',
    number: caseNumber(row.fiscalYear, row.seq),
    code: formatTrackingCode(trackingCode),
    kind: t(lang, `kind.${row.kind}`),
    subject: row.subject,
    receivedAt: formatDateTime(row.receivedAt, lang),
    unit: expectedUnit(portal, lang, row),
    due: clock ? dueLines(lang, workingOf(clock)) : null,
    files,
    officer,
    qr: drawQr(`${portal.config.publicUrl}${trackPath}`),
    trackAddress: trackAddress.replace(/^https?:\/\//, ''),
    trackPath,
    replyBy,
  }
}

/** The unit that has the case, else the one its category belongs to. */
export function expectedUnit(
  portal: Pick<Portal, 'settings' | 'office'>,
  lang: Language,
  row: Pick<Case, 'categoryCode' | 'unitId'>,
): string {
  const category = portal.settings.category(row.categoryCode)
  const unit = portal.settings.unit(row.unitId ?? category?.unitId ?? null)
  const office = portal.office()
  if (!unit) return lang === 'en' ? office.centreNameEn : office.centreName
  return lang === 'en' ? unit.nameEn : unit.name
}
