import type { Actor } from '#audit/record.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Account } from './store.ts'

/** The person as the audit trail names them. */
export function staffActor(account: Pick<Account, 'id' | 'displayName'>): Actor {
  return { kind: 'staff', id: account.id, name: account.displayName }
}

export function viewerActor(viewer: Viewer): Actor {
  return { kind: 'staff', id: viewer.accountId, name: viewer.displayName }
}
