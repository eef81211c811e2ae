import { viewerActor } from '#accounts/actor.ts'
import { type Change, recordChange } from '#audit/record.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from './portal.ts'

/** What is changed: `action` such as `settings.office`, `subject` such as `settings:office`, `unit:3`. */
export type SettingChange = Pick<Change, 'action' | 'subject' | 'before' | 'after'>

/** Writes a setting together with its audit line and makes every page know. Nothing changed: nothing written. */
export function changeSetting(
  portal: Portal,
  viewer: Viewer,
  change: SettingChange,
  write: () => void,
): void {
  if (JSON.stringify(change.before) === JSON.stringify(change.after)) return
  portal.db.inTransaction(() => {
    write()
    recordChange(portal.db, { at: portal.now(), actor: viewerActor(viewer), ...change })
  })
  portal.settings.changed()
}

/** Adds a unit or a village; `insert` returns its id. */
export function addSetting(
  portal: Portal,
  viewer: Viewer,
  kind: 'unit' | 'village',
  after: object,
  insert: () => number,
): void {
  portal.db.inTransaction(() => {
    const subject = `${kind}:${insert()}`
    const action = `settings.${kind}.create`
    recordChange(portal.db, { at: portal.now(), actor: viewerActor(viewer), action, subject, after })
  })
  portal.settings.changed()
}

/** Takes something out of use, or back into use (`retiredAt` null); old cases keep naming it. */
export function retireSetting(
  portal: Portal,
  viewer: Viewer,
  what: { kind: 'unit' | 'village' | 'category'; id: number | string; wasRetired: boolean },
  retiredAt: Date | null,
  write: () => void,
): void {
  const change = {
    action: `settings.${what.kind}.${retiredAt ? 'retire' : 'restore'}`,
    subject: `${what.kind}:${what.id}`,
    before: { retired: what.wasRetired },
    after: { retired: retiredAt !== null },
  }
  changeSetting(portal, viewer, change, write)
}
