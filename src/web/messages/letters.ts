/**
 * The words of official letters, which are in Thai whatever language the case is in. What an officer typed
 * ({text}) ends a paragraph: its own line breaks begin new ones.
 */
export const LETTERS = {
  'letter.to': 'ผู้แจ้งเรื่อง',
  'letter.reference': 'เรื่องเลขที่ {caseNo} ลงวันที่ {receivedOn}',
  'letter.closing': 'ขอแสดงความนับถือ',
  'letter.phone': 'โทร. {phone}',
  'letter.email': 'อีเมล {email}',
  'letter.asTold': 'ตามที่อ้างถึง ท่านได้แจ้งเรื่อง {subject} นั้น',
  'letter.known': 'จึงเรียนมาเพื่อโปรดทราบ',

  'letter.matter.complaint': 'เรื่องร้องเรียน / ร้องทุกข์',
  'letter.matter.request': 'คำร้องขอรับบริการ',
  'letter.matter.question': 'เรื่องที่สอบถาม',
  'letter.matter.suggestion': 'ข้อเสนอแนะ',
  'letter.matter.praise': 'คำชมเชย',

  'letter.receipt.subject': 'แจ้งการรับ{matter}',
  'letter.receipt.asTold': 'ตามที่ท่านได้แจ้งเรื่อง {subject} ต่อ{orgName} เมื่อวันที่ {receivedOn} นั้น',
  'letter.receipt.received':
    '{orgName} ได้รับเรื่องของท่านไว้แล้ว ตามทะเบียนรับเรื่องเลขที่ {caseNo} โดยมี{dept}เป็นหน่วยงานที่รับผิดชอบ',
  'letter.receipt.due': 'และจะดำเนินการแก้ไขหรือชี้แจงให้ท่านทราบภายในวันที่ {dueDate}',
  'letter.receipt.follow': 'ทั้งนี้ ท่านสามารถติดตามเรื่องได้ด้วยตนเองทางเว็บไซต์ หรือโทรศัพท์หมายเลข {phone}',

  'letter.progress.subject': 'แจ้งความคืบหน้าการดำเนินการ{matter}',
  'letter.progress.words': '{orgName} ขอเรียนว่า{text}',
  'letter.progress.known': 'จึงเรียนมาเพื่อโปรดทราบ หากมีความคืบหน้าประการใดจะแจ้งให้ทราบต่อไป',

  'letter.delay.subject': 'ชี้แจงเหตุที่ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด',
  'letter.delay.plan': 'ตามที่ท่านได้แจ้งเรื่อง {subject} และ{orgName} มีกำหนดดำเนินการภายใน {days} นั้น',
  'letter.delay.promised': 'ตามที่ท่านได้แจ้งเรื่อง {subject} และ{orgName}ได้แจ้งกำหนดแล้วเสร็จไว้ภายในวันที่ {promised} นั้น',
  'letter.delay.days': '{n}\u00a0วัน',
  'letter.delay.workingDays': '{n}\u00a0วันทำการ',
  'letter.delay.reason': '{orgName} ขอเรียนชี้แจงว่า ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด เนื่องจาก{text}',
  'letter.delay.done': 'ขณะนี้ได้ดำเนินการแล้ว ดังนี้{text}',
  'letter.delay.next': 'สิ่งที่จะดำเนินการต่อไป มีดังนี้{text}',
  'letter.delay.newDate': 'ทั้งนี้ คาดว่าจะแล้วเสร็จภายในวันที่ {newDate}',
  'letter.delay.known': 'จึงเรียนมาเพื่อโปรดทราบ และขออภัยในความล่าช้ามา ณ โอกาสนี้',

  'letter.forwarded.subject': 'แจ้งการส่งเรื่องให้หน่วยงานที่มีอำนาจหน้าที่',
  'letter.forwarded.words':
    '{orgName} พิจารณาแล้ว เห็นว่าเรื่องดังกล่าวอยู่ในอำนาจหน้าที่ของ{agency} จึงได้ส่งเรื่องให้หน่วยงานดังกล่าวพิจารณาดำเนินการแล้ว',
  'letter.forwarded.ask':
    'ท่านสามารถสอบถามความคืบหน้าได้จากหน่วยงานดังกล่าว หากต้องการความช่วยเหลือเพิ่มเติม โปรดติดต่อ{orgName} โทรศัพท์หมายเลข {phone}',

  'letter.result.subject': 'แจ้งผลการดำเนินการ{matter}',
  'letter.result.words': '{orgName} ได้มอบหมายให้{dept}ตรวจสอบและดำเนินการแล้ว ปรากฏผลดังนี้{text}',
  'letter.result.reopen':
    'หากท่านเห็นว่าปัญหายังไม่ได้รับการแก้ไข ท่านขอเปิดเรื่องอีกครั้งได้ภายใน {n} วันหลังวันแจ้งผล ทางหน้าติดตามเรื่องในเว็บไซต์ หรือสอบถามได้ที่โทรศัพท์หมายเลข {phone}',
  'letter.result.known': 'จึงเรียนมาเพื่อโปรดทราบ และขอขอบคุณที่ท่านได้แจ้งเรื่องให้ทราบมา ณ โอกาสนี้',

  'letter.not_accepted.subject': 'แจ้งผลการพิจารณา{matter}',
  'letter.not_accepted.words': '{orgName} พิจารณาแล้ว ไม่อาจรับเรื่องดังกล่าวไว้ดำเนินการได้ ด้วยเหตุผลว่า {reason}',
  'letter.not_accepted.elsewhere': 'ในเรื่องดังกล่าว ท่านอาจติดต่อ {otherBody}',
  'letter.not_accepted.ask': 'หากท่านมีข้อสงสัยหรือมีข้อมูลเพิ่มเติม โปรดติดต่อ{orgName} โทรศัพท์หมายเลข {phone}',

  'letter.reopened.subject': 'แจ้งการเปิดเรื่องเพื่อดำเนินการอีกครั้ง',
  'letter.reopened.asTold': 'ตามที่อ้างถึง ท่านได้แจ้งเรื่อง {subject} และได้ขอให้เปิดเรื่องอีกครั้งเมื่อวันที่ {reopenedOn} นั้น',
  'letter.reopened.words': '{orgName} ได้เปิดเรื่องดังกล่าวเพื่อดำเนินการอีกครั้งแล้ว',
  'letter.reopened.due': 'และจะดำเนินการแก้ไขหรือชี้แจงให้ท่านทราบภายในวันที่ {dueDate}',
} as const
