import { listPublished } from '#reports/store.ts'
import type { Portal } from '#settings/portal.ts'
import { t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { FEED_PATH } from './catalogue.ts'

interface Feed {
  url: string
  site: string
  title: string
  author: string
  updated: string
  entries: { url: string; title: string; updated: string; summary: string }[]
}

export const feedPage = page<Feed>('open-data/reports-atom', [
  'url',
  'site',
  'title',
  'author',
  'updated',
  'entries',
])

/**
 * The reports that stand, newest first. The address is the identity of a report: a new version is the same entry,
 * updated.
 */
export function feedData(portal: Portal): Feed {
  const { publicUrl } = portal.config
  const author = portal.office().orgName
  const entries = listPublished(portal.db)
    .map((report) => ({ ...report, at: report.publishedAt ?? report.createdAt }))
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ slug, title, version, at }) => ({
      url: `${publicUrl}/reports/${slug}`,
      title: withoutControls(title),
      updated: at.toISOString(),
      summary: t('th', 'od.feed.summary', { version, date: formatDate(at, 'th') }),
    }))
  return {
    url: publicUrl + FEED_PATH,
    site: `${publicUrl}/reports`,
    title: withoutControls(t('th', 'od.feed.title', { orgName: author })),
    author: withoutControls(author),
    // A feed must say when it changed last, and one without entries never has.
    updated: entries[0]?.updated ?? new Date(0).toISOString(),
    entries,
  }
}

/** XML cannot carry them, however they are written, nor half a character. */
const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
