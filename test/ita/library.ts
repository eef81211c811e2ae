import type TestAgent from 'supertest/lib/agent.js'
import { manualDraft } from '#ita/manual-draft.ts'
import { NOT_OPEN, type SealedFacts } from '#ita/manual-facts.ts'
import { beginVersion, MANUAL_SLUGS, type ManualKind, publishVersion } from '#ita/publish.ts'
import type { DocumentKind, DocumentSection } from '#ita/tables.ts'
import { type Desk, viewerFor } from '../complaints-staff/desk.ts'
import { post, type TypedFields, typedIn } from '../support/forms.ts'

export const DOCUMENTS = '/staff/admin/documents'

/** A channel that its ceremony has opened. */
export const OPEN: SealedFacts = {
  ...{ isOpen: true, orderNo: '12/2570', orderOn: '2026-10-05' },
  posts: ['นิติกร', 'หัวหน้าหน่วยตรวจสอบภายใน (สำรอง)'],
  ...{ acknowledgeDays: 2, checkDays: 10, inquiryDays: 45, extensionDays: 20 },
}

/** A manual with its open places filled in, published; `edit` writes it otherwise. */
export function publishManual(
  office: Desk,
  kind: ManualKind,
  edit: (sections: DocumentSection[]) => DocumentSection[] = (sections) => sections,
): void {
  const { portal } = office
  const viewer = viewerFor(office, 'admin')
  const { title, sections } = manualDraft(portal, kind, kind === 'manual_corruption' ? OPEN : NOT_OPEN)
  const filled = sections.map(({ heading, text }) => ({
    heading,
    text: text.replace(/\[กรอก[^\]]*\]/g, '7/2569'),
  }))
  const document = { slug: MANUAL_SLUGS[kind], kind, title, documentOn: '2026-11-02' }
  publishVersion(portal, viewer, beginVersion(portal, viewer, document, { sections: edit(filled) }))
}

export function publishPage(
  office: Desk,
  slug: string,
  title: string,
  kind: DocumentKind = 'other',
  text = 'เนื้อหา',
): void {
  const { portal } = office
  const viewer = viewerFor(office, 'admin')
  const document = { slug, kind, title, documentOn: '2026-11-02' }
  const content = { sections: [{ heading: 'หัวข้อ', text }] }
  publishVersion(portal, viewer, beginVersion(portal, viewer, document, content))
}

/** What the page of a version sends along: the state it was shown in. */
export async function press(
  agent: TestAgent,
  address: string,
  action: string,
  from = '',
): ReturnType<typeof post> {
  const rev = typedIn(await agent.get(`${address}${from}`), 'rev') ?? ''
  return await post(agent, `${address}/${action}`, { rev })
}

/** The draft's form with everything that stands in it. */
export async function draftForm(agent: TestAgent, address: string): Promise<TypedFields> {
  const page = await agent.get(address)
  const names = [...page.text.matchAll(/name="((?:order|heading|text)\d+|rev|title|documentOn)"/g)]
  return Object.fromEntries(names.map(([, name]) => [`${name}`, typedIn(page, `${name}`) ?? '']))
}
