import { DEFAULT_OFFICE } from '#settings/documents.ts'
import type { Portal } from '#settings/portal.ts'
import { insertVillage, writeDocument } from '#settings/store.ts'

const VILLAGES = [
  ['บ้านดอนกลาง', 'Ban Don Klang'],
  ['บ้านท่าเรือเก่า', 'Ban Tha Ruea Kao'],
  ['บ้านหนองบัวแดง', 'Ban Nong Bua Daeng'],
  ['บ้านคลองสอง', 'Ban Khlong Song'],
  ['บ้านไร่ริมเขา', 'Ban Rai Rim Khao'],
  ['บ้านสวนมะพร้าว', 'Ban Suan Maphrao'],
  ['บ้านโคกสว่าง', 'Ban Khok Sawang'],
  ['บ้านวังปลาทอง', 'Ban Wang Pla Thong'],
  ['บ้านใหม่พัฒนา', 'Ban Mai Phatthana'],
] as const

/** Places that every village of this office has; a case happens at one of them. */
export const SPOTS = [
  'หน้าวัด',
  'ปากซอยโรงเรียน',
  'ข้างศาลาประชาคม',
  'ทางโค้งหลังตลาด',
  'ริมคลองชลประทาน',
  'หน้า รพ.สต.',
  'ซอยหอถังประปา',
  'ใกล้สะพานปูน',
  'หัวมุมร้านชำป้าแดง',
  'ท้ายซอยสวนยาง',
  'หลังสนามฟุตบอล',
  'ทางเข้าบ้านจัดสรร',
] as const

/** Fills in what the setup pages ask of a new office. Its name says that it is none. */
export function setUpOffice(portal: Portal): void {
  const { db } = portal
  db.inTransaction(() => {
    writeDocument(
      db,
      'office',
      {
        ...DEFAULT_OFFICE,
        orgName: `${DEFAULT_OFFICE.orgName} (สาธิต)`,
        orgNameEn: `${DEFAULT_OFFICE.orgNameEn} (demonstration)`,
        address: '99 หมู่ที่ 1 ตำบลเมืองใหม่ (ข้อมูลสาธิต)',
        addressEn: '99 Moo 1, Mueang Mai (demonstration data)',
        phone: '000 000 000',
        email: 'office@example.com',
      },
      portal.now(),
    )
    VILLAGES.forEach(([name, nameEn], index) => {
      insertVillage(db, { number: index + 1, name, nameEn })
    })
  })
  portal.settings.changed()
}
