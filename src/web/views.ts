import { fileURLToPath } from 'node:url'
import {
  type Language,
  languageOf,
  localPath,
  type MessageKey,
  type MessageParams,
  runningFromSource,
  t,
} from './languages.ts'
import type { OfficeProfile } from './office-profile.ts'
import { Templates } from './templates.ts'
import type { Zone } from './zones.ts'

/** What the staff layout shows of the person who is signed in. */
export interface StaffUi {
  displayName: string
  /** The post in words, e.g. 'หัวหน้าหน่วยงาน · กองช่าง'. */
  roleName: string
  mayOpenQueue: boolean
  mayOversee: boolean
  mayReadReports: boolean
  mayIntake: boolean
  mayAdminister: boolean
  /** One of the few named officers of the confidential register. */
  opensConfidential: boolean
  /** Reminders not read yet, of which there may be more from 100 on; null for whoever gets none. */
  unread: number | null
}

/** Known to every view as `it.ui`: language, words, addresses, office, assets. */
export interface Ui {
  lang: Language
  /** The text for a key; names and contacts of the office are filled in by themselves. */
  t(key: MessageKey, params?: MessageParams): string
  /** An address of the site in the page's language: path('/track') is '/en/track' in English. */
  path(path: string): string
  /** This page in the other language. */
  switchPath: string
  office: OfficeProfile
  assets: { css: string; [name: string]: string }
  zone: Zone
  viewer?: StaffUi
  now: Date
}

export interface UiOptions {
  /** The address asked for, with its query: decides the language. */
  url: string
  zone: Zone
  office: OfficeProfile
  assets: Ui['assets']
  now: Date
  viewer?: StaffUi
}

export function createUi({ url, zone, office, assets, now, viewer }: UiOptions): Ui {
  const { lang, path } = languageOf(url)
  const ownParams = officeParams(office, lang)
  return {
    lang,
    t: (key, params) => t(lang, key, params ? { ...ownParams, ...params } : ownParams),
    path: (p) => localPath(lang, p),
    switchPath: localPath(lang === 'th' ? 'en' : 'th', path),
    office,
    assets,
    zone,
    now,
    ...(viewer && { viewer }),
  }
}

/** The office's names and contacts as text parameters, in the page's language. */
export function officeParams(office: OfficeProfile, lang: Language): MessageParams {
  const en = lang === 'en'
  return {
    orgName: en ? office.orgNameEn : office.orgName,
    orgShort: en ? office.orgShortEn : office.orgShort,
    centreName: en ? office.centreNameEn : office.centreName,
    address: en ? office.addressEn : office.address,
    dpo: en ? office.dpoEn : office.dpo,
    phone: office.phone,
    email: office.email,
  }
}

/** A template's name with the data it takes. */
export interface Page<T extends object> {
  readonly name: string
  readonly keys: readonly (keyof T & string)[]
}

/** Declares the template views/<name>.eta and the keys it reads as `it.<key>`. */
export function page<T extends object>(name: string, keys: readonly (keyof T & string)[]): Page<T> {
  return { name, keys }
}

export interface Views {
  render<T extends object>(page: Page<T>, ui: Ui, data: T): string
}

/** A set of templates in one directory. Views are compiled once, except under NODE_ENV=development. */
export function openViews(directory: string): Views {
  const templates = new Templates(directory)
  return {
    render(page, ui, data) {
      if (runningFromSource) templates.checkKeys(page.name, page.keys, Object.keys(data))
      return templates.render(page.name, { ui, ...data })
    },
  }
}

const portal = openViews(fileURLToPath(new URL('../../views', import.meta.url)))

/** The page as HTML text. In development and tests a key that does not match the template throws. */
export const render = portal.render
