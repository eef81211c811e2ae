import type { TypedFields } from '../support/forms.ts'

/** The form of the deadlines as the defaults fill it in. */
export function deadlineFields(differs: TypedFields = {}): TypedFields {
  return {
    ...{ targetDays: '15', countMode: 'calendar', nearDays: '3', ackDays: '1' },
    ...{ notice1Days: '3', notice1When: 'before', notice1To: ['officer', 'unit_head'] },
    ...{ notice2Days: '1', notice2When: 'before', notice2To: ['officer', 'unit_head'] },
    ...{ notice3Days: '0', notice3When: 'before', notice3To: ['officer', 'unit_head'] },
    ...{ notice4Days: '1', notice4When: 'after', notice4To: ['working_group'] },
    ...{ notice5Days: '5', notice5When: 'after', notice5To: ['executive'] },
    ...{ progressDays: '15', delayApprover: 'unit_head', extensionDays: '30', extensionTotalDays: '90' },
    ...{ officeOpens: '08.30', officeCloses: '16.30' },
    ...differs,
  }
}
