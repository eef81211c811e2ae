import type { FastifyReply } from 'fastify'
import { sendPage, uiFor } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldsOf } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page, render } from '#web/views.ts'
import { perform } from './act.ts'
import type { NoteBody } from './bodies.ts'
import { type Desk, openDesk, type ReportRequest } from './desk.ts'
import { sendDownload } from './download.ts'
import {
  encryptForKey,
  encryptWithCode,
  isPackageCode,
  newPackageCode,
  type Package,
  packReport,
} from './export-package.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { notesOf } from './open-report.ts'
import { type ReportHead, reportHead } from './report-head.ts'
import { passphraseRefusal } from './vault-attempts.ts'
import type { Option } from './verb.ts'

const METHODS = ['code', 'key', 'print'] as const
type Method = (typeof METHODS)[number]

interface ExportPage {
  bar: OfficerBar
  head: ReportHead
  action: string
  /** Entries of the register of disclosures that a package can be made for. */
  disclosures: Option[]
  values: { disclosure: string; method: string; publicKey: string; withNotes: string }
  code: string
  errors: FieldErrors
}

const exportPage = page<ExportPage>('sealed/staff/report-export', [
  'bar',
  'head',
  'action',
  'disclosures',
  'values',
  'code',
  'errors',
])
const packagePage = page<{ pack: Package }>('sealed/staff/report-package', ['pack'])
const printPage = page<{ bar: OfficerBar; head: ReportHead; pack: Package }>('sealed/staff/report-print', [
  'bar',
  'head',
  'pack',
])

/** What an officer chose; the passphrase has been looked at already. */
interface Order {
  disclosure: NoteBody
  method: Method
  publicKey: string
  code: string
  withNotes: boolean
}

export async function showExport(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openDesk(sealed, request, reply)
  return desk ? sendForm(desk, request, reply, {}) : reply
}

/** Makes a package for somebody whom an entry in the register of disclosures names. */
export async function receiveExport(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openDesk(sealed, request, reply)
  if (!desk) return reply
  const fields = fieldsOf(request.body)
  const read = readOrder(desk, fields)
  if ('errors' in read) return sendForm(desk, request, reply, fields, read.errors)
  const refusal = await passphraseRefusal(sealed, desk.officer, fields.passphrase?.[0] ?? '')
  if (refusal) return sendForm(desk, request, reply, fields, { passphrase: refusal })
  // The vault may have been locked, or the officer have withdrawn, while the passphrase was looked at.
  const now = await openDesk(sealed, request, reply)
  return now ? await sendPackage(now, request, reply, fields, read) : reply
}

async function sendPackage(
  desk: Desk,
  request: ReportRequest,
  reply: FastifyReply,
  fields: Fields,
  { disclosure, method, publicKey, code, withNotes }: Order,
): Promise<FastifyReply> {
  const { sealed, opened } = desk
  const pack = await packReport(desk, disclosure, withNotes)
  const record = () => perform(desk, { action: 'export', text: '', note: { body: disclosure.body ?? '' } })
  if (method === 'print') {
    record()
    const data = { bar: officerBar(sealed, request), head: reportHead(sealed, opened), pack }
    return sendPage(sealed.portal, request, reply, printPage, data)
  }
  const content = render(packagePage, uiFor(sealed.portal, request), { pack })
  const encrypted =
    method === 'key' ? await encryptForKey(content, publicKey) : await encryptWithCode(content, code)
  if (!encrypted) {
    const errors = { publicKey: 'กุญแจสาธารณะไม่ถูกต้อง ต้องขึ้นต้นด้วย age1 และคัดลอกมาครบทุกตัว' }
    return sendForm(desk, request, reply, fields, errors)
  }
  record()
  return sendDownload(reply, 'package.html.age', encrypted)
}

function readOrder(desk: Desk, fields: Fields): Order | { errors: FieldErrors } {
  const value = (name: string): string => fields[name]?.[0]?.trim() ?? ''
  const disclosure = disclosuresOf(desk).find(({ disclosureId }) => disclosureId === value('disclosure'))
  const method = METHODS.find((known) => known === value('method'))
  const errors: FieldErrors = {}
  if (!disclosure) errors.disclosure = 'กรุณาเลือกว่าทำแฟ้มให้ใคร'
  if (!method) errors.method = 'กรุณาเลือกวิธีทำแฟ้ม'
  if (method === 'key' && value('publicKey') === '') errors.publicKey = 'กรุณากรอกกุญแจสาธารณะของผู้รับ'
  if (method === 'code' && !isPackageCode(value('code'))) errors.method = 'กรุณาเปิดหน้านี้ใหม่เพื่อรับรหัสเปิดแฟ้ม'
  if (value('passphrase') === '') errors.passphrase = 'กรุณากรอกวลีรหัสผ่านของตู้นิรภัย'
  if (!disclosure || !method || Object.keys(errors).length > 0) return { errors }
  const withNotes = value('withNotes') === 'yes'
  return { disclosure, method, publicKey: value('publicKey'), code: value('code'), withNotes }
}

function disclosuresOf({ opened }: Desk): NoteBody[] {
  return notesOf(opened.messages)
    .filter(({ disclosureId }) => disclosureId !== undefined)
    .reverse()
}

function sendForm(
  desk: Desk,
  request: ReportRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: FieldErrors = {},
): FastifyReply {
  const { sealed, opened } = desk
  const head = reportHead(sealed, opened)
  const typed = (name: string): string => fields[name]?.[0] ?? ''
  const disclosures = disclosuresOf(desk).map(({ disclosureId = '', body, at }) => ({
    value: disclosureId,
    text: `${body} (บันทึกเมื่อ ${formatDate(new Date(at), 'th')})`,
  }))
  const data: ExportPage = {
    ...{ bar: officerBar(sealed, request), head, action: `${head.address}/export`, disclosures, errors },
    values: {
      disclosure: typed('disclosure') || (disclosures[0]?.value ?? ''),
      method: typed('method') || 'code',
      ...{ publicKey: typed('publicKey'), withNotes: typed('withNotes') },
    },
    code: isPackageCode(typed('code')) ? typed('code') : newPackageCode(),
  }
  return sendPage(sealed.portal, request, reply, exportPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}
