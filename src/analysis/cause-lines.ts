import { caseAddress, numberOf } from '#complaints/staff-words.ts'
import type { Settings } from '#settings/store.ts'
import { groupName } from '#statistics/names.ts'
import { formatDateShort } from '#web/thai-format.ts'
import type { Lesson, readCauses } from './recurrence.ts'
import { placeName } from './village-table.ts'

export interface CauseGroup {
  category: string
  lessons: {
    href: string
    number: string
    where: string
    on: string | null
    cause: string | null
    prevention: string | null
  }[]
}

export function causeGroups(settings: Settings, causes: ReturnType<typeof readCauses>): CauseGroup[] {
  return causes.map(({ categoryCode, lessons }) => ({
    category: groupName(settings, categoryCode, 'th'),
    lessons: lessons.map((lesson) => causeLine(settings, lesson)),
  }))
}

function causeLine(settings: Settings, lesson: Lesson): CauseGroup['lessons'][number] {
  const { villageId, resolvedOn, cause, prevention } = lesson
  return {
    ...{ href: caseAddress(lesson), number: numberOf(lesson) },
    where: placeName(settings, villageId ?? 0),
    on: resolvedOn === null ? null : formatDateShort(resolvedOn, 'th'),
    ...{ cause, prevention },
  }
}
