export const th = {
  'safe.title': 'แจ้งเบาะแสการทุจริตและประพฤติมิชอบ',
  'safe.closed': 'ช่องทางออนไลน์สำหรับแจ้งเบาะแสการทุจริตของ {orgShort} ยังไม่เปิดให้บริการ',
  'safe.lead': 'ขณะนี้ท่านแจ้งหน่วยงานภายนอกที่รับเรื่องการทุจริตได้โดยตรง ตามหมายเลขต่อไปนี้',
  'safe.general.title': 'โปรดอย่าใช้แบบแจ้งเรื่องร้องเรียนทั่วไป',
  'safe.general.text':
    'เรื่องที่ส่งทางแบบแจ้งเรื่องทั่วไปมีเจ้าหน้าที่ของ {orgShort} หลายคนเปิดอ่านได้ จึงไม่เหมาะกับเรื่องการทุจริตหรือเรื่องที่ท่านไม่ต้องการเปิดเผยตัว',
  'safe.advice.title': 'คำแนะนำเพื่อความปลอดภัยของท่าน',
  'safe.advice.1': 'ใช้โทรศัพท์หรือคอมพิวเตอร์ส่วนตัว ไม่ใช้เครื่องหรือ Wi-Fi ของที่ทำงาน',
  'safe.advice.2': 'อย่าเล่าให้ผู้อื่นฟังว่าท่านเป็นผู้แจ้ง และอย่าเสี่ยงอันตรายเพื่อหาหลักฐาน',
  'safe.advice.3': 'การคุ้มครองพยานและการไม่ต้องรับผิดตามกฎหมาย ป.ป.ช. ใช้กับการแจ้งข้อมูลโดยสุจริตต่อสำนักงาน ป.ป.ช.',
  'safe.advice.4': 'หากท่านหรือผู้อื่นกำลังตกอยู่ในอันตราย โทร 191',
  'safe.later': 'เมื่อช่องทางนี้เปิดให้บริการ ทางเข้าจะอยู่ที่หน้านี้',
} as const

export const en: Record<keyof typeof th, string> = {
  'safe.title': 'Report corruption and misconduct',
  'safe.closed': 'The online channel of {orgShort} for reporting corruption is not open yet.',
  'safe.lead': 'For now, please report directly to one of the bodies below.',
  'safe.general.title': 'Please do not use the general complaint form',
  'safe.general.text':
    'What is sent by the general form can be read by several officers of {orgShort}. It is not suited to reports of corruption, or when you do not want to be known.',
  'safe.advice.title': 'For your safety',
  'safe.advice.1': 'Use your own phone or computer, not a device or the Wi-Fi of your workplace.',
  'safe.advice.2': 'Tell no one that you reported, and take no risks for the sake of evidence.',
  'safe.advice.3':
    'Witness protection and freedom from liability under the NACC law apply to information given in good faith to the NACC.',
  'safe.advice.4': 'If you or anyone else is in danger, call 191.',
  'safe.later': 'Once the channel opens, you will find it on this page.',
}
