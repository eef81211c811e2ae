import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import {
  findMeasureAlike,
  insertMeasure,
  type Measure,
  type MeasureFields,
  updateMeasure,
} from './measures-store.ts'

/** บันทึกมาตรการป้องกัน; returns its id. The other half of a double click finds it recorded. */
export function recordMeasure({ db, now }: Portal, viewer: Viewer, fields: MeasureFields): number {
  const at = now()
  return db.inTransaction(() => {
    const createdBy = viewer.displayName
    const alike = findMeasureAlike(db, { ...fields, createdBy })
    if (alike) return alike.id
    const id = insertMeasure(db, { ...fields, createdAt: at, createdBy })
    const subject = `measure:${id}`
    recordChange(db, { at, actor: viewerActor(viewer), action: 'measure.record', subject, after: fields })
    return id
  })
}

/**
 * Changes a measure as it was read by whoever filled in the form (`rev`). False where somebody else changed it
 * first; nothing is written then, nor where everything is as it should be already.
 */
export function changeMeasure(
  { db, now }: Portal,
  viewer: Viewer,
  measure: Measure,
  { rev, fields }: { rev: number; fields: MeasureFields },
): boolean {
  const names = Object.keys(fields) as (keyof MeasureFields)[]
  const changed = names.filter((name) => fields[name] !== measure[name])
  if (changed.length === 0) return true
  return db.inTransaction(() => {
    if (!updateMeasure(db, { id: measure.id, rev }, fields)) return false
    const only = (from: MeasureFields) => Object.fromEntries(changed.map((name) => [name, from[name]]))
    recordChange(db, {
      ...{
        at: now(),
        actor: viewerActor(viewer),
        action: 'measure.change',
        subject: `measure:${measure.id}`,
      },
      ...{ before: only(measure), after: only(fields) },
    })
    return true
  })
}
