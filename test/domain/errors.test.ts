import { expect, test } from 'vitest'
import { AppError } from '#domain/errors.ts'

test('a refusal carries its kind, its code and what the page needs to say', () => {
  const refusal = new AppError('conflict', 'case_moved_on', { status: 'closed' })
  expect(refusal).toBeInstanceOf(Error)
  expect(refusal).toMatchObject({ name: 'AppError', kind: 'conflict', code: 'case_moved_on' })
  expect(refusal.details).toEqual({ status: 'closed' })
  expect(refusal.message).toBe('conflict: case_moved_on')
})

test('the message for the log never holds the details', () => {
  expect(String(new AppError('forbidden', 'not_yours', { name: 'สมชาย' }))).not.toContain('สมชาย')
})
