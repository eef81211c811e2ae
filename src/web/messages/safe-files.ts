/** Each sentence names a file by its place among those chosen, its own name being forgotten, and says what to do. */
export const th = {
  'safe.file.too_big': 'ไฟล์ที่ {n} มีขนาดเกิน {mb} MB กรุณาเลือกไฟล์ที่เล็กลง หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'safe.file.too_many_files':
    'แนบไฟล์ได้ครั้งละไม่เกิน {n} ไฟล์ จึงยังไม่ได้แนบไฟล์ที่ {numbers} หากต้องการแนบ กรุณานำไฟล์อื่นออกก่อน',
  'safe.file.field_too_long': 'ข้อความในช่องนี้ยาวเกินไป ระบบรับไว้ได้เฉพาะส่วนต้น กรุณาตัดให้สั้นลง หรือแนบข้อความเป็นไฟล์ PDF',
  'safe.file.empty': 'ไฟล์ที่ {n} ไม่มีข้อมูล กรุณาเปิดดูว่าใช้งานได้ แล้วเลือกไฟล์ใหม่อีกครั้ง',
  'safe.file.heic':
    'ไฟล์ที่ {n} เป็นภาพชนิด HEIC ซึ่งแนบไม่ได้ กรุณาถ่ายภาพหน้าจอของภาพนั้นแล้วแนบแทน หรือบันทึกเป็น JPEG หากถ่ายใหม่ได้ ให้ตั้งค่าโทรศัพท์ที่ การตั้งค่า > กล้อง > รูปแบบ เป็น “เข้ากันได้มากที่สุด” (Most Compatible)',
  'safe.file.office':
    'ไฟล์ที่ {n} เป็นเอกสาร Word, Excel, PowerPoint หรือไฟล์ ZIP ซึ่งแนบไม่ได้เพราะอาจมีชื่อผู้จัดทำแฝงอยู่ กรุณาบันทึกเป็น PDF หรือถ่ายภาพเอกสารแล้วแนบแทน',
  'safe.file.video':
    'ไฟล์ที่ {n} เป็นวิดีโอ ซึ่งแนบไม่ได้ กรุณาแนบภาพนิ่งหรือภาพหน้าจอจากวิดีโอ เก็บวิดีโอไว้ในที่ปลอดภัย และแจ้งในรายละเอียดว่าท่านมีวิดีโอ',
  'safe.file.svg': 'ไฟล์ที่ {n} เป็นภาพ SVG หรือหน้าเว็บ ซึ่งแนบไม่ได้ กรุณาบันทึกเป็น PNG หรือ PDF หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'safe.file.unknown':
    'ไฟล์ที่ {n} เป็นชนิดที่แนบไม่ได้ แนบได้เฉพาะภาพ JPG, PNG, WebP เอกสาร PDF และไฟล์ข้อความ (.txt แบบ UTF-8) กรุณาบันทึกเป็นชนิดเหล่านี้ หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'safe.file.damaged': 'ไฟล์ที่ {n} เสียหรือไม่สมบูรณ์ กรุณาเลือกไฟล์ใหม่ หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'safe.file.too_many_pixels':
    'ไฟล์ที่ {n} เป็นภาพที่มีความละเอียดสูงเกิน {mp} ล้านพิกเซล กรุณาถ่ายภาพหน้าจอของภาพนั้นแล้วแนบแทน',
  'safe.file.too_many_pages': 'ไฟล์ที่ {n} มีมากกว่า {pages} หน้า กรุณาแบ่งเป็นหลายไฟล์ หรือเลือกแนบเฉพาะหน้าที่เกี่ยวข้อง',
  'safe.file.password':
    'ไฟล์ที่ {n} เป็น PDF ที่ล็อกด้วยรหัสผ่าน ระบบจึงลบข้อมูลแฝงให้ไม่ได้ กรุณาปลดล็อกแล้วบันทึกใหม่ หรือถ่ายภาพเอกสารแล้วแนบแทน',
  'safe.file.fonts_missing':
    'ไฟล์ที่ {n} เป็น PDF ที่ไม่มีแบบอักษรอยู่ในไฟล์ ข้อความบางส่วนจะหายไป กรุณาบันทึกเป็น PDF ใหม่โดยเลือกฝังแบบอักษร (embed fonts) หรือถ่ายภาพหน้าจอแล้วแนบแทน',
  'safe.file.too_heavy':
    'ไฟล์ที่ {n} ซับซ้อนเกินกว่าที่ระบบจะลบข้อมูลแฝงให้ได้ กรุณาแบ่งเป็นไฟล์ที่เล็กลง หรือถ่ายภาพหน้าที่สำคัญแล้วแนบแทน',
  'safe.file.text_too_long': 'ไฟล์ที่ {n} เป็นข้อความที่ยาวเกิน {kb} KB กรุณาแบ่งเป็นหลายไฟล์ หรือแนบเฉพาะส่วนที่เกี่ยวข้อง',
} as const

export const en: Record<keyof typeof th, string> = {
  'safe.file.too_big':
    'File {n} is larger than {mb} MB. Choose a smaller file, or take a screenshot and attach that.',
  'safe.file.too_many_files':
    'You can attach at most {n} files at a time, so these were not attached: file {numbers}. To attach them, remove another file first.',
  'safe.file.field_too_long':
    'The text in this field is too long and only its beginning was taken. Shorten it, or attach the text as a PDF.',
  'safe.file.empty': 'File {n} is empty. Check that it opens, then choose it again.',
  'safe.file.heic':
    'File {n} is a HEIC picture, which cannot be attached. Take a screenshot of the picture and attach that, or save it as JPEG. If you can take it again, set the phone to Settings > Camera > Formats > “Most Compatible” first.',
  'safe.file.office':
    'File {n} is a Word, Excel, PowerPoint or ZIP file, which cannot be attached because it may hold the name of its author. Save it as a PDF, or photograph the document and attach the picture.',
  'safe.file.video':
    'File {n} is a video, which cannot be attached. Attach a still picture or a screenshot from it, keep the video in a safe place, and say in the details that you have it.',
  'safe.file.svg':
    'File {n} is an SVG picture or a web page, which cannot be attached. Save it as PNG or PDF, or take a screenshot and attach that.',
  'safe.file.unknown':
    'File {n} is of a kind that cannot be attached. Only JPG, PNG and WebP pictures, PDF documents and text files (.txt in UTF-8) can: save it as one of these, or take a screenshot and attach that.',
  'safe.file.damaged':
    'File {n} is damaged or incomplete. Choose another file, or take a screenshot and attach that.',
  'safe.file.too_many_pixels':
    'File {n} is a picture of more than {mp} million pixels. Take a screenshot of it and attach that.',
  'safe.file.too_many_pages':
    'File {n} has more than {pages} pages. Split it into several files, or attach only the pages that matter.',
  'safe.file.password':
    'File {n} is a PDF locked by a password, so its hidden data cannot be removed. Unlock it and save it again, or photograph the document and attach the picture.',
  'safe.file.fonts_missing':
    'File {n} is a PDF that does not contain its fonts, so some of its text would be lost. Save it as a PDF again with the fonts embedded, or take a screenshot and attach that.',
  'safe.file.too_heavy':
    'File {n} is too complex for its hidden data to be removed. Split it into smaller files, or photograph the pages that matter and attach the pictures.',
  'safe.file.text_too_long':
    'File {n} is a text of more than {kb} KB. Split it into several files, or attach only the part that matters.',
}
