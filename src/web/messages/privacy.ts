export const th = {
  'privacy.title': 'ประกาศความเป็นส่วนตัว',
  'privacy.system': 'ระบบรับเรื่องร้องเรียน ร้องทุกข์ และรับฟังความคิดเห็น',
  'privacy.version': 'ฉบับที่ {version} ใช้ตั้งแต่วันที่ {date}',
  'privacy.controller': 'ผู้ควบคุมข้อมูลส่วนบุคคล',
  'privacy.controller.text': '{orgName} {address}',
  'privacy.dpo': 'ผู้ประสานงานด้านข้อมูลส่วนบุคคล',
  'privacy.what': 'ข้อมูลที่เก็บ',
  'privacy.what.text':
    'ข้อมูลติดต่อที่ท่านให้ รายละเอียดเรื่อง สถานที่ ภาพและเอกสารแนบ และประวัติการดำเนินการ เราไม่ขอเลขประจำตัวประชาชน',
  'privacy.why': 'วัตถุประสงค์',
  'privacy.why.text': 'รับเรื่อง ตรวจสอบ แก้ไข แจ้งผล จัดทำสถิติ และปรับปรุงบริการ',
  'privacy.basis': 'ฐานทางกฎหมาย',
  'privacy.basis.text':
    'การปฏิบัติหน้าที่เพื่อประโยชน์สาธารณะหรือการใช้อำนาจรัฐ และการปฏิบัติตามกฎหมาย ตามมาตรา 24 (4) และ (6) แห่งพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562',
  'privacy.share': 'ผู้ที่อาจได้รับข้อมูล',
  'privacy.share.text':
    'หน่วยงานภายในที่รับผิดชอบ และหน่วยงานของรัฐที่มีอำนาจตามกฎหมายเท่าที่จำเป็น เราไม่เปิดเผยชื่อผู้ร้องต่อผู้ถูกร้องเรียนหรือสาธารณชน',
  'privacy.keep': 'ระยะเวลาเก็บ',
  'privacy.keep.text': 'ไม่เกิน {years} ปีนับแต่ปิดเรื่อง จากนั้นลบหรือทำให้ระบุตัวไม่ได้',
  'privacy.cookies': 'คุกกี้',
  'privacy.cookies.text':
    'ใช้คุกกี้เฉพาะเมื่อท่านเปิดหน้าติดตามเรื่องหรือกล่องข้อความของเบาะแส หรือเมื่อเจ้าหน้าที่เข้าสู่ระบบ ไม่มีการติดตามพฤติกรรม และไม่ส่งข้อมูลให้เว็บไซต์อื่น',
  'privacy.safe': 'การแจ้งเบาะแสการทุจริต',
  'privacy.safe.text':
    'ช่องทางนี้เก็บข้อมูลแยกต่างหากและเข้ารหัส ท่านไม่ต้องให้ชื่อหรือช่องทางติดต่อ ข้อมูลที่เก็บ ผู้ที่เปิดดูได้ และระยะเวลาเก็บ อยู่ในหน้าแจ้งเบาะแส',
  'privacy.safe.link': 'อ่านก่อนแจ้งเบาะแส',
  'privacy.rights': 'สิทธิของท่าน',
  'privacy.rights.text':
    'ท่านมีสิทธิขอเข้าถึง ขอสำเนา ขอแก้ไข ขอให้ลบ คัดค้าน หรือขอให้ระงับการใช้ข้อมูล เราจะตอบภายใน 30 วันนับแต่วันที่ได้รับคำขอ',
  'privacy.complain': 'ท่านร้องเรียนต่อสำนักงานคณะกรรมการคุ้มครองข้อมูลส่วนบุคคลได้',
  'privacy.child': 'ผู้แจ้งที่อายุต่ำกว่า 18 ปี',
  'privacy.child.text': 'ท่านแจ้งเรื่องได้ เราจะดูแลข้อมูลเป็นพิเศษ ท่านอาจขอให้ผู้ปกครองหรือครูช่วยแจ้งแทน',
} as const

export const en: Record<keyof typeof th, string> = {
  'privacy.title': 'Privacy notice',
  'privacy.system': 'Complaint, grievance and feedback system',
  'privacy.version': 'Version {version}, in force from {date}',
  'privacy.controller': 'Who is responsible for your data',
  'privacy.controller.text': '{orgName} {address}',
  'privacy.dpo': 'Contact for data protection',
  'privacy.what': 'What we keep',
  'privacy.what.text':
    'The contact details you give, the matter and its place, pictures and documents you attach, and what was done. We do not ask for your national identity number.',
  'privacy.why': 'Why we use it',
  'privacy.why.text':
    'To receive, examine and solve your case, to answer you, for statistics, and to improve our services.',
  'privacy.basis': 'Lawful basis',
  'privacy.basis.text':
    'Performing a task in the public interest or exercising official authority, and complying with the law: section 24 (4) and (6) of the Personal Data Protection Act B.E. 2562 (2019).',
  'privacy.share': 'Who may receive it',
  'privacy.share.text':
    'The unit of our office that is responsible and, as far as needed, state bodies with legal authority. We do not reveal the complainant’s name to the person complained about or to the public.',
  'privacy.keep': 'How long we keep it',
  'privacy.keep.text':
    'At most {years} years after the case is closed; then it is deleted or made anonymous.',
  'privacy.cookies': 'Cookies',
  'privacy.cookies.text':
    'A cookie is set only when you open your case on the tracking page or the mailbox of a report, or when staff sign in. Nobody is tracked, and nothing is sent to other websites.',
  'privacy.safe': 'Reports of corruption',
  'privacy.safe.text':
    'This channel keeps its data apart and encrypted. You need not give a name or contact. What is kept, who can open it and for how long is told on the page of the channel.',
  'privacy.safe.link': 'Read this before you report',
  'privacy.rights': 'Your rights',
  'privacy.rights.text':
    'You may ask to see, copy, correct or delete your data, object to its use or ask us to suspend it. We answer within 30 days of your request.',
  'privacy.complain': 'You may complain to the Office of the Personal Data Protection Committee.',
  'privacy.child': 'If you are under 18',
  'privacy.child.text':
    'You may report a matter; we take special care of your data. You may ask a parent or teacher to report for you.',
}
