import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import request, { type Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { guardStaff } from '#accounts/guard.ts'
import { accountRoutes } from '#accounts/staff-routes.ts'
import { writeToOfficer } from '#complaints/answer.ts'
import type { ConfidentialRegister, MovedCase } from '#complaints/confidential-register.ts'
import { insertDrafts, moveDraftsToCase } from '#complaints/draft-files-store.ts'
import { mailHooks } from '#complaints/mail-outcome.ts'
import { reopenCase } from '#complaints/reopen.ts'
import { staffCaseRoutes } from '#complaints/staff-routes.ts'
import { caseNumber } from '#domain/reference.ts'
import { deliverMail } from '#mail/deliver.ts'
import type { Portal } from '#settings/portal.ts'
import { serveAssets } from '#web/assets.ts'
import { answerErrors } from '#web/error-pages.ts'
import { acceptForms } from '#web/form-bodies.ts'
import { forbidCaching, hardenAnswers } from '#web/hardening.ts'
import { checkOrigin } from '#web/origin-check.ts'
import { registerZone } from '#web/zones.ts'
import { type MemberName, PASSWORD } from '../support/cast.ts'
import { post, type TypedFields, typedIn } from '../support/forms.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type CaseOptions, done, fileCase, type TestCase, tickClocks } from './desk.ts'

/** A confidential register that remembers in memory what it was given. */
export interface FakeRegister extends ConfidentialRegister {
  received: MovedCase[]
  forgotten: string[]
  open: boolean
  /** Asked before anything is kept; what it throws is the register's refusal. */
  onReceive: (move: MovedCase) => Promise<void>
  onForget: (token: string) => void
}

export function fakeRegister(): FakeRegister {
  const register: FakeRegister = {
    received: [],
    forgotten: [],
    open: true,
    onReceive: async () => undefined,
    onForget: () => undefined,
    isOpen: () => register.open,
    receive: async (move) => {
      await register.onReceive(move)
      if (!register.received.some(({ token }) => token === move.token)) register.received.push(move)
    },
    forget: (token) => {
      register.onForget(token)
      register.forgotten.push(token)
    },
  }
  return register
}

/** An office whose staff pages know a confidential register; its citizens come by the usual door. */
export interface MoveOffice extends TestPortal {
  register: FakeRegister
  mails: MailServer
  /** Signs in to the staff pages that can move cases. */
  enter(name: MemberName): Promise<TestAgent>
}

export async function openMoveOffice(): Promise<MoveOffice> {
  const mails = await startMailServer()
  const office = await startTestPortal({ env: { SMTP_URL: `smtp://127.0.0.1:${mails.port}` } })
  office.portal.db.sqlite.exec("update staff set email = username || '@mueangmai.example'")
  const register = fakeRegister()
  const staffSide = await openStaffSide(office.portal, register)
  const enter = async (name: MemberName) => {
    const agent = request.agent(staffSide.server).set('Sec-Fetch-Site', 'same-origin')
    await agent.post('/staff/sign-in').type('form').send({ username: name, password: PASSWORD })
    return agent
  }
  const close = async () => {
    await staffSide.close()
    await mails.close()
    await office.close()
  }
  return { ...office, register, mails, enter, close }
}

/** The staff zone as the portal builds it, with a register to move cases to. */
export async function openStaffSide(portal: Portal, register: ConfidentialRegister) {
  const app = Fastify()
  app.decorate('routeTable', [])
  app.decorateRequest('staffUi', undefined)
  await app.register(cookie)
  acceptForms(app)
  hardenAnswers(app, false)
  answerErrors(app, portal)
  registerZone(app, 'public', serveAssets(portal.assets))
  registerZone(app, 'staff', (scope, _options, ready) => {
    checkOrigin(scope, portal.config.publicUrl, true)
    forbidCaching(scope)
    guardStaff(scope, portal, { countUnread: () => 0, opensConfidential: () => false })
    scope.register(accountRoutes(portal))
    scope.register(staffCaseRoutes(portal, { confidential: register }))
    ready()
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return app
}

/** A word for each place that something of a case is kept in. */
export const MARKS = {
  subject: 'kanarisubject',
  detail: 'kanaridetail',
  wish: 'kanariwish',
  place: 'kanariplace',
  name: 'kanariname',
  phone: '0891117777',
  email: 'kanarimail@example.com',
  address: 'kanariaddress',
  fileName: 'kanarifilename',
  file: 'kanarifilecontent',
  note: 'kanarinote',
  progress: 'kanariprogress',
  delay: 'kanaridelay',
  question: 'kanariquestion',
  answer: 'kanarianswer',
  message: 'kanarimessage',
  urge: 'kanariurge',
  result: 'kanariresult',
  cause: 'kanaricause',
  prevention: 'kanariprevention',
  reopening: 'kanarireopening',
  draft: 'kanaridraft',
} as const

const DELAY = { doneText: 'ตรวจแล้ว', nextText: 'ตรวจต่อ' }

/** An office with people who work in it, and a mail server. */
type WorkingOffice = Pick<TestPortal, 'portal' | 'cast' | 'clock'>

/** A case to which everything has happened that can happen to one, up to a second round. */
export async function eventfulCase(office: WorkingOffice, options: CaseOptions = {}): Promise<TestCase> {
  const { portal } = office
  const { subject, detail, wish, place, name, phone, email, address } = MARKS
  const testCase = fileCase(office, {
    ...{
      subject: `สงสัย ${subject}`,
      detail: `${detail} ใช้งบผิด`,
      wish,
      place,
      latitude: 13.5,
      longitude: 100.5,
    },
    ...{
      channel: 'letter',
      happenedOn: '2026-11-01',
      incomingNo: 'kanariincoming',
      sourceRef: 'kanarisource',
    },
    source: 'letter',
    contact: { name, phone, email, address, replyBy: 'email' },
    ...options,
  })
  const act = (who: MemberName, path: string, typed: Record<string, string> = {}) =>
    done(office, testCase, who, path, typed)
  await giveFile(office, testCase)
  act('nid', 'register')
  const { id, unitId } = office.cast.chai
  act('nid', 'assign', { unit: String(unitId), officer: String(id) })
  act('chai', 'accept')
  act('chai', 'note', { text: MARKS.note })
  act('chai', 'progress', { text: MARKS.progress })
  act('chai', 'ask-info', { text: MARKS.question, answerBy: '20/11/2569' })
  const row = testCase.row()
  writeToOfficer(portal, { row, rev: row.rev, text: MARKS.answer }, [])
  act('chai', 'message', { text: MARKS.message })
  act('wit', 'urge', { text: MARKS.urge })
  await sendMails(office)
  office.clock.addDays(14)
  await tickClocks(office)
  await sendMails(office)
  act('malee', 'explain-delay', { ...DELAY, text: MARKS.delay, newDate: '10/12/2569' })
  await sendMails(office)
  const { result, cause, prevention, reopening } = MARKS
  act('chai', 'conclude', { text: result, cause, prevention, outcome: 'solved', finding: 'yes' })
  const closed = testCase.row()
  reopenCase(portal, { row: closed, rev: closed.rev, text: reopening })
  act('chai', 'accept')
  act('chai', 'explain-delay', { ...DELAY, text: MARKS.draft, newDate: '20/12/2569' })
  return testCase
}

/** What lies on the disk is the marker itself: pictures are written anew when they are taken in. */
async function giveFile({ portal }: WorkingOffice, { id }: TestCase): Promise<void> {
  const { storedName } = await portal.files.storeFile(Buffer.from(`${MARKS.file} `.repeat(500)))
  const file = { storedName, originalName: `${MARKS.fileName}.png`, mime: 'image/png' as const, bytes: 9000 }
  const drafts = insertDrafts(portal.db, `draft ${id}`, [{ ...file, width: 1, height: 1 }], portal.now())
  moveDraftsToCase(portal.db, drafts, {
    caseId: id,
    eventId: null,
    uploadedBy: 'citizen',
    audience: 'public',
  })
}

export const sendMails = ({ portal }: Pick<TestPortal, 'portal'>) =>
  deliverMail(portal, { hooks: mailHooks(portal) })

/** Files below the folder that hold the text: as it is, in UTF-16, or in base64 wherever it may begin there. */
export function traces(folder: string, text: string): string[] {
  const whole = Buffer.from(text)
  const base64 = [0, 1, 2].map((at) => {
    const code = Buffer.concat([Buffer.alloc(at), whole]).toString('base64')
    // What the neighbours of the text have a part in is left out.
    return Buffer.from(code.slice(at === 0 ? 0 : 4, code.length - 4))
  })
  const forms = [whole, Buffer.from(text, 'utf16le'), ...base64]
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .filter((name) => {
      const content = readFileSync(join(folder, name))
      return forms.some((form) => content.includes(form))
    })
}

/** Marks of which anything is left in the office's data folder, with where. */
export function marksLeft({ dataDir }: Pick<TestPortal, 'dataDir'>): [string, string[]][] {
  return Object.values(MARKS)
    .map((mark): [string, string[]] => [mark, traces(dataDir, mark)])
    .filter(([, files]) => files.length > 0)
}

export const MOVE = 'move-confidential'

export const numberOf = ({ row }: TestCase): string => caseNumber(row().fiscalYear, row().seq)

/** Opens the page that moves a case, fills it in and sends it. */
export async function move(
  agent: TestAgent,
  testCase: TestCase,
  fields: TypedFields = {},
): Promise<Response> {
  const rev = `${typedIn(await agent.get(`${testCase.address}/${MOVE}`), 'rev')}`
  const typed = { rev, number: numberOf(testCase), isDisinterested: 'yes' }
  return await post(agent, `${testCase.address}/${MOVE}`, { ...typed, ...fields })
}
