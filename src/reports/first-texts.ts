import { cell, officeFacts } from '#ita/manual-facts.ts'
import { channelsOf } from '#public/channels.ts'
import type { Portal } from '#settings/portal.ts'
import type { Period } from '#statistics/period.ts'
import { periodName, slugOf } from './periods.ts'
import type { SectionKey } from './sections.ts'
import type { ReportTexts } from './tables.ts'

/** What a report can say without anybody's thinking, from the office's own settings, for the office to correct. */
export function firstTexts(portal: Portal, period: Period): ReportTexts {
  const { office, deadlines, units, address } = officeFacts(portal)
  const days = `${deadlines.targetDays} ${deadlines.countMode === 'working' ? 'วันทำการ' : 'วัน'}`
  const centre = units.find(({ isCentre }) => isCentre)?.name
  const texts: Partial<Record<SectionKey, string[]>> = {
    s1: [
      `${office.orgName} จัดตั้ง${office.centreName}เพื่อรับ ลงทะเบียน มอบหมาย และติดตามเรื่องร้องเรียน ร้องทุกข์จากทุกช่องทาง${centre ? ` โดยมี${centre}เป็นผู้รับผิดชอบ` : ''} ตามแผนปฏิบัติการป้องกันการทุจริตของหน่วยงาน`,
      `รายงานนี้สรุปผลการดำเนินการ${periodName(period)} ตัวเลขทั้งหมดมาจากทะเบียนของระบบรับเรื่องร้องเรียน และไม่แสดงชื่อหรือข้อมูลที่ระบุตัวผู้ร้อง`,
    ],
    s2: [
      '1. เพื่อรายงานผลการดำเนินการเรื่องร้องเรียน ร้องทุกข์ให้ผู้บริหารทราบ',
      '2. เพื่อวิเคราะห์สาเหตุของปัญหา และกำหนดแนวทางไม่ให้เกิดซ้ำ',
      '3. เพื่อเผยแพร่ผลการดำเนินการให้ประชาชนทราบ',
    ],
    s3: [
      'ประชาชนแจ้งเรื่องได้ตามช่องทางต่อไปนี้',
      `- เว็บไซต์ ${address('/')} ตลอด 24 ชั่วโมง`,
      ...channelsOf(office, 'th').map(({ title, text }) => `- ${title} ${text}`),
      '',
      'ขั้นตอน | ระยะเวลา',
      'ออกเลขที่เรื่องและรหัสติดตาม | ทันทีที่รับเรื่อง',
      `${cell(office.centreName)}ลงทะเบียนและมอบหมายหน่วยงาน | ภายใน ${deadlines.ackDays} วันทำการ`,
      `หน่วยงานตรวจสอบ แก้ไข และแจ้งผล หรือชี้แจงเหตุผลพร้อมกำหนดใหม่ | ภายใน ${days}นับถัดจากวันที่ได้รับเรื่อง`,
    ],
    s12: [
      'เสนอรายงานนี้ต่อผู้บริหารเพื่อทราบ และเผยแพร่ต่อสาธารณชนดังนี้',
      `- เว็บไซต์ ${address(`/reports/${slugOf(period)}`)}`,
      '- แผ่นประกาศ ณ ที่ทำการและป้ายประกาศของหมู่บ้าน',
      '- บทอ่านเสียงตามสายของหมู่บ้าน',
    ],
  }
  return Object.fromEntries(Object.entries(texts).map(([key, lines]) => [key, lines.join('\n')]))
}
