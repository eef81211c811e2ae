import { FIELDS, type Field } from './fields.ts'
import { EXAMPLES_SHOWN, FAULTS_SHOWN, type ImportReport } from './report.ts'
import type { RegisterRow } from './row.ts'
import { subjectFrom } from './subject.ts'

/** The report of an import in Thai and English, line by line, for the person at the command line. */
export function reportLines(report: ImportReport, dryRun: boolean): string[] {
  return [
    ...(dryRun ? ['', 'ทดลองเท่านั้น ยังไม่ได้บันทึกอะไร / dry run: nothing was written'] : ['']),
    ...fileLines(report),
    ...(dryRun ? exampleLines(report) : []),
    '',
    `อ่าน / read             ${count(report.rows)}`,
    `${dryRun ? 'จะนำเข้า / would add    ' : 'นำเข้า / added          '} ${count(report.added)}`,
    `มีอยู่แล้ว / present already ${count(report.present)}`,
    `ผิดพลาด / faulty        ${count(report.faulty)}`,
    ...tally('ปีงบประมาณ / fiscal year', report.years),
    ...tally('สถานะ / status', report.statuses),
    ...faultLines(report),
  ]
}

function fileLines({ encoding, columns, unused }: ImportReport): string[] {
  const named = Object.entries(columns).map(([field, heading]) => `  ${heading} -> ${FIELDS[field as Field]}`)
  return [
    `ตัวอักษรของไฟล์ / encoding: ${encoding}`,
    'คอลัมน์ / columns:',
    ...named,
    ...(unused.length > 0 ? [`ไม่ได้นำเข้า / not brought in: ${unused.join(', ')}`] : []),
  ]
}

function exampleLines({ examples }: ImportReport): string[] {
  if (examples.length === 0) return []
  return [
    '',
    `ตัวอย่าง ${Math.min(examples.length, EXAMPLES_SHOWN)} แถวแรก / first rows as they would go in:`,
    ...examples.flatMap(({ line, row }) => [`  บรรทัดที่ ${line} / line ${line}`, ...exampleOf(row)]),
  ]
}

const exampleOf = (row: RegisterRow): string[] => [
  `    ${row.receivedAt.toISOString()}  ${row.kind}  ${row.categoryCode}  ${row.channel}  ${row.status}`,
  `    ${row.subject ?? subjectFrom(row.detail)}`,
]

function tally(title: string, counts: ReadonlyMap<string | number, number>): string[] {
  const parts = [...counts].map(([name, number]) => `${name}: ${count(number)}`)
  return parts.length > 0 ? [`${title}  ${parts.join(', ')}`] : []
}

function faultLines({ faults, faulty, rejectsFile }: ImportReport): string[] {
  if (faulty === 0) return []
  const more = faulty - faults.length
  return [
    '',
    `แถวที่ผิดพลาด / faulty rows${more > 0 ? ` (${FAULTS_SHOWN} แถวแรก / first)` : ''}:`,
    ...faults.map(({ line, reasons }) => `  บรรทัดที่ ${line} / line ${line}: ${reasons.join(' · ')}`),
    ...(rejectsFile
      ? [`แก้ไขแล้วนำเข้าใหม่ได้จากไฟล์ / mend and import again: ${rejectsFile}`]
      : ['การนำเข้าจริงจะเขียนแถวเหล่านี้ลงไฟล์ .rejects.csv / the import will write them to a .rejects.csv file']),
  ]
}

const count = (number: number): string => number.toLocaleString('en-US')
