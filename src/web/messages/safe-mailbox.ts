/** The mailbox of who reports, opened with the secret code. */
export const th = {
  'wb.mailbox.title': 'กล่องข้อความของเบาะแส',
  'wb.mailbox.enter': 'กรอกรหัสลับ',
  'wb.mailbox.enter.help': 'ตัวเลข 25 หลัก พิมพ์ติดกันหรือเว้นวรรคก็ได้ ใช้เลขไทยหรือเลขอารบิกก็ได้',
  'wb.mailbox.open': 'เปิดกล่องข้อความ',
  'wb.mailbox.cookie': 'กล่องข้อความใช้คุกกี้หนึ่งตัวจนกว่าจะปิด หากกรอกรหัสถูกต้องแล้วยังกลับมาที่หน้านี้ แสดงว่าเบราว์เซอร์ไม่รับคุกกี้',
  'wb.mailbox.err': 'ไม่พบเรื่องตามรหัสนี้ กรุณาตรวจสอบตัวเลขอีกครั้ง เรื่องที่สิ้นสุดนานแล้วอาจถูกทำลายไปแล้ว',
  'wb.mailbox.busy': 'มีผู้ใช้พร้อมกันจำนวนมาก กรุณารอประมาณหนึ่งนาที แล้วลองอีกครั้ง',
  'wb.mailbox.lapsed': 'กล่องข้อความปิดแล้ว ข้อความของท่านยังไม่ได้ส่ง',
  'wb.mailbox.lapsed.text':
    'กล่องข้อความปิดเองเมื่อไม่มีการใช้งาน {idle} นาที หรือเปิดครบ {most} นาที คัดลอกข้อความด้านล่างไว้ก่อน แล้วกรอกรหัสลับอีกครั้ง ไฟล์ที่เลือกไว้ต้องเลือกใหม่',
  'wb.mailbox.typed': 'ข้อความที่ท่านพิมพ์ไว้',
  'wb.mailbox.time': 'กล่องนี้จะปิดเองเมื่อไม่มีการใช้งาน {idle} นาที และไม่เกิน {most} นาทีหลังเปิด',
  'wb.mailbox.hidden': 'เรื่องที่ท่านส่งไม่แสดงในหน้านี้ แม้แต่กับท่านเอง ผู้ที่พบรหัสของท่านจึงไม่รู้ว่าท่านแจ้งเรื่องใด',
  'wb.mailbox.status': 'สถานะ',
  'wb.mailbox.until': 'เรื่องและกล่องข้อความนี้จะถูกทำลายหลังวันที่ {date}',
  'wb.mailbox.messages': 'ข้อความจากเจ้าหน้าที่',
  'wb.mailbox.none': 'ยังไม่มีข้อความ',
  'wb.mailbox.damaged': 'ข้อความในกล่องนี้เสียหาย จึงแสดงไม่ได้ ท่านยังส่งข้อความถึงเจ้าหน้าที่ได้ กรุณาแจ้งว่าเห็นคำเตือนนี้',
  'wb.mailbox.reply': 'ตอบหรือส่งข้อมูลเพิ่ม',
  'wb.mailbox.text': 'ข้อความถึงเจ้าหน้าที่',
  'wb.mailbox.send': 'ส่งข้อความ',
  'wb.mailbox.sent.title': 'ส่งแล้ว',
  'wb.mailbox.sent': 'เจ้าหน้าที่จะอ่านข้อความของท่านเมื่อเปิดเรื่องครั้งต่อไป ข้อความที่ส่งแล้วไม่แสดงในหน้านี้',
  'wb.mailbox.erase': 'ลบข้อมูลติดต่อของฉัน',
  'wb.mailbox.erase.text':
    'ชื่อและช่องทางติดต่อที่ท่านให้ไว้ (ถ้ามี) จะถูกลบถาวร เจ้าหน้าที่เปิดดูไม่ได้อีก กล่องข้อความนี้ยังใช้ได้ตามเดิม',
  'wb.mailbox.erase.cannot':
    'สิ่งที่เจ้าหน้าที่เคยเปิดดูแล้วและข้อความที่ท่านพิมพ์ไว้ในเรื่องจะไม่เปลี่ยน สำเนาสำรองที่เข้ารหัสไว้ก่อนหน้านี้จะหมดไปตามรอบ',
  'wb.mailbox.erase.yes': 'ลบข้อมูลติดต่อ',
  'wb.mailbox.erase.no': 'กลับไปกล่องข้อความ',
  'wb.mailbox.erased.title': 'ลบแล้ว',
  'wb.mailbox.erased': 'ไม่มีชื่อหรือช่องทางติดต่อของท่านเก็บไว้อีก',
  'wb.err.text': 'กรุณาพิมพ์ข้อความ หรือแนบไฟล์',
  'wb.st.received': 'ได้รับเรื่องแล้ว',
  'wb.st.received.next': 'เจ้าหน้าที่จะเปิดอ่านและรับเรื่องภายใน {acknowledge} วันทำการนับจากวันที่ได้รับ',
  'wb.st.screening': 'อยู่ระหว่างตรวจสอบเบื้องต้น',
  'wb.st.screening.next':
    'เจ้าหน้าที่ดูว่ามีข้อมูลพอจะตรวจสอบต่อหรือไม่ กำหนดไว้ {check} วันนับจากวันที่ได้รับ และอาจถามท่านทางกล่องนี้',
  'wb.st.need_info': 'รอข้อมูลเพิ่มเติมจากท่าน',
  'wb.st.need_info.next': 'กรุณาอ่านคำถามด้านล่าง แล้วตอบทางกล่องนี้ หากไม่ทราบ ให้ตอบว่าไม่ทราบ',
  'wb.st.inquiry': 'อยู่ระหว่างตรวจสอบข้อเท็จจริง',
  'wb.st.inquiry.next':
    'เจ้าหน้าที่ตรวจสอบพยานหลักฐาน กำหนดไว้ {inquiry} วัน ขยายได้อีก {extension} วัน และอาจถามท่านทางกล่องนี้',
  'wb.st.referred': 'ส่งเรื่องให้หน่วยงานที่มีอำนาจแล้ว',
  'wb.st.referred.next': 'หน่วยงานนั้นจะดำเนินการต่อ {later}',
  'wb.st.action': 'มีมูล อยู่ระหว่างดำเนินการตามกฎหมายหรือวินัย',
  'wb.st.action.next': 'เมื่อดำเนินการเสร็จ สถานะในหน้านี้จะเปลี่ยน {later}',
  'wb.st.no_ground': 'ตรวจสอบแล้วไม่พบมูล',
  'wb.st.no_ground.next': 'เรื่องนี้สิ้นสุดแล้ว {later}',
  'wb.st.insufficient': 'ยุติเรื่อง เนื่องจากข้อมูลไม่เพียงพอที่จะตรวจสอบต่อ',
  'wb.st.insufficient.next': 'เรื่องนี้สิ้นสุดแล้ว {later}',
  'wb.st.closed': 'ดำเนินการเสร็จสิ้น',
  'wb.st.closed.next': 'เรื่องนี้สิ้นสุดแล้ว {later}',
  'wb.later': 'หากท่านพบข้อมูลใหม่ ส่งเพิ่มได้ด้วยรหัสลับเดิม',
} as const

export const en: Record<keyof typeof th, string> = {
  'wb.mailbox.title': 'Mailbox of your report',
  'wb.mailbox.enter': 'Enter the secret code',
  'wb.mailbox.enter.help': '25 digits, with or without spaces, Thai or Arabic',
  'wb.mailbox.open': 'Open the mailbox',
  'wb.mailbox.cookie':
    'The mailbox uses one cookie until it is closed. If the code is right and you still come back to this page, your browser refuses cookies.',
  'wb.mailbox.err':
    'There is no report with this code. Please check the digits. A report that ended long ago may have been destroyed.',
  'wb.mailbox.busy': 'Too many people are using this at once. Please wait about a minute and try again.',
  'wb.mailbox.lapsed': 'The mailbox is closed, and your message was not sent',
  'wb.mailbox.lapsed.text':
    'It closes by itself after {idle} minutes without use, or {most} minutes after opening. Copy the text below first, then enter the secret code again. Files have to be chosen again.',
  'wb.mailbox.typed': 'What you had typed',
  'wb.mailbox.time':
    'This mailbox closes by itself after {idle} minutes without use, and at most {most} minutes after opening.',
  'wb.mailbox.hidden':
    'Your report is not shown here, not even to you. Whoever finds your code does not learn what you reported.',
  'wb.mailbox.status': 'Status',
  'wb.mailbox.until': 'The report and this mailbox are destroyed after {date}.',
  'wb.mailbox.messages': 'Messages from the officers',
  'wb.mailbox.none': 'No message yet',
  'wb.mailbox.damaged':
    'The messages in this mailbox are damaged and cannot be shown. You can still write to the officers: please tell them that you saw this warning.',
  'wb.mailbox.reply': 'Reply or add information',
  'wb.mailbox.text': 'Message to the officers',
  'wb.mailbox.send': 'Send the message',
  'wb.mailbox.sent.title': 'Sent',
  'wb.mailbox.sent':
    'The officers read your message the next time they open the report. Messages you sent are not shown here.',
  'wb.mailbox.erase': 'Erase my contact data',
  'wb.mailbox.erase.text':
    'The name and contact you gave, if any, are erased for good. The officers can no longer open them. This mailbox works as before.',
  'wb.mailbox.erase.cannot':
    'What officers have already seen, and what you wrote in the report itself, does not change. Encrypted backups made before this run out in turn.',
  'wb.mailbox.erase.yes': 'Erase the contact data',
  'wb.mailbox.erase.no': 'Back to the mailbox',
  'wb.mailbox.erased.title': 'Erased',
  'wb.mailbox.erased': 'No name or contact of yours is stored any more.',
  'wb.err.text': 'Type a message, or attach a file',
  'wb.st.received': 'Received',
  'wb.st.received.next':
    'The officers open it and take it up within {acknowledge} working days of receiving it.',
  'wb.st.screening': 'Preliminary check',
  'wb.st.screening.next':
    'The officers see whether there is enough to go on. This is to take {check} days from the day of receipt. They may ask you something here.',
  'wb.st.need_info': 'Waiting for more information from you',
  'wb.st.need_info.next':
    'Please read the question below and answer it here. If you do not know, say that you do not know.',
  'wb.st.inquiry': 'Fact-finding',
  'wb.st.inquiry.next':
    'The officers examine the evidence. This is to take {inquiry} days and may be extended by {extension} days. They may ask you something here.',
  'wb.st.referred': 'Referred to the competent body',
  'wb.st.referred.next': 'That body takes it from here. {later}',
  'wb.st.action': 'Grounds found; legal or disciplinary action under way',
  'wb.st.action.next': 'When it is finished, the status here changes. {later}',
  'wb.st.no_ground': 'Examined; no grounds found',
  'wb.st.no_ground.next': 'The case has ended. {later}',
  'wb.st.insufficient': 'Ended: not enough information to go on',
  'wb.st.insufficient.next': 'The case has ended. {later}',
  'wb.st.closed': 'Concluded',
  'wb.st.closed.next': 'The case has ended. {later}',
  'wb.later': 'If you find something new, add it with the same code.',
}
