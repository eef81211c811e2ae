import { addDays, civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import type { Viewer } from '#domain/permissions.ts'
import { FORUM_SLUG, satisfactionSlug } from '#ita/checks.ts'
import { manualDraft } from '#ita/manual-draft.ts'
import type { SealedFacts } from '#ita/manual-facts.ts'
import { beginVersion, MANUAL_SLUGS, type ManualKind, publishVersion } from '#ita/publish.ts'
import type { DocumentKind, DocumentSection } from '#ita/tables.ts'
import type { Portal } from '#settings/portal.ts'

/** Publishes what an office has on its pages: both manuals, the announcement, and a document for each open item. */
export function publishDocuments(portal: Portal, viewer: Viewer, sealed: SealedFacts): void {
  const publish = (slug: string, kind: DocumentKind, title: string, sections: DocumentSection[]) => {
    const documentOn = addDays(civilDateOf(portal.now()), -30)
    const version = beginVersion(portal, viewer, { slug, kind, title, documentOn }, { sections })
    publishVersion(portal, viewer, version)
  }
  for (const kind of Object.keys(MANUAL_SLUGS) as ManualKind[]) {
    const { title, sections } = manualDraft(portal, kind, sealed)
    publish(MANUAL_SLUGS[kind], kind, title, sections.map(filledIn))
  }
  publish('complaint-measure', 'announcement', 'ประกาศมาตรการจัดการเรื่องราวร้องทุกข์/ร้องเรียน (สาธิต)', MEASURE)
  publish(FORUM_SLUG, 'other', 'กำหนดการเวทีประชาคมหมู่บ้าน (สาธิต)', FORUM)
  const fiscalYear = fiscalYearOf(civilDateOf(portal.now())) - 1
  const title = `รายงานผลการสำรวจความพึงพอใจ ปีงบประมาณ พ.ศ. ${fiscalYear} (สาธิต)`
  publish(satisfactionSlug(fiscalYear), 'other', title, SATISFACTION)
}

/** An open place of a draft is what the office writes itself. */
const filledIn = ({ heading, text }: DocumentSection): DocumentSection => ({
  heading,
  text: text.replace(/\[กรอกวัน[^\]]*\]/g, '1 ตุลาคม 2569').replace(/\[กรอก[^\]]*\]/g, '1/2570 (สาธิต)'),
})

const MEASURE: DocumentSection[] = [
  {
    heading: 'มาตรการ',
    text: '1. แก้ไขเรื่องร้องเรียนภายใน 15 วัน หากทำไม่ทันต้องชี้แจงให้ผู้ร้องทราบเป็นลายลักษณ์อักษรก่อนครบกำหนด\n2. แจ้งการได้รับเรื่อง ระยะเวลา และผลการดำเนินการแก่ผู้ร้องทุกเรื่อง\n3. ผู้ร้องติดตามเรื่องได้ด้วยตนเอง\n4. สรุปผลและเผยแพร่ต่อสาธารณชนปีละสองครั้ง',
  },
]
const FORUM: DocumentSection[] = [
  {
    heading: 'วัน เวลา และสถานที่',
    text: 'หมู่ที่ | วัน | สถานที่\nหมู่ที่ 1–3 | วันเสาร์ที่สองของเดือน เวลา 9.00 น. | ศาลาประชาคม\nหมู่ที่ 4–9 | วันเสาร์ที่สามของเดือน เวลา 9.00 น. | ศาลาวัด',
  },
  { heading: 'การนำผลไปใช้', text: 'ความเห็นของประชาชนบันทึกไว้ในระบบ และเสนอต่อคณะกรรมการพัฒนาท้องถิ่น' },
]
const SATISFACTION: DocumentSection[] = [
  { heading: 'ผลการสำรวจ', text: 'ด้าน | ร้อยละ\nคุณภาพการให้บริการ | 85\nการดำเนินการเรื่องร้องเรียน | 78.4' },
]
