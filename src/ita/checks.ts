import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { fiscalYearRange } from '#domain/fiscal-year.ts'
import type { MessageKey } from '#web/languages.ts'
import type { VersionLine } from './document-store.ts'
import { CHANNEL_HEADING, missingHeadings } from './headings.ts'
import { MANUAL_SLUGS } from './publish.ts'
import type { DocumentSection, ItaItem } from './tables.ts'

/** Documents that an item of the assessment leads to carry these addresses. */
export const FORUM_SLUG = 'community-forum'
export const satisfactionSlug = (fiscalYear: number): string => `satisfaction-${fiscalYear}`

type Published = Pick<VersionLine, 'title' | 'publishedAt'>

/** What the items of a fiscal year are judged by. */
export interface ItaFacts {
  fiscalYear: number
  today: CivilDate
  /** The guideline as the public reads it; its sections are null where it is a file. */
  guideline: (Published & { sections: DocumentSection[] | null }) | undefined
  forum: Published | undefined
  satisfaction: Published | undefined
  channelIsOpen: boolean
  hasStatistics: boolean
  hasCorruptionStatistics: boolean
  /** When a public figure last changed; null in a portal without a case. */
  figuresChangedAt: Date | null
}

/** Where an item is shown: a text of ours, or the title of a document. */
export interface ItaLink {
  text: MessageKey | { title: string }
  /** Below the site, as the Thai page has it. */
  path: string
}

export interface CheckedItem {
  item: ItaItem
  links: ItaLink[]
  /** What is not there, in words for the administrator; the item is complete where this is empty. */
  missing: string[]
  /** What only a person can tell, or what will come by itself. */
  notes: string[]
  /** When it last changed; null where there is nothing yet. What is counted or taken anew all the time is 'live'. */
  updatedAt: Date | 'live' | null
}

type Check = Omit<CheckedItem, 'item'>

/** What is there of each item, and what is missing. */
export function checkItem(item: ItaItem, facts: ItaFacts): CheckedItem {
  return { item, ...CHECKS[item](facts) }
}

const CHECKS: Record<ItaItem, (facts: ItaFacts) => Check> = {
  guideline: ({ guideline }) => ({
    links: guideline
      ? [{ text: 'ita.link.guideline', path: `/documents/${MANUAL_SLUGS.manual_corruption}` }]
      : [],
    ...guidelineWords(guideline),
    updatedAt: guideline?.publishedAt ?? null,
  }),
  channel: ({ channelIsOpen }) => ({
    // While it is closed, the page behind it only says so.
    links: channelIsOpen ? [{ text: 'ita.link.safe', path: '/safe' }] : [],
    missing: channelIsOpen ? [] : ['ช่องทางแจ้งเบาะแสการทุจริต (/safe) ยังไม่เปิดรับเรื่อง'],
    notes: [],
    updatedAt: channelIsOpen ? 'live' : null,
  }),
  statistics: (facts) => ({
    links: [
      ...(facts.hasCorruptionStatistics
        ? [
            {
              text: 'ita.link.corruption' as const,
              path: `/statistics/${facts.fiscalYear}/corruption`,
            },
          ]
        : []),
      ...statisticsLink(facts),
    ],
    missing: facts.hasCorruptionStatistics
      ? []
      : ['ยังไม่มีตัวเลขเรื่องร้องเรียนการทุจริตของปีงบประมาณนี้ ตัวเลขแรกแสดงหลังสิ้นเดือนที่เปิดช่องทาง'],
    notes: halfYearNote(facts),
    updatedAt: facts.hasCorruptionStatistics ? 'live' : null,
  }),
  participation: ({ forum }) => ({
    links: [
      { text: 'ita.link.suggest', path: '/complaints/new?kind=suggestion' },
      { text: 'ita.link.channels', path: '/channels' },
      ...(forum ? [{ text: { title: forum.title }, path: `/documents/${FORUM_SLUG}` }] : []),
    ],
    missing: forum ? [] : [`ยังไม่มีข้อมูลการมีส่วนร่วม เช่น เวทีประชาคม ให้เผยแพร่เอกสารด้วยที่อยู่ ${FORUM_SLUG}`],
    notes: [],
    updatedAt: forum?.publishedAt ?? null,
  }),
  e_service: () => ({
    links: [
      { text: 'ita.link.complain', path: '/complaints/new' },
      { text: 'ita.link.request', path: '/complaints/new?kind=request' },
      { text: 'ita.link.track', path: '/track' },
      { text: 'ita.link.guide', path: '/guide' },
    ],
    missing: [],
    notes: [],
    updatedAt: 'live',
  }),
  service_statistics: (facts) => ({
    links: [...statisticsLink(facts, '#e-service'), { text: 'ita.link.reports', path: '/reports' }],
    missing: facts.hasStatistics ? [] : ['ยังไม่มีสถิติของปีงบประมาณนี้'],
    notes: facts.hasStatistics ? halfYearNote(facts) : [],
    updatedAt: facts.hasStatistics ? (facts.figuresChangedAt ?? 'live') : null,
  }),
  satisfaction: ({ satisfaction, fiscalYear }) => ({
    links: satisfaction
      ? [{ text: { title: satisfaction.title }, path: `/documents/${satisfactionSlug(fiscalYear)}` }]
      : [],
    missing: satisfaction
      ? []
      : [`ยังไม่มีรายงานผลการสำรวจความพึงพอใจ ให้เผยแพร่เอกสารด้วยที่อยู่ ${satisfactionSlug(fiscalYear)}`],
    notes: [],
    updatedAt: satisfaction?.publishedAt ?? null,
  }),
}

function guidelineWords(guideline: ItaFacts['guideline']): Pick<Check, 'missing' | 'notes'> {
  if (!guideline) return { missing: ['ยังไม่ได้เผยแพร่คู่มือเรื่องร้องเรียนการทุจริต'], notes: [] }
  const { sections } = guideline
  if (sections === null) {
    return { missing: [], notes: ['คู่มือเป็นไฟล์ ระบบตรวจหัวข้อในไฟล์ไม่ได้ กรุณาตรวจหัวข้อทั้งสี่เอง'] }
  }
  const notes = missingHeadings(sections, [CHANNEL_HEADING]).map(
    (heading) => `ควรมีหัวข้อ “${heading}” ซึ่งบางปีกำหนดเพิ่ม`,
  )
  return { missing: missingHeadings(sections).map((heading) => `คู่มือขาดหัวข้อ “${heading}”`), notes }
}

function statisticsLink({ hasStatistics, fiscalYear }: ItaFacts, anchor = ''): ItaLink[] {
  return hasStatistics ? [{ text: 'ita.link.statistics', path: `/statistics/${fiscalYear}${anchor}` }] : []
}

/** The assessment wants at least the first six months of the year. */
function halfYearNote({ fiscalYear, today }: ItaFacts): string[] {
  const { to } = fiscalYearRange(fiscalYear)
  // From the last day of September to the last of March.
  const halfEnds = addDays(`${to.slice(0, 4)}-04-01`, -1)
  return today <= halfEnds ? ['ข้อมูลจะครบหกเดือนแรกของปีงบประมาณหลังวันที่ 31 มีนาคม'] : []
}
