import { createHash, hkdfSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { combine } from 'shamir-secret-sharing'
import { recoveryHolder } from '#sealed/channel-store.ts'
import { deriveReceipt, deriveVaultKey } from '#sealed/crypto/derive.ts'
import { decryptFile } from '#sealed/crypto/file.ts'
import { decrypt, openSealed, orDamaged, publicKeyOf } from '#sealed/crypto/sodium.ts'

/** What somebody may know beside the whole data folder. */
export interface Knowledge {
  passphrases?: readonly string[]
  receipts?: readonly string[]
  sheets?: readonly string[]
}

export interface Loot {
  /** Everything that came out in clear, one after the other. */
  words: string
  /** Files that came out. */
  files: Buffer[]
  /** How many openings were tried. */
  tries: number
}

type Row = Record<string, unknown>

/** A sealed part: opened with a secret, it gives words, a file, or another secret. */
interface Part {
  open(secret: Buffer): Uint8Array | undefined
  gives: 'words' | 'file' | 'secret'
}

/** What keys are derived for in this program, which is no secret. */
const PURPOSES = ['receipt-lookup/v1', 'receipt-kek/v1', 'ppk/officer-kek/v1', '']

/**
 * The script of somebody who has the data folder and this program's source: takes for a key whatever lies in the
 * folder, and what can be derived from it, tries it on every sealed part, and goes on with every key that comes out.
 */
export async function attack(dataDir: string, knowledge: Knowledge = {}): Promise<Loot> {
  const sealed = rowsOf(join(dataDir, 'sealed/sealed.sqlite'))
  const secrets = [
    ...secretsIn(dataDir, [...Object.values(sealed).flat(), ...accountsOf(dataDir)]),
    ...(await derived(dataDir, sealed, knowledge)),
    ...(await fromSheets(knowledge.sheets ?? [])),
  ]
  const parts = new Set(partsOf(dataDir, sealed))
  const known = new Map(secrets.map((secret) => [secret.toString('hex'), secret]))
  const loot: Loot = { words: '', files: [], tries: 0 }
  // A map goes on to what is added to it meanwhile: to the keys that were found.
  for (const secret of known.values()) {
    for (const part of parts) {
      loot.tries += 1
      const content = part.open(secret)
      if (!content) continue
      parts.delete(part)
      const found = Buffer.from(content)
      if (part.gives === 'file') loot.files.push(found)
      if (part.gives === 'words') loot.words += `${found.toString('utf8').replace(/[^}]*$/, '')}\n`
      for (const key of keysIn(found)) known.set(key.toString('hex'), key)
    }
    // Parts that did not open with an earlier secret are open to a later one only: no secret serves twice.
  }
  return loot
}

function rowsOf(file: string): Record<string, Row[]> {
  const db = new Sqlite(file, { readonly: true })
  const names = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
  const tables = names.map((name) => [name, db.prepare(`select * from "${name}"`).all() as Row[]])
  db.close()
  return Object.fromEntries(tables)
}

/** With the digests of passwords, and whatever else stands there. */
function accountsOf(dataDir: string): Row[] {
  return rowsOf(join(dataDir, 'portal.sqlite')).accounts ?? []
}

/** 32 bytes in any way in which programs write them down; of everything else its digest. */
function keysIn(content: Buffer): Buffer[] {
  const text = content.toString('utf8').trim()
  const written = [Buffer.from(text, 'hex'), Buffer.from(text, 'base64'), Buffer.from(text, 'base64url')]
  const [, inJson = ''] = /"secretKey":"([^"]+)"/.exec(text) ?? []
  const whole = [content, ...written, Buffer.from(inJson, 'base64')].filter(({ length }) => length === 32)
  return whole.length > 0 ? whole : [createHash('sha256').update(content).digest()]
}

function secretsIn(dataDir: string, rows: readonly Row[]): Buffer[] {
  const folder = join(dataDir, 'keys')
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  if (files.length < 2) throw new Error('the key of the portal or the pepper is missing')
  const values = rows.flatMap((row) => Object.values(row))
  const stored = values.filter((value) => Buffer.isBuffer(value) && value.length <= 64) as Buffer[]
  const digests = values.filter((value) => typeof value === 'string' && value.length >= 32) as string[]
  const raw = [...files, ...stored, ...digests.map((text) => Buffer.from(text))].flatMap(keysIn)
  const [one = Buffer.alloc(0), two = Buffer.alloc(0)] = files.flatMap(keysIn)
  const joined = raw.flatMap((key) => [key, Buffer.concat([key, one]), Buffer.concat([key, two])])
  const expanded = joined.flatMap((key) =>
    PURPOSES.map((purpose) => Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32))),
  )
  return [...raw, ...expanded]
}

/** As the program derives: passphrases with each officer's salt, receipts with the pepper. */
async function derived(
  dataDir: string,
  sealed: Record<string, Row[]>,
  { passphrases = [], receipts = [] }: Knowledge,
): Promise<Buffer[]> {
  const keys: Buffer[] = []
  for (const { vault_salt: salt } of sealed.officers ?? []) {
    for (const passphrase of passphrases) {
      keys.push(Buffer.from(await deriveVaultKey(passphrase, salt as Buffer)))
    }
  }
  const pepper = Buffer.from(readFileSync(join(dataDir, 'keys/sealed.pepper'), 'utf8').trim(), 'hex')
  const salt = sealed.channel?.[0]?.receipt_salt as Buffer
  for (const receipt of receipts) {
    keys.push(Buffer.from((await deriveReceipt(receipt, salt, pepper, 'guess')).key))
  }
  return keys
}

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The share on a sheet, without the two bytes of its check. */
function shareOn(sheet: string): Uint8Array {
  const bits = [...sheet.replaceAll('-', '')].map((sign) => SIGNS.indexOf(sign).toString(2).padStart(5, '0'))
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2)).subarray(
    0,
    33,
  )
}

/** The sheets put together; a single one by itself, and with guesses of another. */
async function fromSheets(sheets: readonly string[]): Promise<Buffer[]> {
  const shares = sheets.map(shareOn)
  const keys = shares.map((share) => share.subarray(0, 32))
  const [first] = shares
  if (shares.length > 1) keys.push(await combine(shares))
  else if (first) {
    for (let n = 1; n < 50; n += 1) {
      const guess = first.map((byte) => byte ^ n)
      keys.push(await combine([first, guess]))
    }
  }
  return keys.map((key) => Buffer.from(key))
}

function partsOf(dataDir: string, sealed: Record<string, Row[]>): Part[] {
  const text = (value: unknown) => String(value)
  const publicKeys = new Map<string, Buffer>()
  for (const { id, public_key: key } of sealed.officers ?? []) publicKeys.set(text(id), key as Buffer)
  for (const { version, public_key: key } of sealed.recovery_keys ?? []) {
    publicKeys.set(recoveryHolder(Number(version)), key as Buffer)
  }
  const reportOf = new Map((sealed.reports ?? []).map((row) => [row.id, row]))
  const caseKey = ({ report_id: id }: Row) => reportOf.get(id)?.case_public_key as Buffer
  const reporterKey = ({ report_id: id }: Row) => reportOf.get(id)?.reporter_public_key as Buffer
  const holderKey = ({ holder }: Row) => publicKeys.get(text(holder)) as Buffer
  const locked = (value: unknown, place: string, gives: Part['gives']): Part => ({
    open: (secret) => orDamaged(() => decrypt(secret, value as Buffer, place)),
    gives,
  })
  const boxed = (value: unknown, to: Buffer): Part[] =>
    value === null ? [] : [{ open: (secret) => unbox(secret, value as Buffer, to), gives: 'secret' }]
  return [
    ...(sealed.officers ?? []).map((row) => locked(row.vault, `officer-sk|v1|${row.id}`, 'secret')),
    ...(sealed.reports ?? []).map((row) => locked(row.reporter_vault, `rep-sk|v1|${row.id}`, 'secret')),
    ...(sealed.report_keys ?? []).flatMap((row) => boxed(row.sealed_key, holderKey(row))),
    ...(sealed.contact_keys ?? []).flatMap((row) => boxed(row.sealed_key, holderKey(row))),
    ...(sealed.contacts ?? []).map((row) => locked(row.body, `contact|v1|${row.report_id}`, 'words')),
    ...(sealed.messages ?? []).flatMap((row) => [
      ...boxed(row.case_key, caseKey(row)),
      ...boxed(row.reporter_key, reporterKey(row)),
      locked(row.body, `msg|v1|${row.report_id}|${row.id}|${row.direction}`, 'words'),
    ]),
    ...(sealed.files ?? []).flatMap((row): Part[] => {
      const place = `file|v1|${row.report_id}|${row.id}`
      const blob = readFileSync(blobOf(dataDir, text(row.id)))
      const open = (secret: Buffer) => orDamaged(() => decryptFile(secret, blob, place))
      return [
        ...boxed(row.case_key, caseKey(row)),
        locked(row.meta, `${place}|meta`, 'words'),
        { open, gives: 'file' },
      ]
    }),
  ]
}

function blobOf(dataDir: string, id: string): string {
  const folder = join(dataDir, 'sealed/files')
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.includes(id))
  if (!found) throw new Error('a file is missing')
  return join(folder, found)
}

/** With the public key that belongs to the secret, and with the one it was sealed to. */
function unbox(secret: Buffer, box: Buffer, to: Buffer): Uint8Array | undefined {
  for (const publicKey of [publicKeyOf(secret), to]) {
    const opened = orDamaged(() => openSealed({ publicKey, secretKey: secret }, box))
    if (opened) return opened
  }
  return undefined
}
