import { hkdfSync, randomBytes, randomInt } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { hashRaw } from '@node-rs/argon2'
import fc from 'fast-check'
import sodium from 'libsodium-wrappers'
import { combine } from 'shamir-secret-sharing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatReceipt, parseReceipt, withCheckDigit } from '#domain/receipt-code.ts'
import { deriveReceipt, deriveVaultKey, plainPassphrase } from '#sealed/crypto/derive.ts'
import { decryptFile, encryptFile } from '#sealed/crypto/file.ts'
import { newReceipt } from '#sealed/crypto/receipt.ts'
import { isSheet, newRecoveryKey, recover } from '#sealed/crypto/recovery.ts'
import {
  decrypt,
  decryptJson,
  encrypt,
  encryptJson,
  newKey,
  newKeyPair,
  openSealed,
  publicKeyOf,
  SealBroken,
  sealTo,
} from '#sealed/crypto/sodium.ts'
import { listFiles, listMessages } from '#sealed/report-store.ts'
import { stepOf } from '#sealed/second-factor.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import KNOWN from './known-answers.json' with { type: 'json' }

// What is sealed today must open with a portal of ten years hence: every primitive against answers that other
// programs gave (each with its source in known-answers.json), and our own use of them.

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const hex = (content: Uint8Array): string => Buffer.from(content).toString('hex')

describe('known answers', () => {
  it.each(KNOWN.argon2id.vectors)('Argon2id of $password', async ({ password, salt, memory, hash }) => {
    const cost = { algorithm: 2, timeCost: 3, memoryCost: memory, parallelism: 1, outputLen: 32 }
    expect(hex(await hashRaw(password, { ...cost, salt: Buffer.from(salt) }))).toBe(hash)
  })

  it.each(KNOWN.hkdf.vectors)('HKDF-SHA256 with the info "$info"', ({ ikm, salt, info, okm }) => {
    const out = hkdfSync('sha256', bytes(ikm), bytes(salt), bytes(info), okm.length / 2)
    expect(hex(new Uint8Array(out))).toBe(okm)
  })

  it('a receipt: where its report is found, and the key of the reporter', async () => {
    const { code, salt, pepper, lookup, key } = KNOWN.receipt
    const keys = await deriveReceipt(code, Buffer.from(salt), bytes(pepper), 'guess')
    expect([hex(keys.lookup), hex(keys.key)]).toEqual([lookup, key])
  })

  it('a passphrase, however its spaces and invisible letters were typed', async () => {
    const { passphrase, salt, key } = KNOWN.passphrase
    expect(hex(await deriveVaultKey(passphrase, Buffer.from(salt)))).toBe(key)
    const sloppy = ` \u200B${passphrase.replace(' ', ' \u00A0 ')}\n`
    expect(hex(await deriveVaultKey(sloppy, Buffer.from(salt)))).toBe(key)
    const apart = passphrase.replaceAll('\u0E33', '\u0E4D\u0E32')
    expect(apart).not.toBe(passphrase)
    expect(hex(await deriveVaultKey(apart, Buffer.from(salt)))).toBe(key)
  })

  it('XChaCha20-Poly1305 of the draft, and for its place alone', () => {
    const { draft, own } = KNOWN.xchacha20poly1305
    const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
      draft.plain,
      bytes(draft.aad),
      null,
      bytes(draft.nonce),
      bytes(draft.key),
    )
    expect(hex(sealed)).toBe(draft.sealed)
    const opened = decrypt(bytes(own.key), bytes(own.sealed), own.place)
    expect(Buffer.from(opened).toString()).toBe(own.plain)
    expect(() => decrypt(bytes(own.key), bytes(own.sealed), `${own.place} `)).toThrow(SealBroken)
  })

  it('X25519', () => {
    const { aliceSecret, alicePublic, bobSecret, bobPublic, shared } = KNOWN.x25519
    expect(hex(publicKeyOf(bytes(aliceSecret)))).toBe(alicePublic)
    expect(hex(publicKeyOf(bytes(bobSecret)))).toBe(bobPublic)
    expect(hex(sodium.crypto_scalarmult(bytes(aliceSecret), bytes(bobPublic)))).toBe(shared)
  })

  it('a sealed box', () => {
    const { publicKey, secretKey, plain, sealed } = KNOWN.sealedBox
    const pair = { publicKey: bytes(publicKey), secretKey: bytes(secretKey) }
    expect(Buffer.from(openSealed(pair, bytes(sealed))).toString()).toBe(plain)
    expect(() => openSealed(newKeyPair(), bytes(sealed))).toThrow(SealBroken)
  })

  it('a secretstream with its padding', () => {
    const { key, place, plain, sealed } = KNOWN.secretstream
    expect(decryptFile(bytes(key), bytes(sealed), place).toString()).toBe(plain)
  })

  it("Shamir's shares, any two of three, and as sheets", async () => {
    const { secretKey, publicKey, shares, sheets } = KNOWN.recovery
    for (const [one, other] of [
      [0, 1],
      [2, 0],
      [1, 2],
    ] as const) {
      const two = [shares[one] ?? '', shares[other] ?? ''].map((share) => Uint8Array.from(bytes(share)))
      expect(hex(await combine(two))).toBe(secretKey)
      const typed = [sheets[one] ?? '', sheets[other] ?? '']
      expect(hex((await recover(typed, bytes(publicKey))).secretKey)).toBe(secretKey)
    }
  })

  it.each(KNOWN.totp.codes)('the second factor $seconds seconds after 1970', ({ seconds, code }) => {
    const shown = (at: number) => stepOf(KNOWN.totp.secret, code, new Date(at * 1000)) !== undefined
    expect([shown(seconds), shown(seconds + 30), shown(seconds - 30)]).toEqual([true, true, true])
    expect([shown(seconds + 90), shown(seconds - 90)]).toEqual([false, false])
  })

  it("Damm's check digit", () => {
    const { digits, check } = KNOWN.damm
    expect(withCheckDigit(digits)).toBe(digits + check)
  })
})

describe('a receipt', () => {
  const receipts = Array.from({ length: 10_000 }, newReceipt)

  it('has 24 random digits and a check digit, and never came twice in ten thousand', () => {
    for (const receipt of receipts) {
      expect(receipt).toMatch(/^\d{25}$/)
      expect(parseReceipt(receipt)).toBe(receipt)
    }
    expect(new Set(receipts).size).toBe(receipts.length)
    expect(new Set(receipts.map((receipt) => receipt.slice(0, 12))).size).toBe(receipts.length)
  })

  it('favours no digit, in no place', () => {
    // Nine degrees of freedom: beyond 60 once in a billion.
    for (let place = 0; place < 25; place += 1) {
      expect(chiSquare(receipts.map((receipt) => Number(receipt[place])))).toBeLessThan(60)
    }
    expect(chiSquare(receipts.flatMap((receipt) => [...receipt.slice(0, 24)].map(Number)))).toBeLessThan(60)
    // Nor a neighbour: 99 degrees of freedom, beyond 190 once in ten million.
    const pairs = receipts.flatMap((receipt) =>
      Array.from({ length: 12 }, (_, index) => Number(receipt.slice(2 * index, 2 * index + 2))),
    )
    expect(chiSquare(pairs, 100)).toBeLessThan(190)
  })

  const receiptCode = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 24, maxLength: 24 })
    .map((digits) => withCheckDigit(digits.join('')))

  it('is refused with any one digit wrong, and with any two neighbours swapped', () => {
    fc.assert(
      fc.property(receiptCode, (receipt) => {
        for (let place = 0; place < 25; place += 1) {
          const [before, here, behind] = [receipt.slice(0, place), receipt[place], receipt.slice(place + 1)]
          for (const digit of '0123456789') {
            expect(parseReceipt(before + digit + behind)).toBe(digit === here ? receipt : undefined)
          }
          const swapped = before + behind.slice(0, 1) + here + behind.slice(1)
          if (swapped !== receipt) expect(parseReceipt(swapped)).toBeUndefined()
        }
      }),
    )
  })

  it('is read as people type it: Thai digits, spaces, dots, dashes and line breaks', () => {
    const between = fc.constantFrom(
      '',
      '',
      '',
      ' ',
      '  ',
      '-',
      ' - ',
      '–',
      '—',
      '.',
      '\n',
      '\u00A0',
      '\u200B',
    )
    const writing = fc.array(fc.tuple(fc.boolean(), between), { minLength: 25, maxLength: 25 })
    fc.assert(
      fc.property(receiptCode, writing, (receipt, ways) => {
        const typed = ways.map(([isThai, gap], at) => {
          const digit = Number(receipt[at])
          return gap + (isThai ? '๐๑๒๓๔๕๖๗๘๙'[digit] : digit)
        })
        expect(parseReceipt(typed.join(''))).toBe(receipt)
      }),
    )
    expect(parseReceipt(formatReceipt(receipts[0] ?? ''))).toBe(receipts[0])
  })

  it('is no receipt when a digit is missing, too much, or something else', () => {
    const [receipt = ''] = receipts
    const wrong = ['', '0', receipt.slice(1), receipt.slice(0, 24), `0${receipt}`, `${receipt}0`]
    for (const typed of [...wrong, `${receipt}x`, receipt.replace(/\d/, 'O'), `${receipt} ${receipt}`]) {
      expect([typed, parseReceipt(typed)]).toEqual([typed, undefined])
    }
  })
})

function chiSquare(values: number[], kinds = 10): number {
  const expected = values.length / kinds
  const counts = new Array<number>(kinds).fill(0)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('a recovery sheet', () => {
  it('is read in small letters, without its dashes, and with the letters that people mistake', async () => {
    const { sheets, publicKey, secretKey } = KNOWN.recovery
    const [one = '', other = ''] = sheets
    const sloppy = one.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(
      hex((await recover([` ${sloppy}\n`, other.replaceAll('-', '–')], bytes(publicKey))).secretKey),
    ).toBe(secretKey)
  })

  it('that is mistyped is told as such, whatever sign it was', () => {
    const [sheet = ''] = KNOWN.recovery.sheets
    expect(isSheet(sheet)).toBe(true)
    expect(isSheet(`${sheet}0`)).toBe(false)
    let tried = 0
    for (const [place, sign] of [...sheet].entries()) {
      if (sign === '-') continue
      for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (other === sign) continue
        tried += 1
        expect(isSheet(sheet.slice(0, place) + other + sheet.slice(place + 1))).toBe(false)
      }
    }
    expect(tried).toBe(56 * 31)
    expect(isSheet(sheet.slice(0, -1))).toBe(false)
    expect(isSheet(sheet.replace('Y', ''))).toBe(false)
    expect(isSheet('')).toBe(false)
  })

  it('of another key does not recover, and fresh ones do', async () => {
    const first = await newRecoveryKey()
    const second = await newRecoveryKey()
    const [one = '', two = '', three = ''] = first.sheets
    const secrets = new Set<string>()
    for (const pair of [
      [one, two],
      [three, one],
      [two, three],
    ]) {
      const keys = await recover(pair, first.publicKey)
      expect(hex(publicKeyOf(keys.secretKey))).toBe(hex(first.publicKey))
      secrets.add(hex(keys.secretKey))
    }
    expect(secrets.size).toBe(1)
    for (const wrong of [[one], [one, one], [one, second.sheets[1] ?? ''], []]) {
      await expect(recover(wrong, first.publicKey)).rejects.toThrow(SealBroken)
    }
  })
})

const KIBIBYTE = 1024
const BLOCK = 64 * KIBIBYTE
const NONCE_AND_TAG = 24 + 16
const STREAM_HEADER = 24
const STREAM_TAG = 17

describe('lengths', () => {
  it('of messages tell no more than their kibibytes', () => {
    const key = newKey()
    const lengthOf = (letters: number) => encryptJson(key, 'x'.repeat(letters), 'p').length
    // Two quotation marks, and at least one byte of padding.
    expect([0, 1, 500, 1021].map(lengthOf)).toEqual(Array(4).fill(KIBIBYTE + NONCE_AND_TAG))
    expect([1022, 2045].map(lengthOf)).toEqual(Array(2).fill(2 * KIBIBYTE + NONCE_AND_TAG))
    for (const letters of [0, 1021, 1022, 5000]) {
      const text = 'ก'.repeat(letters)
      expect(decryptJson(key, encryptJson(key, text, 'p'), 'p')).toBe(text)
    }
  })

  it('of files tell no more than their blocks of 64 KiB', () => {
    const key = newKey()
    const blocksOf = (size: number) => {
      const content = randomBytes(size)
      const sealed = encryptFile(key, content, 'p')
      expect(decryptFile(key, sealed, 'p').equals(content)).toBe(true)
      return (sealed.length - STREAM_HEADER) / (BLOCK + STREAM_TAG)
    }
    expect([0, 1, 4711, BLOCK - 1].map(blocksOf)).toEqual([1, 1, 1, 1])
    expect([BLOCK, 2 * BLOCK - 1, 2 * BLOCK, 1_000_000].map(blocksOf)).toEqual([2, 2, 3, 16])
  })

  it('of contents that end like padding come back whole', () => {
    const key = newKey()
    for (const end of ['80', '8000', '0000', '800080']) {
      const content = Buffer.concat([Buffer.from('ท้ายไฟล์'), bytes(end)])
      expect(decryptFile(key, encryptFile(key, content, 'p'), 'p').equals(content)).toBe(true)
    }
  })
})

describe('on disk', () => {
  let office: TestPortal
  let channel: TestChannel
  beforeAll(async () => {
    office = await startTestPortal()
    channel = await openTestChannel(office)
  })
  afterAll(() => office.close())

  it('a short and a long report, with a contact and without, with a small file and a larger one, look alike', async () => {
    const evidence = (size: number) => {
      const content = Buffer.alloc(size, 'ก')
      return { clean: { mime: 'text/plain' as const, extension: 'txt', content }, original: null }
    }
    const short = { what: 'เห็นรับเงิน', accused: 'ช่าง', evidence: 'ไม่มี' }
    const first = await fileReport(office, short, undefined, [evidence(1)])
    const long = { what: 'ก'.repeat(120), identity: 'named' as const, involved: ['chief' as const] }
    const contact = { name: 'นางสาวแดง รักความยุติธรรม', contact: '081 234 5678' }
    const second = await fileReport(office, long, contact, [evidence(60_000)])

    const { db } = channel.sealed
    const [one, other] = [first, second].map(({ reportId }) => ({
      messages: listMessages(db, reportId).map(({ body, caseKey }) => [body.length, caseKey.length]),
      files: listFiles(db, reportId).map(({ meta, caseKey }) => [meta.length, caseKey.length]),
      contact: lengthsOf('contacts', 'body', reportId),
      contactKeys: lengthsOf('contact_keys', 'sealed_key', reportId),
      keys: lengthsOf('report_keys', 'sealed_key', reportId),
    }))
    expect(one).toEqual(other)
    const folder = join(office.dataDir, 'sealed/files')
    const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => statSync(join(folder, name)))
      .filter((stat) => stat.isFile())
      .map(({ size }) => size)
    expect(sizes).toEqual(Array(2).fill(STREAM_HEADER + BLOCK + STREAM_TAG))
  })

  function lengthsOf(table: string, column: string, reportId: string): number[] {
    const rows = channel.sealed.db.sqlite
      .prepare(`select length(${column}) size from ${table} where report_id = ?`)
      .all(reportId) as { size: number }[]
    return rows.map(({ size }) => size)
  }

  it('two reports of the same words share no bytes', async () => {
    const words = { what: 'ถ้อยคำเดียวกัน', accused: 'คนเดียวกัน' }
    const [a, b] = [await fileReport(office, words), await fileReport(office, words)]
    const [one, other] = [a, b].map(({ reportId }) => listMessages(channel.sealed.db, reportId)[0]?.body)
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(false)
    const whole = readFileSync(join(office.dataDir, 'sealed/sealed.sqlite'))
    expect(whole.includes(a.receipt) || whole.includes('ถ้อยคำ')).toBe(false)
  })
})

describe('a sealed file', () => {
  const key = newKey()
  const content = randomBytes(3 * BLOCK + 4711)
  const sealed = encryptFile(key, content, 'file|v1|a|b')
  const PART = BLOCK + STREAM_TAG
  const header = sealed.subarray(0, STREAM_HEADER)
  const parts = [0, 1, 2, 3].map((n) =>
    sealed.subarray(STREAM_HEADER + n * PART, STREAM_HEADER + (n + 1) * PART),
  )
  const open = (bytes: Buffer, place = 'file|v1|a|b', with_ = key) => decryptFile(with_, bytes, place)
  const of = (...order: number[]) => Buffer.concat([header, ...order.map((n) => parts[n] ?? Buffer.alloc(0))])

  it('opens whole', () => {
    expect(open(sealed).equals(content)).toBe(true)
    expect(of(0, 1, 2, 3).equals(sealed)).toBe(true)
  })

  it.each([
    ['cut short after a block', of(0, 1, 2)],
    ['cut short within a block', sealed.subarray(0, -1)],
    ['with nothing but its header', header],
    ['empty', Buffer.alloc(0)],
    ['with less than a header', header.subarray(0, 10)],
    ['with two blocks in another order', of(1, 0, 2, 3)],
    ['with a block left out', of(0, 2, 3)],
    ['with a block twice', of(0, 0, 1, 2, 3)],
    ['with its last block twice', of(0, 1, 2, 3, 3)],
    ['with something behind it', Buffer.concat([sealed, Buffer.from([0])])],
    ['with only its last block', of(3)],
  ])('is refused %s', (_, damaged) => {
    expect(() => open(damaged)).toThrow(SealBroken)
  })

  it('is refused with any bit changed, in another place, and with another key', () => {
    for (let n = 0; n < 50; n += 1) {
      const changed = Buffer.from(sealed)
      const at = randomInt(changed.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << randomInt(8))
      expect(() => open(changed)).toThrow(SealBroken)
    }
    expect(() => open(sealed, 'file|v1|a|c')).toThrow(SealBroken)
    expect(() => open(sealed, undefined, newKey())).toThrow(SealBroken)
  })

  it('and a sealed part likewise: changed, cut short, elsewhere', () => {
    const part = encrypt(key, Buffer.from('ลับ'), 'here')
    for (let at = 0; at < part.length; at += 1) {
      const changed = Buffer.from(part)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => decrypt(key, changed, 'here')).toThrow(SealBroken)
      expect(() => decrypt(key, part.subarray(0, at), 'here')).toThrow(SealBroken)
    }
    expect(() => decrypt(key, part, 'there')).toThrow(SealBroken)
    const pair = newKeyPair()
    const box = sealTo(pair.publicKey, key)
    for (let at = 0; at < box.length; at += 1) {
      const changed = Buffer.from(box)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => openSealed(pair, changed)).toThrow(SealBroken)
    }
  })
})

describe('a passphrase', () => {
  it('is the same however a Thai keyboard puts its marks together', () => {
    const composed = plainPassphrase('น้ำ ใส')
    for (const typed of ['นํ้า ใส', 'น้ํา  ใส', ' น้ำ\u200B ใส ', 'น้ำ\u00A0ใส']) {
      expect(plainPassphrase(typed)).toBe(composed)
    }
    expect(plainPassphrase('นำ้ ใส')).not.toBe(plainPassphrase('นา ใส'))
  })
})
