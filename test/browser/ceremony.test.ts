import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { vaultFingerprint } from '#sealed/fingerprint.ts'
import { findOfficerOfAccount, type Officer } from '#sealed/officer-store.ts'
import { type Sealed, sealedOf } from '#sealed/open.ts'
import { createVault } from '#sealed/unlock.ts'
import { fileReport, nameOfficer } from '../sealed/channel.ts'
import { launchBrowser, newPage } from '../support/browser.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { faultless, type Look, watch } from './look.ts'
import { press, signIn, wordsOf } from './people.ts'
import { takePictures } from './pictures.ts'
import { REGISTER_FILES, REGISTER_VISITS } from './register-visits.ts'

// One office, from an order to a working channel, through the pages: every test goes on where the last one
// stopped. Each page is looked at on the way.
let browser: Browser
let site: TestPortal
let sealed: Sealed
let desk: Page
let look: Look
/** Addresses at which a page was looked at. */
const seen = new Set<string>()

const WORDS = 'กระรอก ปั่นจักรยาน ข้ามสะพาน ไปซื้อ ปลาทู สีม่วง'
let factor: TOTP
let sheets: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  site = await startTestPortal()
  sealed = sealedOf(site.portal)
  const baseURL = site.app.listeningOrigin
  desk = await newPage(browser, { width: 1280, javaScript: true, baseURL })
  look = watch(desk, baseURL)
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

async function looksRight(name: string, status = 200): Promise<void> {
  await takePictures(desk, name)
  seen.add(new URL(desk.url()).pathname)
  expect(await look(), name).toEqual(faultless(status, 'th'))
}

async function sends(fields: Record<string, string> = {}, form = 'main form[novalidate]'): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    const field = desk.locator(`${form} [name=${name}]`).first()
    const type = await field.getAttribute('type')
    if (type === 'checkbox') await desk.locator(`${form} [name=${name}][value=${value}]`).check()
    else if (await field.evaluate<boolean, { tagName: string }>(({ tagName }) => tagName === 'SELECT')) {
      await field.selectOption(value)
    } else await field.fill(value)
  }
  await press(desk.locator(`${form} button[type=submit]`).first())
}

const officer = (name: 'nid' | 'dao'): Officer => {
  const found = findOfficerOfAccount(sealed.db, site.cast[name].id)
  if (!found) throw new Error(`${name} is no officer`)
  return found
}

/** The secret that the page shows for typing. */
async function factorHere(): Promise<TOTP> {
  const text = await desk.locator('.sg-factor__secret').innerText()
  return new TOTP({ secret: Secret.fromBase32(text.replaceAll(' ', '')) })
}
const codeOf = (totp: TOTP): string => totp.generate({ timestamp: site.clock.now().getTime() })

async function unlocks(): Promise<void> {
  site.clock.addMinutes(1)
  await sends({ passphrase: WORDS, otp: codeOf(factor) })
}

async function changePerson(name: 'admin' | 'nid'): Promise<void> {
  await desk.context().clearCookies()
  await signIn(desk, name)
  await look()
}

describe('the administrator', () => {
  const ADMIN = '/staff/admin/sealed'

  it('writes down the order', async () => {
    await changePerson('admin')
    await desk.goto(ADMIN)
    await looksRight('admin before everything')
    await desk.goto(`${ADMIN}/order`)
    await looksRight('admin order')
    await sends()
    await looksRight('admin order empty', 422)
    await sends({ orderNo: '12/2570', orderOn: '1/10/2569' })
    await looksRight('admin order saved')
  })

  it('names the officers, and sees who has to do what', async () => {
    await desk.goto(`${ADMIN}/officers/new`)
    await looksRight('admin name')
    await sends()
    await looksRight('admin name empty', 422)
    const { nid, dao } = site.cast
    await sends({ accountId: String(nid.id), post: 'นิติกรชำนาญการ', concerns: 'receiving' })
    await desk.goto(`${ADMIN}/officers/new`)
    await sends({ accountId: String(dao.id), post: 'รองปลัดองค์การบริหารส่วนตำบล' })
    await looksRight('admin named')
    await desk.goto(`${ADMIN}/officers/${officer('dao').id}/end`)
    await looksRight('admin end')
    await sends()
    await looksRight('admin end empty', 422)
  })

  it('sets days, and reads the log of the channel', async () => {
    await desk.goto(`${ADMIN}/settings`)
    await looksRight('admin settings')
    await sends({ checkDays: '99' })
    await looksRight('admin settings wrong', 422)
    await desk.goto(`${ADMIN}/log`)
    await looksRight('admin log')
  })
})

describe('an officer', () => {
  it('makes a vault, and opens it', async () => {
    await changePerson('nid')
    await desk.goto('/staff/sealed')
    await looksRight('vault setup')
    await sends()
    await looksRight('vault setup empty', 422)
    factor = await factorHere()
    await sends({ newPassphrase: WORDS, newPassphraseAgain: WORDS, otp: codeOf(factor) })
    await looksRight('vault made')
    await sends({ passphrase: 'ผิด', otp: '000000' })
    await looksRight('unlock wrong', 422)
    await unlocks()
    expect(await wordsOf(desk)).toContain('ยังไม่ได้สร้าง: ดาว หัวหน้าศูนย์')
    await looksRight('ceremony vaults')
  })

  it('makes the sheets of the recovery key, prints them, and types two of them', async () => {
    await createVault(sealed, officer('dao'), WORDS, factor.secret.base32)
    await desk.goto('/staff/sealed/ceremony')
    await looksRight('ceremony sheets')
    await press(desk.getByRole('link', { name: 'ทำแผ่นกู้คืน' }))
    await looksRight('sheets')
    await sends()
    await looksRight('sheets empty', 422)
    const custodians = {
      custodian1: 'นายวิชัย มั่นคง ปลัด',
      custodian2: 'นางสาวพร ใสสะอาด หัวหน้าหน่วยตรวจสอบภายใน',
      custodian3: 'นายเดช ยุติธรรม ประธานสภาองค์การบริหารส่วนตำบล',
    }
    await sends({ ...custodians, passphrase: WORDS })
    sheets = await desk.locator('.sg-sheet__groups').allInnerTexts()
    await looksRight('sheets print')
    await press(desk.getByRole('link', { name: 'พิมพ์แล้ว ตรวจแผ่นกู้คืน' }))
    await looksRight('sheets verify')
    await sends({ sheetA: sheets[0] ?? '', sheetB: 'ABCDE' })
    await looksRight('sheets verify wrong', 422)
    await sends({ sheetA: sheets[0] ?? '', sheetB: sheets[2] ?? '' })
    await looksRight('ceremony open')
  })

  it('opens the channel', async () => {
    await sends()
    await looksRight('ceremony open empty', 422)
    await sends({ compared: 'yes', passphrase: WORDS })
    await looksRight('ceremony done')
    expect(await wordsOf(desk)).toContain('ประชาชนแจ้งเบาะแสที่หน้า /safe ได้แล้ว')
    await desk.goto('/staff/sealed/sheets')
    await looksRight('sheets current')
  })

  it('looks after the own vault', async () => {
    for (const page of ['vault', 'vault/passphrase', 'vault/authenticator', 'vault/lost']) {
      await desk.goto(`/staff/sealed/${page}`)
      await looksRight(page)
      if (page === 'vault') continue
      await sends()
      await looksRight(`${page} empty`, 422)
    }
  })

  it('grants a newcomer', async () => {
    await fileReport(site)
    const newcomer = nameOfficer(site, 'somsri', 'superior')
    await createVault(sealed, newcomer.row(), newcomer.passphrase, newcomer.totp)
    await desk.goto('/staff/sealed/people')
    await looksRight('people')
    await press(desk.getByRole('link', { name: 'ให้สิทธิ์เปิดเรื่อง' }))
    await looksRight('grant')
    await sends()
    await looksRight('grant empty', 422)
    const fingerprint = vaultFingerprint(newcomer.row().publicKey ?? Buffer.alloc(32))
    await sends({ fingerprint, passphrase: WORDS })
    await looksRight('granted')
    expect(await wordsOf(desk)).toContain('แบ่งกุญแจให้ 1 เรื่อง')
    await desk.goto(`/staff/sealed/people/${newcomer.id}/remove`)
    await looksRight('remove')
    await sends()
    await looksRight('remove empty', 422)
  })

  it('loses no form to a vault that locks itself', async () => {
    site.clock.addMinutes(11)
    await sends({ reason: 'คำสั่งที่ 14/2570', passphrase: WORDS })
    await looksRight('unlock with a form', 403)
    await unlocks()
    await looksRight('send again')
    await press(desk.getByRole('button', { name: 'ส่งอีกครั้ง' }))
    await looksRight('sent again', 422)
    await sends({ passphrase: WORDS })
    await looksRight('people removed')
  })

  it('uses two sheets', async () => {
    await desk.goto('/staff/sealed/recovery')
    await looksRight('recovery')
    await sends()
    await looksRight('recovery empty', 422)
    await sends({ sheetA: sheets[1] ?? '', sheetB: sheets[2] ?? '' })
    await looksRight('recovered')
  })

  it('reads the log, and is told when it was changed', async () => {
    await desk.goto('/staff/sealed/log')
    await looksRight('log')
    sealed.db.sqlite.exec(
      "insert into audit_lines (at, actor, action, detail, previous, digest) values (0, 'ใคร', 'vault.unlock', '', '', '')",
    )
    await desk.reload()
    expect(await wordsOf(desk)).toContain('บันทึกถูกแก้ไข ลบ หรือแทรก')
    await looksRight('log broken')
    await press(desk.getByRole('button', { name: 'ล็อกทันที' }))
    await looksRight('locked')
  })
})

it('has been on every page of the channel for staff, but for those of the register', () => {
  const register = new Set([...REGISTER_FILES, ...REGISTER_VISITS.map(({ route }) => route)])
  const missing = site.app.routeTable
    .filter(({ method, url }) => method === 'GET' && /^\/staff\/(admin\/)?sealed(\/|$)/.test(url))
    .map(({ url }) => url)
    .filter((url) => !register.has(url) && ![...seen].some((path) => isOf(url, path)))
  expect(missing).toEqual([])
})

const isOf = (route: string, path: string): boolean =>
  new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(path)
