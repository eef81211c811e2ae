import { formatDate, formatMonthShort, formatNumber } from '#web/thai-format.ts'
import { type ReportBlock, wordsToBlocks } from './blocks.ts'
import { balances, cases, counts, monthBars, satisfaction, say } from './figure-blocks.ts'
import type { NamedBalance, ReportFigures } from './figures.ts'
import { RECURRING_FROM } from './figures.ts'
import { SECTIONS, type SectionKey } from './sections.ts'
import type { ReportTexts } from './tables.ts'

export interface ReportSection {
  id: SectionKey
  /** With its number. */
  heading: string
  blocks: ReportBlock[]
}

/** When the executive took note of the report, and who that was. */
export interface Noted {
  on: string
  by: string
}

/** The twelve sections: the portal's figures and the office's words. */
export function reportSections(
  figures: ReportFigures,
  texts: ReportTexts,
  noted: Noted | null,
): ReportSection[] {
  const counted: Partial<Record<SectionKey, ReportBlock[]>> = {
    ...{ s4: results(figures), s5: times(figures), s6: corruption(figures) },
    ...{ s7: satisfaction(figures), s8: recurring(figures) },
    s12: [
      say(
        noted
          ? `ผู้บริหารรับทราบรายงานเมื่อวันที่ ${formatDate(noted.on, 'th')} โดย${noted.by}`
          : 'ยังไม่ได้เสนอผู้บริหารทราบ',
      ),
    ],
  }
  return SECTIONS.map(({ key, heading }, index) => {
    const words = wordsToBlocks(texts[key] ?? '')
    const facts = counted[key] ?? []
    return {
      id: key,
      heading: `${index + 1}. ${heading}`,
      blocks: key === 's12' ? [...words, ...facts] : [...facts, ...words],
    }
  })
}

/** The statistics list what nobody complained of; a report that is printed leaves it out. */
const hasCases = ({ balance }: NamedBalance): boolean =>
  balance.broughtForward + balance.received + balance.finished > 0

function results(figures: ReportFigures): ReportBlock[] {
  const { total, months, groups, channels, units, outcomes, findings, otherKinds, countedTo } = figures
  return [
    say(
      `นับถึงวันที่ ${formatDate(countedTo, 'th')} มีเรื่องร้องเรียน ร้องทุกข์ยกมาจากงวดก่อน ${cases(total.broughtForward)} รับใหม่ ${cases(total.received)} รวม ${cases(total.broughtForward + total.received)} ดำเนินการแล้วเสร็จ ${cases(total.finished)} และอยู่ระหว่างดำเนินการ ${cases(total.inProgress)}`,
    ),
    monthBars(figures),
    balances(
      'จำนวนเรื่องรายเดือน',
      'ประจำเดือน',
      months.map(({ month, balance }) => ({ name: formatMonthShort(month, 'th'), balance })),
      total,
    ),
    balances('แยกตามประเภทเรื่อง (เฉพาะที่มีเรื่อง)', 'ประเภทเรื่อง', groups.filter(hasCases), total),
    balances('แยกตามช่องทาง', 'ช่องทาง', channels, total),
    balances('แยกตามหน่วยงานที่รับผิดชอบ', 'หน่วยงาน', units, total),
    counts('ผลของเรื่องที่แล้วเสร็จ', 'ผล', outcomes),
    counts('ผลการพิจารณาของเรื่องที่แล้วเสร็จ', 'ผลการพิจารณา', findings),
    balances('เรื่องชนิดอื่นที่รับในรอบเดียวกัน', 'ชนิดเรื่อง', otherKinds, null),
    say('เรื่องชนิดอื่นนับแยกจากเรื่องร้องเรียน ร้องทุกข์ และไม่นำมารวมกัน'),
  ].filter((block) => block.kind !== 'counts' || block.rows.length > 0)
}

function times({ timeliness, days, targetDays }: ReportFigures): ReportBlock[] {
  const { due, met, explained, late, running } = timeliness
  const share = (count: number) =>
    due === 0 ? '–' : `${formatNumber(Math.round((count * 1000) / due) / 10)}`
  const rows = [
    [`แก้ไขและแจ้งผลภายใน ${targetDays} วัน`, met],
    [`ชี้แจงเหตุผลและกำหนดใหม่ภายใน ${targetDays} วัน`, explained],
    ['เกินกำหนดโดยไม่ได้ชี้แจง', late],
  ] as const
  return [
    say(
      `มีกำหนดต้องแก้ไขหรือชี้แจงในรอบนี้ ${cases(due)} ทำได้ภายในกำหนด ${cases(met + explained)} เกินกำหนด ${cases(late)} และยังไม่ถึงกำหนดอีก ${cases(running)}`,
    ),
    {
      ...{ kind: 'counts', title: 'เรื่องที่ครบกำหนดในรอบนี้', hasTotal: true },
      head: ['ผล', 'จำนวนเรื่อง', 'ร้อยละ'],
      rows: [
        ...rows.map(([name, count]) => [name, formatNumber(count), share(count)]),
        ['รวม', formatNumber(due), share(due)],
      ],
    },
    say(
      days.median === null
        ? 'ยังไม่มีเรื่องที่แล้วเสร็จในรอบนี้'
        : `เรื่องที่แล้วเสร็จครึ่งหนึ่งใช้เวลาไม่เกิน ${formatNumber(days.median)} วัน และร้อยละ 90 ใช้เวลาไม่เกิน ${formatNumber(days.percentile90 ?? 0)} วัน นับจากวันที่ได้รับเรื่อง`,
    ),
  ]
}

function corruption({ corruption: progress }: ReportFigures): ReportBlock[] {
  if (!progress) {
    return [
      say(
        'ตัวเลขเรื่องร้องเรียนการทุจริตเผยแพร่เป็นรายครึ่งปีและรายปีงบประมาณเท่านั้น เพื่อคุ้มครองผู้แจ้ง ดูได้ที่หน้าสถิติเรื่องร้องเรียนการทุจริตในเว็บไซต์',
      ),
    ]
  }
  const { balance, countedTo, missing } = progress
  if (!balance || !countedTo) {
    return [
      say(
        missing === 'coming'
          ? 'ยังไม่มีตัวเลขของรอบนี้ ตัวเลขเรื่องร้องเรียนการทุจริตเผยแพร่เมื่อสิ้นเดือน'
          : 'ในรอบนี้ยังไม่ได้เปิดช่องทางแจ้งเบาะแสการทุจริต',
      ),
    ]
  }
  const isNone = balance.broughtForward + balance.received + balance.finished === 0
  const upTo = `นับถึงวันที่ ${formatDate(countedTo, 'th')}`
  return [
    say(isNone ? `${upTo} ไม่มีเรื่องร้องเรียนการทุจริต` : `${upTo} นับแยกจากเรื่องร้องเรียนทั่วไป`),
    balances('เรื่องร้องเรียนการทุจริต', 'รายการ', [{ name: 'จำนวนเรื่อง', balance }], null),
  ]
}

/** Of which there are many; a place is named where the statistics name it, too. */
function recurring({ categories, places }: ReportFigures): ReportBlock[] {
  const many = categories.filter(({ count }) => count >= RECURRING_FROM)
  if (many.length === 0) return [say(`ไม่มีประเภทเรื่องที่ได้รับตั้งแต่ ${RECURRING_FROM} เรื่องขึ้นไปในรอบนี้`)]
  return [
    say(`ประเภทเรื่องที่ได้รับตั้งแต่ ${RECURRING_FROM} เรื่องขึ้นไปในรอบนี้ เรียงจากมากไปน้อย`),
    counts('ประเภทเรื่องที่ได้รับซ้ำ', 'ประเภทเรื่อง', many, 'รับใหม่ (เรื่อง)'),
    ...(places && places.length > 0
      ? [
          counts(
            'หมู่บ้านที่มีเรื่องประเภทเดียวกันซ้ำ',
            'ประเภทเรื่องและหมู่บ้าน',
            places.map(({ category, village, count }) => ({ name: `${category} – ${village}`, count })),
            'รับใหม่ (เรื่อง)',
          ),
        ]
      : []),
  ]
}
