import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertDrafts, moveDraftsToCase } from '#complaints/draft-files-store.ts'
import { keepUploads } from '#web/keep-uploads.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { phonePhoto, tinyPdf } from '../support/upload-samples.ts'
import { caseIn, fileCase, type TestCase } from './desk.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

async function attach(testCase: TestCase, name: string, content: Buffer, audience: 'public' | 'internal') {
  const { portal } = office
  const path = join(portal.files.incomingFolder, `upload-${testCase.id}-${name.length}`)
  await writeFile(path, content)
  const { kept } = await keepUploads(portal.files, [{ field: 'files', name, path, bytes: content.length }])
  const drafts = insertDrafts(portal.db, 'hash', kept, portal.now())
  moveDraftsToCase(portal.db, drafts, { caseId: testCase.id, eventId: null, uploadedBy: 'citizen', audience })
  return `/staff/files/${drafts[0]?.id}`
}

it('shows pictures and offers everything else as a download, inertly', async () => {
  const testCase = caseIn(office, 'in_progress')
  const picture = await attach(testCase, 'ไฟดับ.jpg', await phonePhoto(), 'public')
  const paper = await attach(testCase, 'หนังสือ.pdf', tinyPdf(), 'internal')
  const agent = await office.signIn('chai')
  const shown = await agent.get(picture)
  expect(shown.status).toBe(200)
  expect(shown.headers['content-disposition']).toMatch(/^inline/)
  expect(shown.headers['x-content-type-options']).toBe('nosniff')
  expect(shown.headers['content-security-policy']).toContain('sandbox')
  const saved = await agent.get(paper)
  expect(saved.headers['content-disposition']).toMatch(/^attachment/)
  const page = await agent.get(testCase.address)
  expect(page.text).toContain(`src="${picture}"`)
  expect(page.text).toContain(`href="${paper}"`)
})

it('answers 404 for the files of a case that is not to be seen, as for files that do not exist', async () => {
  const testCase = caseIn(office, 'in_progress')
  const restricted = fileCase(office, { categoryCode: 'H1' })
  const file = await attach(testCase, 'a.jpg', await phonePhoto(), 'public')
  const secret = await attach(restricted, 'b.jpg', await phonePhoto(), 'public')
  const other = await office.signIn('somsri')
  const centre = await office.signIn('nid')
  const nowhere = await other.get('/staff/files/AAAAAAAAAAAAAAAAAAAAAA')
  expect(nowhere.status).toBe(404)
  for (const answer of [await other.get(file), await centre.get(secret)]) {
    expect(answer.status).toBe(404)
  }
  expect((await office.newAgent().get(file)).status).toBe(303)
  const stored = office.portal.db.sqlite
    .prepare<[], { name: string }>('select stored_name as name from case_files')
    .all()
  for (const { name } of stored) expect((await centre.get(`/staff/files/${name}`)).status).toBe(404)
})
