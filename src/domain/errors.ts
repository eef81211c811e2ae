export type AppErrorKind =
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'gone'
  | 'too_large'
  | 'too_many'
  | 'bad_request'
  | 'unavailable'

/**
 * A refusal that the person is told about. `code` names the exact rule for the error page and the log;
 * anything thrown that is not an AppError is a bug and answers 500.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly kind: AppErrorKind
  readonly code: string
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(kind: AppErrorKind, code: string, details?: Readonly<Record<string, unknown>>) {
    super(`${kind}: ${code}`)
    this.kind = kind
    this.code = code
    this.details = details
  }
}
