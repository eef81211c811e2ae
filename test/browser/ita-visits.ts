import { listVersions, versionById } from '#ita/document-store.ts'
import { beginFrom } from '#ita/publish.ts'
import { viewerFor } from '../complaints-staff/desk.ts'
import { DOCUMENTS, publishManual, publishPage } from '../ita/library.ts'
import { press } from './people.ts'
import { send, typeAndSend } from './staff-forms.ts'
import type { Stage } from './stage.ts'
import type { Visit } from './visits.ts'

/** What is published is there before an address of it is opened, however often. */
const published =
  (path: string) =>
  ({ site }: Stage) => {
    const slugs = listVersions(site.portal.db).map(({ slug }) => slug)
    if (!slugs.includes('complaint-manual')) {
      publishManual(site, 'manual_general')
      publishManual(site, 'manual_general')
    }
    if (!slugs.includes('corruption-manual')) publishManual(site, 'manual_corruption')
    if (!slugs.includes('community-forum')) {
      publishPage(
        site,
        'community-forum',
        'กำหนดการเวทีประชาคม',
        'other',
        `https://example.go.th/${'a'.repeat(90)}`,
      )
    }
    return path
  }

/** Documents, and the pages for the assessment, as addresses of the Thai ones. */
export const ITA_PUBLIC: Visit[] = [
  { name: 'documents', route: '/documents', path: published('/documents') },
  {
    name: 'a document with tables and a chart',
    route: '/documents/:document',
    path: published('/documents/complaint-manual'),
  },
  {
    name: 'a document with an address that does not break',
    route: '/documents/:document',
    path: published('/documents/community-forum'),
  },
  {
    name: 'a version that was replaced',
    route: '/documents/:document/:version',
    path: published('/documents/complaint-manual/1'),
  },
  {
    name: 'a document that was never published',
    route: '/documents/:document',
    path: '/documents/nothing',
    status: 404,
  },
  { name: 'the newest year of the assessment', route: '/ita' },
  { name: 'a year of the assessment', route: '/ita/:fy', path: published('/ita/2570') },
  { name: 'a year of the assessment with numbers', route: '/ita/:fy', path: published('/ita/2568') },
]

const admin = (name: string, path: string, rest: Partial<Visit> = {}): Visit => ({
  ...{ name, route: `/staff/admin${path}`, as: 'admin' },
  ...rest,
})

/** The newest version of a manual in the state; a draft begins with what is published. */
const versionOf =
  (slug: string, state: 'published' | 'draft', suffix = '') =>
  (stage: Stage) => {
    published('')(stage)
    const { portal } = stage.site
    const find = () =>
      listVersions(portal.db).find(
        (row) => row.slug === slug && (row.publishedAt === null) === (state === 'draft'),
      )
    const known = listVersions(portal.db).find((row) => row.slug === slug)
    const version = known && versionById(portal.db, known.id)
    if (state === 'draft' && !find() && version) beginFrom(portal, viewerFor(stage.site, 'admin'), version)
    return `${DOCUMENTS}/${find()?.id}${suffix}`
  }

export const ITA_ADMIN: Visit[] = [
  admin('documents to publish', '/documents', { path: published(DOCUMENTS) }),
  admin('a new document', '/documents/new'),
  admin('a new document, sent empty', '/documents/new', { act: send('/new'), status: 422 }),
  admin('a published version', '/documents/:id', { path: versionOf('complaint-manual', 'published') }),
  admin('a draft', '/documents/:id', { path: versionOf('complaint-manual', 'draft') }),
  admin('a draft, without a title', '/documents/:id', {
    path: versionOf('complaint-manual', 'draft'),
    act: typeAndSend({ title: '', heading1: '' }),
    status: 422,
  }),
  admin('a draft with one more section', '/documents/:id', {
    path: versionOf('complaint-manual', 'draft'),
    act: (page) => press(page.getByRole('button', { name: 'เพิ่มส่วน' })),
  }),
  admin('a draft as it will be read', '/documents/:id/preview', {
    path: versionOf('complaint-manual', 'draft', '/preview'),
  }),
  admin('a manual written from the settings, which has open places', '/documents', {
    path: published(DOCUMENTS),
    act: async (page) => {
      await press(page.getByRole('button', { name: 'ร่างฉบับใหม่ของคู่มือเรื่องร้องเรียนการทุจริต' }))
      await press(page.getByRole('button', { name: 'บันทึกและดูตัวอย่าง' }))
      await send('/publish')(page)
    },
    status: 422,
  }),
  admin('the items of the assessment', '/ita'),
  admin('the items of the assessment, too long', '/ita', {
    act: typeAndSend({ 'number-guideline': 'ก'.repeat(21) }, '/ita'),
    status: 422,
  }),
]
