import { fileURLToPath } from 'node:url'
import { keepTogether } from '#letters/document.ts'
import { renderPdf } from '#platform/pdf.ts'
import { drawable } from '#platform/pdf-font.ts'
import { breakLines } from '#platform/pdf-lines.ts'
import type { Ui } from '#web/views.ts'
import type { ItemView, YearPage } from './year-page.ts'

const TEMPLATE = fileURLToPath(new URL('../../views/ita/evidence.typ', import.meta.url))

/** In centimetres, the sizes in points; handed to the template, so that it stands here alone. */
const MEASURES = { size: 14, smallSize: 12, headingSize: 15, titleSize: 18, width: 16.5, indent: 0.6 }
const POINTS_PER_CM = 72 / 2.54

type Year = Pick<YearPage, 'fiscalYear' | 'isAnnounced' | 'items' | 'address' | 'seenOn'>

/**
 * The evidence sheet of a fiscal year as a tagged PDF. Anybody may ask for it, as often as they like: a sheet is
 * made once and kept for its year until something on it changes.
 */
export function openEvidence(): (year: Year, ui: Ui) => Promise<Buffer> {
  const kept = new Map<number, { text: string; pdf: Promise<Buffer> }>()
  return (year, ui) => {
    const sheet = onPaper(year, ui)
    const text = JSON.stringify(sheet)
    const known = kept.get(year.fiscalYear)
    if (known?.text === text) return known.pdf
    const pdf = renderPdf(TEMPLATE, sheet)
    kept.set(year.fiscalYear, { text, pdf })
    pdf.catch(() => kept.delete(year.fiscalYear))
    return pdf
  }
}

function onPaper({ fiscalYear, isAnnounced, items, address, seenOn }: Year, { t, office }: Ui): object {
  const { size, titleSize, smallSize, width } = MEASURES
  return {
    measures: MEASURES,
    title: drawable(t('ita.titleYear', { fy: fiscalYear })),
    office: drawable(office.orgName),
    heading: setIn(width, titleSize, t('ita.titleYear', { fy: fiscalYear })),
    lead: [office.orgName, ...(isAnnounced ? [] : [t('ita.notAnnounced')])].flatMap((text) =>
      setIn(width, size, text),
    ),
    source: [t('ita.address', { address }), t('ita.printedOn', { date: seenOn })].flatMap((text) =>
      setIn(width, smallSize, text),
    ),
    items: items.map((item, index) => itemOnPaper(item, index + 1)),
    foot: setIn(width - 2, smallSize, `${address} · ${t('ita.printedOn', { date: seenOn })}`).slice(0, 1),
  }
}

function itemOnPaper(item: ItemView, n: number): object {
  const { size, smallSize, headingSize, width, indent } = MEASURES
  const room = width - indent
  const named = item.number === '' ? item.name : `${item.name} (${item.number})`
  const told = [item.status, ...(item.updated === null ? [] : [item.updated])].join(' · ')
  return {
    heading: setIn(width, headingSize, `${n}. ${named}`),
    told: setIn(room, size, told),
    links: item.links.map((link) => ({
      text: setIn(room, size, link.text),
      address: setIn(room, smallSize, link.address),
      href: link.address,
    })),
    note: item.note === '' ? [] : setIn(room, size, item.note),
  }
}

function setIn(cm: number, size: number, text: string): string[] {
  return breakLines(keepTogether(drawable(text)), (cm * POINTS_PER_CM) / size)
}
