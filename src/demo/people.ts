import type { ReplyBy } from '#domain/vocabulary.ts'
import type { Chance } from './chance.ts'

/** Somebody who complains. The surnames say that nobody of that name lives. */
export interface Person {
  name: string | null
  phone: string | null
  email: string | null
  address: string | null
  replyBy: ReplyBy
  withholdName: boolean
  /** How the person speaks of him- or herself, and ends a sentence politely. */
  me: string
  krap: string
}

const WOMEN = ['สมศรี', 'มาลี', 'วิไล', 'ประไพ', 'จันทร์เพ็ญ', 'บุญเรือน', 'ลำดวน', 'กัญญา', 'อรทัย', 'พิมพ์ใจ']
const MEN = ['สมชาย', 'บุญมี', 'ประเสริฐ', 'ทองดี', 'วิรัตน์', 'สุชาติ', 'มานพ', 'เฉลิม', 'ณรงค์', 'กิตติ']
const SURNAMES = ['สาธิตสกุล', 'ตัวอย่างวงศ์', 'สมมติสุข', 'นามสมมติ', 'ทดลองดี', 'แบบอย่างงาม', 'จำลองกุล', 'สมมุติฐาน']

export function somebody(chance: Chance): Person {
  const isWoman = chance.in100(55)
  const person = { me: isWoman ? 'ดิฉัน' : 'ผม', krap: isWoman ? 'ค่ะ' : 'ครับ', address: null }
  const unknown = { ...person, name: null, phone: null, email: null, withholdName: false }
  if (chance.in100(22)) return { ...unknown, replyBy: 'self' }
  const name = `${isWoman ? 'นาง' : 'นาย'}${chance.pick(isWoman ? WOMEN : MEN)} ${chance.pick(SURNAMES)}`
  const named = { ...unknown, name, withholdName: chance.in100(25) }
  // No telephone in Thailand begins with three zeros, and nobody reads mail at example.com.
  const phone = `000${chance.between(1_000_000, 9_999_999)}`
  if (chance.in100(30)) {
    const email = `demo${chance.between(100, 999)}@example.com`
    return { ...named, phone: chance.in100(50) ? phone : null, email, replyBy: 'email' }
  }
  if (chance.in100(12)) {
    const address = `${chance.between(1, 199)}/${chance.between(1, 20)} หมู่ที่ ${chance.between(1, 9)} ตำบลเมืองใหม่ (ที่อยู่สมมติ)`
    return { ...named, phone, address, replyBy: 'post' }
  }
  return { ...named, phone, replyBy: chance.in100(70) ? 'phone' : 'self' }
}
