export const th = {
  'mail.receipt.subject': '{orgShort} ได้รับเรื่องของท่านแล้ว เลขที่ {caseNo}',
  'mail.receipt.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\n{orgName} ได้รับเรื่องของท่านเมื่อวันที่ {date} เวลา {time} เลขที่เรื่อง {caseNo}\nเราจะดำเนินการแก้ไข หรือชี้แจงความคืบหน้าให้ท่านทราบ ภายในวันที่ {dueDate}\n\nท่านติดตามเรื่องได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.receipt.bodyNoDue':
    'เรียน ท่านผู้แจ้งเรื่อง\n\n{orgName} ได้รับเรื่องของท่านเมื่อวันที่ {date} เวลา {time} เลขที่เรื่อง {caseNo}\n\nท่านติดตามเรื่องได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.receipt.notYou': 'หากท่านไม่ได้แจ้งเรื่องนี้ อาจมีผู้กรอกอีเมลของท่านโดยไม่ตั้งใจ ท่านหยุดรับอีเมลได้ที่ {stopUrl}',
  'mail.update.subject': 'ความคืบหน้าเรื่องเลขที่ {caseNo}',
  'mail.update.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\nเรื่องเลขที่ {caseNo} ขณะนี้อยู่ในสถานะ “{status}”\n\n{text}\n\nท่านดูรายละเอียดและตอบเจ้าหน้าที่ได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.info.subject': 'ขอข้อมูลเพิ่มเติม เรื่องเลขที่ {caseNo}',
  'mail.info.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\nตามที่ท่านแจ้งเรื่องเลขที่ {caseNo} เจ้าหน้าที่ต้องการข้อมูลเพิ่มเติมดังนี้\n\n{text}\n\nกรุณาตอบทางหน้าติดตามเรื่อง {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง หรือโทร {phone} ภายในวันที่ {answerBy}\n\nขอแสดงความนับถือ\n{dept} {orgName}',
  'mail.delay.words':
    '{text}\n\nสิ่งที่ดำเนินการไปแล้ว: {doneText}\nสิ่งที่จะดำเนินการต่อไป: {nextText}\nกำหนดแล้วเสร็จใหม่: วันที่ {newDate}',
  'mail.delay.subject': 'ชี้แจงเหตุที่ยังดำเนินการไม่แล้วเสร็จ เรื่องเลขที่ {caseNo}',
  'mail.delay.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\nตามที่ท่านแจ้งเรื่องเลขที่ {caseNo} เมื่อวันที่ {receivedOn} นั้น {orgName} ขออภัยที่ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด เนื่องจาก\n\n{text}\n\nเราจะแจ้งความคืบหน้าให้ท่านทราบเป็นระยะ ท่านดูรายละเอียดได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{dept} {orgName}',
  'mail.reopened.subject': 'เปิดเรื่องเลขที่ {caseNo} อีกครั้งแล้ว',
  'mail.reopened.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\n{orgName} เปิดเรื่องเลขที่ {caseNo} อีกครั้งตามที่ท่านขอแล้ว\nกำหนดแก้ไขหรือชี้แจงใหม่: วันที่ {dueDate}\n\nท่านติดตามเรื่องได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.reopened.bodyNoDue':
    'เรียน ท่านผู้แจ้งเรื่อง\n\n{orgName} เปิดเรื่องเลขที่ {caseNo} อีกครั้งตามที่ท่านขอแล้ว\n\nท่านติดตามเรื่องได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.result.subject': 'แจ้งผลการดำเนินการ เรื่องเลขที่ {caseNo}',
  'mail.result.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\nตามที่ท่านแจ้งเรื่องเลขที่ {caseNo} เมื่อวันที่ {receivedOn} นั้น {orgName} ได้ดำเนินการแล้ว ผลเป็นดังนี้\n\n{text}\n\nหากปัญหายังไม่ได้รับการแก้ไข ท่านขอเปิดเรื่องอีกครั้งได้ภายใน {days} วัน ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอขอบคุณที่ช่วยแจ้งเรื่องให้เราทราบ\n\nขอแสดงความนับถือ\n{dept} {orgName}',
  'mail.forward.subject': 'ส่งต่อเรื่องเลขที่ {caseNo} ให้หน่วยงานที่รับผิดชอบ',
  'mail.forward.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\nเรื่องเลขที่ {caseNo} อยู่ในอำนาจหน้าที่ของ{agency} {orgName} จึงได้ส่งเรื่องให้แล้ว\n\n{text}\n\nดูรายละเอียดได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.notAccepted.subject': 'แจ้งผลการพิจารณา เรื่องเลขที่ {caseNo}',
  'mail.notAccepted.body':
    'เรียน ท่านผู้แจ้งเรื่อง\n\n{orgName} ได้พิจารณาเรื่องเลขที่ {caseNo} แล้ว ไม่สามารถรับไว้ดำเนินการได้ เหตุผล: {reason}\n\n{text}{elsewhere}\n\nดูรายละเอียดได้ที่ {trackUrl} โดยใช้เลขที่เรื่องและรหัสติดตามในใบรับเรื่อง\n\nขอแสดงความนับถือ\n{centreName} {orgName}',
  'mail.notAccepted.elsewhere': '\n\nท่านอาจติดต่อ {otherBody}',
  'mail.test.subject': 'ทดสอบการส่งอีเมลจาก {orgShort}',
  'mail.test.body': 'หากท่านอ่านข้อความนี้ได้ แสดงว่าระบบรับเรื่องร้องเรียนของ {orgName} ส่งอีเมลได้แล้ว',
  'mail.foot.letter':
    'อีเมลนี้ส่งโดยระบบอัตโนมัติ ไม่มีผู้อ่านอีเมลที่ตอบกลับมา\nหากต้องการตอบหรือสอบถาม ใช้หน้าติดตามเรื่อง {trackUrl} หรือโทร {phone} ({orgName}) ในวันและเวลาราชการ',
  'mail.foot.staff':
    'อีเมลนี้ส่งโดยระบบอัตโนมัติ ไม่มีผู้อ่านอีเมลที่ตอบกลับมา\nหากต้องการตอบหรือดำเนินการต่อ ใช้ระบบงานเจ้าหน้าที่ {staffUrl}\n{orgName} โทร {phone}',
} as const

export const en: Record<keyof typeof th, string> = {
  'mail.receipt.subject': '{orgShort} has received your case, no. {caseNo}',
  'mail.receipt.body':
    'Dear complainant,\n\n{orgName} received your case on {date} at {time}. Case number: {caseNo}\nWe will solve it, or explain the progress to you, by {dueDate}.\n\nFollow it at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.receipt.bodyNoDue':
    'Dear complainant,\n\n{orgName} received your case on {date} at {time}. Case number: {caseNo}\n\nFollow it at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.receipt.notYou':
    'If you did not file this case, somebody may have typed your address by mistake. Stop these e-mails at {stopUrl}',
  'mail.update.subject': 'Progress of case no. {caseNo}',
  'mail.update.body':
    'Dear complainant,\n\nThe status of case no. {caseNo} is now “{status}”.\n\n{text}\n\nSee the details and answer the officer at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.info.subject': 'More information needed, case no. {caseNo}',
  'mail.info.body':
    'Dear complainant,\n\nAbout your case no. {caseNo}, the officer needs to know more:\n\n{text}\n\nPlease answer at {trackUrl} with the case number and the tracking code on your receipt, or call {phone}, by {answerBy}.\n\nYours faithfully,\n{dept}, {orgName}',
  'mail.delay.words': '{text}\n\nDone so far: {doneText}\nWhat comes next: {nextText}\nNew date: {newDate}',
  'mail.delay.subject': 'Why case no. {caseNo} is not finished yet',
  'mail.delay.body':
    'Dear complainant,\n\n{orgName} is sorry that case no. {caseNo}, which you filed on {receivedOn}, cannot be finished in time. The reason:\n\n{text}\n\nWe will keep you informed. See the details at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{dept}, {orgName}',
  'mail.reopened.subject': 'Case no. {caseNo} is open again',
  'mail.reopened.body':
    'Dear complainant,\n\n{orgName} has opened case no. {caseNo} again, as you asked. We will solve it, or explain to you, by {dueDate}.\n\nFollow it at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.reopened.bodyNoDue':
    'Dear complainant,\n\n{orgName} has opened case no. {caseNo} again, as you asked.\n\nFollow it at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.result.subject': 'Result of case no. {caseNo}',
  'mail.result.body':
    'Dear complainant,\n\n{orgName} has dealt with case no. {caseNo}, which you filed on {receivedOn}. The result:\n\n{text}\n\nIf the problem remains, you can reopen the case within {days} days at {trackUrl} with the case number and the tracking code on your receipt.\n\nThank you for telling us.\n\nYours faithfully,\n{dept}, {orgName}',
  'mail.forward.subject': 'Case no. {caseNo} was forwarded',
  'mail.forward.body':
    'Dear complainant,\n\nCase no. {caseNo} is in the power of {agency}. {orgName} has sent it there.\n\n{text}\n\nSee the details at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.notAccepted.subject': 'Decision on case no. {caseNo}',
  'mail.notAccepted.body':
    'Dear complainant,\n\n{orgName} has considered case no. {caseNo} and cannot accept it. Reason: {reason}\n\n{text}{elsewhere}\n\nSee the details at {trackUrl} with the case number and the tracking code on your receipt.\n\nYours faithfully,\n{centreName}, {orgName}',
  'mail.notAccepted.elsewhere': '\n\nYou can turn to: {otherBody}',
  'mail.test.subject': 'Test mail from {orgShort}',
  'mail.test.body': 'If you can read this, the complaint portal of {orgName} is able to send e-mail.',
  'mail.foot.letter':
    'This e-mail was sent automatically and nobody reads replies to it.\nTo answer or ask, use the tracking page {trackUrl} or call {phone} ({orgName}) in office hours.',
  'mail.foot.staff':
    'This e-mail was sent automatically and nobody reads replies to it.\nTo answer or go on, use the staff pages {staffUrl}\n{orgName}, telephone {phone}',
}
