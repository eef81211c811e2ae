/** An account of the staff, as far as the sealed channel may know it. */
export interface BookedAccount {
  id: number
  displayName: string
  post: string
  disabled: boolean
  /** Looks after the portal, and so can be no officer of the channel. */
  isAdministrator: boolean
}

/** Who has an account: lent by the accounts, whose stores the channel does not reach. */
export interface AccountBook {
  list(): BookedAccount[]
  find(id: number): BookedAccount | undefined
  /** Whether it is the password that the account signs in with. */
  isPassword(id: number, text: string): Promise<boolean>
}
