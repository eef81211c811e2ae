/** Where accounts can be written to; the accounts themselves are no business of the channel. */
export interface AddressBook {
  /** Null for whoever has no address, or no account any more. */
  emailOf(accountId: number): string | null
}
