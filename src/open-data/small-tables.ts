import type { CivilDate } from '#domain/civil-date.ts'
import { CHANNELS, FINDINGS, KINDS, OUTCOMES } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { readBreakdowns } from '#statistics/breakdowns.ts'
import { HEADLINE_KIND } from '#statistics/figures.ts'
import { readHistoryLines } from '#statistics/history-store.ts'
import { findingName, kindName, outcomeName, valueName } from '#statistics/names.ts'
import { hasBegun, PARTS, periodOf } from '#statistics/period.ts'
import { TIMELINESS } from '#statistics/tables.ts'
import { LANGUAGES, type MessageKey, t } from '#web/languages.ts'
import type { Row } from './fields.ts'
import { readDuties, readNamed } from './tables-store.ts'

/** Duties that fell due in a fiscal year. */
export function dutyRows({ db }: Portal, fiscalYear: number): Row[] {
  return readDuties(db, periodOf(fiscalYear, 'year')).map(({ month, kind, state, count }) => [
    ...[month, kind, state, count],
  ])
}

/** What the rows of cases cannot tell where villages are withheld. */
export function villageRows({ db }: Portal, fiscalYear: number, today: CivilDate): Row[] {
  return PARTS.filter((part) => hasBegun(fiscalYear, part, today)).flatMap((part) =>
    readBreakdowns(db, HEADLINE_KIND, periodOf(fiscalYear, part)).lists.village.map(
      ({ value, balance }): Row => [
        ...[part, value, balance.broughtForward, balance.received, balance.finished, balance.inProgress],
      ],
    ),
  )
}

/** Figures of years before the portal, out of the office's papers. */
export function historyRows({ db }: Portal): Row[] {
  return readHistoryLines(db).map(({ fiscalYear, categoryCode, received, finished, grounds, source }) => [
    ...[fiscalYear, categoryCode, received, finished, grounds, source],
  ])
}

/** What every code in the other files stands for, in both languages. */
export function codeRows({ db, settings }: Portal): Row[] {
  const { units, villages, categories } = readNamed(db)
  const both = (nameIn: (lang: 'th' | 'en') => string) => LANGUAGES.map(nameIn)
  const worded = (field: string, codes: readonly string[], keyOf: (code: string) => MessageKey) =>
    codes.map((code): Row => [field, code, ...both((lang) => t(lang, keyOf(code))), null])
  const valued = (field: 'unit' | 'village', code: string): Row => [
    ...[field, code, ...both((lang) => valueName(settings, field, code, lang)), null],
  ]
  return [
    ...KINDS.map((kind): Row => ['kind', kind, ...both((lang) => kindName(kind, lang)), null]),
    ...categories.map(({ code, groupCode, name, nameEn }): Row => {
      return [groupCode === null ? 'category_group' : 'category', code, name, nameEn, groupCode]
    }),
    ...worded('channel', CHANNELS, (code) => `of.ch.${code}` as MessageKey),
    ...units.map(({ id }) => valued('unit', String(id))),
    valued('unit', '0'),
    ...villages.map(({ id }) => valued('village', String(id))),
    valued('village', '0'),
    ...worded('status', ['in_progress', 'finished'], (code) => `od.status.${code}` as MessageKey),
    ...[...OUTCOMES, 'not_accepted', 'forwarded', 'withdrawn'].map((code): Row => {
      return ['outcome', code, ...both((lang) => outcomeName(code, lang)), null]
    }),
    ...FINDINGS.map((code): Row => ['finding', code, ...both((lang) => findingName(code, lang)), null]),
    ...worded('state', TIMELINESS, (code) => `od.duty.${code}` as MessageKey),
    ...worded('part', PARTS, (code) => `od.part.${code}` as MessageKey),
  ]
}
