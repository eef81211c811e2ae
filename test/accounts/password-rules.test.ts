import { describe, expect, it } from 'vitest'
import { passwordProblem } from '#accounts/password-rules.ts'
import { typedInLatin, typedInThai } from '#platform/thai-keyboard.ts'

const OWN = ['nid', 'นิด รับเรื่อง', 'องค์การบริหารส่วนตำบลเมืองใหม่', 'Mueang Mai SAO', 'สำนักปลัด']

describe('a password is taken when it is', () => {
  it.each([
    'ไก่แจ้ขันเจ็ดโมงใต้ต้นมะขาม',
    'ปลาทูนั่งรถไฟไปซื้อร่ม',
    'correct horse battery staple',
    'orange boat whispers at noon',
    'tQ8#vLp2zX!m',
  ])('long and unlike others: %s', async (password) => {
    expect(await passwordProblem(password, OWN)).toBeUndefined()
  })
})

describe('a password is refused when it', () => {
  it('is shorter than twelve characters, counted as people count', async () => {
    expect(await passwordProblem('', OWN)).toBe('กรุณากรอกรหัสผ่าน')
    expect(await passwordProblem('tQ8#vLp2zX!', OWN)).toContain('ที่กรอกมี 11 ตัวอักษร')
    expect(await passwordProblem('🐘🦜🐢🦋🐟🌳', OWN)).toContain('ที่กรอกมี 6 ตัวอักษร')
  })

  it('is longer than anybody types', async () => {
    expect(await passwordProblem('ก ข'.repeat(100), OWN)).toContain('ไม่เกิน 200')
  })

  it.each([
    'password1234',
    'passwordpassword',
    'qwertyuiop[]',
    '123456789012',
    '0812345678901',
    'aaaaaaaaaaaaaaaa',
    'somchai1234567',
  ])('is common in the world: %s', async (password) => {
    expect(await passwordProblem(password, OWN)).toContain('เดาง่ายเกินไป')
  })

  it.each([
    'รหัสผ่านรหัสผ่าน',
    'รหัสผ่าน1234',
    'สวัสดีเจ้าหน้าที่',
    'กรุงเทพมหานคร2569',
    'ฟหกดเสวงผปแอ',
    'ๆไำพะัีรนยบล',
    'กกกกกกกกกกกกกกกก',
  ])('is common in Thailand: %s', async (password) => {
    expect(await passwordProblem(password, OWN)).toContain('เดาง่ายเกินไป')
  })

  it('is such a word typed while the keyboard was in the other language', async () => {
    expect(typedInLatin('รหัสผ่าน')).toBe('isylzjko')
    expect(typedInThai('password')).toBe('ยฟหหไนพก')
    expect(await passwordProblem(typedInLatin('รหัสผ่านรหัสผ่าน'), OWN)).toContain('เดาง่ายเกินไป')
    expect(await passwordProblem(typedInThai('password1234'), OWN)).toContain('เดาง่ายเกินไป')
  })

  it.each(['นิดรับเรื่อง2569', 'mueangmai2569', 'องค์การบริหารส่วนตำบลเมืองใหม่', 'สำนักปลัด2569'])(
    'is made of what everybody knows of the person and the office: %s',
    async (password) => {
      expect(await passwordProblem(password, OWN)).toContain('เดาง่ายเกินไป')
    },
  )
})

it('looking at the longest password allowed does not hold up the portal', async () => {
  await passwordProblem('warm up the check', OWN)
  for (const password of ['aB3$'.repeat(50), 'password'.repeat(25), 'ฟหกด'.repeat(50)]) {
    const start = performance.now()
    await passwordProblem(password, OWN)
    expect(performance.now() - start).toBeLessThan(500)
  }
})
