import { randomUUID } from 'node:crypto'
import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { t } from '#web/languages.ts'
import { officeParams } from '#web/views.ts'
import type { Cause } from './failure.ts'
import { NO_HOOKS } from './hooks.ts'
import { queueMail } from './outbox.ts'
import { type OutboxMail, recordOutcome } from './outbox-store.ts'
import { openSender, type Patience } from './send.ts'
import { takeMail } from './take.ts'

export interface TestResult {
  accepted: boolean
  recipient: string
  /** The server's own, or what happened instead of an answer. */
  words: string
  /** What to look at first. */
  advice: string | null
}

/** Somebody is waiting in front of the page. */
const PATIENCE: Patience = { connect: 10_000, greet: 10_000, answer: 15_000, mail: 25_000 }

const ADVICE: Record<Cause, string> = {
  auth: 'เซิร์ฟเวอร์ไม่ยอมรับชื่อผู้ใช้หรือรหัสผ่าน ตรวจสองส่วนนี้ใน SMTP_URL อักขระพิเศษในรหัสผ่านต้องเขียนเป็นรหัส เช่น @ เขียนเป็น %40 ส่วน Gmail และ Microsoft 365 ต้องใช้รหัสผ่านสำหรับแอป',
  tls: 'เข้ารหัสการเชื่อมต่อไม่สำเร็จ ใช้ smtps:// กับพอร์ต 465 หรือ smtp:// กับพอร์ต 587 และตรวจว่าชื่อเซิร์ฟเวอร์ตรงกับใบรับรองที่ยังไม่หมดอายุ',
  dns: 'ไม่พบเซิร์ฟเวอร์ชื่อนี้ ตรวจตัวสะกดของชื่อเซิร์ฟเวอร์ใน SMTP_URL และการตั้งค่า DNS ของเครื่องนี้',
  refused: 'ต่อไปยังเซิร์ฟเวอร์และพอร์ตนี้ไม่ได้ ตรวจชื่อเซิร์ฟเวอร์ พอร์ต (มักเป็น 587 หรือ 465) และไฟร์วอลล์',
  silent: 'เซิร์ฟเวอร์ไม่ตอบภายในเวลาที่กำหนด มักเป็นเพราะไฟร์วอลล์ หรือใช้ smtp:// กับพอร์ต 465 ซึ่งต้องใช้ smtps://',
  closed: 'เซิร์ฟเวอร์ตัดการเชื่อมต่อไปก่อน ลองส่งอีกครั้ง หากยังเป็นอยู่ สอบถามผู้ดูแลเซิร์ฟเวอร์อีเมล',
  sender: 'เซิร์ฟเวอร์ไม่ยอมให้ใช้ที่อยู่ผู้ส่งนี้ ตั้ง MAIL_FROM เป็นที่อยู่ที่บัญชีของหน่วยงานส่งได้',
  recipient: 'เซิร์ฟเวอร์ไม่รับที่อยู่ผู้รับนี้ ตรวจตัวสะกด หรือลองส่งถึงที่อยู่อื่น',
  text: 'เซิร์ฟเวอร์ไม่รับเนื้อความ มักเป็นเพราะคิดว่าเป็นอีเมลขยะ สอบถามผู้ดูแลเซิร์ฟเวอร์อีเมล',
  other: 'ส่งคำตอบข้างต้นให้ผู้ดูแลเซิร์ฟเวอร์อีเมลตรวจสอบ',
}

/** Sends a mail right now, the way all others go, and tells what came of it. It is not tried again. */
export async function sendTestMail(
  portal: Portal,
  viewer: Viewer,
  smtpUrl: string,
  recipient: string,
  patience = PATIENCE,
): Promise<TestResult> {
  const mail = queueTest(portal, viewer, recipient)
  const ending = await openSender(portal, smtpUrl, patience)(mail)
  const at = portal.now()
  if ('accepted' in ending) {
    const { code, text } = ending.accepted
    recordOutcome(portal.db, mail, { state: 'sent', sentAt: at, lastCode: code, lastError: text })
    return { accepted: true, recipient, words: text, advice: null }
  }
  const { code, text, cause } = ending.failure
  recordOutcome(portal.db, mail, { state: 'failed', lastCode: code, lastError: text })
  return { accepted: false, recipient, words: text, advice: ADVICE[cause] }
}

/** In one step with its attempt, so that no job takes it in between. */
function queueTest({ db, now, config, office }: Portal, viewer: Viewer, recipient: string): OutboxMail {
  const at = now()
  const words = officeParams(office(), 'th')
  return db.inTransaction(() => {
    const id = queueMail(db, {
      ...{ dedupeKey: `test:${randomUUID()}`, kind: 'test', caseId: null, recipient },
      ...{ subject: t('th', 'mail.test.subject', words), body: t('th', 'mail.test.body', words) },
      ...{ at, host: new URL(config.publicUrl).hostname },
    })
    recordChange(db, { at, actor: viewerActor(viewer), action: 'mail.test', subject: `mail:${id}` })
    const taken = takeMail(db, id, at, NO_HOOKS)
    if (!taken || !('mail' in taken)) throw new Error(`the test mail ${id} was not taken`)
    return taken.mail
  })
}
