import * as common from './messages/common.ts'
import * as corruptionFigures from './messages/corruption-figures.ts'
import * as errors from './messages/errors.ts'
import * as form from './messages/form.ts'
import * as guide from './messages/guide.ts'
import * as home from './messages/home.ts'
import * as indicators from './messages/indicators.ts'
import * as ita from './messages/ita.ts'
import * as mail from './messages/mail.ts'
import * as mailStop from './messages/mail-stop.ts'
import * as moved from './messages/moved.ts'
import * as openData from './messages/open-data.ts'
import * as places from './messages/places.ts'
import * as privacy from './messages/privacy.ts'
import * as receipt from './messages/receipt.ts'
import * as reports from './messages/reports.ts'
import * as safe from './messages/safe.ts'
import * as safeFiles from './messages/safe-files.ts'
import * as safeMailbox from './messages/safe-mailbox.ts'
import * as statistics from './messages/statistics.ts'
import * as status from './messages/status.ts'
import * as track from './messages/track.ts'
import * as uploads from './messages/uploads.ts'

/** Every area of texts; a new area is named here. A key lives in one area only (test/web/languages.test.ts). */
export const MESSAGE_AREAS = {
  common,
  corruptionFigures,
  errors,
  form,
  guide,
  home,
  indicators,
  ita,
  mail,
  mailStop,
  moved,
  openData,
  places,
  privacy,
  receipt,
  reports,
  safe,
  safeFiles,
  safeMailbox,
  statistics,
  status,
  track,
  uploads,
}

type Areas = typeof MESSAGE_AREAS
export type MessageKey = { [Area in keyof Areas]: keyof Areas[Area]['th'] }[keyof Areas]
export type MessageParams = Record<string, string | number>

export const LANGUAGES = ['th', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const MESSAGES: Record<Language, Record<MessageKey, string>> = {
  th: Object.assign({}, ...Object.values(MESSAGE_AREAS).map((area) => area.th)),
  en: Object.assign({}, ...Object.values(MESSAGE_AREAS).map((area) => area.en)),
}

/** True while the TypeScript sources run (development, tests): there, a slip in a text or a view throws. */
export const runningFromSource = import.meta.url.endsWith('.ts')

/** The text in that language with its {placeholders} filled. Plain text: the view escapes it. */
export function t(lang: Language, key: MessageKey, params: MessageParams = {}): string {
  const text: string | undefined = MESSAGES[lang][key]
  if (text === undefined) return slip(`no text "${key}"`, key)
  return fillIn(key, text, params)
}

/** A text of a catalogue with its {placeholders} filled; `key` names it where one is missing. */
export function fillIn(key: string, text: string, params: MessageParams): string {
  if (!text.includes('{')) return text
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    return value === undefined ? slip(`text "${key}" needs {${name}}`, '') : String(value)
  })
}

/** The same address in that language: Thai has no prefix, English has /en. */
export function localPath(lang: Language, path: string): string {
  if (lang === 'th') return path
  return path === '/' ? '/en' : `/en${path}`
}

/** Splits an address (path, with or without a query) into its language and its Thai form. */
export function languageOf(url: string): { lang: Language; path: string } {
  const match = /^\/en(?=$|[/?])(.*)$/.exec(url)
  if (!match) return { lang: 'th', path: url }
  // One slash: a browser reads an address that begins with two, of either kind, as another site.
  return { lang: 'en', path: `/${(match[1] ?? '').replace(/^[/\\]+/, '')}` }
}

function slip(message: string, instead: string): string {
  if (runningFromSource) throw new Error(message)
  return instead
}
