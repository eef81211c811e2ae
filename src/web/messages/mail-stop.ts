export const th = {
  'ms.title': 'หยุดรับอีเมลจากเรา',
  'ms.lead':
    'มีผู้แจ้งเรื่องกับ {orgName} และกรอกอีเมลของท่านไว้ หากท่านไม่ได้แจ้งเรื่องเอง กดปุ่มด้านล่างได้เลย เราจะไม่ส่งอีเมลถึงที่อยู่นี้อีก',
  'ms.warning': 'หากท่านเป็นผู้แจ้งเรื่อง อย่ากดปุ่มนี้ เพราะท่านจะไม่ได้รับผลการดำเนินการทางอีเมล',
  'ms.stop': 'ฉันไม่ได้แจ้งเรื่อง หยุดส่งอีเมล',
  'ms.done': 'หยุดส่งอีเมลแล้ว',
  'ms.done.text':
    'เราจะไม่ส่งอีเมลเกี่ยวกับเรื่องใดถึงที่อยู่นี้อีก เรื่องที่แจ้งไว้ยังดำเนินการต่อ และผู้แจ้งติดตามได้ด้วยเลขที่เรื่องและรหัสติดตาม',
  'ms.again.lead': 'กดผิดหรือเปลี่ยนใจ กดปุ่มนี้เพื่อรับอีเมลตามเดิม',
  'ms.again': 'รับอีเมลตามเดิม',
  'ms.resumed': 'รับอีเมลตามเดิมแล้ว',
  'ms.resumed.text': 'เราจะส่งความคืบหน้าและผลการดำเนินการถึงที่อยู่นี้ตามเดิม',
  'ms.wrong': 'ลิงก์นี้ไม่ถูกต้องหรือไม่ครบ',
  'ms.wrong.text': 'กรุณาคัดลอกลิงก์ทั้งหมดจากอีเมลมาเปิดใหม่ หากยังเปิดไม่ได้ โทร {phone} ในวันและเวลาราชการ',
  'ms.tooMany': 'มีการกดจากเครือข่ายของท่านหลายครั้งเกินไป กรุณารอ {minutes} นาทีแล้วลองใหม่ หรือโทร {phone}',
} as const

export const en: Record<keyof typeof th, string> = {
  'ms.title': 'Stop e-mail from us',
  'ms.lead':
    'Somebody filed a case with {orgName} and gave your e-mail address. If it was not you, press the button below: we will send no more e-mail to this address.',
  'ms.warning': 'If you filed the case, do not press it: you would not get the result by e-mail.',
  'ms.stop': 'It was not me, stop the e-mails',
  'ms.done': 'E-mail stopped',
  'ms.done.text':
    'We will send no more e-mail about any case to this address. Cases that were filed go on, and whoever filed them can follow them with the case number and the tracking code.',
  'ms.again.lead': 'Pressed by mistake, or changed your mind? Press here to get e-mail as before.',
  'ms.again': 'Get e-mail as before',
  'ms.resumed': 'You get e-mail as before',
  'ms.resumed.text': 'We will send progress and results to this address as before.',
  'ms.wrong': 'This link is wrong or incomplete',
  'ms.wrong.text':
    'Please copy the whole link from the e-mail and open it again. If it still does not open, call {phone} in office hours.',
  'ms.tooMany':
    'This was pressed too often from your network. Please wait {minutes} minutes and try again, or call {phone}.',
}
