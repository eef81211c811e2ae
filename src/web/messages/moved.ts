/** The tracking page of a case in the confidential register: all that is told of it from then on. */
export const th = {
  'mv.title': 'เรื่องนี้ย้ายไปทะเบียนเรื่องร้องเรียนลับแล้ว',
  'mv.lead':
    'เรื่องเลขที่ {number} ที่รับไว้เมื่อวันที่ {received} ย้ายเมื่อวันที่ {moved} เพราะเจ้าหน้าที่เห็นว่าอาจเป็นเรื่องทุจริตหรือประพฤติมิชอบ',
  'mv.means': 'หมายความว่าอย่างไร',
  'mv.means.1': 'ผู้ที่เปิดอ่านเรื่องนี้ได้มีเฉพาะเจ้าหน้าที่ที่มีคำสั่งแต่งตั้งให้รับเรื่องร้องเรียนการทุจริต',
  'mv.means.2': 'เนื้อเรื่อง ไฟล์ ข้อความ และหนังสือของเรื่องนี้ถูกลบออกจากระบบเรื่องร้องเรียนทั่วไป เจ้าหน้าที่อื่นเปิดหรือค้นหาไม่ได้อีก',
  'mv.means.2.soon':
    'เนื้อเรื่อง ไฟล์ ข้อความ และหนังสือของเรื่องนี้จะถูกลบออกจากระบบเรื่องร้องเรียนทั่วไปเมื่อทะเบียนลับได้รับแล้ว ระหว่างนี้ไม่มีผู้ใดเปิดหรือค้นหาได้',
  'mv.means.3': 'เพื่อความปลอดภัยของท่าน หน้านี้ไม่แสดงรายละเอียดและความคืบหน้าของเรื่องอีก',
  'mv.means.4': 'ข้อมูลติดต่อที่ท่านให้ไว้ย้ายไปด้วย เจ้าหน้าที่ผู้รับเรื่องอาจติดต่อท่าน หากไม่ได้ให้ไว้ จะติดต่อท่านไม่ได้',
  'mv.means.5': 'เลขที่เรื่องและรหัสติดตามเดิมยังใช้เปิดหน้านี้ได้',
  'mv.more': 'หากท่านมีข้อมูลเพิ่มเติม',
  'mv.more.text': 'ส่งทางช่องทางแจ้งเบาะแสการทุจริต และบอกเลขที่เรื่องนี้ คือ {number} เพื่อให้เจ้าหน้าที่ทราบว่าเป็นเรื่องเดียวกัน',
  'mv.more.link': 'ไปช่องทางแจ้งเบาะแสการทุจริต',
  'mv.typed': 'ข้อความที่ท่านพิมพ์ไว้ยังไม่ได้ส่ง',
  'mv.typed.help': 'คัดลอกไปส่งทางช่องทางแจ้งเบาะแสการทุจริตได้ เมื่อออกจากหน้านี้แล้ว ข้อความนี้จะหายไป',
  'mv.outside': 'หากท่านต้องการแจ้งหน่วยงานภายนอก',
  'mv.outside.text': 'ท่านติดต่อหน่วยงานเหล่านี้ได้โดยตรง ไม่ต้องรอผลจากเรา',
} as const

export const en: Record<keyof typeof th, string> = {
  'mv.title': 'This case has been moved to the confidential register',
  'mv.lead':
    'Case {number}, received on {received}, was moved on {moved}, because our staff found that it may be about corruption or misconduct.',
  'mv.means': 'What this means',
  'mv.means.1': 'Only officers who are named by an order to receive corruption reports can open the case.',
  'mv.means.2':
    'Its text, files, messages and letters are erased from the general complaint system. Other staff can no longer open or find it.',
  'mv.means.2.soon':
    'Its text, files, messages and letters will be erased from the general complaint system as soon as the confidential register has them. Until then nobody can open or find them.',
  'mv.means.3': 'For your safety this page shows no details and no progress of the case any more.',
  'mv.means.4':
    'The contact details you gave went along. The receiving officers may contact you; if you gave none, they cannot.',
  'mv.means.5': 'Your case number and tracking code still open this page.',
  'mv.more': 'If you know more',
  'mv.more.text':
    'Send it through the channel for corruption reports and give the number of this case, {number}, so that the officers know that both belong together.',
  'mv.more.link': 'Go to the channel for corruption reports',
  'mv.typed': 'What you typed has not been sent',
  'mv.typed.help':
    'You can copy it and send it through the channel for corruption reports. It is gone once you leave this page.',
  'mv.outside': 'If you want to tell an outside body',
  'mv.outside.text': 'You can turn to these bodies directly and need not wait for us.',
}
