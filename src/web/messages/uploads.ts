/** Each sentence names the file and says what to do instead. */
export const th = {
  'uploads.file_too_big': 'ไฟล์ “{name}” มีขนาดเกิน {mb} MB กรุณาเลือกไฟล์ที่เล็กลง หรือถ่ายภาพหน้าจอของภาพนั้นแล้วแนบแทน',
  'uploads.too_many_files': 'แนบไฟล์ได้ไม่เกิน {n} ไฟล์ จึงยังไม่ได้แนบ {names} หากต้องการแนบ กรุณานำไฟล์อื่นออกก่อน',
  'uploads.text_too_long': 'ข้อความในช่องนี้ยาวเกินไป ระบบเก็บไว้ได้เฉพาะส่วนต้น กรุณาตัดให้สั้นลง หรือแนบข้อความเป็นไฟล์ PDF',
  'uploads.empty': 'ไฟล์ “{name}” ไม่มีข้อมูล กรุณาเปิดดูว่าใช้งานได้ แล้วเลือกไฟล์ใหม่อีกครั้ง',
  'uploads.heic':
    'ภาพ “{name}” เป็นชนิด HEIC ซึ่งแนบไม่ได้ กรุณาถ่ายภาพหน้าจอของภาพนั้นแล้วแนบแทน หรือตั้งค่าโทรศัพท์ที่ การตั้งค่า > กล้อง > รูปแบบ เป็น “เข้ากันได้มากที่สุด” (Most Compatible) แล้วถ่ายใหม่',
  'uploads.office':
    'ไฟล์ “{name}” เป็นเอกสาร Word, Excel, PowerPoint หรือไฟล์ ZIP ซึ่งแนบไม่ได้ กรุณาบันทึกเป็น PDF หรือถ่ายภาพเอกสารแล้วแนบแทน',
  'uploads.video':
    'ไฟล์ “{name}” เป็นวิดีโอ ซึ่งแนบไม่ได้ กรุณาแนบภาพนิ่งหรือภาพหน้าจอจากวิดีโอ เก็บวิดีโอไว้ และแจ้งในรายละเอียดว่าท่านมีวิดีโอ',
  'uploads.svg':
    'ไฟล์ “{name}” เป็นภาพ SVG หรือหน้าเว็บ ซึ่งแนบไม่ได้ กรุณาบันทึกเป็น PNG หรือ PDF หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'uploads.unknown':
    'ไฟล์ “{name}” เป็นชนิดที่ไม่รองรับ แนบได้เฉพาะภาพ JPG, PNG, WebP และเอกสาร PDF กรุณาบันทึกเป็นชนิดเหล่านี้ หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'uploads.damaged': 'ไฟล์ “{name}” เสียหรือไม่สมบูรณ์ กรุณาเลือกไฟล์ใหม่ หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'uploads.too_many_pixels': 'ภาพ “{name}” มีความละเอียดสูงเกิน {mp} ล้านพิกเซล กรุณาถ่ายภาพหน้าจอของภาพนั้นแล้วแนบแทน',
} as const

export const en: Record<keyof typeof th, string> = {
  'uploads.file_too_big':
    'The file “{name}” is larger than {mb} MB. Choose a smaller file, or take a screenshot of the picture and attach that.',
  'uploads.too_many_files':
    'You can attach at most {n} files, so these were not attached: {names}. To attach them, remove another file first.',
  'uploads.text_too_long':
    'The text in this field is too long and only its beginning was kept. Shorten it, or attach the text as a PDF.',
  'uploads.empty': 'The file “{name}” is empty. Check that it opens, then choose it again.',
  'uploads.heic':
    'The picture “{name}” is a HEIC file, which cannot be attached. Take a screenshot of the picture and attach that, or set the phone to Settings > Camera > Formats > “Most Compatible” and take it again.',
  'uploads.office':
    'The file “{name}” is a Word, Excel, PowerPoint or ZIP file, which cannot be attached. Save it as a PDF, or photograph the document and attach the picture.',
  'uploads.video':
    'The file “{name}” is a video, which cannot be attached. Attach a still picture or a screenshot from it, keep the video, and say in the details that you have it.',
  'uploads.svg':
    'The file “{name}” is an SVG picture or a web page, which cannot be attached. Save it as PNG or PDF, or take a screenshot and attach that.',
  'uploads.unknown':
    'The file “{name}” is of a kind that cannot be attached. Only JPG, PNG and WebP pictures and PDF documents can: save it as one of these, or take a screenshot and attach that.',
  'uploads.damaged':
    'The file “{name}” is damaged or incomplete. Choose another file, or take a screenshot and attach that.',
  'uploads.too_many_pixels':
    'The picture “{name}” has more than {mp} million pixels. Take a screenshot of it and attach that.',
}
