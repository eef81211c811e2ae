export const th = {
  'pl.title': 'เรื่องร้องเรียน ร้องทุกข์ จำแนกตามประเภทและหมู่บ้าน',
  'pl.titleYear': 'เรื่องร้องเรียน ร้องทุกข์ จำแนกตามประเภทและหมู่บ้าน ปีงบประมาณ พ.ศ. {fy}',
  'pl.toYear': 'จำแนกตามประเภทและหมู่บ้าน ปีงบประมาณ พ.ศ. {fy}',
  'pl.lead': 'จำนวนเรื่องที่ได้รับในปีงบประมาณนี้ แยกตามประเภทเรื่องและหมู่บ้านที่เกิดเรื่อง',
  'pl.table': 'จำนวนเรื่องที่ได้รับ',
  'pl.empty': 'ยังไม่มีเรื่องที่ได้รับในปีงบประมาณนี้',
  'pl.none':
    'เรื่องในปีงบประมาณนี้มีไม่มากพอที่จะแสดงจำนวนของแต่ละประเภทในแต่ละหมู่บ้าน โดยไม่ทำให้รู้ว่าผู้ร้องเรียนคือใคร จึงปิดไว้ทุกช่อง',
  'pl.rest': 'อีก {n} ประเภทไม่มีหมู่บ้านใดที่แสดงจำนวนได้',
  'pl.totals': 'จำนวนรวมของแต่ละประเภทและของแต่ละหมู่บ้านอยู่ในหน้าสถิติ',
  'pl.small': 'น้อยกว่า {min}',
  'pl.withheld': 'ปิดไว้',
  'pl.village': 'หมู่ {number}',
  'pl.villages': 'ชื่อหมู่บ้าน',
  'pl.how': 'ความหมายของตัวเลขและคำ',
  'pl.how.received': 'นับเรื่องร้องเรียน ร้องทุกข์ที่ได้รับในปีงบประมาณนี้ ตามวันที่ได้รับเรื่องและประเภทเรื่องในปัจจุบัน',
  'pl.how.small':
    '“น้อยกว่า {min}” คือจำนวนตั้งแต่ 0 ถึง {most} ไม่แสดงเป็นตัวเลข เพราะจำนวนน้อยในหมู่บ้านเดียวอาจทำให้รู้ว่าผู้ร้องเรียนคือใคร',
  'pl.how.withheld':
    '“ปิดไว้” คือจำนวนตั้งแต่ {min} ขึ้นไปที่ไม่แสดง เพราะหากแสดงจะคำนวณหาจำนวนที่น้อยกว่า {min} ได้จากยอดรวมในหน้าสถิติหรือจากข้อมูลเปิด แต่ถ้าปิดไว้ทุกช่อง จะไม่บอกว่าช่องใดมีมากหรือน้อย',
  'pl.how.zero': 'ประเภทและหมู่บ้านที่ไม่มีเรื่องเลยในปีงบประมาณนี้ไม่อยู่ในตาราง',
  'pl.csv.categoryCode': 'รหัสประเภท',
  'pl.csv.villageCode': 'รหัสหมู่บ้าน',
  'pl.csv.village': 'หมู่บ้าน',
  'pl.csv.note': 'หมายเหตุ',
} as const

export const en: Record<keyof typeof th, string> = {
  'pl.title': 'Complaints by category and village',
  'pl.titleYear': 'Complaints by category and village, fiscal year B.E. {fy}',
  'pl.toYear': 'By category and village, fiscal year B.E. {fy}',
  'pl.lead':
    'Complaints received in this fiscal year, by what they are about and the village where it happened.',
  'pl.table': 'Complaints received',
  'pl.empty': 'None received yet in this fiscal year.',
  'pl.none':
    'There are too few complaints in this fiscal year to show how many of each category came from each village without telling who complained. All of it is withheld.',
  'pl.rest': 'Categories of which no village’s number can be shown: {n}.',
  'pl.totals': 'How many there were of each category, and in each village, is on the statistics page.',
  'pl.small': 'Fewer than {min}',
  'pl.withheld': 'Withheld',
  'pl.village': 'Moo {number}',
  'pl.villages': 'Names of the villages',
  'pl.how': 'What the numbers and words mean',
  'pl.how.received':
    'Complaints received in this fiscal year are counted, by the date of receipt and their present category.',
  'pl.how.small':
    '“Fewer than {min}” is a number from 0 to {most}. It is not shown, because a small number in one village may tell who complained.',
  'pl.how.withheld':
    '“Withheld” is a number of {min} or more that is not shown, because a number below {min} could be worked out with it from the totals on the statistics page or from the open data. Where every number is withheld, nothing is told of any of them.',
  'pl.how.zero': 'Categories and villages without any complaint in this fiscal year are not in the table.',
  'pl.csv.categoryCode': 'Category code',
  'pl.csv.villageCode': 'Village code',
  'pl.csv.village': 'Village',
  'pl.csv.note': 'Note',
}
