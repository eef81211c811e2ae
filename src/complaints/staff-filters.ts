import { listAccounts } from '#accounts/store.ts'
import { CASE_STATUSES, isOpen } from '#domain/case-status.ts'
import { caseScope, type Viewer } from '#domain/permissions.ts'
import { CHANNELS } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { t } from '#web/languages.ts'
import type { Option } from './action-form.ts'
import { type FilterField, NONE, type QueueView } from './queue-views.ts'
import { statusText } from './staff-words.ts'

/** A question that narrows a list. */
export interface FilterChoice {
  name: FilterField
  label: string
  groups: { label: string | null; options: Option[] }[]
}

/** The questions that make sense for this list and this person; those with nothing to choose are left out. */
export function filterChoices(portal: Portal, viewer: Viewer, view: QueueView): FilterChoice[] {
  const { settings } = portal
  const flat = (options: Option[]) => [{ label: null, options }]
  const choices: FilterChoice[] = [
    { name: 'category', label: 'ประเภทเรื่อง', groups: categoryGroups(portal) },
    { name: 'unit', label: 'หน่วยงาน', groups: flat(unitOptions(portal, viewer, view)) },
    { name: 'officer', label: 'ผู้รับผิดชอบ', groups: flat(officerOptions(portal, viewer, view)) },
    { name: 'status', label: 'สถานะ', groups: flat(statusOptions(view)) },
    {
      ...{ name: 'village', label: 'หมู่บ้าน' },
      groups: flat(settings.villages().map(({ id, number, name }) => option(id, `หมู่ที่ ${number} ${name}`))),
    },
    {
      ...{ name: 'channel', label: 'ช่องทาง' },
      groups: flat(CHANNELS.map((channel) => option(channel, t('th', `of.ch.${channel}`)))),
    },
  ]
  return choices.filter(({ groups }) => groups.some(({ options }) => options.length > 1))
}

/** What the list is narrowed to, in words. */
export function activeFilters(
  choices: readonly FilterChoice[],
  values: Record<FilterField, string>,
): { label: string; text: string }[] {
  const chosen = choices.flatMap(({ name, label, groups }) => {
    const found = groups.flatMap(({ options }) => options).find(({ value }) => value === values[name])
    return found ? [{ label, text: found.text }] : []
  })
  const days = [
    { label: 'รับเรื่องตั้งแต่', text: values.from },
    { label: 'รับเรื่องถึง', text: values.to },
  ]
  return [...chosen, ...days.filter(({ text }) => text !== '')]
}

const option = (value: string | number, text: string): Option => ({ value: String(value), text })

function categoryGroups({ settings }: Portal): FilterChoice['groups'] {
  return settings.categoryTree().map((group) => ({
    label: group.name,
    options: group.children.map(({ code, name }) => option(code, name)),
  }))
}

function seesEveryUnit(viewer: Viewer): boolean {
  const scope = caseScope(viewer)
  return scope !== 'none' && scope.all === true
}

function unitOptions({ settings }: Portal, viewer: Viewer, view: QueueView): Option[] {
  if (!seesEveryUnit(viewer) || view === 'unit') return []
  const none = option(NONE, 'ยังไม่มอบหมายหน่วยงาน')
  return [...settings.units().map(({ id, name }) => option(id, name)), none]
}

function officerOptions({ db }: Portal, viewer: Viewer, view: QueueView): Option[] {
  if (view === 'mine') return []
  const all = seesEveryUnit(viewer)
  const officers = listAccounts(db)
    .filter(({ roles }) => roles.includes('officer') || roles.includes('unit_head'))
    .filter(({ unitId }) => all || unitId === viewer.unitId)
    .sort((a, b) => a.displayName.localeCompare(b.displayName, 'th'))
    .map(({ id, displayName }) => option(id, displayName))
  return officers.length > 0 ? [...officers, option(NONE, 'ยังไม่มีผู้รับผิดชอบ')] : []
}

function statusOptions(view: QueueView): Option[] {
  if (view === 'new' || view === 'assign' || view === 'info') return []
  const statuses = CASE_STATUSES.filter((status) => (view === 'all' ? status !== 'moved' : isOpen(status)))
  return statuses.map((status) => option(status, statusText(status)))
}
