import { viewerActor } from '#accounts/actor.ts'
import { writeToOfficer } from '#complaints/answer.ts'
import { createCase, type NewCase } from '#complaints/create.ts'
import { type DraftFile, insertDrafts } from '#complaints/draft-files-store.ts'
import { reopenCase } from '#complaints/reopen.ts'
import { type Case, findCaseBySubmission } from '#complaints/store.ts'
import { submitComplaint } from '#complaints/submit.ts'
import { withdrawCase } from '#complaints/withdraw.ts'
import { addDays, civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { viewerOf } from './accounts.ts'
import type { Chance } from './chance.ts'
import { type Scene, takePicture } from './pictures.ts'
import type { Story } from './story.ts'
import { INQUIRIES, REOPENINGS, WITHDRAWALS, worded } from './words.ts'

/** A story that is being told in the office. */
export interface Telling {
  portal: Portal
  story: Story
  /** Names the case from the moment it is filed. */
  key: string
  chance: Chance
}

export function caseOf({ portal, key }: Telling): Case {
  const row = findCaseBySubmission(portal.db, key)
  if (!row) throw new Error('the case is not filed yet')
  return row
}

export const wordsOf = ({ portal, story }: Telling, text: string): string => {
  const village = portal.settings.villages().find(({ number }) => number === story.village)
  return worded(text, story, village?.name ?? '')
}

const SCENES: Record<string, Scene> = {
  ...{ A1: 'road', A2: 'lamp', A3: 'water', A4: 'water', A5: 'water' },
  ...{ C5: 'branch', E1: 'rubbish', E2: 'rubbish', E3: 'water', E5: 'branch', RQ1: 'branch', RQ4: 'lamp' },
}

/** A picture for a case that has something to show; half of the people take one. */
export async function picturesFor(telling: Telling, when: 'before' | 'after'): Promise<DraftFile[]> {
  const { portal, story, chance, key } = telling
  const scene = SCENES[story.matter.category]
  if (!scene || !chance.in100(50)) return []
  const kept = await takePicture(portal, scene, when, chance)
  return insertDrafts(portal.db, key, [kept], portal.now())
}

/** The citizen files it on the web, or an officer writes down what came by another way. */
export async function file(telling: Telling): Promise<void> {
  const { portal, story, key } = telling
  const { name, phone, email, address, replyBy, withholdName } = story.person
  const common = commonFields(telling)
  if (story.channel === 'web') {
    const drafts = await picturesFor(telling, 'before')
    const form = { ...common, name, phone, email, address, replyBy, withhold: withholdName }
    await submitComplaint(portal, { ...form, privacy: true, trap: false }, { key, language: 'th', drafts })
    return
  }
  createCase(portal, {
    ...common,
    ...papersOf(telling),
    channel: story.channel,
    language: 'th',
    receivedAt: story.receivedAt,
    contact: { name, phone, email, address, replyBy, withholdName },
    actor: viewerActor(viewerOf(portal, 'centre')),
    submissionKey: key,
  })
}

function commonFields(telling: Telling) {
  const { portal, story, chance } = telling
  const { category: code, subject, detail, wish, urgent = false } = story.matter
  const category = portal.settings.category(code)
  if (!category) throw new Error(`no category ${code}`)
  const village = portal.settings.villages().find(({ number }) => number === story.village)
  const isSeen = category.kind === 'complaint' && chance.in100(50)
  const isLocated = story.channel === 'web' && chance.in100(40)
  const degrees = (base: number) => Number((base + chance.between(-300, 300) / 10_000).toFixed(5))
  return {
    kind: category.kind,
    categoryCode: code,
    subject: wordsOf(telling, subject),
    detail: wordsOf(telling, detail),
    wish: wish ? wordsOf(telling, wish) : null,
    happenedOn: isSeen ? addDays(civilDateOf(story.receivedAt), -story.days) : null,
    urgent,
    villageId: village?.id ?? null,
    place: story.spot,
    latitude: isLocated ? degrees(13.62) : null,
    longitude: isLocated ? degrees(101.08) : null,
  }
}

/** What comes from another office has its papers. */
function papersOf({
  story,
  key,
  chance,
}: Telling): Pick<NewCase, 'incomingNo' | 'incomingOn' | 'source' | 'sourceRef'> {
  if (story.channel === 'traffy') return { source: 'traffy', sourceRef: `DEMO-${key.slice(0, 8)}` }
  if (!['letter', 'agency', 'damrong', 'psc1111'].includes(story.channel)) return {}
  return {
    incomingNo: `สธ ${chance.between(1000, 9999)}`,
    incomingOn: addDays(civilDateOf(story.receivedAt), -2),
  }
}

export function answer(telling: Telling): void {
  const row = caseOf(telling)
  const text = wordsOf(telling, telling.story.matter.answer ?? 'ตามที่แจ้งไว้')
  writeToOfficer(telling.portal, { row, rev: row.rev, text }, [])
}

export function inquire(telling: Telling): void {
  const row = caseOf(telling)
  writeToOfficer(telling.portal, { row, rev: row.rev, text: telling.chance.pick(INQUIRIES) }, [])
}

export function withdraw(telling: Telling): void {
  const row = caseOf(telling)
  withdrawCase(telling.portal, { row, rev: row.rev, text: telling.chance.pick(WITHDRAWALS) })
}

export function reopen(telling: Telling): void {
  const row = caseOf(telling)
  reopenCase(telling.portal, { row, rev: row.rev, text: telling.chance.pick(REOPENINGS) })
}
