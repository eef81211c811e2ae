import type { CaseClock } from '#clock/clock-store.ts'
import { addDays } from '#domain/civil-date.ts'
import type { DueWorking, SkippedDay } from '#domain/deadlines.ts'
import { retrace } from '#domain/retrace.ts'
import { type Language, t } from '#web/languages.ts'
import { formatDate, formatDay, formatSpan } from '#web/thai-format.ts'

/** The working of a due date in words, line by line, so that anybody can count again. */
export interface DueLines {
  on: string
  working: string[]
}

/** The working of a clock, by the policy and the holidays of the day it was started. */
export function workingOf(clock: CaseClock): DueWorking {
  return retrace(clock)
}

export function dueLines(lang: Language, working: DueWorking): DueLines {
  const { dayZero, countMode, targetDays, skipped, lastCounted, dueOn } = working
  const before = skipped.filter(({ on }) => on < lastCounted)
  const passed = skipped.filter(({ on }) => on >= lastCounted)
  const dayOne = firstCounted(working)
  return {
    on: formatDate(dueOn, lang),
    working: [
      t(lang, 'rc.due.dayZero', { date: formatDate(dayZero, lang) }),
      t(lang, countMode === 'working' ? 'rc.due.workingDays' : 'rc.due.calendar'),
      ...(targetDays > 1 ? [t(lang, 'rc.due.dayOne', { date: formatDate(dayOne, lang) })] : []),
      ...notCounted(lang, before),
      ...ending(lang, working, passed),
    ],
  }
}

function firstCounted({ dayZero, skipped }: DueWorking) {
  const days = new Set(skipped.map(({ on }) => on))
  let day = addDays(dayZero, 1)
  while (days.has(day)) day = addDays(day, 1)
  return day
}

/** Weekends in one line, so that three weeks of them are read at a glance; every holiday by its name. */
function notCounted(lang: Language, skipped: readonly SkippedDay[]): string[] {
  const weekend = skipped.filter(({ name, paused }) => name === null && !paused)
  const paused = skipped.filter((day) => day.paused)
  return [
    ...inOneLine(lang, 'rc.due.weekends', weekend),
    ...skipped
      .filter(({ name }) => name !== null)
      .map((day) => t(lang, 'rc.due.holiday', { day: inFull(lang, day) })),
    ...inOneLine(lang, 'rc.due.paused', paused),
  ]
}

function inOneLine(
  lang: Language,
  key: 'rc.due.weekends' | 'rc.due.paused',
  days: readonly SkippedDay[],
): string[] {
  if (days.length === 0) return []
  const runs: { from: string; to: string }[] = []
  for (const { on } of days) {
    const last = runs.at(-1)
    if (last && addDays(last.to, 1) === on) last.to = on
    else runs.push({ from: on, to: on })
  }
  const dates = runs.map(({ from, to }) => unbroken(formatSpan(from, to, lang))).join(', ')
  return [t(lang, key, { n: days.length, dates })]
}

/** A line on a narrow phone ends between two spans of days, not within one. */
function unbroken(span: string): string {
  return span.replaceAll(' ', '\u00a0').replaceAll('–', '\u2060–\u2060')
}

/** The last day; where that is not the due date, why. */
function ending(
  lang: Language,
  { targetDays, lastCounted, dueOn }: DueWorking,
  passed: readonly SkippedDay[],
): string[] {
  const date = formatDate(lastCounted, lang)
  if (dueOn === lastCounted) return [t(lang, 'rc.due.last', { n: targetDays, date })]
  const lastPassed = passed.at(-1)
  const end = t(lang, 'rc.due.lastCounted', { n: targetDays, date })
  if (!lastPassed || addDays(lastPassed.on, 1) !== dueOn) {
    return [end, t(lang, 'rc.due.changed', { date: formatDate(dueOn, lang) })]
  }
  const days = passed.map((day) => inFull(lang, day)).join(', ')
  return [end, t(lang, 'rc.due.rolled', { days, date: formatDay(dueOn, lang) })]
}

function inFull(lang: Language, { on, name }: SkippedDay): string {
  return name === null ? formatDay(on, lang) : `${formatDay(on, lang)} (${name})`
}
