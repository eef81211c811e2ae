import { expect, test } from 'vitest'
import { CASE_ACTIONS, CASE_STATUSES } from '#domain/case-status.ts'
import { ROLES } from '#domain/permissions.ts'
import { CHANNELS, FINDINGS, KINDS, OUTCOMES, REJECT_REASONS, REPLY_BY } from '#domain/vocabulary.ts'

const lists = {
  KINDS,
  CHANNELS,
  REPLY_BY,
  OUTCOMES,
  FINDINGS,
  REJECT_REASONS,
  CASE_STATUSES,
  CASE_ACTIONS,
  ROLES,
}

test.each(Object.entries(lists))(
  'the codes of %s are distinct and fit for columns and addresses',
  (_, codes) => {
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[a-z][a-z0-9_]*$/)
  },
)
