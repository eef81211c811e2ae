import type { Statement } from 'better-sqlite3'
import { recordEvent } from '#complaints/history-store.ts'
import { insertCase, insertContact } from '#complaints/store.ts'
import { caseSequences } from '#complaints/tables.ts'
import { trackingCodeFor, trackingHashOf } from '#complaints/tracking-code.ts'
import { addDays, type CivilDate, daysBetween, instantOf } from '#domain/civil-date.ts'
import { hasDuty } from '#domain/deadlines.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { caseNumber } from '#domain/reference.ts'
import { foldThai } from '#domain/text.ts'
import { CHANNELS } from '#domain/vocabulary.ts'
import { insertRow } from '#platform/rows.ts'
import { thaiWords } from '#platform/thai-words.ts'
import type { Portal } from '#settings/portal.ts'
import type { Cast } from '../support/cast.ts'
import { type CaseLife, finishedLife, openLife } from './case-life.ts'
import { ClockWriter } from './clock-writer.ts'
import { type Random, randomFrom } from './random.ts'
import { BENCH_CATEGORIES, caseText, kindOf, personName, phoneNumber } from './texts.ts'

const TODAY: CivilDate = '2026-11-16'

interface WrittenCase {
  id: number
  category: string
  receivedOn: CivilDate
  life: CaseLife
  name: string | null
  phone: string | null
  /** What the case is found by. */
  texts: (string | null)[]
}

interface Plan {
  firstDay: CivilDate
  days: number
  /** From this case on, cases may still be open. */
  openFrom: number
  openShare: number
}

/**
 * A small office has two fiscal years behind it, a large one ten (2561-2570). About 0.4 % are open, but at
 * least 400 so that the officers' lists fill their pages at every size.
 */
function planFor(size: number): Plan {
  const firstDay = size < 100_000 ? '2025-10-01' : '2017-10-01'
  const open = Math.min(size / 2, Math.max(400, size * 0.004))
  const openShare = size < 100_000 ? 0.9 : 0.3
  return { firstDay, days: daysBetween(firstDay, TODAY), openFrom: size - open / openShare, openShare }
}

/** Writes cases in the order of their receipt, into the portal's own tables through its own prepared inserts. */
export class CaseWriter {
  written = 0
  readonly #portal: Portal
  readonly #cast: Cast
  readonly #size: number
  readonly #plan: Plan
  readonly #random: Random = randomFrom(2570)
  readonly #sequences = new Map<number, number>()
  readonly #clocks: ClockWriter
  readonly #words = new Map<string, string>()
  readonly #wordRow: Statement
  readonly #trigramRow: Statement

  constructor(portal: Portal, cast: Cast, size: number) {
    this.#portal = portal
    this.#cast = cast
    this.#size = size
    this.#plan = planFor(size)
    this.#clocks = new ClockWriter(portal, TODAY)
    this.#wordRow = portal.db.sqlite.prepare('insert into case_words (rowid, text) values (?, ?)')
    this.#trigramRow = portal.db.sqlite.prepare('insert into case_trigrams (rowid, text) values (?, ?)')
  }

  /** Table by table, because that is several times as fast as case by case: each table's pages stay at hand. */
  write(count: number): void {
    const end = Math.min(this.#size, this.written + count)
    const cases: WrittenCase[] = []
    while (this.written < end) cases.push(this.#writeCase(++this.written))
    for (const written of cases) this.#writeContact(written)
    for (const written of cases) this.#writeHistory(written)
    const clocks = cases.flatMap(({ id, category, receivedOn, life }) =>
      this.#clocks.writeClocks({ caseId: id, kind: kindOf(category), receivedOn, life }),
    )
    for (const clock of clocks) this.#clocks.writeEvents(clock)
    const texts = cases.map(({ texts }) => texts.filter((text) => text !== null).join('\n'))
    cases.forEach(({ id }, index) => {
      this.#wordRow.run(id, this.#wordsOf(texts[index] ?? ''))
    })
    cases.forEach(({ id }, index) => {
      this.#trigramRow.run(id, foldThai(texts[index] ?? ''))
    })
  }

  /** Says where the running numbers stand; to be called once, last. */
  finish(): void {
    for (const [fiscalYear, last] of this.#sequences) {
      insertRow(this.#portal.db, caseSequences, { fiscalYear, last })
    }
  }

  #writeCase(n: number): WrittenCase {
    const { db, keyed } = this.#portal
    const random = this.#random
    const receivedOn = addDays(this.#plan.firstDay, Math.floor(((n - 1) / this.#size) * this.#plan.days))
    const fiscalYear = fiscalYearOf(receivedOn)
    const seq = (this.#sequences.get(fiscalYear) ?? 0) + 1
    this.#sequences.set(fiscalYear, seq)
    const mayBeOpen = n > this.#plan.openFrom && random.chance(this.#plan.openShare)
    const life = mayBeOpen ? openLife(random, receivedOn) : finishedLife(random, receivedOn, TODAY)
    const submissionKey = keyed.hash('bench', String(n))
    const code = trackingCodeFor(keyed, submissionKey)
    const text = caseText(random, random.pick(BENCH_CATEGORIES))
    const id = insertCase(db, {
      ...this.#caseFields(text.category, receivedOn, life),
      ...{ subject: text.subject, detail: text.detail, wish: text.wish, place: text.place },
      ...{ fiscalYear, seq, submissionKey, trackingHash: trackingHashOf(keyed, fiscalYear, seq, code) },
      mergedIntoId: life.status === 'merged' ? Math.max(1, n - 1) : null,
    })
    const name = random.chance(0.7) ? personName(random) : null
    const phone = random.chance(0.6) ? phoneNumber(random) : null
    const { category, subject, detail, wish, place } = text
    const texts = [caseNumber(fiscalYear, seq), subject, detail, wish, place, name, phone]
    return { id, category, receivedOn, life, name, phone, texts }
  }

  #caseFields(code: string, receivedOn: CivilDate, life: CaseLife) {
    const random = this.#random
    const category = this.#portal.settings.category(code)
    if (!category?.groupCode) throw new Error(`no category ${code}`)
    const receivedAt = instantOf(receivedOn, 6 + random.below(15), random.below(60))
    const known = life.status !== 'submitted' && life.status !== 'registered'
    const solved = life.resolvedOn !== null
    return {
      ...{ kind: kindOf(code), categoryCode: code, categoryGroup: category.groupCode },
      ...{ restricted: category.restricted, urgent: random.chance(0.05), villageId: 1 + random.below(12) },
      ...{ channel: random.pick(CHANNELS), language: 'th' as const, privacyVersion: '1' },
      ...{
        receivedAt,
        receivedOn,
        recordedAt: receivedAt,
        updatedAt: instantOf(life.finishedOn ?? receivedOn, 21, 0),
      },
      status: life.status,
      unitId: known ? category.unitId : null,
      officerId: known && random.chance(0.8) ? this.#officerOf(category.unitId) : null,
      dueOn: hasDuty(kindOf(code)) ? this.#clocks.dueOn(receivedOn) : null,
      reopenedAt: life.reopenPending ? receivedAt : null,
      ...{ resolvedOn: life.resolvedOn, finishedOn: life.finishedOn },
      resultText: solved ? 'ดำเนินการแก้ไขเรียบร้อยแล้ว ทดสอบแล้วใช้งานได้ตามปกติ' : null,
      outcome: solved ? ('solved' as const) : null,
      finding: solved ? ('yes' as const) : null,
      rejectReason: life.status === 'not_accepted' ? ('power' as const) : null,
    }
  }

  #officerOf(unitId: number | null): number | null {
    const { chai, somsri, nid } = this.#cast
    return [chai, somsri, nid].find((member) => member.unitId === unitId)?.id ?? null
  }

  #writeContact({ id, name, phone }: WrittenCase): void {
    insertContact(this.#portal.db, {
      ...{ caseId: id, name, phone, email: null, address: null },
      replyBy: phone ? 'phone' : 'self',
      withholdName: this.#random.chance(0.3),
    })
  }

  #writeHistory({ id, life }: WrittenCase): void {
    const { nid } = this.#cast
    life.steps.forEach((step, index) => {
      recordEvent(this.#portal.db, {
        ...{ caseId: id, at: instantOf(step.on, 9, index), type: step.action, text: step.text },
        actor: index === 0 ? { kind: 'citizen' } : { kind: 'staff', id: nid.id, name: nid.displayName },
        audience: step.public ? 'public' : 'internal',
        after: index === life.steps.length - 1 ? { status: life.status } : null,
      })
    })
  }

  /** What `indexCase` indexes. Words end at white space, so those of a sentence are cut only once. */
  #wordsOf(text: string): string {
    const words = text.split('\n').map((line) => {
      const known = this.#words.get(line)
      if (known !== undefined) return known
      const cut = thaiWords(line).join(' ')
      if (this.#words.size < 50_000) this.#words.set(line, cut)
      return cut
    })
    return words.join(' ')
  }
}
