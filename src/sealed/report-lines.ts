import { t } from '#web/languages.ts'
import { formatDate, formatDateTime } from '#web/thai-format.ts'
import type { NoteBody, ReportBody } from './bodies.ts'
import type { OpenedFile, OpenedMessage, OpenedReport } from './open-report.ts'
import {
  ACTION_WORDS,
  CHANNEL_WORDS,
  conductText,
  DAMAGED,
  FINDING_WORDS,
  numberOf,
  OUTCOME_WORDS,
} from './register-words.ts'

/** A question and its answer, for a summary list. */
export interface Fact {
  key: string
  value: string
}

/** One message of the conversation with who reports. */
export interface TalkLine {
  isFromReporter: boolean
  at: string
  text: string
  files: FileLine[]
}

/** One act or note of the officers. */
export interface HistoryLine {
  title: string
  who: string
  at: string
  text: string
  facts: Fact[]
}

/** A file of a message in views/sealed/staff/_report-files.eta. */
export interface FileLine {
  id: string
  name: string
  size: string
  isPicture: boolean
  isOriginal: boolean
  isDamaged: boolean
}

const PICTURES = ['image/jpeg', 'image/png', 'image/webp']

export function reportFacts({ report, first, conduct }: OpenedReport & { first: ReportBody }): Fact[] {
  const { when, where, project, amount, evidence, source, channel, day, involved } = first
  const facts: [string, string][] = [
    ['เลขทะเบียน', numberOf(report)],
    ['ลักษณะการทุจริต', conductText(conduct)],
    ['หลักฐาน พยาน หรือแหล่งที่ตรวจสอบได้', evidence],
    ['เกิดขึ้นเมื่อใด', when],
    ['เกิดขึ้นที่ใด', where],
    ['โครงการ สัญญา หรือการจัดซื้อจัดจ้าง', project],
    ['จำนวนเงินหรือประโยชน์', amount],
    ['ทราบเรื่องได้อย่างไร', source && t('th', `wb.how.${source}`)],
    ['ได้รับเมื่อ', formatDate(report.receivedOn, 'th')],
    ['รับเข้าทาง', CHANNEL_WORDS[channel]],
    ['วันที่ยื่นเรื่องเดิม', channel === 'moved' ? formatDate(day, 'th') : ''],
    ['ไม่ให้เปิดเรื่องนี้', involved.map((who) => t('th', `wb.involved.${who}`)).join(', ')],
    ['ผลของเรื่อง', report.outcome ? OUTCOME_WORDS[report.outcome] : ''],
    ['สิ้นสุดเมื่อ', report.finishedOn ? formatDate(report.finishedOn, 'th') : ''],
  ]
  return facts.filter(([, value]) => value !== '').map(([key, value]) => ({ key, value }))
}

/** Everything that went between who reports and the officers, but the report itself; damage in its place. */
export function talkLines({ messages, files }: OpenedReport): TalkLine[] {
  return messages.slice(1).flatMap((message) => {
    const { direction, body, id } = message
    if (direction === 'note') return []
    const isFromReporter = direction === 'in'
    if (body?.kind !== 'reply' && body?.kind !== 'answer') {
      return [{ isFromReporter, at: '', text: DAMAGED, files: [] }]
    }
    return [{ isFromReporter, at: formatDate(body.day, 'th'), text: body.text, files: fileLines(files, id) }]
  })
}

export function historyLines(messages: readonly OpenedMessage[]): HistoryLine[] {
  return messages
    .filter(({ direction }) => direction === 'note')
    .map(({ body }) => {
      if (body?.kind !== 'note') return { title: DAMAGED, who: '', at: '', text: '', facts: [] }
      const { action, officer, at, text } = body
      return {
        title: action ? ACTION_WORDS[action] : 'บันทึกภายใน',
        ...{ who: officer, at: formatDateTime(new Date(at), 'th'), text, facts: noteFacts(body) },
      }
    })
}

function noteFacts({ conduct, body, basis, finding, counted, farewell }: NoteBody): Fact[] {
  const facts: [string, string | undefined][] = [
    ['ลักษณะการทุจริต', conduct && conductText(conduct)],
    ['หน่วยงานหรือบุคคล', body],
    ['ฐานทางกฎหมาย', basis],
    ['ผลของเรื่อง', counted && OUTCOME_WORDS[counted.outcome]],
    ['ข้อวินิจฉัย', finding && FINDING_WORDS[finding]],
    ['นับเป็นคดีทุจริต', counted && (counted.isCase ? 'ใช่' : 'ไม่ใช่')],
    ['ข้อความถึงผู้แจ้งเมื่อยืนยันแล้ว', farewell],
  ]
  return facts.flatMap(([key, value]) => (value ? [{ key, value }] : []))
}

export function fileLines(files: readonly OpenedFile[], messageId: string): FileLine[] {
  return files
    .filter((file) => file.messageId === messageId)
    .map(({ id, meta }) => ({
      ...{ id, name: meta?.name ?? `ไฟล์: ${DAMAGED}`, size: meta ? sizeText(meta.bytes) : '' },
      isPicture: meta !== null && isPicture(meta),
      isOriginal: meta?.isOriginal ?? false,
      isDamaged: meta === null,
    }))
}

/** Only what was drawn anew by us is ever shown by a browser. */
export const isPicture = ({ mime, isOriginal }: { mime: string; isOriginal: boolean }): boolean =>
  !isOriginal && PICTURES.includes(mime)

function sizeText(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024))
  return kilobytes < 1000 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}
