import { randomInt } from 'node:crypto'
import { Encrypter } from 'age-encryption'
import { formatDate } from '#web/thai-format.ts'
import type { NoteBody } from './bodies.ts'
import type { Desk } from './desk.ts'
import { numberOf, statusText } from './register-words.ts'
import { readCleanFiles } from './report-files.ts'
import {
  type Fact,
  type HistoryLine,
  historyLines,
  isPicture,
  reportFacts,
  type TalkLine,
  talkLines,
} from './report-lines.ts'

/** What leaves the office, readable as it stands (views/sealed/staff/_report-package.eta). */
export interface Package {
  number: string
  /** Whom it is for, on what basis, when it was made. */
  cover: Fact[]
  what: string
  accused: string
  facts: Fact[]
  talk: Omit<TalkLine, 'files'>[]
  history: HistoryLine[]
  files: PackedFile[]
  /** Files that stay here: as they came, they may tell who took them. */
  originals: number
  damaged: number
}

interface PackedFile {
  name: string
  /** The file itself. */
  address: string
  isPicture: boolean
  sha256: string
}

/** The report without anything of who reports; the officers' notes only where they are wanted. */
export async function packReport(desk: Desk, disclosure: NoteBody, withNotes: boolean): Promise<Package> {
  const { opened, sealed, today } = desk
  const { report, first, messages } = opened
  const read = await readCleanFiles(desk)
  const clean = opened.files.filter(({ meta }) => !meta?.isOriginal)
  const files = clean.flatMap(({ id }) => {
    const file = read.get(id)
    if (!file) return []
    const { meta, content } = file
    const address = `data:${meta.mime};base64,${content.toString('base64')}`
    return [{ name: meta.name, address, isPicture: isPicture(meta), sha256: meta.sha256 }]
  })
  return {
    number: numberOf(report),
    cover: [
      { key: 'ส่งให้', value: disclosure.body ?? '' },
      { key: 'ฐานทางกฎหมาย', value: disclosure.basis ?? '' },
      { key: 'จัดทำโดย', value: sealed.portal.office().orgName },
      { key: 'จัดทำเมื่อ', value: formatDate(today, 'th') },
      { key: 'สถานะ', value: statusText(report.status) },
    ],
    ...{ what: first.what, accused: first.accused, facts: reportFacts(opened), talk: talkLines(opened) },
    history: withNotes ? historyLines(messages) : [],
    ...{ files, originals: opened.files.length - clean.length, damaged: clean.length - files.length },
  }
}

const CODE_DIGITS = 24

/** A code that opens a package: more than anybody can try out, and easy to tell over the telephone. */
export const newPackageCode = (): string => Array.from({ length: CODE_DIGITS }, () => randomInt(10)).join('')

export const isPackageCode = (typed: string): boolean => /^\d{24}$/.test(typed)

/** Slow derivation is for passphrases that people choose; this code has 80 bits of its own. */
const SCRYPT_WORK = 10

/** Encrypts a package so that the standard `age` tool opens it with this code. */
export async function encryptWithCode(content: string, code: string): Promise<Buffer> {
  const encrypter = new Encrypter()
  encrypter.setPassphrase(code)
  encrypter.setScryptWorkFactor(SCRYPT_WORK)
  return Buffer.from(await encrypter.encrypt(content))
}

/** The same for the holder of a public key (`age1...`); undefined where it is none. */
export async function encryptForKey(content: string, publicKey: string): Promise<Buffer | undefined> {
  const encrypter = new Encrypter()
  try {
    encrypter.addRecipient(publicKey)
  } catch {
    return undefined
  }
  return Buffer.from(await encrypter.encrypt(content))
}
