import { type Language, localPath } from '#web/languages.ts'
import type { WebPortal } from '#web/portal.ts'
import { createUi, page, render, type Ui } from '#web/views.ts'
import type { OutboxMail } from './outbox-store.ts'

/** A piece of a line; where it is an address of our own site, it can be pressed. */
interface Piece {
  text: string
  href: string | null
}

type Paragraph = Piece[][]

const messagePage = page<{ subject: string; paragraphs: Paragraph[]; foot: Paragraph }>('mail/message', [
  'subject',
  'paragraphs',
  'foot',
])

type Deps = Pick<WebPortal, 'config' | 'office' | 'assets' | 'now'>
type Words = Pick<OutboxMail, 'kind' | 'language' | 'subject' | 'body'>

/** The text as it is read, with the foot that every mail has. */
export function mailText(portal: Deps, mail: Omit<Words, 'subject'>): string {
  return `${mail.body.trimEnd()}\n\n${mailFoot(portal, mail)}`
}

/** Who wrote, that nobody reads what is sent back to this address, and where to answer instead. */
export function mailFoot(portal: Deps, { kind, language }: Pick<Words, 'kind' | 'language'>): string {
  const { publicUrl } = portal.config
  const ui = uiFor(portal, language)
  return kind === 'letter'
    ? ui.t('mail.foot.letter', { trackUrl: `${publicUrl}${ui.path('/track')}` })
    : ui.t('mail.foot.staff', { staffUrl: `${publicUrl}/staff` })
}

/** The very same words as a page. */
export function mailHtml(portal: Deps, mail: Words): string {
  const { publicUrl } = portal.config
  const paragraphs = mail.body.trimEnd().split(/\n{2,}/)
  return render(messagePage, uiFor(portal, mail.language), {
    subject: mail.subject,
    paragraphs: paragraphs.map((paragraph) => linesOf(publicUrl, paragraph)),
    foot: linesOf(publicUrl, mailFoot(portal, mail)),
  })
}

function uiFor({ office, assets, now }: Deps, language: Language): Ui {
  const url = localPath(language, '/')
  return createUi({ url, zone: 'public', office: office(), assets: assets.urls, now: now() })
}

const linesOf = (publicUrl: string, paragraph: string): Paragraph =>
  paragraph.split('\n').map((line) => piecesOf(publicUrl, line))

/** Thai is written on without a space behind an address, which has none of its letters. */
const ADDRESS = /(https?:\/\/[\w./~:?#@!$&'()*+,;=%-]*[\w/~#=&%-])/

function piecesOf(publicUrl: string, line: string): Piece[] {
  return line
    .split(ADDRESS)
    .filter((text) => text !== '')
    .map((text) => ({ text, href: isOurs(publicUrl, text) ? text : null }))
}

/** An address that merely begins like ours may lead anywhere. */
function isOurs(publicUrl: string, text: string): boolean {
  return text === publicUrl || (text.startsWith(publicUrl) && /^[/?#]/.test(text.slice(publicUrl.length)))
}
