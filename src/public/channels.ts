import { type Language, type MessageKey, t } from '#web/languages.ts'
import type { OfficeProfile } from '#web/office-profile.ts'
import { officeParams } from '#web/views.ts'

/** One way to bring a case to the office, besides this website. */
export interface Channel {
  title: string
  text: string
  href: string | null
}

/** The ways this office really has: what its profile leaves empty is not offered. */
export function channelsOf(office: OfficeProfile, lang: Language): Channel[] {
  const params = officeParams(office, lang)
  const channel = (key: MessageKey, text: string, href: string | null = null): Channel => ({
    title: t(lang, key),
    text,
    href,
  })
  const channels = [channel('channels.walkin', t(lang, 'channels.walkin.text', params))]
  if (office.phone)
    channels.push(channel('channels.phone', office.phone, `tel:${office.phone.replace(/[^\d+]/g, '')}`))
  if (office.email) channels.push(channel('channels.email', office.email, `mailto:${office.email}`))
  if (office.address) channels.push(channel('channels.letter', t(lang, 'channels.letter.text', params)))
  channels.push(channel('channels.box', t(lang, 'channels.box.text', params)))
  if (office.lineId) channels.push(channel('channels.line', office.lineId))
  if (office.facebook)
    channels.push(channel('channels.facebook', office.facebook, webAddress(office.facebook)))
  if (office.website) channels.push(channel('channels.website', office.website, webAddress(office.website)))
  return channels
}

/** Only what is written as a web address becomes a link: the profile is typed by hand. */
function webAddress(text: string): string | null {
  return /^https?:\/\/\S+$/i.test(text) ? text : null
}
